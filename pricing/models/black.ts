/**
 * The Black family on a forward: Black-76, shifted Black, and Black–Scholes–Merton through its forward.
 *
 * Sources: F. Black, "The pricing of commodity contracts", Journal of Financial Economics 3 (1976); R. Merton, "Theory
 * of rational option pricing", Bell Journal 4 (1973). Rates are continuously compounded, times in years.
 */
import { normalCdf } from '../math/normal';

export type Right = 'call' | 'put';

/** +1 for a call, −1 for a put: the φ of the formulas. A word that is neither makes every value NaN, never a put's. */
export const signOf = (right: Right): 1 | -1 =>
  right === 'call' ? 1 : right === 'put' ? -1 : (Number.NaN as unknown as -1);

/** A lognormal underlying: what every Black–Scholes formula of the library reads. */
export interface LognormalMarket {
  readonly spot: number;
  /** Continuously compounded discount rate of the payment currency. */
  readonly rate: number;
  /** Continuous yield of the underlying: dividends, foreign rate, or storage with a minus. */
  readonly dividend: number;
  readonly volatility: number;
}

/** What an option says of itself, with time to expiry in years. */
export interface VanillaTerms {
  readonly right: Right;
  readonly strike: number;
  readonly time: number;
}

export interface ForwardTerms {
  readonly right: Right;
  readonly strike: number;
  readonly forward: number;
  /** Volatility times the square root of time. */
  readonly stdDev: number;
  /** Discount factor to payment; 1 for an undiscounted or margined option. */
  readonly discount: number;
}

/** Black-76. A standard deviation of zero gives the discounted intrinsic value of the forward. */
export const blackPrice = ({ right, strike, forward, stdDev, discount }: ForwardTerms): number => {
  const phi = signOf(right);
  if (stdDev <= 0 || strike <= 0) return discount * Math.max(phi * (forward - strike), 0);
  const d1 = Math.log(forward / strike) / stdDev + 0.5 * stdDev;
  const value = phi * (forward * normalCdf(phi * d1) - strike * normalCdf(phi * (d1 - stdDev)));
  return discount * Math.max(value, 0);
};

/** Black on forward + shift and strike + shift: the lognormal model of rates above −shift. */
export const shiftedBlackPrice = (terms: ForwardTerms & { readonly shift: number }): number =>
  blackPrice({ ...terms, forward: terms.forward + terms.shift, strike: terms.strike + terms.shift });

export const forwardOf = ({ spot, rate, dividend }: LognormalMarket, time: number): number =>
  spot * Math.exp((rate - dividend) * time);

export const blackScholesPrice = ({ right, strike, time }: VanillaTerms, market: LognormalMarket): number =>
  blackPrice({
    right,
    strike,
    forward: forwardOf(market, time),
    stdDev: market.volatility * Math.sqrt(Math.max(time, 0)),
    discount: Math.exp(-market.rate * time),
  });
