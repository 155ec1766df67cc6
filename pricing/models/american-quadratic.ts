/**
 * The quadratic approximations of American options, by Barone-Adesi and Whaley and as refined by Ju and Zhong.
 *
 * Both solve the equation of the early-exercise premium with time held still. Kept for the books and systems that quote
 * them: errors reach 1e-3 of spot, where `american.ts` has 1e-6.
 * Sources: G. Barone-Adesi and R. Whaley, "Efficient analytic approximation of American option values", Journal of
 * Finance 42 (1987); N. Ju and R. Zhong, "An approximate formula for pricing American options", Journal of Derivatives 7
 * (1999).
 */
import { normalCdf, normalPdf } from '../math/normal';
import { brentRoot } from '../math/roots';
import { blackScholesPrice, type LognormalMarket, signOf, type VanillaTerms } from './black';

interface Quadratic {
  readonly phi: 1 | -1;
  /** 2r/σ² over 1 − e^{−rT}, finite as the rate vanishes. */
  readonly ratio: number;
  readonly h: number;
  readonly omega: number;
  readonly root: number;
  readonly lambda: number;
}

const quadraticOf = ({ right, time }: VanillaTerms, market: LognormalMarket): Quadratic => {
  const variance = market.volatility * market.volatility;
  const phi = signOf(right);
  const h = -Math.expm1(-market.rate * time);
  const ratio = market.rate === 0 ? 2 / (variance * time) : (2 * market.rate) / variance / h;
  const omega = (2 * (market.rate - market.dividend)) / variance;
  const root = Math.sqrt((omega - 1) ** 2 + 4 * ratio);
  return { phi, ratio, h, omega, root, lambda: (-(omega - 1) + phi * root) / 2 };
};

const d1At = (spot: number, { strike, time }: VanillaTerms, market: LognormalMarket): number => {
  const deviation = market.volatility * Math.sqrt(time);
  return (Math.log(spot / strike) + (market.rate - market.dividend) * time) / deviation + 0.5 * deviation;
};

/** The price at which holding and exercising are worth the same; NaN when it runs beyond every price. */
const criticalSpot = (terms: VanillaTerms, market: LognormalMarket, { phi, lambda }: Quadratic): number => {
  const carried = Math.exp(-market.dividend * terms.time);
  const excess = (x: number): number => {
    const spot = terms.strike * Math.exp(phi * x);
    const european = blackScholesPrice(terms, { ...market, spot });
    const slope = 1 - carried * normalCdf(phi * d1At(spot, terms, market));
    return phi * (spot - terms.strike) - european - (phi * spot * slope) / lambda;
  };
  return terms.strike * Math.exp(phi * brentRoot(excess, { low: 1e-12, high: 20, tolerance: 1e-13 }));
};

/** Whether early exercise never pays: then the American option is the European one. */
const neverEarly = ({ right }: VanillaTerms, { rate, dividend }: LognormalMarket): boolean =>
  right === 'call' ? dividend <= 0 && rate >= dividend : rate <= 0 && dividend >= rate;

export const baroneAdesiWhaleyPrice = (terms: VanillaTerms, market: LognormalMarket): number => {
  const european = blackScholesPrice(terms, market);
  if (neverEarly(terms, market)) return european;
  const quadratic = quadraticOf(terms, market);
  const critical = criticalSpot(terms, market, quadratic);
  if (Number.isNaN(critical)) return european;
  const { phi, lambda } = quadratic;
  if (phi * (market.spot - critical) >= 0) return phi * (market.spot - terms.strike);
  const slope = 1 - Math.exp(-market.dividend * terms.time) * normalCdf(phi * d1At(critical, terms, market));
  return european + ((phi * critical) / lambda) * slope * (market.spot / critical) ** lambda;
};

/** The formula divides by the rate; below this it is the mean of the two sides, wrong by the square of it. */
const RATE_MIN = 1e-6;

export const juZhongPrice = (terms: VanillaTerms, market: LognormalMarket): number => {
  if (Math.abs(market.rate) >= RATE_MIN) return juZhongAtRate(terms, market);
  const weight = (market.rate + RATE_MIN) / (2 * RATE_MIN);
  const at = (rate: number): number => juZhongAtRate(terms, { ...market, rate });
  return weight * at(RATE_MIN) + (1 - weight) * at(-RATE_MIN);
};

const juZhongAtRate = (terms: VanillaTerms, market: LognormalMarket): number => {
  const european = blackScholesPrice(terms, market);
  if (neverEarly(terms, market)) return european;
  const { rate, dividend, volatility, spot } = market;
  const { strike, time } = terms;
  const quadratic = quadraticOf(terms, market);
  const critical = criticalSpot(terms, market, quadratic);
  if (Number.isNaN(critical)) return european;
  const { phi, lambda, root, h } = quadratic;
  if (phi * (spot - critical) >= 0) return phi * (spot - strike);
  const premium = phi * (critical - strike) - blackScholesPrice(terms, { ...market, spot: critical });
  const alpha = (2 * rate) / (volatility * volatility);
  const slope = (-phi * alpha) / (h * h * root);
  const bend = phi * root;
  const d1 = d1At(critical, terms, market);
  const growth = Math.exp((rate - dividend) * time);
  // ∂V/∂h at the critical price, h = 1 − e^{−rT} standing for time.
  const byTime =
    (critical * normalPdf(d1) * volatility * growth) / (2 * rate * Math.sqrt(time)) -
    (phi * dividend * critical * normalCdf(phi * d1) * growth) / rate +
    phi * strike * normalCdf(phi * (d1 - volatility * Math.sqrt(time)));
  const b = ((1 - h) * alpha * slope) / (2 * bend);
  const c = (-(1 - h) * alpha * (byTime / premium + 1 / h + slope / bend)) / bend;
  const x = Math.log(spot / critical);
  return european + (premium * Math.exp(lambda * x)) / (1 - x * (b * x + c));
};
