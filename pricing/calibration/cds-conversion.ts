/**
 * Quoted spreads of credit swaps with a standard coupon, and the upfronts that they stand for: both under one flat hazard
 * rate, as the ISDA converter has it. Indices are quoted so; their price is one hundred less the upfront in percent.
 */
import { type Result, success } from '../contract';
import { cdsLegs } from '../models/cds-legs';
import type { Cds } from '../products/cds';
import { bootstrapCredit, type CreditTerms, cleanUpfront } from './cds-bootstrap';

/** Clean upfront, as a share of notional, of a swap that is quoted at a spread. */
export function upfrontOfSpread(cds: Cds, spread: number, terms: CreditTerms): Result<number> {
  const { trade, discount, formula = 'isda' } = terms;
  const survival = bootstrapCredit([{ label: 'quoted', cds: { ...cds, coupon: spread } }], terms);
  if (!survival.ok) return survival;
  const legs = cdsLegs(cds, { discount, survival: survival.value }, { trade, formula });
  return success(cleanUpfront(cds, { legs, discount, trade }));
}

/** The spread that a swap with this clean upfront is quoted at: the par spread under the flat hazard rate that fits it. */
export function spreadOfUpfront(cds: Cds, upfront: number, terms: CreditTerms): Result<number> {
  const { trade, discount, formula = 'isda' } = terms;
  const survival = bootstrapCredit([{ label: 'upfront', cds, upfront }], terms);
  if (!survival.ok) return survival;
  const legs = cdsLegs(cds, { discount, survival: survival.value }, { trade, formula });
  // The upfront is linear in the coupon.
  const perCoupon = cleanUpfront({ ...cds, coupon: 1 }, { legs, discount, trade });
  const none = cleanUpfront({ ...cds, coupon: 0 }, { legs, discount, trade });
  return success(none / (none - perCoupon));
}

/** How an index is quoted: percent of its outstanding notional, above par where protection is sold dear. */
export const indexPrice = (upfront: number): number => 100 * (1 - upfront);
