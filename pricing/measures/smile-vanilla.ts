/**
 * European vanilla options at the volatility that a surface has for their strike and expiry: Black–Scholes with SVI or
 * SSVI. A smile says what an option is worth, not how the smile moves, so that delta comes in both usual readings.
 */
import { type ExplainStep, failure, type Greek, type Pricer, success } from '../contract';
import { forwardOf } from '../models/black';
import { blackSensitivities } from '../models/black-greeks';
import type { VanillaOption } from '../products/vanilla-option';
import { type SsviSurface, ssviPoint } from '../volatility/ssvi';
import type { SmilePoint } from '../volatility/svi';
import { type SviSurface, surfacePoint } from '../volatility/svi-surface';
import { perDay, perRate, perVolatility, perYear, spotDelta } from './greek-unit';

interface SmileMarket {
  readonly spot: number;
  readonly rate: number;
  readonly dividend: number;
}
export interface SviModel extends SmileMarket {
  readonly kind: 'svi';
  readonly surface: SviSurface;
}
export interface SsviModel extends SmileMarket {
  readonly kind: 'ssvi';
  readonly surface: SsviSurface;
}

/** At-the-money variance is linear between the expiries, and its volatility held before the first and after the last. */
export function ssviPointAt({ parameters, slices }: SsviSurface, time: number, k: number): SmilePoint {
  const after = slices.findIndex(({ expiry }) => expiry >= time);
  const right = slices[after] ?? slices.at(-1)!;
  const left = after > 0 ? slices[after - 1]! : { expiry: 0, theta: 0 };
  const theta =
    after < 0
      ? (right.theta * time) / right.expiry
      : left.theta + ((right.theta - left.theta) * (time - left.expiry)) / (right.expiry - left.expiry);
  return ssviPoint(parameters, theta, k);
}

const pointOf = (model: SviModel | SsviModel, time: number, k: number): SmilePoint =>
  model.kind === 'svi' ? surfacePoint(model.surface, time, k) : ssviPointAt(model.surface, time, k);

interface Smile {
  readonly forward: number;
  readonly k: number;
  readonly volatility: number;
  /** ∂σ/∂k. */
  readonly slope: number;
}

function smileOf(option: VanillaOption, model: SviModel | SsviModel): Smile {
  const forward = forwardOf({ ...model, volatility: 0 }, option.time);
  const k = Math.log(option.strike / forward);
  const { w, slope } = pointOf(model, option.time, k);
  const volatility = Math.sqrt(w / option.time);
  return { forward, k, volatility, slope: slope / (2 * volatility * option.time) };
}

function greeksOf(option: VanillaOption, model: SviModel | SsviModel, smile: Smile): Record<string, Greek> {
  const raw = blackSensitivities(option, { ...model, volatility: smile.volatility });
  const held = 'volatility at the strike held';
  return {
    delta: spotDelta(raw.delta, `per unit of spot, ${held}`),
    deltaStickyMoneyness: spotDelta(
      raw.delta - (raw.vega * smile.slope) / model.spot,
      'per unit of spot, volatility at the log-moneyness held',
    ),
    gamma: { value: raw.gamma, convention: `change of delta per unit of the price, ${held}` },
    vega: perVolatility(raw.vega, 'volatility, all volatilities in parallel'),
    theta: perYear(raw.theta, `market held, ${held}`),
    thetaDay: perDay(raw.theta, held),
    rho: perRate(raw.rho, `the continuously compounded rate, ${held}`),
    dividendRho: perRate(raw.dividendRho, `the continuous yield, ${held}`),
    vanna: { value: raw.vanna, convention: `change of delta per 1.00 of volatility` },
    volga: { value: raw.volga, convention: `change of vega per 1.00 of volatility` },
  };
}

const extrapolated = ({ surface }: SviModel | SsviModel, time: number): readonly ExplainStep[] => {
  const first = surface.slices[0]!.expiry;
  const last = surface.slices.at(-1)!.expiry;
  if (time >= first && time <= last) return [];
  return [{ name: 'beyond the quoted expiries', value: `${first} to ${last} years; volatility held` }];
};

function price(
  option: VanillaOption,
  model: SviModel | SsviModel,
): ReturnType<Pricer<VanillaOption, SviModel>['price']> {
  if (option.exercise === 'american') {
    return failure(
      'exercise-not-supported',
      `${model.kind} prices European exercise. Use local-volatility for American.`,
    );
  }
  if (!(model.spot > 0) || !Number.isFinite(model.rate) || !Number.isFinite(model.dividend)) {
    return failure(
      'market-must-be-finite',
      `cannot price: spot ${model.spot}, rate ${model.rate}, dividend yield ${model.dividend}. Give numbers, and a spot above zero.`,
    );
  }
  const smile = smileOf(option, model);
  if (!(smile.volatility > 0)) {
    return failure(
      'volatility-must-be-positive',
      `the surface has volatility ${smile.volatility} at strike ${option.strike}. Check its quotes.`,
    );
  }
  const { value } = blackSensitivities(option, { ...model, volatility: smile.volatility });
  return success({
    value,
    greeks: greeksOf(option, model, smile),
    explain: [
      { name: 'forward', value: smile.forward, source: 'S·exp((r − q)T)' },
      { name: 'log-moneyness', value: smile.k, source: 'ln(K/F)' },
      ...extrapolated(model, option.time),
      {
        name: 'volatility',
        value: smile.volatility,
        source: model.kind === 'svi' ? 'raw SVI, Gatheral 2004' : 'SSVI, Gatheral and Jacquier 2014',
      },
      { name: 'slope of the smile', value: smile.slope, source: '∂σ/∂ln K' },
      { name: 'value', value, source: 'Black and Scholes 1973, Merton 1973' },
    ],
  });
}

export const smileVanillaPricers = {
  svi: { product: 'vanilla-option', model: 'svi', price } as Pricer<VanillaOption, SviModel>,
  ssvi: { product: 'vanilla-option', model: 'ssvi', price } as Pricer<VanillaOption, SsviModel>,
};
