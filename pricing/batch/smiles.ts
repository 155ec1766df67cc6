/**
 * Volatilities that a smile gives to the rows of one expiry.
 *
 * A smile is a raw SVI slice over ln(K/F) at the forward that it was quoted with: the strike keeps its volatility while
 * spot moves (sticky strike), until the next smile comes. So a tick of spot moves no volatility, and delta is Black's.
 */
import { type SviParameters, sviVariance } from '../volatility/svi.js';

export interface BookSmile {
  readonly parameters: SviParameters;
  /** That the log-moneyness counts from. */
  readonly forward: number;
  /** Years that the total variance is of. */
  readonly expiry: number;
}

/** Volatility a year at a strike; NaN where the smile has none. */
export const smileVolatility = (smile: BookSmile | undefined, strike: number): number =>
  smile === undefined
    ? Number.NaN
    : Math.sqrt(sviVariance(smile.parameters, Math.log(strike / smile.forward)) / smile.expiry);
