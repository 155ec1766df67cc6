/**
 * Variance swaps under what says a fair variance: one volatility, a surface, Heston, or a strip of quoted options.
 *
 * Value: notional · e^(−rT) · ((elapsed · realised² + T · fair) / (elapsed + T) − strike²).
 */
import { failure, type Greek, type Pricer, type Result, success, type Valuation } from '../contract';
import { firstDerivative, secondDerivative } from '../math/differences';
import { hestonExpectedVariance, hestonFault } from '../models/heston';
import { smileVariance } from '../models/smile-variance';
import { replicatedVariance, type StripQuote } from '../models/variance-swap';
import type { VarianceSwap } from '../products/variance-swap';
import { surfaceVolatility } from '../volatility/svi-surface';
import { perDay, perRate, perVolatility, perYear } from './greek-unit';
import type { HestonMarket } from './heston-vanilla';
import type { BlackScholesModel } from './option-models';
import { type SsviModel, type SviModel, ssviPointAt } from './smile-vanilla';

/** Puts and calls of one expiry that share the strike between them. */
export interface VarianceStripModel {
  readonly kind: 'variance-strip';
  readonly spot: number;
  readonly rate: number;
  readonly dividend: number;
  readonly quotes: readonly StripQuote[];
  /** How far beyond the last strikes the replication reaches. */
  readonly endStep: number;
}

type VarianceModel = BlackScholesModel | SviModel | SsviModel | HestonMarket | VarianceStripModel;

/** Fair variance to a time, all volatilities higher by a shift. */
interface FairVariance {
  readonly at: (time: number, shift: number) => number;
  readonly source: string;
  /** What "volatility" is in vega's unit. */
  readonly shifted: string;
  /** Quotes stand at strikes, so that the price of the asset matters; absent where variance does not depend on it. */
  readonly bySpot?: (spot: number, time: number) => number;
  /** And on the rate, through the forward of the strip. */
  readonly byRate?: (rate: number, time: number) => number;
}

function stripVariance(model: VarianceStripModel): FairVariance {
  const of = (changes: Partial<VarianceStripModel>, time: number, shift = 0): number => {
    const used = { ...model, ...changes };
    const quotes = used.quotes.map((quote) => ({ ...quote, volatility: quote.volatility + shift }));
    return replicatedVariance({ ...used, quotes, time });
  };
  return {
    at: (time, shift) => of({}, time, shift),
    bySpot: (spot, time) => of({ spot }, time),
    byRate: (rate, time) => of({ rate }, time),
    source: 'Demeterfi, Derman, Kamal and Zou 1999: piecewise linear replication',
    shifted: 'all quoted volatilities in parallel',
  };
}

function fairVariance(model: VarianceModel): FairVariance {
  switch (model.kind) {
    case 'variance-strip':
      return stripVariance(model);
    case 'black-scholes':
      return {
        at: (_, shift) => (model.volatility + shift) ** 2,
        source: 'one volatility: its square',
        shifted: 'the volatility',
      };
    case 'heston':
      return {
        at: (time, shift) =>
          hestonExpectedVariance({ ...model, v0: (Math.sqrt(model.v0) + shift) ** 2 }, time) / time,
        source: 'Heston 1993: expected variance, θ + (v0 − θ)(1 − e^(−κT))/(κT)',
        shifted: 'initial volatility √v0',
      };
    default: {
      const volatility = (time: number, k: number): number =>
        model.kind === 'svi'
          ? surfaceVolatility(model.surface, time, k)
          : Math.sqrt(ssviPointAt(model.surface, time, k).w / time);
      return {
        at: (time, shift) => smileVariance((k) => volatility(time, k) + shift, time),
        source: 'Carr and Madan 1998: out-of-the-money options over all strikes',
        shifted: 'all volatilities of the surface in parallel',
      };
    }
  }
}

interface Setting {
  readonly swap: VarianceSwap;
  readonly rate: number;
  readonly fair: FairVariance;
}

