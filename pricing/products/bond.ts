/** Bonds: zero-coupon, fixed, and floating-rate notes, redeemed in one amount. */
import type { BusinessCalendar } from '../calendars/business-calendar';
import { addBusinessDays, adjust, conventionNamed } from '../calendars/business-day';
import { calendarNamed } from '../calendars/calendar-registry';
import type { Day } from '../calendars/date';
import { type DayCount, yearFraction } from '../calendars/day-count';
import { tenorMonths } from '../calendars/tenor';
import { failure, type Result, success } from '../contract';
import type { FixedFlow, Flow } from './flow';
import { type AccrualPeriod, accrualPeriods, fixedCoupons, floatingCoupons } from './leg';
import { rateIndexNamed } from './rate-index';
import {
  dayCountField,
  dayNamed,
  gathered,
  positiveAmount,
  resolveSchedule,
  type ScheduleBook,
} from './schedule-book';

export interface BondBook {
  readonly currency: string;
  readonly face: number;
  /** Percent of face repaid; 100 where absent. */
  readonly redemption?: number;
  readonly schedule: ScheduleBook;
  readonly dayCount: string;
  /** Exactly one of the two, or neither for a zero-coupon bond. */
  readonly coupon?: number | readonly number[];
  readonly floating?: { readonly index: string; readonly spread?: number; readonly fixingLag?: number };
  readonly settlementLag: number;
  readonly issue?: string;
  readonly paymentConvention?: string;
  /** For payments and settlement; the schedule's where absent. */
  readonly paymentCalendar?: string;
  /** From this long before its payment on a coupon stays with the seller, as gilts have seven business days. */
  readonly exCoupon?: { readonly days: number; readonly unit: 'business-days' | 'calendar-days' };
}

export interface Bond {
  readonly kind: 'bond';
  readonly currency: string;
  readonly face: number;
  readonly flows: readonly Flow[];
  readonly periods: readonly AccrualPeriod[];
  /** By period the first day of settlement that no longer buys its coupon. */
  readonly exDates?: readonly Day[];
  /** Simple coupon rates by period; undefined where they float. */
  readonly rates?: readonly number[];
  readonly dayCount: DayCount;
  /** Coupons a year; 0 for a zero-coupon bond. */
  readonly frequency: number;
  readonly settlementLag: number;
  readonly settlementCalendar: BusinessCalendar;
  readonly issue: Day;
  readonly maturity: Day;
}

export function resolveBond(book: BondBook): Result<Bond> {
  const parts = gathered({
    schedule: resolveSchedule(book.schedule),
    dayCount: dayCountField(book.dayCount),
    face: positiveAmount(book.face, 'face'),
    redemption: positiveAmount(book.redemption ?? 100, 'redemption'),
    convention: conventionNamed(book.paymentConvention ?? 'Following'),
    calendar: calendarNamed(book.paymentCalendar ?? book.schedule.calendar),
    issue: dayNamed(book.issue ?? book.schedule.start, 'issue'),
  });
  if (!parts.ok) return parts;
  const { schedule, dayCount, face, redemption, convention, calendar, issue } = parts.value;
  const periods = accrualPeriods({
    schedule,
    dayCount,
    paymentConvention: convention,
    paymentCalendar: calendar,
  });
  if (!periods.ok) return periods;
  const coupons = couponsOf(book, periods.value, face);
  if (!coupons.ok) return coupons;
  const maturity = periods.value.at(-1)!.end;
  const repaid: FixedFlow = {
    type: 'fixed',
    pay: adjust(maturity, convention, calendar),
    currency: book.currency,
    amount: (face * redemption) / 100,
  };
  const exDates = exDatesOf(book, periods.value, calendar);
  if (!exDates.ok) return exDates;
  const rates =
    book.coupon === undefined ? undefined : periods.value.map((_, index) => rateOf(book.coupon!, index));
  return success({
    kind: 'bond',
    currency: book.currency,
    face,
    flows: [...coupons.value, repaid],
    periods: periods.value,
    ...(rates ? { rates } : {}),
    ...(exDates.value ? { exDates: exDates.value } : {}),
    dayCount,
    frequency: coupons.value.length === 0 ? 0 : 12 / Math.max(1, tenorMonths(schedule.tenor)),
    settlementLag: book.settlementLag,
    settlementCalendar: calendar,
    issue,
    maturity,
  });
}

const rateOf = (coupon: number | readonly number[], index: number): number =>
  typeof coupon === 'number' ? coupon : coupon[Math.min(index, coupon.length - 1)]!;

function couponsOf(book: BondBook, periods: readonly AccrualPeriod[], face: number): Result<readonly Flow[]> {
  const { currency } = book;
  if (book.floating) {
    const index = rateIndexNamed(book.floating.index);
    if (!index.ok) return index;
    return success(
      floatingCoupons(periods, { ...book.floating, index: index.value, currency, notional: face }),
    );
  }
  return success(
    book.coupon === undefined ? [] : fixedCoupons(periods, { currency, notional: face, rate: book.coupon }),
  );
}

/** More than this is no ex-coupon period of any market. */
const exDaysMax = 60;

function exDatesOf(
  { exCoupon }: BondBook,
  periods: readonly AccrualPeriod[],
  calendar: BusinessCalendar,
): Result<readonly Day[] | undefined> {
  if (exCoupon === undefined) return success(undefined);
  const { days, unit } = exCoupon;
  if (!(Number.isInteger(days) && days >= 0 && days <= exDaysMax)) {
    return failure(
      'ex-coupon-days-must-be-bounded',
      `exCoupon is ${days} days before payment. Give a whole number from 0 to ${exDaysMax}.`,
    );
  }
  return success(
    periods.map(({ pay }) => (unit === 'business-days' ? addBusinessDays(pay, -days, calendar) : pay - days)),
  );
}

/** Whether a buyer who settles on a day gets the coupon of a period. */
export const buysCoupon = ({ exDates, periods }: Bond, index: number, settlement: Day): boolean =>
  periods[index]!.pay > settlement && !(exDates !== undefined && exDates[index]! <= settlement);

/** What a buyer receives: the flows that pay after settlement, less a coupon that has gone. */
export const flowsFrom = (bond: Bond, settlement: Day): readonly Flow[] =>
  bond.flows.filter(({ pay }, index) =>
    index < bond.periods.length && bond.flows.length > bond.periods.length
      ? buysCoupon(bond, index, settlement)
      : pay > settlement,
  );

/**
 * Interest from the start of the current period to a day, per 100 of face; zero where coupons float. Once the coupon has
 * gone the buyer is owed the rest of the period: less than nothing.
 */
export function accruedAt(bond: Bond, day: Day): number {
  const place = bond.periods.findIndex(({ start, end }) => start <= day && day < end);
  if (place < 0 || !bond.rates) return 0;
  const period = bond.periods[place]!;
  const part = yearFraction(bond.dayCount, period.start, day, {
    ...period,
    termination: bond.maturity,
    frequency: bond.frequency,
  });
  const lost = !buysCoupon(bond, place, day);
  return 100 * bond.rates[place]! * (lost ? part - period.fraction : part);
}
