/** The legs of one credit default swap under the ISDA standard model, at the trade date and per unit of notional. */
import type { Day } from '../calendars/date';
import { accruedYears, type Cds } from '../products/cds';
import {
  type AccrualFormula,
  accruedOnDefault,
  type CdsCurves,
  integrationNodes,
  protectionUnit,
} from './isda-cds';

export interface CdsLegs {
  /** Present value of the payment at default. */
  readonly protection: number;
  /** Present value of one unit of coupon a year from the trade on, accrued interest included ("dirty"). */
  readonly annuity: number;
  /** The part of it that defaults within periods make. */
  readonly accruedOnDefault: number;
  /** Interest accrued so far, in years: what a buyer gets back at once. */
  readonly accrued: number;
}

export interface CdsSetting {
  readonly trade: Day;
  readonly formula: AccrualFormula;
}

/** Present values on the trade date; the upfront amount divides them by the discount factor to its payment. */
export function cdsLegs(cds: Cds, pair: CdsCurves, { trade, formula }: CdsSetting): CdsLegs {
  const curves = { ...pair, nodes: integrationNodes(pair) };
  const { discount, survival } = pair;
  const time = (day: Day): number => discount.timeOf(day);
  const stepIn = trade + 1;
  // Protection begins with the day: a default on the step-in date or the start counts, so times are one day earlier.
  const from = time(Math.max(stepIn, cds.start) - 1);
  const protection = (1 - cds.recovery) * protectionUnit(curves, from, time(cds.maturity));
  let fixed = 0;
  let broken = 0;
  for (const { start, end, pay, fraction } of cds.periods) {
    if (end <= stepIn) continue;
    const [first, last] = [time(start - 1), time(end - 1)];
    fixed += fraction * discount.discount(time(pay)) * survival.discount(last);
    if (!cds.paysAccruedOnDefault) continue;
    const piece = { accrualStart: first, start: Math.max(first, from), end: last, formula };
    // Accrual counts in the coupon's day count, the integral in ACT/365F.
    broken += (accruedOnDefault(curves, piece) * fraction) / (last - first);
  }
  return {
    protection,
    annuity: fixed + broken,
    accruedOnDefault: broken,
    accrued: accruedYears(cds, stepIn),
  };
}
