/**
 * Market quotes as calibration instruments: deposits, fixings, forward rate agreements, futures, swaps and basis swaps.
 * Each says at which date its node stands and which terms its quote brings to zero, per unit of notional.
 */
import type { BusinessCalendar } from '../calendars/business-calendar';
import { addBusinessDays, advance, type BusinessDayConvention } from '../calendars/business-day';
import type { Day } from '../calendars/date';
import { type DayCount, yearFraction } from '../calendars/day-count';
import type { ScheduleRule } from '../calendars/schedule';
import { formatTenor, type Tenor, tenorMonths } from '../calendars/tenor';
import { type Result, success } from '../contract';
import type { CalibrationInstrument, CurveTerm } from '../curves/term';
import { isFloating } from '../products/flow';
import { accrualPeriods, floatingCoupons, type LegTerms } from '../products/leg';
import { averagingOf, indexPeriod, maturityOf, type RateIndex, valueDateOf } from '../products/rate-index';
import { flowTerms, quotedAnnuity } from './leg-terms';

export interface Quoted {
  /** The quote's name; the instrument's label where no other is given. */
  readonly quote: string;
  readonly label?: string;
}

const named = ({ quote, label }: Quoted): { readonly quote: string; readonly label: string } => ({
  quote,
  label: label ?? quote,
});

/** One plus the quoted simple rate over a period is the growth of the curve over it. */
function simpleRate(
  quoted: Quoted,
  curve: string,
  period: { readonly start: Day; readonly end: Day; readonly fraction: number },
): CalibrationInstrument {
  return {
    ...named(quoted),
    pillar: period.end,
    terms: [
      { amount: 1, growth: { curve, start: period.start, end: period.end } },
      { amount: 0, quote: quoted.quote, quoteFactor: -period.fraction },
    ],
  };
}

export interface DepositTerms extends Quoted {
  readonly curve: string;
  readonly trade: Day;
  readonly spotLag: number;
  readonly tenor: Tenor;
  readonly dayCount: DayCount;
  readonly calendar: BusinessCalendar;
  readonly convention?: BusinessDayConvention;
  readonly endOfMonth?: boolean;
}

export function deposit(terms: DepositTerms): CalibrationInstrument {
  const { trade, spotLag, tenor, calendar, convention = 'ModifiedFollowing', endOfMonth = false } = terms;
  const start = addBusinessDays(trade, spotLag, calendar);
  const end = advance(start, tenor, { calendar, convention, endOfMonth });
  return simpleRate(terms, terms.curve, {
    start,
    end,
    fraction: yearFraction(terms.dayCount, start, end, terms),
  });
}

/** Today's fixing of an index, as the first point of its curve. */
export const fixing = (
  terms: Quoted & { readonly curve: string; readonly trade: Day; readonly index: RateIndex },
): CalibrationInstrument =>
  simpleRate(
    terms,
    terms.curve,
    indexPeriod(terms.index, addBusinessDays(terms.trade, 0, terms.index.calendar)),
  );

/**
 * A forward rate agreement from a time after spot: `3x6` on a 3M index starts after three months. Both dates are counted
 * from spot, as the contracts have it; or the end from the adjusted start, as some engines do, a day apart at times.
 */
export function forwardRateAgreement(
  terms: Quoted & {
    readonly curve: string;
    readonly trade: Day;
    readonly index: RateIndex;
    readonly startsAfter: Tenor;
    readonly endCountsFrom?: 'spot' | 'start';
  },
): CalibrationInstrument {
  const { trade, index, startsAfter, endCountsFrom = 'spot' } = terms;
  const spot = valueDateOf(index, addBusinessDays(trade, 0, index.calendar));
  const start = advance(spot, startsAfter, index);
  const end = endCountsFrom === 'start' ? maturityOf(index, start) : afterBoth(spot, startsAfter, index);
  return simpleRate(terms, terms.curve, {
    start,
    end,
    fraction: yearFraction(index.dayCount, start, end, index),
  });
}

/** A forward rate between two dates of the market's own, such as the IMM Wednesdays of Scandinavian agreements. */
export function forwardRateBetween(
  terms: Quoted & {
    readonly curve: string;
    readonly start: Day;
    readonly end: Day;
    readonly dayCount: DayCount;
  },
): CalibrationInstrument {
  const { curve, start, end, dayCount } = terms;
  return simpleRate(terms, curve, { start, end, fraction: yearFraction(dayCount, start, end) });
}

