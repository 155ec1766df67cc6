/** One valuation time: the curves of a model count their years from the day that the valuation is of, or they are refused. */
import { formatDay } from '../calendars/date';
import { failure, type PricingContext, type Result, success } from '../contract';
import { type RatesMarket, valuationDay } from './rates-market';

/**
 * Failure `curves-must-be-of-the-valuation-date`: a curve of another day would discount by the wrong time, and what was
 * paid or fixed in between would be counted twice or not at all.
 */
export function marketDay(model: { readonly kind: string }, context: PricingContext): Result<true> {
  const { market } = model as { readonly market?: Partial<RatesMarket> };
  if (!(market?.curves instanceof Map)) return success(true);
  const today = valuationDay(context);
  for (const { name, reference } of (market as RatesMarket).curves.values()) {
    if (reference === today) continue;
    return failure(
      'curves-must-be-of-the-valuation-date',
      `curve "${name}" is of ${formatDay(reference)}, the valuation of ${formatDay(today)}. Build it for that day.`,
    );
  }
  return success(true);
}
