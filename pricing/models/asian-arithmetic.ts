/**
 * Options on an arithmetic average by matching two moments with a lognormal variable.
 *
 * Sources: S. Turnbull and L. Wakeman, "A quick algorithm for pricing European average options", Journal of Financial
 * and Quantitative Analysis 26 (1991), discrete; E. Levy, "Pricing European average rate currency options", Journal of
 * International Money and Finance 11 (1992), continuous. The approximation is good to about 1e-3 of spot at moderate
 * volatility; the Vecer equation and Monte Carlo with the geometric control variate are exact.
 */
import type { AverageTerms, ContinuousAverage, DiscreteAverage } from './asian-geometric';
import { blackPrice, type LognormalMarket, signOf } from './black';

/** Average of known and lognormal parts: A = known + X with the first two moments of X. */
interface Moments {
  readonly known: number;
  readonly first: number;
  readonly second: number;
}

const momentOption = ({ right, strike, time }: AverageTerms, moments: Moments, rate: number): number => {
  const discount = Math.exp(-rate * time);
  const left = strike - moments.known;
  // With the known part beyond the strike a call is certain to be exercised and a put is worthless; with nothing left to
  // fix all is known.
  if (left <= 0 || moments.first === 0) return discount * Math.max(signOf(right) * (moments.first - left), 0);
  const variance = Math.max(Math.log(moments.second / (moments.first * moments.first)), 0);
  return blackPrice({ right, strike: left, forward: moments.first, stdDev: Math.sqrt(variance), discount });
};

export interface FixingCurve extends DiscreteAverage {
  /** Forward price at each fixing to come. */
  readonly forwards: readonly number[];
  /** Total variance σ²(t)·t to each fixing to come, rising. */
  readonly variances: readonly number[];
}

/** Discrete average over a term structure of forwards and variances. */
export const turnbullWakemanCurvePrice = (terms: AverageTerms & FixingCurve, rate: number): number => {
  const { pastFixings, forwards, variances } = terms;
  const count = pastFixings.length + forwards.length;
  let past = 0;
  for (const fixing of pastFixings) past += fixing;
  let first = 0;
  let second = 0;
  let later = 0;
  // E[SᵢSⱼ] = FᵢFⱼ exp(var of the earlier): summed backwards, so that `later` is the sum of the forwards after i.
  for (let i = forwards.length - 1; i >= 0; i--) {
    const forward = forwards[i]!;
    first += forward;
    second += forward * (forward + 2 * later) * Math.exp(variances[i]!);
    later += forward;
  }
  return momentOption(
    terms,
    { known: past / count, first: first / count, second: second / (count * count) },
    rate,
  );
};

export const turnbullWakemanPrice = (
  terms: AverageTerms & DiscreteAverage,
  { spot, rate, dividend, volatility }: LognormalMarket,
): number =>
  turnbullWakemanCurvePrice(
    {
      ...terms,
      forwards: terms.fixingTimes.map((t) => spot * Math.exp((rate - dividend) * t)),
      variances: terms.fixingTimes.map((t) => volatility * volatility * t),
    },
    rate,
  );

/** (eˣ − 1)/x. */
const growthRatio = (x: number): number => (Math.abs(x) < 1e-8 ? 1 + x / 2 : Math.expm1(x) / x);

/** ∫₀ᵀ (e^{(a)t} − e^{bt})/(a − b) dt·2 in a form that stays finite as a, b and a − b vanish. */
const crossMoment = (b: number, variance: number, time: number): number => {
  const a = 2 * b + variance;
  const inner = b + variance;
  // 2∫₀ᵀ e^{bu}·(∫₀ᵘ e^{(b+σ²)s} ds) du by parts.
  if (Math.abs(inner * time) < 1e-5) {
    // Expanding the inner integral to second order leaves an error of order (b + σ²)³T³.
    const moment = (k: number) => powerMoment(b, k, time);
    return 2 * (moment(1) + (inner * moment(2)) / 2 + (inner * inner * moment(3)) / 6);
  }
  return (2 * time * (growthRatio(a * time) - growthRatio(b * time))) / inner;
};

/** ∫₀ᵀ uᵏ e^{bu} du by series in b, for the small carries of the branch above. */
const powerMoment = (b: number, k: number, time: number): number => {
  let term = time ** (k + 1);
  let sum = 0;
  for (let n = 0; n < 30; n++) {
    sum += term / (k + 1 + n);
    term *= (b * time) / (n + 1);
  }
  return sum;
};

/** Continuous average until expiry, with the part already behind. */
export const levyPrice = (
  terms: AverageTerms & ContinuousAverage,
  { spot, rate, dividend, volatility }: LognormalMarket,
): number => {
  const { elapsed, averageSoFar, time } = terms;
  const length = elapsed + time;
  const b = rate - dividend;
  const known = elapsed > 0 ? (averageSoFar * elapsed) / length : 0;
  const first = (spot * time * growthRatio(b * time)) / length;
  const second = (spot * spot * crossMoment(b, volatility * volatility, time)) / (length * length);
  return momentOption(terms, { known, first, second }, rate);
};
