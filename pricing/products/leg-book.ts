/** Legs as books write them, and their resolution into flows: stubs, amortisation, exchanges and resets of notional. */
import { addBusinessDays, conventionNamed } from '../calendars/business-day';
import { calendarNamed } from '../calendars/calendar-registry';
import { failure, type Result, success } from '../contract';
import type { FixedFlow, Flow, NotionalReset } from './flow';
import {
  type AccrualPeriod,
  accrualPeriods,
  fixedCoupons,
  floatingCoupons,
  type LegTerms,
  perPeriod,
} from './leg';
import { rateIndexNamed } from './rate-index';
import {
  dayCountField,
  finiteNumber,
  gathered,
  positiveAmount,
  resolveSchedule,
  type ScheduleBook,
} from './schedule-book';
import { type StubRate, stubCoupon } from './stub-coupon';

interface LegBookCommon {
  readonly pays: boolean;
  readonly currency: string;
  /** One amount, or one a period where it amortises or accretes; the last one stays. */
  readonly notional: number | readonly number[];
  readonly dayCount: string;
  readonly schedule: ScheduleBook;
  readonly paymentLag?: number;
  readonly paymentConvention?: string;
  readonly paymentCalendar?: string;
  /** Notional exchanged at the start and the end, as cross-currency swaps do; changes of notional between are too. */
  readonly exchange?: 'none' | 'final' | 'both';
  /** Mark to market: from the second period on the notional is this amount of another currency, at its rate then. */
  readonly resets?: NotionalResetBook;
}

export interface NotionalResetBook {
  readonly currency: string;
  readonly notional: number;
  /** Business days from the FX fixing to the start of the period; 2 where absent. */
  readonly fixingLag?: number;
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
  /** Rates of the first and the last period where they are not the index's: another tenor, or two interpolated. */
  readonly stubs?: { readonly first?: StubRate; readonly last?: StubRate };
}

export type LegBook = FixedLegBook | FloatingLegBook;

export interface ResolvedLeg {
  readonly type: 'fixed' | 'floating';
  readonly currency: string;
  readonly pays: boolean;
  readonly flows: readonly Flow[];
  readonly periods: readonly AccrualPeriod[];
  /** What each period would pay at a rate of one, positive: the flows of the annuity. */
  readonly unit: readonly FixedFlow[];
  /** Of the first period. */
  readonly notional: number;
  /** Whether every period has the same, in the leg's own currency. */
  readonly level: boolean;
}

/** Builds the schedule and the flows; every refusal names the field. */
export function resolveLeg(book: LegBook): Result<ResolvedLeg> {
  const terms = legTerms(book);
  if (!terms.ok) return terms;
  const notionals = notionalsOf(book);
  if (!notionals.ok) return notionals;
  const periods = accrualPeriods(terms.value);
  if (!periods.ok) return periods;
  if (notionals.value.length > periods.value.length) {
    return failure(
      'notionals-must-fit-the-periods',
      `${notionals.value.length} notionals for ${periods.value.length} periods. Give one a period at most.`,
    );
  }
  const calendar = terms.value.paymentCalendar ?? terms.value.schedule.calendar;
  const resets = periods.value.map(({ start }, index): NotionalReset | undefined =>
    book.resets === undefined || index === 0
      ? undefined
      : {
          currency: book.resets.currency,
          fixing: addBusinessDays(start, -(book.resets.fixingLag ?? 2), calendar),
          day: start,
        },
  );
  const notional = periods.value.map((_, index) =>
    resets[index] === undefined ? perPeriod(notionals.value, index) : book.resets!.notional,
  );
  const signed = notional.map((amount) => (book.pays ? -amount : amount));
  const coupons = couponsOf(book, periods.value, { notional: signed, resets });
  if (!coupons.ok) return coupons;
  const { type, currency, pays } = book;
  return success({
    type,
    currency,
    pays,
    flows: [...coupons.value, ...notionalExchanges(book, periods.value, { notional: signed, resets })],
    periods: periods.value,
    unit: fixedCoupons(periods.value, { currency, notional, rate: 1, resets }),
    notional: notional[0]!,
    level: book.resets === undefined && notional.every((amount) => amount === notional[0]),
  });
}

