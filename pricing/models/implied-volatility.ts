/**
 * The volatility that a price implies, under Black and under Bachelier, to the last digits that the price holds.
 *
 * Black works on the normalised out-of-the-money price, whose small values are computed without cancellation, with
 * third-order steps on an objective that is nearly linear on each side of the price's inflection; a bracket keeps every
 * step. Source: P. Jäckel, "Let's be rational", Wilmott 2015; "Implied normal volatility", Wilmott 2017.
 */
import { failure, type Result, success } from '../contract';
import { erfcx, normalCdf, normalInverse, normalPdf, ONE_OVER_SQRT_2PI } from '../math/normal';
import { type Right, signOf } from './black';

export interface QuotedOption {
  readonly right: Right;
  readonly price: number;
  readonly forward: number;
  readonly strike: number;
  readonly discount: number;
  /** Years. */
  readonly time: number;
}

const STEPS_MAX = 100;

/** Φ(z)/φ(z), the scaled cumulative. */
const scaledCdf = (z: number): number => 0.5 * erfcx(-z * Math.SQRT1_2) * Math.sqrt(2 * Math.PI);

/**
 * Normalised Black call b(x, s) = e^{x/2}Φ(x/s + s/2) − e^{−x/2}Φ(x/s − s/2) for x ≤ 0, relative error about 1e-13.
 * For a small s the difference is a Taylor series in s/2 around h = x/s.
 */
export const normalisedCall = (x: number, s: number): number => {
  const h = x / s;
  const t = s / 2;
  if (h < -38) return 0;
  const common = ONE_OVER_SQRT_2PI * Math.exp(-0.5 * (h * h + t * t));
  if (t > 0.1 || h < -10) return common * Math.max(scaledCdf(h + t) - scaledCdf(h - t), 0);
  // Derivatives of Y = Φ/φ: Y′ = 1 + zY, Y⁽ⁿ⁺¹⁾ = zY⁽ⁿ⁾ + nY⁽ⁿ⁻¹⁾; the difference keeps the odd ones.
  let [before, now] = [scaledCdf(h), 1 + h * scaledCdf(h)];
  let term = 2 * t;
  let sum = term * now;
  for (let n = 1; n < 13; n += 2) {
    const even = h * now + n * before;
    const odd = h * even + (n + 1) * now;
    term *= (t * t) / ((n + 1) * (n + 2));
    sum += term * odd;
    [before, now] = [even, odd];
  }
  return common * sum;
};

/** What is missing from the largest price e^{x/2}, without cancellation. */
const complement = (x: number, s: number): number =>
  Math.exp(x / 2) * normalCdf(-x / s - s / 2) + Math.exp(-x / 2) * normalCdf(x / s - s / 2);

interface Objective {
  /** Zero at the solution, rising. */
  readonly value: number;
  readonly slope: number;
  /** Second derivative over first. */
  readonly bend: number;
}

const objectiveAt = (x: number, s: number, target: number, upper: boolean): Objective => {
  const vega = ONE_OVER_SQRT_2PI * Math.exp(-0.5 * ((x / s) ** 2 + (s / 2) ** 2));
  const vegaBend = (x * x) / s ** 3 - s / 4;
  if (upper) {
    const left = complement(x, s);
    return {
      value: Math.log((Math.exp(x / 2) - target) / left),
      slope: vega / left,
      bend: vegaBend + vega / left,
    };
  }
  const b = normalisedCall(x, s);
  const log = Math.log(b);
  return {
    value: 1 / Math.log(target) - 1 / log,
    slope: vega / (b * log * log),
    bend: vegaBend - (vega / b) * (1 + 2 / log),
  };
};

/** Total standard deviation with normalised price `target`, strictly between 0 and e^{x/2}, x ≤ 0. */
const deviationOf = (x: number, target: number): number => {
  const inflection = Math.sqrt(-2 * x);
  const upper = target > normalisedCall(x, Math.max(inflection, 1e-300)) && target > 0.5 * Math.exp(x / 2);
  let low = 0;
  let high = Infinity;
  // At the money the answer is closed; away from it this is where the price stands if x is forgotten.
  const free = 2 * normalInverse(0.5 + 0.5 * Math.min(target * Math.exp(-x / 2), 1 - 1e-16));
  let s = Math.max(inflection, free, 1e-8);
  for (let step = 0; step < STEPS_MAX; step++) {
    const { value, slope, bend } = objectiveAt(x, s, target, upper);
    if (value === 0) return s;
    if (value > 0) high = Math.min(high, s);
    // A price that underflows is below every target: its objective is not a number.
    else low = Math.max(low, s);
    const newton = value / slope;
    let next = s - newton / Math.max(1 - 0.5 * newton * bend, 0.5);
    if (!(next > low && next < high)) next = high === Infinity ? 2 * s : 0.5 * (low + high);
    if (Math.abs(next - s) <= 2e-16 * s || next === low || next === high) return next;
    if (step > 3 && Math.abs(next - s) < 1e-14 * s) return next;
    s = next;
  }
  return s;
};

