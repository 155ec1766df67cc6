/**
 * Options on the difference of two assets.
 *
 * Sources: W. Margrabe, "The value of an option to exchange one asset for another", Journal of Finance 33 (1978); E. Kirk,
 * "Correlation in the energy markets", in Managing Energy Price Risk (1995). The exact spread price conditions on the
 * second asset, which leaves a Black formula in the first, and integrates.
 */
import { gaussLegendre, integrate } from '../math/gauss-legendre.js';
import { normalPdf } from '../math/normal.js';
import { blackPrice, type Right, signOf } from './black.js';

export interface PairMarket {
  readonly spot1: number;
  readonly spot2: number;
  readonly dividend1: number;
  readonly dividend2: number;
  readonly volatility1: number;
  readonly volatility2: number;
  readonly correlation: number;
  readonly rate: number;
}

/** Volatility of the ratio of the two assets. */
export const ratioVolatility = ({ volatility1: v1, volatility2: v2, correlation }: PairMarket): number =>
  Math.sqrt(Math.max(v1 * v1 + v2 * v2 - 2 * correlation * v1 * v2, 0));

const forwardsOf = (market: PairMarket, time: number): readonly [number, number] => [
  market.spot1 * Math.exp((market.rate - market.dividend1) * time),
  market.spot2 * Math.exp((market.rate - market.dividend2) * time),
];

export interface ExchangeTerms {
  readonly time: number;
  /** Units received of the first and given of the second asset. */
  readonly quantity1: number;
  readonly quantity2: number;
}

/** Margrabe: the right to give the second asset for the first at expiry. The rate drops out. */
export const margrabePrice = ({ time, quantity1, quantity2 }: ExchangeTerms, market: PairMarket): number =>
  blackPrice({
    right: 'call',
    forward: quantity1 * market.spot1 * Math.exp(-market.dividend1 * time),
    strike: quantity2 * market.spot2 * Math.exp(-market.dividend2 * time),
    stdDev: ratioVolatility(market) * Math.sqrt(time),
    discount: 1,
  });

export interface SpreadTerms {
  readonly right: Right;
  readonly strike: number;
  readonly time: number;
}

/** Kirk's approximation of (S₁ − S₂ − K)⁺; exact at K = 0, needs F₂ + K > 0. */
export const kirkPrice = ({ right, strike, time }: SpreadTerms, market: PairMarket): number => {
  const [forward1, forward2] = forwardsOf(market, time);
  const share = forward2 / (forward2 + strike);
  const deviation = ratioVolatility({ ...market, volatility2: market.volatility2 * share });
  return blackPrice({
    right,
    forward: forward1,
    strike: forward2 + strike,
    stdDev: deviation * Math.sqrt(time),
    discount: Math.exp(-market.rate * time),
  });
};

const RULE = gaussLegendre(48);
const PANELS = 8;
const SPAN = 9;

/** (S₁ − S₂ − K)⁺ by quadrature over the second asset; error below 1e-10 of spot for |ρ| ≤ 0.999. */
export const spreadPrice = ({ right, strike, time }: SpreadTerms, market: PairMarket): number => {
  const { volatility1: v1, volatility2: v2, correlation } = market;
  const [forward1, forward2] = forwardsOf(market, time);
  const root = Math.sqrt(time);
  const stdDev = v1 * root * Math.sqrt(Math.max(1 - correlation * correlation, 0));
  const phi = signOf(right);
  const given = (z: number): number => {
    const level = forward2 * Math.exp(v2 * root * z - 0.5 * v2 * v2 * time) + strike;
    const tilt = correlation * v1 * root;
    const forward = forward1 * Math.exp(tilt * z - 0.5 * tilt * tilt);
    const value =
      level <= 0
        ? Math.max(phi * (forward - level), 0)
        : blackPrice({ right, forward, strike: level, stdDev, discount: 1 });
    return normalPdf(z) * value;
  };
  // A negative strike makes the level change sign where F₂ = −K: the integrand bends there.
  const bend = strike < 0 ? (Math.log(-strike / forward2) + 0.5 * v2 * v2 * time) / (v2 * root) : 0;
  const ends = Array.from({ length: PANELS + 1 }, (_, i) => -SPAN + (2 * SPAN * i) / PANELS);
  const cuts = [...ends, Math.min(SPAN, Math.max(-SPAN, bend))].sort((a, b) => a - b);
  let sum = 0;
  for (let i = 1; i < cuts.length; i++)
    sum += integrate(given, { from: cuts[i - 1]!, to: cuts[i]!, rule: RULE });
  return Math.exp(-market.rate * time) * sum;
};
