/** What a quote says of one of its sides: a price, that there is none and why, or nothing. */
import { Reason } from '../../schemas/market';
import type { MarkRules } from './rules';

// Held here: asked of their module in hot loops they would be calls.
const WHY = Reason;

/** Nothing is said: what the venue said before stands. */
export const SILENT = -1;

/**
 * Reason.None for a price, SILENT, or why there is none. A size of zero withdraws, whatever the price; a price of zero
 * whose size is not known is how feeds write that they know none.
 */
export function saidOf(price: number, size: number, { signed }: MarkRules): Reason | typeof SILENT {
  if (size <= 0) return WHY.Withdrawn;
  if (!Number.isFinite(price)) return SILENT;
  if (price > 0) return WHY.None;
  if (price === 0 && Number.isNaN(size)) return WHY.UnknownSize;
  if (signed) return WHY.None;
  return price === 0 ? WHY.Withdrawn : WHY.NotPositive;
}