const PLAIN = (value: number): string => value.toPrecision(6);

/** Undiscounted price of the out-of-the-money side, or the bound that the price breaks. */
const timeValueOf = (quote: QuotedOption, ceiling: number): Result<number> => {
  const { right, price, forward, strike, discount } = quote;
  const intrinsic = discount * Math.max(signOf(right) * (forward - strike), 0);
  if (!Number.isFinite(price) || !(discount > 0))
    return failure(
      'price-must-be-finite',
      `no implied volatility: the price is ${price}, discount ${discount}.`,
    );
  if (price < intrinsic)
    return failure(
      'price-below-intrinsic',
      `no implied volatility: price ${PLAIN(price)} is below the intrinsic value ${PLAIN(intrinsic)}. Check the forward.`,
    );
  if (price >= discount * ceiling)
    return failure(
      'price-above-maximum',
      `no implied volatility: price ${PLAIN(price)} is not below ${PLAIN(discount * ceiling)}, which no volatility exceeds.`,
    );
  if (price === intrinsic)
    return failure(
      'price-has-no-time-value',
      `no implied volatility: price ${PLAIN(price)} equals the intrinsic value; any small volatility gives it.`,
    );
  return success((price - intrinsic) / discount);
};

const positive = (quote: QuotedOption, names: readonly ('forward' | 'strike' | 'time')[]): Result<true> => {
  const wrong = names.find((name) => !(quote[name] > 0 && Number.isFinite(quote[name])));
  return wrong === undefined
    ? success(true)
    : failure(`${wrong}-must-be-positive`, `no implied volatility: ${wrong} is ${quote[wrong]}.`);
};

/**
 * Lognormal volatility per year. Failures: `forward-`, `strike-`, `time-must-be-positive`, `price-must-be-finite`,
 * `price-below-intrinsic`, `price-has-no-time-value`, `price-above-maximum`.
 */
export const impliedBlackVolatility = (quote: QuotedOption): Result<number> => {
  const checked = positive(quote, ['forward', 'strike', 'time']);
  if (!checked.ok) return checked;
  const { right, forward, strike, time } = quote;
  const timeValue = timeValueOf(quote, right === 'call' ? forward : strike);
  if (!timeValue.ok) return timeValue;
  const x = -Math.abs(Math.log(forward / strike));
  const target = timeValue.value / Math.sqrt(forward * strike);
  if (!(target < Math.exp(x / 2)))
    return failure(
      'price-above-maximum',
      'no implied volatility: the time value is that of an infinite one.',
    );
  return success(deviationOf(x, target) / Math.sqrt(time));
};

/** Shifted lognormal volatility: Black on forward and strike raised by `shift`. */
export const impliedShiftedBlackVolatility = (
  quote: QuotedOption & { readonly shift: number },
): Result<number> =>
  impliedBlackVolatility({
    ...quote,
    forward: quote.forward + quote.shift,
    strike: quote.strike + quote.shift,
  });

/** φ(u)/u − Φ(−u): the out-of-the-money Bachelier price over its distance from the money, at u = distance/deviation. */
const bachelierRatio = (u: number): number => normalPdf(u) * (1 / u - scaledCdf(-u));

/** Normal volatility per year, in the units of the forward. Failures as for Black, but any forward and strike. */
export const impliedBachelierVolatility = (quote: QuotedOption): Result<number> => {
  const checked = positive(quote, ['time']);
  if (!checked.ok) return checked;
  const timeValue = timeValueOf(quote, Infinity);
  if (!timeValue.ok) return timeValue;
  const distance = Math.abs(quote.forward - quote.strike);
  const root = Math.sqrt(quote.time);
  const ratio = timeValue.value / distance;
  if (ratio > 1e8) return success((timeValue.value + 0.5 * distance) / ONE_OVER_SQRT_2PI / root);
  // ln of the ratio falls and is concave in ln u: Newton in the logarithms, inside a bracket.
  let [low, high] = [1e-9, 40];
  let u = ratio > 0.05 ? ONE_OVER_SQRT_2PI / (ratio + 0.5) : Math.sqrt(-2 * Math.log(ratio)) * 0.85;
  for (let step = 0; step < STEPS_MAX; step++) {
    const r = bachelierRatio(u);
    const gap = Math.log(r / ratio);
    if (gap > 0) low = Math.max(low, u);
    else high = Math.min(high, u);
    let next = u * Math.exp((gap * r * u) / normalPdf(u));
    if (!(next > low && next < high)) next = Math.sqrt(low * high);
    if (Math.abs(next - u) <= 2e-16 * u || (step > 3 && Math.abs(next - u) < 1e-14 * u)) break;
    u = next;
  }
  return success(distance / u / root);
};
