/**
 * Credit default swaps with the conventions of 2009 (full first coupon, accrual from the twentieth before, upfront three
 * days after the trade); any other dates can be given.
 */
import type { BusinessCalendar } from '../calendars/business-calendar';
import { adjust, conventionNamed } from '../calendars/business-day';
import { calendarNamed } from '../calendars/calendar-registry';
import type { Day } from '../calendars/date';
import { yearFraction } from '../calendars/day-count';
import { type ScheduleRule, scheduleDates } from '../calendars/schedule';
import { failure, type Result, success } from '../contract';
import { dayCountField, dayNamed, finiteNumber, gathered, positiveAmount, tenorNamed } from './schedule-book';

export interface CdsBook {
  readonly buysProtection: boolean;
  readonly currency: string;
  readonly notional: number;
  /** Running coupon a year, such as 0.01. */
  readonly coupon: number;
  /** ISO date: start of protection and, under the credit rules, any day of the first coupon period. */
  readonly start: string;
  readonly maturity: string;
  /** Of the reference entity: its name in the market's survival curves. */
  readonly entity: string;
  /** Share of the notional recovered at default, such as 0.4. */
  readonly recovery: number;
  readonly tenor?: string;
  readonly calendar?: string;
  readonly convention?: string;
  readonly dayCount?: string;
  readonly rule?: ScheduleRule;
  readonly paysAccruedOnDefault?: boolean;
  /** Business days from trade to upfront payment. */
  readonly settlementLag?: number;
  /** On an index, valued as one entity on the index's own spreads; `notional` is the original one. */
  readonly index?: CdsIndex;
}

export interface CdsIndex {
  /** Share of the names, by weight, that has not defaulted: what is left of the notional. */
  readonly factor: number;
  /** Names at the start of the series, of equal weight; for the jump on one of them. */
  readonly names?: number;
}

export interface CdsPeriod {
  readonly start: Day;
  /** Interest runs up to, not including, this day; in the last period it is the day after maturity. */
  readonly end: Day;
  readonly pay: Day;
  readonly fraction: number;
}

export interface Cds {
  readonly kind: 'cds';
  readonly currency: string;
  /** Positive where protection is bought; of an index, what is left of it. */
  readonly notional: number;
  readonly index?: CdsIndex;
  readonly coupon: number;
  readonly entity: string;
  readonly recovery: number;
  readonly start: Day;
  readonly maturity: Day;
  readonly periods: readonly CdsPeriod[];
  readonly paysAccruedOnDefault: boolean;
  readonly settlementLag: number;
  readonly calendar: BusinessCalendar;
}

export function resolveCds(book: CdsBook): Result<Cds> {
  const parts = gathered({
    start: dayNamed(book.start, 'start'),
    maturity: dayNamed(book.maturity, 'maturity'),
    notional: positiveAmount(book.notional, 'notional'),
    coupon: finiteNumber(book.coupon, 'coupon'),
    recovery: finiteNumber(book.recovery, 'recovery'),
    tenor: tenorNamed(book.tenor ?? '3M', 'tenor'),
    calendar: calendarNamed(book.calendar ?? 'WeekendsOnly'),
    convention: conventionNamed(book.convention ?? 'Following'),
    dayCount: dayCountField(book.dayCount ?? 'ACT/360'),
  });
  if (!parts.ok) return parts;
  const { start, maturity, notional, coupon, recovery, tenor, calendar, convention, dayCount } = parts.value;
  if (recovery < 0 || recovery >= 1) {
    return failure(
      'recovery-must-be-a-share',
      `recovery is ${recovery}. Give a share of the notional from 0 to below 1.`,
    );
  }
  const { factor = 1, names = 1 } = book.index ?? {};
  if (!(factor > 0 && factor <= 1 && Number.isInteger(names) && names >= 1)) {
    return failure(
      'index-factor-must-be-a-share',
      `index factor ${factor} of ${names} names: give a share above 0 up to 1, and a whole number of names.`,
    );
  }
  const rule = book.rule ?? 'CDS2015';
  const firstMoves = rule.startsWith('CDS');
  const dates = scheduleDates({
    start,
    end: maturity,
    tenor,
    calendar,
    convention: firstMoves ? convention : 'Unadjusted',
    terminationConvention: 'Unadjusted',
    rule,
  });
  if (!dates.ok) return dates;
  // Coupons end on business days; the maturity, and a start of the parties' own choosing, stand as agreed.
  const days = dates.value.map((day, index) =>
    index === dates.value.length - 1 || (index === 0 && !firstMoves)
      ? day
      : adjust(day, convention, calendar),
  );
  const periods = days.slice(0, -1).map((from, index): CdsPeriod => {
    const last = index === days.length - 2;
    const end = days[index + 1]! + (last ? 1 : 0);
    return {
      start: from,
      end,
      pay: adjust(days[index + 1]!, convention, calendar),
      fraction: yearFraction(dayCount, from, end, { calendar }),
    };
  });
  return success({
    kind: 'cds',
    currency: book.currency,
    notional: (book.buysProtection ? notional : -notional) * factor,
    ...(book.index ? { index: book.index } : {}),
    coupon,
    entity: book.entity,
    recovery,
    start,
    maturity,
    periods,
    paysAccruedOnDefault: book.paysAccruedOnDefault ?? true,
    settlementLag: book.settlementLag ?? 3,
    calendar,
  });
}

/** Premium accrued by the day after the trade, per unit of notional and coupon, in years. */
export function accruedYears(cds: Cds, stepIn: Day): number {
  const period = cds.periods.find(({ start, end }) => start <= stepIn && stepIn < end);
  return period ? (period.fraction * (stepIn - period.start)) / (period.end - period.start) : 0;
}