/** Months and years add up before the date is adjusted; weeks and days are gone through one after the other. */
function afterBoth(spot: Day, startsAfter: Tenor, index: RateIndex): Day {
  const months = tenorMonths(startsAfter) + tenorMonths(index.tenor);
  const inMonths = tenorMonths(startsAfter) !== 0 && tenorMonths(index.tenor) !== 0;
  if (inMonths) return advance(spot, { count: months, unit: 'M' }, index);
  if (startsAfter.unit === index.tenor.unit && startsAfter.unit !== 'D')
    return advance(spot, { count: startsAfter.count + index.tenor.count, unit: startsAfter.unit }, index);
  return maturityOf(index, advance(spot, startsAfter, index));
}

export interface FutureTerms extends Quoted {
  readonly curve: string;
  readonly start: Day;
  readonly end: Day;
  readonly dayCount: DayCount;
  /** Futures rate less forward rate, from a model (`hoLeeConvexity`, `hullWhiteConvexity`); zero where absent. */
  readonly convexity?: number;
  /** What 100 % is in the quote's unit: 100 for prices such as 95.71, 1 for 0.9571. */
  readonly par?: number;
  /** The rate is an arithmetic average of this overnight rate (one-month SOFR, thirty-day federal funds). */
  readonly averages?: RateIndex;
  /** Of a contract whose quarter has begun: what its overnight rate has earned so far, and until when. */
  readonly earned?: { readonly until: Day; readonly compounded: number; readonly summed: number };
}

/** A future at the price `par · (1 − rate)`: the forward is the futures rate less the convexity adjustment. */
export function rateFuture(terms: FutureTerms): CalibrationInstrument {
  const { curve, start, end, dayCount, convexity = 0, par = 100, averages } = terms;
  const fraction = yearFraction(dayCount, start, end);
  // What is earned multiplies the growth that is left, or adds to the sum of an average.
  const { until, compounded, summed } = terms.earned ?? { until: start, compounded: 1, summed: 0 };
  const period = { start: until, end };
  return {
    ...named(terms),
    pillar: end,
    terms: [
      {
        amount: averages ? 1 : compounded,
        growth: { curve, ...period },
        ...(averages ? { averaging: averagingOf(averages, period) } : {}),
      },
      ...(terms.earned ? [{ amount: averages ? summed : compounded - 1 }] : []),
      { amount: -fraction * (1 - convexity), quote: terms.quote, quoteFactor: fraction / par },
    ],
  };
}

export interface SwapConvention {
  readonly spotLag: number;
  readonly calendar: BusinessCalendar;
  readonly fixedTenor: Tenor;
  readonly fixedDayCount: DayCount;
  readonly convention: BusinessDayConvention;
  readonly index: RateIndex;
  /** Tenor of the floating periods; the index's own, or the fixed leg's for overnight rates, where absent. */
  readonly floatTenor?: Tenor;
  readonly paymentLag?: number;
  readonly rule?: ScheduleRule;
  readonly endOfMonth?: boolean;
  readonly averaged?: boolean;
  readonly forwardOver?: 'index-period' | 'accrual-period';
}

export interface SwapTerms extends Quoted {
  readonly trade: Day;
  readonly tenor: Tenor;
  /** After spot; at spot where absent. */
  readonly startsAfter?: Tenor;
  readonly convention: SwapConvention;
  readonly discount: string;
  readonly forward: string;
}

/** Where a leg's schedule runs, and how it pays. */
function legTerms(
  convention: SwapConvention,
  {
    start,
    end,
    tenor,
    dayCount,
  }: { readonly start: Day; readonly end: Day; readonly tenor: Tenor; readonly dayCount: DayCount },
): LegTerms {
  const { calendar, paymentLag = 0, rule = 'Backward', endOfMonth = false } = convention;
  return {
    schedule: { start, end, tenor, calendar, convention: convention.convention, rule, endOfMonth },
    dayCount,
    paymentLag,
    paymentConvention: convention.convention,
  };
}

