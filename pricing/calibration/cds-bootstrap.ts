/**
 * Survival curves from credit quotes: flat hazard rates between the maturities, found one after the other so that each
 * swap is worth nothing (par spreads) or its upfront.
 */
import { addBusinessDays } from '../calendars/business-day';
import { type Day, formatDay } from '../calendars/date';
import { failure, type Result, success } from '../contract';
import { type CurveGap, curveTime, type DiscountCurve, discountCurve } from '../curves/discount-curve';
import { type CdsLegs, cdsLegs } from '../models/cds-legs';
import type { AccrualFormula } from '../models/isda-cds';
import type { Cds } from '../products/cds';

export interface CreditQuote {
  readonly label: string;
  /** The swap, with its coupon; for a par spread the coupon is the spread. */
  readonly cds: Cds;
  /** Clean upfront as a share of notional, paid by the buyer; zero for par spreads. */
  readonly upfront?: number;
  /**
   * Change of that upfront per unit of the conventional spread that stands for it (`conventionalQuote`); absent where the
   * coupon itself is the quoted spread.
   */
  readonly upfrontBySpread?: number;
}

export interface CreditTerms {
  readonly entity: string;
  readonly trade: Day;
  readonly discount: DiscountCurve;
  readonly formula?: AccrualFormula;
  /** Swaps that should have a quote and have none: what lies between their neighbours was said by nobody. */
  readonly missing?: readonly { readonly label: string; readonly maturity: Day }[];
}

/** Clean upfront of a swap on given curves, as a share of notional: protection less premium, accrued paid back. */
export function cleanUpfront(
  cds: Cds,
  {
    legs,
    discount,
    trade,
  }: { readonly legs: CdsLegs; readonly discount: DiscountCurve; readonly trade: Day },
): number {
  const settles = addBusinessDays(trade, cds.settlementLag, cds.calendar);
  const dirty = (legs.protection - cds.coupon * legs.annuity) / discount.discountOn(settles);
  return dirty + cds.coupon * legs.accrued;
}

/** Hazard rates below this make no probability; a curve that needs one is refused. */
const hazardFloor = -0.5;
const hazardCeiling = 50;

export function bootstrapCredit(quotes: readonly CreditQuote[], terms: CreditTerms): Result<DiscountCurve> {
  const sorted = [...quotes].sort((a, b) => a.cds.maturity - b.cds.maturity);
  if (sorted.length === 0)
    return failure('credit-curve-must-have-quotes', `no quotes for ${terms.entity}. Give one at least.`);
  const times: number[] = [];
  const zeros: number[] = [];
  for (const quote of sorted) {
    const time = curveTime(terms.trade, quote.cds.maturity);
    if (time <= (times.at(-1) ?? 0)) {
      return failure(
        'credit-maturities-must-rise',
        `${terms.entity}: "${quote.label}" ends ${formatDay(quote.cds.maturity)}, not after the one before.`,
      );
    }
    const found = nextHazard(quote, terms, { times, zeros, time });
    if (!found.ok) return found;
    times.push(time);
    zeros.push(found.value);
  }
  const labels = sorted.map(({ label }) => label);
  return success(survivalCurve(terms, { times, zeros, labels, gaps: gapsOf(terms, times) }));
}

const gapsOf = ({ trade, missing = [] }: CreditTerms, times: readonly number[]): readonly CurveGap[] =>
  missing.map(({ label, maturity }) => {
    const at = curveTime(trade, maturity);
    return {
      label,
      from: times.findLast((time) => time < at) ?? 0,
      to: times.find((time) => time > at) ?? Number.POSITIVE_INFINITY,
    };
  });

interface SurvivalNodes {
  readonly times: readonly number[];
  readonly zeros: readonly number[];
  readonly labels?: readonly string[];
  readonly gaps?: readonly CurveGap[];
}

const survivalCurve = (
  { entity, trade }: CreditTerms,
  { times, zeros, labels = [], gaps = [] }: SurvivalNodes,
): DiscountCurve =>
  discountCurve({
    name: entity,
    reference: trade,
    times: Float64Array.from(times),
    zeros: Float64Array.from(zeros),
    interpolation: 'log-linear-discount',
    ...(labels.length > 0 && { labels }),
    ...(gaps.length > 0 && { gaps }),
  });

interface Placed {
  readonly times: readonly number[];
  readonly zeros: readonly number[];
  readonly time: number;
}

/** Bracketed Newton on the average hazard to the new node. */
function nextHazard(
  { cds, label, upfront = 0 }: CreditQuote,
  terms: CreditTerms,
  { times, zeros, time }: Placed,
): Result<number> {
  const { discount, trade, formula = 'isda' } = terms;
  const miss = (zero: number): number => {
    const survival = survivalCurve(terms, { times: [...times, time], zeros: [...zeros, zero] });
    const legs = cdsLegs(cds, { discount, survival }, { trade, formula });
    return cleanUpfront(cds, { legs, discount, trade }) - upfront;
  };
  // Start from the hazard that flat rates would have: spread over loss.
  let [low, high] = [hazardFloor, hazardCeiling / time];
  if (!(miss(low) < 0 && miss(high) > 0)) {
    return failure(
      'credit-quote-must-be-attainable',
      `${terms.entity}: no hazard rate fits "${label}" (coupon ${cds.coupon}, upfront ${upfront}). Check it against its neighbours.`,
    );
  }
  let zero = Math.min(Math.max((cds.coupon + upfront / time) / (1 - cds.recovery), low), high);
  for (let iteration = 0; iteration < 200; iteration += 1) {
    const here = miss(zero);
    if (Math.abs(here) < 1e-14) break;
    if (here < 0) low = zero;
    else high = zero;
    const step = 1e-7;
    const slope = (miss(zero + step) - here) / step;
    const newton = zero - here / slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - zero) < 1e-15) break;
    zero = next;
  }
  return success(zero);
}
