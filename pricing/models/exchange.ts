/**
 * Options on the difference of two assets.
 *
 * Sources: W. Margrabe, "The value of an option to exchange one asset for another", Journal of Finance 33 (1978); E. Kirk,
 * "Correlation in the energy markets", in Managing Energy Price Risk (1995).
 */
import { blackPrice, type Right } from './black';

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

export const forwardsOf = (market: PairMarket, time: number): readonly [number, number] => [
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
