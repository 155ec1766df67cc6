/** Legs: from a schedule and a coupon to resolved flows. The parts of swaps, floating-rate notes, caps and bonds. */
import type { BusinessCalendar } from '../calendars/business-calendar';
import { addBusinessDays, adjust, type BusinessDayConvention } from '../calendars/business-day';
import type { Day } from '../calendars/date';
import { type DayCount, yearFraction } from '../calendars/day-count';
import { rollDates } from '../calendars/roll-dates';
import { type ScheduleTerms, scheduleDates } from '../calendars/schedule';
import { tenorMonths } from '../calendars/tenor';
import { type Result, success } from '../contract';
import type { FixedFlow, Flow, NotionalReset, OvernightFlow, TermRateFlow } from './flow';
import { fixingDateOf, indexPeriod, type RateIndex } from './rate-index';

export interface AccrualPeriod {
  readonly start: Day;
  readonly end: Day;
  readonly pay: Day;
  readonly fraction: number;
  /** What the day count measures the fraction against. */
  readonly calendar: BusinessCalendar;
  readonly referenceDates?: readonly Day[];
}

export interface LegTerms {
  readonly schedule: ScheduleTerms;
  readonly dayCount: DayCount;
  /** Business days from the end of a period to its payment. */
  readonly paymentLag?: number;
  readonly paymentConvention?: BusinessDayConvention;
  readonly paymentCalendar?: BusinessCalendar;
}

/** Periods between neighbouring schedule dates; ICMA fractions measure stubs against the roll dates that hold them. */
export function accrualPeriods(terms: LegTerms): Result<readonly AccrualPeriod[]> {
  const dates = scheduleDates(terms.schedule);
  if (!dates.ok) return dates;
  const days = dates.value;
  const { schedule, dayCount, paymentLag = 0, paymentConvention = 'Following' } = terms;
  const calendar = terms.paymentCalendar ?? schedule.calendar;
  const rolls = dayCount === 'ACT/ACT ICMA' ? rollDates(schedule) : undefined;
  const periods = days.slice(0, -1).map((start, index): AccrualPeriod => {
    const end = days[index + 1]!;
    const reference = {
      calendar: schedule.calendar,
      ...(rolls && { referenceDates: datesAbout(rolls, start, end) }),
    };
    return {
      start,
      end,
      // A delay counts from the period's own end: two days after a Saturday are Tuesday, not Wednesday.
      pay:
        paymentLag === 0
          ? adjust(end, paymentConvention, calendar)
          : addBusinessDays(end, paymentLag, calendar),
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

/** The roll dates from the last one up to the start to the first one from the end on. */
function datesAbout(rolls: readonly Day[], start: Day, end: Day): readonly Day[] {
  const after = rolls.findIndex((day) => day > start);
  const until = rolls.findIndex((day) => day >= end);
  return rolls.slice(Math.max(after - 1, 0), until < 0 ? rolls.length : until + 1);
}

interface Coupon {
  readonly currency: string;
  /** Signed: positive where the coupons are received. One for all, or one a period; the last one stays. */
  readonly notional: number | readonly number[];
  /** By period: where its notional is an amount of another currency. */
  readonly resets?: readonly (NotionalReset | undefined)[];
}

/** The value of a period out of one for all, or of a list whose last one stays. */
export const perPeriod = (value: number | readonly number[], index: number): number =>
  typeof value === 'number' ? value : value[Math.min(index, value.length - 1)]!;

const resetOf = ({ resets }: Coupon, index: number): { readonly reset?: NotionalReset } => {
  const reset = resets?.[index];
  return reset === undefined ? {} : { reset };
};

export const fixedCoupons = (
  periods: readonly AccrualPeriod[],
  coupon: Coupon & { readonly rate: number | readonly number[] },
): readonly FixedFlow[] =>
  periods.map(({ start, end, pay, fraction }, index) => ({
    type: 'fixed',
    pay,
    currency: coupon.currency,
    amount: perPeriod(coupon.notional, index) * fraction * perPeriod(coupon.rate, index),
    start,
    end,
    ...resetOf(coupon, index),
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
    ? periods.map((period, index) => overnightCoupon(period, coupon, index))
    : periods.map((period, index) => termRateCoupon(period, coupon, index));

function termRateCoupon(
  { start, end, pay, fraction }: AccrualPeriod,
  coupon: FloatingCoupon,
  place: number,
): TermRateFlow {
  const { index, currency, spread = 0, gearing = 1, fixingLag, forwardOver = 'index-period' } = coupon;
  const fixing = fixingDateOf(fixingLag === undefined ? index : { ...index, fixingLag }, start);
  const period =
    forwardOver === 'index-period'
      ? indexPeriod(index, fixing)
      : { start, end, fraction: yearFraction(index.dayCount, start, end, index) };
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
    notional: perPeriod(coupon.notional, place),
    gearing,
    spread,
    ...resetOf(coupon, place),
  };
}

const overnightCoupon = (
  { start, end, pay, fraction }: AccrualPeriod,
  coupon: FloatingCoupon,
  place: number,
): OvernightFlow => ({
  type: 'overnight',
  pay,
  currency: coupon.currency,
  index: coupon.index,
  averaged: coupon.averaged ?? false,
  start,
  end,
  fraction,
  notional: perPeriod(coupon.notional, place),
  spread: coupon.spread ?? 0,
  ...resetOf(coupon, place),
});
