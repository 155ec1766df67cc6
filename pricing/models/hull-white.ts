/**
 * Hull and White's one-factor model with constant reversion a and volatility σ, fitted to today's curve: options on
 * zero-coupon bonds, and on any set of flows by Jamshidian's decomposition (Brigo and Mercurio, Interest Rate Models, 3.3;
 * F. Jamshidian, "An exact bond option formula", Journal of Finance 44, 1989).
 */
import { normalCdf } from '../math/normal';

export interface HullWhiteParameters {
  /** Per year; zero is Ho and Lee's model. */
  readonly reversion: number;
  /** Absolute volatility of the short rate, per year. */
  readonly volatility: number;
}

/** B(t) = (1 − e^(−at))/a. */
export const reversionTime = ({ reversion }: Pick<HullWhiteParameters, 'reversion'>, time: number): number =>
  Math.abs(reversion * time) < 1e-8
    ? time * (1 - 0.5 * reversion * time)
    : -Math.expm1(-reversion * time) / reversion;

/** Variance of the short rate's factor at a time: σ²·(1 − e^(−2at))/(2a). */
export const factorVariance = ({ reversion, volatility }: HullWhiteParameters, time: number): number =>
  volatility * volatility * reversionTime({ reversion: 2 * reversion }, time);

/** Standard deviation of ln P(T, S) for an option expiring at T on a bond maturing at S. */
export const bondDeviation = (
  parameters: HullWhiteParameters,
  { expiry, maturity }: { readonly expiry: number; readonly maturity: number },
): number => Math.sqrt(factorVariance(parameters, expiry)) * reversionTime(parameters, maturity - expiry);

export interface BondOption {
  readonly right: 'call' | 'put';
  readonly strike: number;
  /** Discount factors today to expiry and to the bond's maturity. */
  readonly toExpiry: number;
  readonly toMaturity: number;
  readonly expiry: number;
  readonly maturity: number;
}

/** Option on a zero-coupon bond of one unit. */
export function zeroBondOption(option: BondOption, parameters: HullWhiteParameters): number {
  const { right, strike, toExpiry, toMaturity } = option;
  const sign = right === 'call' ? 1 : -1;
  const deviation = bondDeviation(parameters, option);
  if (deviation <= 0) return Math.max(sign * (toMaturity - strike * toExpiry), 0);
  const h = Math.log(toMaturity / (strike * toExpiry)) / deviation + 0.5 * deviation;
  return sign * (toMaturity * normalCdf(sign * h) - strike * toExpiry * normalCdf(sign * (h - deviation)));
}

/** A flow seen from today: its present value now and the time at which it pays. */
export interface TimedClaim {
  readonly value: number;
  readonly time: number;
}

export interface ExerciseSplit {
  /** Factor level at which the flows are worth nothing. */
  readonly boundary: number;
  /** Probability, under each claim's own measure, that the option is exercised. */
  readonly weights: Float64Array;
  /** The option's value: Σ weight · value. */
  readonly value: number;
}

/** Where the flows' worth at expiry crosses zero: with the factor x it is Σ v·exp(−Bx − B²·variance/2). */
function crossing(claims: readonly TimedClaim[], loads: Float64Array, variance: number): number {
  const worth = (x: number): number => {
    let sum = 0;
    for (let index = 0; index < claims.length; index += 1) {
      const load = loads[index]!;
      sum += claims[index]!.value * Math.exp(-load * x - 0.5 * load * load * variance);
    }
    return sum;
  };
  // Ten standard deviations hold all of the probability that a double can tell from nothing.
  const reach = 10 * Math.sqrt(variance);
  let [low, high] = [-reach, reach];
  const [atLow, atHigh] = [worth(low), worth(high)];
  if (atLow > 0 === atHigh > 0)
    return atLow > 0 === claims.reduce((sum, { value }) => sum + value, 0) > 0
      ? Number.POSITIVE_INFINITY
      : Number.NEGATIVE_INFINITY;
  for (let iteration = 0; iteration < 200 && high - low > 1e-16 * reach; iteration += 1) {
    const middle = (low + high) / 2;
    if (worth(middle) > 0 === atLow > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Option to receive a set of flows of any signs at the expiry, for nothing. Flows whose worth crosses zero once as rates
 * rise (every swap does) are exact.
 */
export function flowsOption(
  claims: readonly TimedClaim[],
  expiry: number,
  parameters: HullWhiteParameters,
): ExerciseSplit {
  const variance = factorVariance(parameters, expiry);
  const deviation = Math.sqrt(variance);
  const loads = Float64Array.from(claims, ({ time }) => reversionTime(parameters, time - expiry));
  const whole = claims.reduce((sum, { value }) => sum + value, 0);
  if (deviation === 0) {
    const weight = whole > 0 ? 1 : 0;
    return { boundary: 0, weights: new Float64Array(claims.length).fill(weight), value: weight * whole };
  }
  const boundary = crossing(claims, loads, variance);
  if (!Number.isFinite(boundary)) {
    const weight = whole > 0 ? 1 : 0;
    return { boundary, weights: new Float64Array(claims.length).fill(weight), value: weight * whole };
  }
  // Received flows gain as the factor falls; paid ones as it rises.
  const slope = claims.reduce(
    (sum, { value }, index) =>
      sum - loads[index]! * value * Math.exp(-loads[index]! * boundary - 0.5 * loads[index]! ** 2 * variance),
    0,
  );
  const sign = slope < 0 ? 1 : -1;
  const weights = loads.map((load) => normalCdf((sign * (boundary + load * variance)) / deviation));
  return {
    boundary,
    weights,
    value: claims.reduce((sum, { value }, index) => sum + value * weights[index]!, 0),
  };
}
