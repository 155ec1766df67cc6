/** Legs: from a schedule and a coupon to resolved flows. The parts of swaps, floating-rate notes, caps and bonds. */
import type { BusinessCalendar } from '../calendars/business-calendar.js';
import { addBusinessDays, adjust, type BusinessDayConvention } from '../calendars/business-day.js';
import type { Day } from '../calendars/date.js';
import { type DayCount, yearFraction } from '../calendars/day-count.js';
import { type ScheduleTerms, scheduleDates } from '../calendars/schedule.js';
import { addTenor, tenorMonths } from '../calendars/tenor.js';
import { type Result, success } from '../contract.js';
import type { FixedFlow, Flow, OvernightFlow, TermRateFlow } from './flow.js';
import { fixingDateOf, indexPeriod, type RateIndex } from './rate-index.js';

export interface AccrualPeriod {
  readonly start: Day;
  readonly end: Day;
  readonly pay: Day;
  readonly fraction: number;
  /** The regular period that the fraction is measured against; the period itself unless it is a stub. */
  readonly referenceStart: Day;
  readonly referenceEnd: Day;
}

export interface LegTerms {
  readonly schedule: ScheduleTerms;
  readonly dayCount: DayCount;
  /** Business days from the end of a period to its payment. */
  readonly paymentLag?: number;
  readonly paymentConvention?: BusinessDayConvention;
  readonly paymentCalendar?: BusinessCalendar;
}

/** Periods between neighbouring schedule dates; ICMA fractions measure stubs against the regular period next to them. */
export function accrualPeriods(terms: LegTerms): Result<readonly AccrualPeriod[]> {
  const dates = scheduleDates(terms.schedule);
  if (!dates.ok) return dates;
  const days = dates.value;
  const { schedule, dayCount, paymentLag = 0, paymentConvention = 'Following' } = terms;
  const calendar = terms.paymentCalendar ?? schedule.calendar;
  const last = days.length - 2;
  const periods = days.slice(0, -1).map((start, index): AccrualPeriod => {
    const end = days[index + 1]!;
    const adjusted = adjust(end, paymentConvention, calendar);
    const reference = referenceOf(schedule, { start, end, first: index === 0, last: index === last });
    return {
      start,
      end,
      pay: paymentLag === 0 ? adjusted : addBusinessDays(adjusted, paymentLag, calendar),
      fraction: yearFraction(dayCount, start, end, {
        ...reference,
        termination: days.at(-1)!,
        frequency: 12 / Math.max(1, tenorMonths(schedule.tenor)),
      }),
      ...reference,
    };
  });
  return success(periods);
}

interface Place {
  readonly start: Day;
  readonly end: Day;
  readonly first: boolean;
  readonly last: boolean;
}

/** The regular period a stub belongs to: it shares the inner end of a first stub, the inner start of a last one. */
function referenceOf(
  { tenor, rule = 'Backward' }: ScheduleTerms,
  { start, end, first, last }: Place,
): { readonly referenceStart: Day; readonly referenceEnd: Day } {
  const back = addTenor(end, { count: -tenor.count, unit: tenor.unit });
  const on = addTenor(start, tenor);
  const regular = Math.abs(back - start) <= 7 || Math.abs(on - end) <= 7;
  if (regular || !(first || last)) return { referenceStart: start, referenceEnd: end };
  if (first && (rule !== 'Forward' || !last)) return { referenceStart: back, referenceEnd: end };
  return { referenceStart: start, referenceEnd: on };
}

interface Coupon {
  readonly currency: string;
  /** Signed: positive where the coupons are received. */
  readonly notional: number;
}

export const fixedCoupons = (
  periods: readonly AccrualPeriod[],
  { currency, notional, rate }: Coupon & { readonly rate: number | readonly number[] },
): readonly FixedFlow[] =>
  periods.map(({ start, end, pay, fraction }, index) => ({
    type: 'fixed',
    pay,
    currency,
    // A list of rates holds one a period; its last one stays.
    amount: notional * fraction * (typeof rate === 'number' ? rate : rate[Math.min(index, rate.length - 1)]!),
    start,
    end,
  }));

export interface FloatingCoupon extends Coupon {
  readonly index: RateIndex;
  readonly spread?: number;
  readonly gearing?: number;
  /** Business days before the period; the index's own where absent. */
  readonly fixingLag?: number;
  /**
   * The forward covers the index's own period (default), or exactly the accrual period, as textbooks and "par coupon"
   * engines have it.
   */
  readonly forwardOver?: 'index-period' | 'accrual-period';
  readonly averaged?: boolean;
}

export const floatingCoupons = (
  periods: readonly AccrualPeriod[],
  coupon: FloatingCoupon,
): readonly Flow[] =>
  coupon.index.overnight
    ? periods.map((period) => overnightCoupon(period, coupon))
    : periods.map((period) => termRateCoupon(period, coupon));

function termRateCoupon({ start, end, pay, fraction }: AccrualPeriod, coupon: FloatingCoupon): TermRateFlow {
  const {
    index,
    currency,
    notional,
    spread = 0,
    gearing = 1,
    fixingLag,
    forwardOver = 'index-period',
  } = coupon;
  const fixing = fixingDateOf(fixingLag === undefined ? index : { ...index, fixingLag }, start);
  const period =
    forwardOver === 'index-period'
      ? indexPeriod(index, fixing)
      : { start, end, fraction: yearFraction(index.dayCount, start, end) };
  return {
    type: 'term-rate',
    pay,
    currency,
    index,
    fixing,
    rateStart: period.start,
    rateEnd: period.end,
    rateFraction: period.fraction,
    start,
    end,
    fraction,
    notional,
    gearing,
    spread,
  };
}

const overnightCoupon = (
  { start, end, pay, fraction }: AccrualPeriod,
  { index, currency, notional, spread = 0, averaged = false }: FloatingCoupon,
): OvernightFlow => ({
  type: 'overnight',
  pay,
  currency,
  index,
  averaged,
  start,
  end,
  fraction,
  notional,
  spread,
});
