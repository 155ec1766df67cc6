/** What a quote says of one of its sides: a price, that there is none and why, or nothing. */
import { Reason } from '../../schemas/market';
import type { MarkRules } from './rules';

/** Nothing is said: what the venue said before stands. */
export const SILENT = -1;

/**
 * Reason.None for a price, SILENT, or why there is none. A size of zero withdraws, whatever the price; a price of zero
 * whose size is not known is how feeds write that they know none.
 */
export function saidOf(price: number, size: number, { signed }: MarkRules): Reason | typeof SILENT {
  if (size <= 0) return Reason.Withdrawn;
  if (!Number.isFinite(price)) return SILENT;
  if (price > 0) return Reason.None;
  if (price === 0 && Number.isNaN(size)) return Reason.UnknownSize;
  if (signed) return Reason.None;
  return price === 0 ? Reason.Withdrawn : Reason.NotPositive;
}
