/** Vanilla options under Black–Scholes–Merton: European in closed form, American by spectral collocation. */
import {
  type ExplainStep,
  failure,
  type Greek,
  type Pricer,
  type Result,
  success,
  type Valuation,
} from '../contract.js';
import { americanPrice, asPut, hasTwoBoundaries } from '../models/american.js';
import { forwardOf, type LognormalMarket } from '../models/black.js';
import { type BlackSensitivities, blackSensitivities } from '../models/black-greeks.js';
import type { VanillaOption } from '../products/vanilla-option.js';

export interface BlackScholesModel extends LognormalMarket {
  readonly kind: 'black-scholes';
}

const conventions: Readonly<Record<keyof Omit<BlackSensitivities, 'value'>, string>> = {
  delta: 'spot delta, per unit of the underlying',
  gamma: 'change of delta per unit of spot',
  vega: 'per 1.00 of volatility',
  theta: 'per year',
  rho: 'per 1.00 of the rate',
  dividendRho: 'per 1.00 of the dividend yield',
  vanna: 'change of delta per 1.00 of volatility',
  volga: 'change of vega per 1.00 of volatility',
};

type Named = Readonly<Record<string, number>>;

const withConventions = (values: Named, method: string): Record<string, Greek> =>
  Object.fromEntries(
    Object.entries(conventions)
      .filter(([name]) => values[name] !== undefined)
      .map(([name, convention]) => [name, { value: values[name]!, convention: `${convention}${method}` }]),
  );

/** Central differences of the collocation price, whose error is far below the steps' own. */
function americanSensitivities(option: VanillaOption, m: BlackScholesModel): Named {
  const at = (change: Partial<LognormalMarket>, time = option.time): number =>
    americanPrice({ ...option, time }, { ...m, ...change });
  const here = at({});
  const h = 1e-3 * m.spot;
  const [up, down] = [at({ spot: m.spot + h }), at({ spot: m.spot - h })];
  const slope = (key: 'volatility' | 'rate' | 'dividend', step: number): number =>
    (at({ [key]: m[key] + step }) - at({ [key]: m[key] - step })) / (2 * step);
  const dt = Math.min(1e-3, option.time / 10);
  return {
    value: here,
    delta: (up - down) / (2 * h),
    gamma: (up - 2 * here + down) / (h * h),
    vega: slope('volatility', 1e-4),
    theta: -(at({}, option.time + dt) - at({}, option.time - dt)) / (2 * dt),
    rho: slope('rate', 1e-5),
    dividendRho: slope('dividend', 1e-5),
  };
}

function marketFault(m: BlackScholesModel) {
  if (!(m.volatility > 0 && m.volatility <= 10)) {
    return failure('volatility-must-be-positive', `the volatility is ${m.volatility}. Give one above zero.`);
  }
  if (m.spot > 0 && Number.isFinite(m.rate) && Number.isFinite(m.dividend)) return undefined;
  return failure(
    'market-must-be-finite',
    `cannot price: spot ${m.spot}, rate ${m.rate}, dividend yield ${m.dividend}. Give numbers, and a spot above zero.`,
  );
}

function price(option: VanillaOption, m: BlackScholesModel): Result<Valuation> {
  const fault = marketFault(m);
  if (fault) return fault;
  const early = option.exercise === 'american';
  if (early && hasTwoBoundaries(asPut(option, m))) {
    return failure(
      'exercise-has-two-boundaries',
      'with these negative rates exercise has two boundaries. Use the finite-difference model.',
    );
  }
  const values: Named = early ? americanSensitivities(option, m) : { ...blackSensitivities(option, m) };
  const root = m.volatility * Math.sqrt(option.time);
  const forward = forwardOf(m, option.time);
  const explain: readonly ExplainStep[] = [
    { name: 'forward', value: forward, source: 'spot · exp((rate − dividend) · time)' },
    { name: 'discount factor', value: Math.exp(-m.rate * option.time), source: 'exp(−rate · time)' },
    { name: 'd1', value: Math.log(forward / option.strike) / root + root / 2, source: 'Black, Scholes 1973' },
    {
      name: 'value',
      value: values['value']!,
      source: early
        ? 'spectral collocation of the exercise boundary (Andersen, Lake, Offengenden 2016)'
        : 'Black, Scholes 1973; Merton 1973',
    },
  ];
  const method = early ? ', central difference' : '';
  return success({ value: values['value']!, greeks: withConventions(values, method), explain });
}

export const blackScholesVanillaPricer: Pricer<VanillaOption, BlackScholesModel> = {
  product: 'vanilla-option',
  model: 'black-scholes',
  price,
};
