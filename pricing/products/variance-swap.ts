/** Variance swaps: realised against agreed variance, annualised, paid once at the end. */
import { failure, type Result, success } from '../contract';
import { datesAhead } from './product-times';

export interface VarianceSwap {
  readonly kind: 'variance-swap';
  /** Paid for 1.00 of variance: a variance of 0.09 against 0.04 pays 0.05 of it. Negative for the seller. */
  readonly notional: number;
  /** Agreed volatility, decimal; the agreed variance is its square. */
  readonly strike: number;
  /** Years from the valuation to the end of observation. */
  readonly time: number;
  /** Years observed so far, and the volatility realised in them. */
  readonly elapsed: number;
  readonly realised: number;
}

export function varianceSwap(book: Omit<VarianceSwap, 'kind'>): Result<VarianceSwap> {
  const { notional, strike, time, elapsed, realised } = book;
  if (!(strike >= 0) || !(elapsed >= 0) || !(realised >= 0) || !Number.isFinite(notional)) {
    return failure(
      'variance-swap-must-be-sound',
      `strike ${strike}, elapsed ${elapsed}, realised ${realised}, notional ${notional}: give numbers of zero or more.`,
    );
  }
  const dated = datesAhead('variance-swap', time, [time]);
  if (!dated.ok) return dated;
  return success({ kind: 'variance-swap', ...book });
}