function swapDates({
  trade,
  tenor,
  startsAfter,
  convention,
}: Pick<SwapTerms, 'trade' | 'tenor' | 'startsAfter' | 'convention'>): {
  readonly start: Day;
  readonly end: Day;
} {
  const { calendar, spotLag, endOfMonth = false } = convention;
  const spot = addBusinessDays(addBusinessDays(trade, 0, calendar), spotLag, calendar);
  const rule = { calendar, convention: convention.convention, endOfMonth };
  const start = startsAfter ? advance(spot, startsAfter, rule) : spot;
  return { start, end: advance(start, tenor, { ...rule, convention: 'Unadjusted' }) };
}

/** The floating side, received, per unit of notional. */
function floatingSide(terms: {
  readonly convention: SwapConvention;
  readonly start: Day;
  readonly end: Day;
  readonly discount: string;
  readonly forward: string;
}): Result<{ readonly terms: readonly CurveTerm[]; readonly last: Day }> {
  const { convention, start, end, discount, forward } = terms;
  const { index, floatTenor, averaged = false, forwardOver = 'index-period' } = convention;
  const tenor = floatTenor ?? (index.overnight ? convention.fixedTenor : index.tenor);
  const periods = accrualPeriods(legTerms(convention, { start, end, tenor, dayCount: index.dayCount }));
  if (!periods.ok) return periods;
  const flows = floatingCoupons(periods.value, {
    index,
    currency: index.currency,
    notional: 1,
    averaged,
    forwardOver,
  });
  const last = flows.reduce(
    (day, flow) =>
      Math.max(day, flow.pay, isFloating(flow) && flow.type === 'term-rate' ? flow.rateEnd : flow.pay),
    0,
  );
  return success({ terms: flowTerms(flows, { discount, forward }), last });
}

/** A fixed/float or overnight-index swap at its par rate. */
export function parSwap(terms: SwapTerms): Result<CalibrationInstrument> {
  const { convention, discount } = terms;
  const { start, end } = swapDates(terms);
  const fixed = accrualPeriods(
    legTerms(convention, { start, end, tenor: convention.fixedTenor, dayCount: convention.fixedDayCount }),
  );
  if (!fixed.ok) return fixed;
  const floating = floatingSide({ ...terms, start, end });
  if (!floating.ok) return floating;
  return success({
    ...named({ label: formatTenor(terms.tenor), ...terms }),
    pillar: Math.max(fixed.value.at(-1)!.pay, floating.value.last),
    terms: [
      ...floating.value.terms,
      ...quotedAnnuity(fixed.value, { discount, quote: terms.quote, factor: -1 }),
    ],
  });
}

export interface BasisSwapTerms extends Quoted {
  readonly trade: Day;
  readonly tenor: Tenor;
  readonly discount: string;
  /** The side that the quoted spread is paid on. */
  readonly spreadSide: { readonly convention: SwapConvention; readonly forward: string };
  readonly flatSide: { readonly convention: SwapConvention; readonly forward: string };
  /** The spread is that of two fixed legs of this convention, as brokers quote Euribor 3M against 6M. */
  readonly quotedOnFixed?: boolean;
}

/** Two floating legs of one currency, a spread on one of them. */
export function basisSwap(terms: BasisSwapTerms): Result<CalibrationInstrument> {
  const { discount, spreadSide, flatSide, quotedOnFixed = false } = terms;
  const { start, end } = swapDates({ ...terms, convention: flatSide.convention });
  const paid = floatingSide({ ...spreadSide, start, end, discount });
  if (!paid.ok) return paid;
  const received = floatingSide({ ...flatSide, start, end, discount });
  if (!received.ok) return received;
  const { convention } = spreadSide;
  const tenor = quotedOnFixed
    ? convention.fixedTenor
    : (convention.floatTenor ??
      (convention.index.overnight ? convention.fixedTenor : convention.index.tenor));
  const dayCount = quotedOnFixed ? convention.fixedDayCount : convention.index.dayCount;
  const annuity = accrualPeriods(legTerms(convention, { start, end, tenor, dayCount }));
  if (!annuity.ok) return annuity;
  return success({
    ...named({ label: formatTenor(terms.tenor), ...terms }),
    pillar: Math.max(paid.value.last, received.value.last),
    terms: [
      ...received.value.terms,
      ...paid.value.terms.map((term) => ({ ...term, amount: -term.amount })),
      ...quotedAnnuity(annuity.value, { discount, quote: terms.quote, factor: -1 }),
    ],
  });
}
