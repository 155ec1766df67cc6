/**
 * Credit quotes as dealers have made them since 2009: a standard coupon with an upfront, or the conventional spread that
 * stands for it. The two are one quote under a flat hazard rate: ISDA, "Standard CDS contract converter specification".
 */
import { type Result, success } from '../contract';
import type { Cds } from '../products/cds';
import type { CreditQuote, CreditTerms } from './cds-bootstrap';
import { spreadOfUpfront, upfrontOfSpread } from './cds-conversion';

/** Step of the central difference in the spread: a hundredth of a basis point. */
const step = 1e-6;

/** A quote by its conventional spread or by its upfront, exactly one of them, for the bootstrap of a curve. */
export function conventionalQuote(
  quote: { readonly label: string; readonly cds: Cds } & (
    | { readonly spread: number }
    | { readonly upfront: number }
  ),
  terms: CreditTerms,
): Result<CreditQuote> {
  const { label, cds } = quote;
  const spread = 'spread' in quote ? success(quote.spread) : spreadOfUpfront(cds, quote.upfront, terms);
  if (!spread.ok) return spread;
  const upfront = 'upfront' in quote ? success(quote.upfront) : upfrontOfSpread(cds, quote.spread, terms);
  if (!upfront.ok) return upfront;
  const up = upfrontOfSpread(cds, spread.value + step, terms);
  if (!up.ok) return up;
  const down = upfrontOfSpread(cds, spread.value - step, terms);
  if (!down.ok) return down;
  return success({
    label,
    cds,
    upfront: upfront.value,
    upfrontBySpread: (up.value - down.value) / (2 * step),
  });
}
