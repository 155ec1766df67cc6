/**
 * Credit quotes as dealers have made them since 2009: a standard coupon with an upfront, or the conventional spread that
 * stands for it. The two are one quote under a flat hazard rate: ISDA, "Standard CDS contract converter specification".
 */

import { addBusinessDays } from '../calendars/business-day.js';
import { type Result, success } from '../contract.js';
import { cdsLegs } from '../models/cds-legs.js';
import type { Cds } from '../products/cds.js';
import { bootstrapCredit, type CreditQuote, type CreditTerms, cleanUpfront } from './cds-bootstrap.js';

/** Step of the central difference in the spread: a hundredth of a basis point. */
const step = 1e-6;

/** Clean upfront, as a share of notional, of a swap whose flat curve prices the spread at par. */
export function upfrontAt(spread: number, cds: Cds, terms: CreditTerms): Result<number> {
  const { discount, trade, formula = 'isda' } = terms;
  const flat = bootstrapCredit([{ label: 'flat', cds: { ...cds, coupon: spread } }], terms);
  if (!flat.ok) return flat;
  const legs = cdsLegs(cds, { discount, survival: flat.value }, { trade, formula });
  return success(cleanUpfront(cds, { legs, discount, trade }));
}

/** The conventional spread of a swap that trades at an upfront: the par spread on the flat curve that gives it. */
export function conventionalSpread(upfront: number, cds: Cds, terms: CreditTerms): Result<number> {
  const { discount, trade, formula = 'isda' } = terms;
  const flat = bootstrapCredit([{ label: 'flat', cds, upfront }], terms);
  if (!flat.ok) return flat;
  const legs = cdsLegs(cds, { discount, survival: flat.value }, { trade, formula });
  const settles = addBusinessDays(trade, cds.settlementLag, cds.calendar);
  return success(legs.protection / (legs.annuity - legs.accrued * discount.discountOn(settles)));
}

/** A quote by its conventional spread or by its upfront, exactly one of them, for the bootstrap of a curve. */
export function conventionalQuote(
  quote: { readonly label: string; readonly cds: Cds } & (
    | { readonly spread: number }
    | { readonly upfront: number }
  ),
  terms: CreditTerms,
): Result<CreditQuote> {
  const { label, cds } = quote;
  const spread = 'spread' in quote ? success(quote.spread) : conventionalSpread(quote.upfront, cds, terms);
  if (!spread.ok) return spread;
  const upfront = 'upfront' in quote ? success(quote.upfront) : upfrontAt(quote.spread, cds, terms);
  if (!upfront.ok) return upfront;
  const up = upfrontAt(spread.value + step, cds, terms);
  if (!up.ok) return up;
  const down = upfrontAt(spread.value - step, cds, terms);
  if (!down.ok) return down;
  return success({
    label,
    cds,
    upfront: upfront.value,
    upfrontBySpread: (up.value - down.value) / (2 * step),
  });
}
