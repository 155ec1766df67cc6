/** Swaps: any number of fixed, floating and overnight legs, in one currency or several. */
import { conventionNamed } from '../calendars/business-day.js';
import { calendarNamed } from '../calendars/calendar-registry.js';
import { failure, type Result, success } from '../contract.js';
import type { FixedFlow, Flow } from './flow.js';
import { type AccrualPeriod, accrualPeriods, fixedCoupons, floatingCoupons } from './leg.js';
import { rateIndexNamed } from './rate-index.js';
import {
  dayCountField,
  finiteNumber,
  gathered,
  positiveAmount,
  resolveSchedule,
  type ScheduleBook,
} from './schedule-book.js';

interface LegBookCommon {
  readonly pays: boolean;
  readonly currency: string;
  readonly notional: number;
  readonly dayCount: string;
  readonly schedule: ScheduleBook;
  readonly paymentLag?: number;
  readonly paymentConvention?: string;
  readonly paymentCalendar?: string;
  /** Notional exchanged at the start and the end, as cross-currency swaps do. */
  readonly exchange?: 'none' | 'final' | 'both';
}

export interface FixedLegBook extends LegBookCommon {
  readonly type: 'fixed';
  /** One rate, or one a period; the last one stays. */
  readonly rate: number | readonly number[];
}

export interface FloatingLegBook extends LegBookCommon {
  readonly type: 'floating';
  readonly index: string;
  readonly spread?: number;
  readonly gearing?: number;
  readonly fixingLag?: number;
  readonly averaged?: boolean;
  readonly forwardOver?: 'index-period' | 'accrual-period';
}

export type LegBook = FixedLegBook | FloatingLegBook;

export interface SwapBook {
  readonly legs: readonly LegBook[];
  /** Currency of the value; the first leg's where absent. */
  readonly currency?: string;
}

export interface ResolvedLeg {
  readonly type: 'fixed' | 'floating';
  readonly currency: string;
  readonly pays: boolean;
  readonly flows: readonly Flow[];
  /** Fractions and payments of the accrual periods, for annuities. */
  readonly periods: readonly AccrualPeriod[];
  readonly notional: number;
}

export interface Swap {
  readonly kind: 'swap';
  readonly currency: string;
  readonly legs: readonly ResolvedLeg[];
}

/** Builds the schedules; every refusal names the field. */
export function resolveSwap(book: SwapBook): Result<Swap> {
  if (book.legs.length === 0 || book.legs.length > 20) {
    return failure('swap-must-have-legs', `a swap has 1 to 20 legs, not ${book.legs.length}.`);
  }
  const legs: ResolvedLeg[] = [];
  for (const leg of book.legs) {
    const resolved = resolveLeg(leg);
    if (!resolved.ok) return resolved;
    legs.push(resolved.value);
  }
  return success({ kind: 'swap', currency: book.currency ?? legs[0]!.currency, legs });
}

export function resolveLeg(book: LegBook): Result<ResolvedLeg> {
  const parts = gathered({
    schedule: resolveSchedule(book.schedule),
    dayCount: dayCountField(book.dayCount),
    notional: positiveAmount(book.notional, 'notional'),
    convention: conventionNamed(book.paymentConvention ?? book.schedule.convention),
    calendar: calendarNamed(book.paymentCalendar ?? book.schedule.calendar),
  });
  if (!parts.ok) return parts;
  const { schedule, dayCount, notional, convention, calendar } = parts.value;
  const periods = accrualPeriods({
    schedule,
    dayCount,
    paymentLag: book.paymentLag ?? 0,
    paymentConvention: convention,
    paymentCalendar: calendar,
  });
  if (!periods.ok) return periods;
  const signed = book.pays ? -notional : notional;
  const coupons = couponsOf(book, periods.value, signed);
  if (!coupons.ok) return coupons;
  return success({
    type: book.type,
    currency: book.currency,
    pays: book.pays,
    flows: [...coupons.value, ...exchanges(book, periods.value, signed)],
    periods: periods.value,
    notional,
  });
}

function couponsOf(
  book: LegBook,
  periods: readonly AccrualPeriod[],
  notional: number,
): Result<readonly Flow[]> {
  const { currency } = book;
  if (book.type === 'fixed') {
    for (const rate of [book.rate].flat()) {
      const sound = finiteNumber(rate, 'rate');
      if (!sound.ok) return sound;
    }
    return success(fixedCoupons(periods, { currency, notional, rate: book.rate }));
  }
  const index = rateIndexNamed(book.index);
  if (!index.ok) return index;
  const { spread = 0, gearing = 1, fixingLag, averaged = false, forwardOver = 'index-period' } = book;
  const lag = fixingLag === undefined ? {} : { fixingLag };
  return success(
    floatingCoupons(periods, {
      index: index.value,
      currency,
      notional,
      spread,
      gearing,
      averaged,
      forwardOver,
      ...lag,
    }),
  );
}

function exchanges(book: LegBook, periods: readonly AccrualPeriod[], notional: number): readonly FixedFlow[] {
  const { exchange = 'none', currency } = book;
  if (exchange === 'none') return [];
  const final: FixedFlow = { type: 'fixed', pay: periods.at(-1)!.pay, currency, amount: notional };
  return exchange === 'final'
    ? [final]
    : [{ type: 'fixed', pay: periods[0]!.start, currency, amount: -notional }, final];
}
