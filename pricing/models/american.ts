/**
 * American vanillas by spectral collocation of the exercise boundary.
 *
 * The early-exercise premium is an integral along the boundary (Kim, 1990), and the boundary the fixed point of an
 * equation of such integrals. It starts from the QD+ approximation and is improved by a few iterations of system FP-B.
 * Calls are puts with spot and strike, rate and yield exchanged (McDonald and Schroder, 1998).
 *
 * Sources: L. Andersen, M. Lake and D. Offengenden, "High performance American option pricing", Journal of Computational
 * Finance 20 (2016); M. Li, "Analytical approximations for the critical stock prices of American options", Review of
 * Derivatives Research 13 (2010), for QD+.
 */
import { fastNormalCdf as normalCdf, tailRatio } from '../math/fast-normal';
import { ONE_OVER_SQRT_2PI } from '../math/normal';
import { ACCURATE_SCHEME, type AmericanScheme, fineScheme } from './american-scheme';
import { blackScholesPrice, type LognormalMarket, type VanillaTerms } from './black';

/** Numbers of one put, in years; the kernels read it and nothing else. */
export interface AmericanPut {
  spot: number;
  strike: number;
  rate: number;
  dividend: number;
  volatility: number;
  time: number;
}

/** Always as many, so that a price is smooth in its inputs; the iterations that follow improve far beyond the fourth. */
const NEWTON_STEPS = 4;

/** Below this share of spot the premium, which is at most K(1 − e^{−rT}), is left out. */
const PREMIUM_NEGLIGIBLE = 1e-10;

/** ln(X/B) at the nodes, and its square: the boundary falls from X = K·min(1, r/q) at expiry. */
export interface BoundaryWork {
  readonly depth: Float64Array;
  readonly square: Float64Array;
}

export const boundaryWork = (scheme: AmericanScheme): BoundaryWork => ({
  depth: new Float64Array(scheme.n + 1),
  square: new Float64Array(scheme.n + 1),
});

/** The price below which to exercise in the last instant: X = K·min(1, r/q). */
const boundaryAtExpiry = ({ strike, rate, dividend }: AmericanPut): number =>
  dividend > rate ? (strike * rate) / dividend : strike;

/**
 * One QD+ boundary point at time to expiry τ, by Newton from `start` above it.
 *
 * The equation is Li's with its denominator multiplied out: smooth, rising and convex from the boundary to the strike,
 * so that Newton's steps from above come down to the root and never pass it.
 */
const quickBoundary = (put: AmericanPut, tau: number, start: number): number => {
  const { strike, rate, dividend, volatility } = put;
  const root = Math.sqrt(tau);
  const deviation = volatility * root;
  const variance = volatility * volatility;
  const h = -Math.expm1(-rate * tau);
  const alpha = (2 * rate) / variance;
  const omega = (2 * (rate - dividend)) / variance;
  const bend = Math.sqrt((omega - 1) * (omega - 1) + (4 * alpha) / h);
  const share = ((1 - h) * alpha) / bend;
  const kappa = (1 - omega - bend) / 2 + share * (1 / h - alpha / (h * h * bend * bend));
  const perTheta = 2 / variance / bend;
  const [carried, discounted] = [Math.exp(-dividend * tau), strike * Math.exp(-rate * tau)];
  const shift = (rate - dividend) * tau + 0.5 * deviation * deviation;
  let b = start;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const d1 = (Math.log(b / strike) + shift) / deviation;
    // One exponential for density and distribution at d₁.
    const bell = Math.exp(-0.5 * d1 * d1);
    const tail = bell * tailRatio(Math.abs(d1));
    const n1 = carried * (d1 > 0 ? tail : 1 - tail);
    const n2 = discounted * normalCdf(deviation - d1);
    const density = carried * ONE_OVER_SQRT_2PI * bell;
    const gain = strike - b - n2 + b * n1;
    const theta = (-b * density * volatility) / (2 * root) - dividend * b * n1 + rate * n2;
    const thetaSlope =
      ((-volatility * density) / (2 * root)) * (1 - d1 / deviation) -
      dividend * n1 +
      ((dividend - rate) * density) / deviation;
    const excess = (1 - n1) * b + kappa * gain - perTheta * theta;
    const slope = 1 - n1 + density / deviation - kappa * (1 - n1) - perTheta * thetaSlope;
    b = Math.max(b - excess / slope, 0.5 * b);
  }
  return b;
};

/** QD+ at every node, from expiry outwards: each boundary point lies below the one before. */
const startBoundary = (put: AmericanPut, scheme: AmericanScheme, work: BoundaryWork): void => {
  const edge = boundaryAtExpiry(put);
  let b = edge;
  work.depth[0] = 0;
  work.square[0] = 0;
  for (let i = 1; i <= scheme.n; i++) {
    const root = scheme.scale[i]!;
    b = Math.min(quickBoundary(put, put.time * root * root, b), edge);
    const depth = Math.log(edge / b);
    work.depth[i] = depth;
    work.square[i] = depth * depth;
  }
};

