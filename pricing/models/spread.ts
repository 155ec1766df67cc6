/**
 * Options on the difference of two assets, exact: given the second asset the first is lognormal, which leaves a Black
 * formula, integrated over the second.
 *
 * The correlated part of the first asset moves with the second, the rest is the Black formula's deviation. Where that is
 * small the integrand turns from nothing to the difference within a hair of the prices at which exercise is worth
 * nothing; those are at most two, because the difference of two exponentials has one extremum.
 */
import { type Bend, normalExpectation } from '../math/normal-expectation';
import { brentRoot } from '../math/roots';
import { blackPrice, signOf } from './black';
import { forwardsOf, type PairMarket, type SpreadTerms } from './exchange';

/** a·e^{αz} − b·e^{βz} − K: the exercise value where the first asset has no deviation of its own. */
interface Difference {
  readonly a: number;
  readonly alpha: number;
  readonly b: number;
  readonly beta: number;
  readonly strike: number;
}

const REACH = 60;

const valueAt = ({ a, alpha, b, beta, strike }: Difference, z: number): number =>
  a * Math.exp(alpha * z) - b * Math.exp(beta * z) - strike;

/** Where the two exponentials rise alike; NaN when they never do. */
const extremum = ({ a, alpha, b, beta }: Difference): number =>
  Math.log((b * beta) / (a * alpha)) / (alpha - beta);

/** The bends of the integrand, each as wide as the deviation `own` of the first asset makes it. */
const bendsOf = (difference: Difference, own: number): readonly Bend[] => {
  const { a, alpha, b, beta, strike } = difference;
  const turn = extremum(difference);
  const inside = Math.abs(turn) < REACH;
  const cuts = inside ? [-REACH, turn, REACH] : [-REACH, REACH];
  const bends: Bend[] = [];
  for (let i = 1; i < cuts.length; i++) {
    const at = brentRoot((z) => valueAt(difference, z), {
      low: cuts[i - 1]!,
      high: cuts[i]!,
      tolerance: 1e-15,
    });
    if (Number.isNaN(at)) continue;
    const [first, second] = [a * Math.exp(alpha * at), b * Math.exp(beta * at)];
    bends.push({ at, width: (own * first) / Math.abs(alpha * first - beta * second) });
  }
  if (inside) bends.push({ at: turn, width: Math.sqrt(own / Math.abs(alpha * (alpha - beta))) });
  // With a negative strike the level changes sign where the second asset is worth −K: the integrand bends there.
  if (strike < 0) bends.push({ at: Math.log(-strike / b) / beta, width: 0 });
  return bends.filter(({ at, width }) => Number.isFinite(at) && Number.isFinite(width));
};

/** (S₁ − S₂ − K)⁺ or its put; error below 1e-10 of spot for every correlation, ±1 included. */
export const spreadPrice = ({ right, strike, time }: SpreadTerms, market: PairMarket): number => {
  const { volatility1: v1, volatility2: v2, correlation } = market;
  const [forward1, forward2] = forwardsOf(market, time);
  const root = Math.sqrt(time);
  const stdDev = v1 * root * Math.sqrt(Math.max(1 - correlation * correlation, 0));
  const phi = signOf(right);
  const alpha = correlation * v1 * root;
  const beta = v2 * root;
  const [a, b] = [forward1 * Math.exp(-0.5 * alpha * alpha), forward2 * Math.exp(-0.5 * beta * beta)];
  const given = (z: number): number => {
    const level = b * Math.exp(beta * z) + strike;
    const forward = a * Math.exp(alpha * z);
    return level <= 0
      ? Math.max(phi * (forward - level), 0)
      : blackPrice({ right, forward, strike: level, stdDev, discount: 1 });
  };
  const bends = bendsOf({ a, alpha, b, beta, strike }, stdDev);
  // Calls grow with the first asset, puts with the second.
  const tilt = phi > 0 ? alpha : beta;
  return Math.exp(-market.rate * time) * normalExpectation(given, { bends, tilt });
};