/** Present value when `passed` years have gone by without a move of the price. */
function presentValue({ swap, rate, fair }: Setting, passed = 0, variance?: number): number {
  const { notional, strike, time, elapsed, realised } = swap;
  const left = time - passed;
  const total = elapsed + time;
  const ahead = variance ?? fair.at(left, 0);
  const expected = (elapsed * realised * realised + left * ahead) / total;
  return notional * Math.exp(-rate * left) * (expected - strike * strike);
}

function greeksOf(setting: Setting, model: VarianceModel): Record<string, Greek> {
  const { swap, rate, fair } = setting;
  const { time } = swap;
  const slope = (f: (x: number) => number, at: number, step: number) => firstDerivative(f, { at, step });
  const vega = slope((shift) => presentValue(setting, 0, fair.at(time, shift)), 0, 1e-4);
  const theta = slope((passed) => presentValue(setting, passed), 0, Math.min(1e-3, 0.01 * time));
  const rho = slope(
    (r) => presentValue({ ...setting, rate: r }, 0, fair.byRate?.(r, time) ?? fair.at(time, 0)),
    rate,
    1e-4,
  );
  const greeks: Record<string, Greek> = {
    vega: perVolatility(vega, `volatility, ${fair.shifted}`),
    varianceVega: {
      value: (swap.notional * Math.exp(-rate * time) * time) / (swap.elapsed + time),
      convention: 'per 1.00 of the fair variance of the time to come',
    },
    theta: perYear(theta, 'the price standing still, volatilities held'),
    thetaDay: perDay(theta, 'the price standing still'),
    rho: perRate(rho, 'the continuously compounded rate'),
  };
  const { bySpot } = fair;
  if (!bySpot) return greeks;
  const atSpot = (spot: number): number => presentValue(setting, 0, bySpot(spot, time));
  const step = { at: model.spot, step: 0.002 * model.spot };
  return {
    delta: {
      value: firstDerivative(atSpot, step),
      convention: 'spot delta, volatilities at the strikes held',
    },
    gamma: { value: secondDerivative(atSpot, step), convention: 'change of delta per unit of the price' },
    ...greeks,
  };
}

function price(swap: VarianceSwap, model: VarianceModel): Result<Valuation> {
  const fault = model.kind === 'heston' ? hestonFault(model) : undefined;
  if (fault) return fault;
  if (!(model.spot > 0) || !Number.isFinite(model.rate) || !Number.isFinite(model.dividend))
    return failure('market-must-be-finite', `cannot price: spot ${model.spot}, rate ${model.rate}.`);
  const fair = fairVariance(model);
  const ahead = fair.at(swap.time, 0);
  if (!(ahead >= 0)) {
    return failure(
      'fair-variance-must-be-positive',
      `fair variance is ${ahead}. A strip needs puts and calls that share one strike; check its quotes.`,
    );
  }
  const setting = { swap, rate: model.rate, fair };
  const value = presentValue(setting);
  return success({
    value,
    greeks: greeksOf(setting, model),
    explain: [
      { name: 'fair variance to come', value: ahead, source: fair.source },
      { name: 'fair volatility to come', value: Math.sqrt(ahead) },
      { name: 'share of the time to come', value: swap.time / (swap.elapsed + swap.time) },
      { name: 'discount factor', value: Math.exp(-model.rate * swap.time), source: 'exp(−rT)' },
      { name: 'value', value, source: 'realised and fair variance by time, less the strike squared' },
    ],
  });
}

const pricer = <M extends VarianceModel>(model: M['kind']): Pricer<VarianceSwap, M> => ({
  product: 'variance-swap',
  model,
  price,
});

export const varianceSwapPricers = {
  blackScholes: pricer<BlackScholesModel>('black-scholes'),
  svi: pricer<SviModel>('svi'),
  ssvi: pricer<SsviModel>('ssvi'),
  heston: pricer<HestonMarket>('heston'),
  strip: pricer<VarianceStripModel>('variance-strip'),
};