/** One point of FP-B: K e^{−(r−q)τ}·N/D, as depth below the boundary at expiry. */
const improvedDepth = (put: AmericanPut, scheme: AmericanScheme, work: BoundaryWork, i: number): number => {
  const { rate, dividend, volatility, strike } = put;
  const { l, n, half, weight, boundaryAt } = scheme;
  const { square } = work;
  const edge = boundaryAtExpiry(put);
  const root = scheme.scale[i]! * Math.sqrt(put.time);
  const tau = root * root;
  const drift = rate - dividend + 0.5 * volatility * volatility;
  const depth = work.depth[i]!;
  const deviation = volatility * root;
  const dPlus = (Math.log(edge / strike) - depth + drift * tau) / deviation;
  let over = 0;
  let under = 0;
  let at = i * l * (n + 1);
  for (let k = 0; k < l; k++) {
    let h2 = 0;
    for (let j = 0; j <= n; j++) h2 += boundaryAt[at++]! * square[j]!;
    const then = h2 > 0 ? Math.sqrt(h2) : 0;
    // s = τ − u, the time from the boundary point at u to now.
    const s = tau * half[k]! * half[k]!;
    const spread = deviation * half[k]!;
    const plus = (then - depth + drift * s) / spread;
    over += weight[k]! * Math.exp(-rate * s) * normalCdf(plus - spread);
    under += weight[k]! * Math.exp(-dividend * s) * normalCdf(plus);
  }
  const numerator = Math.exp(-rate * tau) * normalCdf(dPlus - deviation) + rate * tau * over;
  const denominator = Math.exp(-dividend * tau) * normalCdf(dPlus) + dividend * tau * under;
  return Math.max(Math.log((edge * denominator) / (strike * numerator)), 0);
};

export const solveBoundary = (put: AmericanPut, scheme: AmericanScheme, work: BoundaryWork): void => {
  startBoundary(put, scheme, work);
  for (let iteration = 0; iteration < scheme.iterations; iteration++) {
    for (let i = 1; i <= scheme.n; i++) {
      const depth = improvedDepth(put, scheme, work, i);
      work.depth[i] = depth;
    }
    for (let i = 1; i <= scheme.n; i++) work.square[i] = work.depth[i]! * work.depth[i]!;
  }
};

/** Premium of early exercise and its derivatives in spot; made once and filled again and again. */
export interface ExercisePremium {
  value: number;
  delta: number;
  gamma: number;
}

/** Early-exercise premium of a put above its boundary, with the spot derivatives of the same integral. */
export const exercisePremium = (
  put: AmericanPut,
  scheme: AmericanScheme,
  work: BoundaryWork,
  out: ExercisePremium,
): void => {
  const { spot, strike, rate, dividend, volatility, time } = put;
  const { n, p, priceHalf, priceWeight, priceBoundaryAt } = scheme;
  const above = Math.log(spot / boundaryAtExpiry(put));
  const drift = rate - dividend + 0.5 * volatility * volatility;
  const deviation = volatility * Math.sqrt(time);
  let [value, delta, gamma] = [0, 0, 0];
  let at = 0;
  for (let k = 0; k < p; k++) {
    let h2 = 0;
    for (let j = 0; j <= n; j++) h2 += priceBoundaryAt[at++]! * work.square[j]!;
    const depth = h2 > 0 ? Math.sqrt(h2) : 0;
    const s = time * priceHalf[k]! * priceHalf[k]!;
    const spread = deviation * priceHalf[k]!;
    const plus = (above + depth + drift * s) / spread;
    const minus = plus - spread;
    const cash = priceWeight[k]! * rate * strike * Math.exp(-rate * s);
    const asset = priceWeight[k]! * dividend * Math.exp(-dividend * s);
    const cashDensity = (cash * ONE_OVER_SQRT_2PI * Math.exp(-0.5 * minus * minus)) / (spot * spread);
    const assetDensity = (asset * ONE_OVER_SQRT_2PI * Math.exp(-0.5 * plus * plus)) / spread;
    const assetShare = asset * normalCdf(-plus);
    value += cash * normalCdf(-minus) - spot * assetShare;
    delta += assetDensity - cashDensity - assetShare;
    gamma += (cashDensity * (1 + minus / spread) + assetDensity * (1 - plus / spread)) / spot;
  }
  out.value = time * value;
  out.delta = time * delta;
  out.gamma = time * gamma;
};

/** Put early exercise never pays when cash earns nothing and the asset does not cost more than cash. */
const neverEarly = ({ rate, dividend }: AmericanPut): boolean => rate <= 0 && dividend >= rate;