function legTerms(book: LegBook): Result<LegTerms> {
  const parts = gathered({
    schedule: resolveSchedule(book.schedule),
    dayCount: dayCountField(book.dayCount),
    paymentConvention: conventionNamed(book.paymentConvention ?? book.schedule.convention),
    paymentCalendar: calendarNamed(book.paymentCalendar ?? book.schedule.calendar),
  });
  return parts.ok ? success({ ...parts.value, paymentLag: book.paymentLag ?? 0 }) : parts;
}

/** Every notional of the book is a positive number; resets need an exchange, or nothing settles their changes. */
function notionalsOf({ notional, resets, currency, exchange }: LegBook): Result<readonly number[]> {
  const list = [notional].flat();
  for (const amount of [...list, ...(resets ? [resets.notional] : [])]) {
    const sound = positiveAmount(amount, 'notional');
    if (!sound.ok) return sound;
  }
  if (list.length === 0) return positiveAmount(Number.NaN, 'notional') as Result<never>;
  if (resets && (resets.currency === currency || list.length > 1 || (exchange ?? 'none') !== 'both')) {
    return failure(
      'resets-must-be-sound',
      'a notional that resets follows another currency, starts from one amount, and is exchanged at start and end.',
    );
  }
  return success(list);
}

export interface Sized {
  /** Signed: positive where the leg is received. */
  readonly notional: readonly number[];
  readonly resets: readonly (NotionalReset | undefined)[];
}

function couponsOf(book: LegBook, periods: readonly AccrualPeriod[], sized: Sized): Result<readonly Flow[]> {
  const { currency } = book;
  if (book.type === 'fixed') {
    for (const rate of [book.rate].flat()) {
      const sound = finiteNumber(rate, 'rate');
      if (!sound.ok) return sound;
    }
    return success(fixedCoupons(periods, { currency, ...sized, rate: book.rate }));
  }
  const index = rateIndexNamed(book.index);
  if (!index.ok) return index;
  const { spread = 0, gearing = 1, fixingLag, averaged = false, forwardOver = 'index-period' } = book;
  const lag = fixingLag === undefined ? {} : { fixingLag };
  const coupon = { index: index.value, currency, ...sized, spread, gearing, averaged, forwardOver, ...lag };
  const flows: Flow[] = [...floatingCoupons(periods, coupon)];
  const { first, last } = book.stubs ?? {};
  // The last one first, so that places stay what they were.
  const ends = [[periods.length - 1, last] as const, [0, first] as const];
  for (const [place, rate] of ends) {
    if (rate === undefined) continue;
    const made = stubCoupon(periods[place]!, { ...coupon, notional: sized.notional[place]! }, rate);
    if (!made.ok) return made;
    flows.splice(place, 1, ...made.value);
  }
  return success(flows);
}

/** Notional at start and end, what it changes by in between, and the whole of it where it resets. */
export function notionalExchanges(
  { exchange = 'none', currency }: Pick<LegBook, 'exchange' | 'currency'>,
  periods: readonly AccrualPeriod[],
  { notional, resets }: Sized,
): readonly FixedFlow[] {
  if (exchange === 'none') return [];
  const flows: FixedFlow[] = [];
  const add = (pay: number, amount: number, reset?: NotionalReset): void => {
    if (amount !== 0) flows.push({ type: 'fixed', pay, currency, amount, ...(reset ? { reset } : {}) });
  };
  periods.forEach(({ start, pay }, place) => {
    const before = place === 0 ? start : periods[place - 1]!.pay;
    const own = resets[place];
    if (own) {
      add(before, -notional[place]!, own);
      add(before, notional[place - 1]!, resets[place - 1]);
    } else if (place > 0) add(before, notional[place - 1]! - notional[place]!);
    else if (exchange === 'both') add(before, -notional[0]!);
    if (place === periods.length - 1) add(pay, notional[place]!, own);
  });
  return flows;
}
