/**
 * Volatilities that a smile gives to the rows of one expiry.
 *
 * A smile is a raw SVI slice over ln(K/F) at the forward that it was quoted with, or any function of the strike: the strike keeps its volatility while
 * spot moves (sticky strike), until the next smile comes. So a tick of spot moves no volatility, and delta is Black's.
 */
import { type SviParameters, sviVariance } from '../volatility/svi';

export interface SviSmile {
  readonly parameters: SviParameters;
  /** That the log-moneyness counts from. */
  readonly forward: number;
  /** Years that the total variance is of. */
  readonly expiry: number;
}

/** Any other smile, such as one by delta: asked once for each strike when it is set. */
export interface StrikeSmile {
  readonly volatilityAt: (strike: number) => number;
}

export type BookSmile = SviSmile | StrikeSmile;

/** Volatility a year at a strike; NaN where the smile has none. */
export const smileVolatility = (smile: BookSmile | undefined, strike: number): number => {
  if (smile === undefined) return Number.NaN;
  if ('volatilityAt' in smile) return smile.volatilityAt(strike);
  const k = Math.log(strike / smile.forward);
  return Math.sqrt(sviVariance(smile.parameters, k) / smile.expiry);
};