/** Early exercise is worth nothing, or so little that it is left out. */
export const premiumIsNegligible = (put: AmericanPut): boolean =>
  neverEarly(put) || put.strike * -Math.expm1(-put.rate * put.time) < PREMIUM_NEGLIGIBLE * put.spot;

/** The price at or below which to exercise now, by the boundary that was solved last. */
export const boundaryNow = (put: AmericanPut, scheme: AmericanScheme, work: BoundaryWork): number =>
  boundaryAtExpiry(put) * Math.exp(-work.depth[scheme.n]!);

/** Two boundaries: cash costs something, holding the asset costs more. No single boundary describes exercise. */
export const hasTwoBoundaries = ({ rate, dividend }: AmericanPut): boolean => rate <= 0 && dividend < rate;

/** How many deviations the price of the asset drifts away from the exercise boundary over the life. */
export const driftDeviations = ({ rate, dividend, volatility, time }: AmericanPut): number =>
  ((dividend - rate) * Math.sqrt(time)) / volatility;

/** Beyond so many the sixteen nodes of the accurate scheme are off by more than they state. */
export const DRIFT_SHARP = 15;

export const schemeFor = (put: AmericanPut): AmericanScheme =>
  driftDeviations(put) > DRIFT_SHARP ? fineScheme() : ACCURATE_SCHEME;

/** Whether the option is never worth more alive than its European twin. */
export const exerciseNeverPays = (terms: VanillaTerms, market: LognormalMarket): boolean =>
  neverEarly(asPut(terms, market));

/** The put that is worth the option, spot and strike, rate and yield exchanged for a call. */
export const asPut = ({ right, strike, time }: VanillaTerms, market: LognormalMarket): AmericanPut => {
  const { spot, rate, dividend, volatility } = market;
  return right === 'put'
    ? { spot, strike, rate, dividend, volatility, time }
    : { spot: strike, strike: spot, rate: dividend, dividend: rate, volatility, time };
};

/** Value of a put; NaN where exercise has two boundaries, which the finite differences price. */
export const americanPutPrice = (put: AmericanPut, scheme: AmericanScheme, work: BoundaryWork): number => {
  const { spot, strike, rate, dividend, volatility, time } = put;
  if (time <= 0) return Math.max(strike - spot, 0);
  const european = blackScholesPrice({ right: 'put', strike, time }, { spot, rate, dividend, volatility });
  if (neverEarly(put)) return european;
  if (hasTwoBoundaries(put)) return Number.NaN;
  const intrinsic = strike - spot;
  if (premiumIsNegligible(put)) return Math.max(european, intrinsic);
  solveBoundary(put, scheme, work);
  if (spot <= boundaryNow(put, scheme, work)) return Math.max(intrinsic, european);
  const premium: ExercisePremium = { value: 0, delta: 0, gamma: 0 };
  exercisePremium(put, scheme, work, premium);
  return Math.max(european + premium.value, intrinsic, european);
};

/** The price at or below (put) or above (call) which to exercise now; NaN where exercise is never or twice worth while. */
export const exerciseBoundary = (
  terms: VanillaTerms,
  market: LognormalMarket,
  scheme?: AmericanScheme,
): number => {
  const put = asPut(terms, market);
  if (put.time <= 0 || put.rate <= 0) return Number.NaN;
  scheme ??= schemeFor(put);
  const work = boundaryWork(scheme);
  solveBoundary(put, scheme, work);
  const boundary = boundaryNow(put, scheme, work);
  // Spot and strike change places: a call is exercised above K·S/B, with its own spot standing for the strike.
  return terms.right === 'put' ? boundary : (put.spot * put.strike) / boundary;
};

/** American vanilla; NaN where exercise has two boundaries. */
export const americanPrice = (
  terms: VanillaTerms,
  market: LognormalMarket,
  scheme?: AmericanScheme,
): number => {
  const put = asPut(terms, market);
  const nodes = scheme ?? schemeFor(put);
  return americanPutPrice(put, nodes, boundaryWork(nodes));
};

/** Deviations of drift up to which the fine scheme is as good as stated; beyond them it is compared with the accurate one. */
const DRIFT_STEEP = 80;

/** The value with the error that is stated of it. */
export const americanEstimate = (
  terms: VanillaTerms,
  market: LognormalMarket,
): { readonly value: number; readonly error: number } => {
  const value = americanPrice(terms, market);
  const usual = 5e-6 * Math.max(market.spot, terms.strike);
  if (driftDeviations(asPut(terms, market)) <= DRIFT_STEEP) return { value, error: usual };
  const plain = americanPrice(terms, market, ACCURATE_SCHEME);
  return { value, error: usual + Math.abs(value - plain) };
};
