/** FX quotes as calibration instruments: forwards and swaps outright or in points, and cross-currency basis swaps. */
import type { BusinessCalendar } from '../calendars/business-calendar';
import { addBusinessDays, advance } from '../calendars/business-day';
import type { Day } from '../calendars/date';
import { formatTenor, type Tenor } from '../calendars/tenor';
import { type Result, success } from '../contract';
import type { CalibrationInstrument, CurveTerm } from '../curves/term';
import { accrualPeriods, fixedCoupons, floatingCoupons } from '../products/leg';
import { notionalExchanges } from '../products/leg-book';
import type { RateIndex } from '../products/rate-index';
import { flowTerms } from './leg-terms';
import type { Quoted } from './rate-instruments';

export interface FxForwardTerms extends Quoted {
  readonly trade: Day;
  readonly spotLag: number;
  readonly tenor: Tenor;
  /** Of both currencies. */
  readonly calendar: BusinessCalendar;
  /** Quote of spot: units of the quote currency for one of the base currency. */
  readonly spotQuote: string;
  /** What one forward point is worth, such as 1e-4; without it the quote is the outright rate. */
  readonly pointSize?: number;
  /** Discount curves of the two currencies. */
  readonly baseCurve: string;
  readonly quoteCurve: string;
}

/** Covered interest parity from the spot date: F·P_quote(T)/P_quote(spot) = S·P_base(T)/P_base(spot). */
export function fxForwardInstrument(terms: FxForwardTerms): CalibrationInstrument {
  const { trade, spotLag, tenor, calendar, spotQuote, pointSize, baseCurve, quoteCurve, quote } = terms;
  const spot = addBusinessDays(trade, spotLag, calendar);
  const end = advance(spot, tenor, { calendar, convention: 'ModifiedFollowing', endOfMonth: true });
  // The quotient P(T)/P(spot) is a growth from T back to spot, plus one.
  const quotient = (curve: string, name: string, factor: number): readonly CurveTerm[] => [
    { amount: 0, quote: name, quoteFactor: factor, growth: { curve, start: end, end: spot } },
    { amount: 0, quote: name, quoteFactor: factor },
  ];
  const outright =
    pointSize === undefined
      ? quotient(quoteCurve, quote, -1)
      : [...quotient(quoteCurve, spotQuote, -1), ...quotient(quoteCurve, quote, -pointSize)];
  return {
    quote,
    label: terms.label ?? formatTenor(tenor),
    pillar: end,
    terms: [...quotient(baseCurve, spotQuote, 1), ...outright],
  };
}

export interface FxSwapTerms extends Omit<FxForwardTerms, 'tenor' | 'pointSize'> {
  readonly pointSize: number;
  /** Business days from the trade to the two exchanges: 0 and 1 overnight, 1 and 2 tomorrow-next. */
  readonly near: number;
  readonly far: number;
}

/**
 * Points of a swap whose far leg may lie at spot or before it: S·A(far) − S·A(near) = points·A(spot) with A = P_base/P_quote,
 * since the forward of a day t is S·A(t)/A(spot).
 */
export function fxSwapInstrument(terms: FxSwapTerms): CalibrationInstrument {
  const { trade, spotLag, calendar, spotQuote, pointSize, baseCurve, quoteCurve, quote, near, far } = terms;
  const on = (days: number, name: string, factor: number): CurveTerm => {
    const day = days === 0 ? trade : addBusinessDays(trade, days, calendar);
    const ratio = { over: { curve: baseCurve, day }, under: { curve: quoteCurve, day } };
    return { amount: 0, quote: name, quoteFactor: factor, ratio };
  };
  return {
    quote,
    label: terms.label ?? quote,
    pillar: addBusinessDays(trade, far, calendar),
    terms: [on(far, spotQuote, 1), on(near, spotQuote, -1), on(spotLag, quote, -pointSize)],
  };
}

export interface CrossCurrencySide {
  readonly index: RateIndex;
  readonly discount: string;
  readonly forward: string;
}

export interface CrossCurrencyBasisTerms extends Quoted {
  readonly trade: Day;
  readonly spotLag: number;
  readonly tenor: Tenor;
  readonly periodTenor: Tenor;
  readonly calendar: BusinessCalendar;
  readonly paymentLag?: number;
  readonly forwardOver?: 'index-period' | 'accrual-period';
  /** The side that the quoted spread is paid on. */
  readonly spreadSide: CrossCurrencySide;
  readonly flatSide: CrossCurrencySide;
  /** The side whose notional follows the FX rate, as the market trades them; neither where absent. */
  readonly resets?: 'none' | 'spread-side' | 'flat-side';
}

/**
 * A basis swap of two currencies with notionals exchanged at spot and back at the end; one side may be marked to market,
 * its notional following the FX rate from period to period. Both sides count in units of their own notional, which are
 * worth the same today, so that the rate of exchange itself plays no part; spot settles two days later, which moves the
 * sides against each other by their worth times two days' interest: below 1e-7.
 */
export function crossCurrencyBasis(terms: CrossCurrencyBasisTerms): Result<CalibrationInstrument> {
  const { spreadSide, flatSide, quote, resets = 'none' } = terms;
  const paid = sideOf(terms, { own: spreadSide, other: flatSide, marked: resets === 'spread-side' });
  if (!paid.ok) return paid;
  const received = sideOf(terms, { own: flatSide, other: spreadSide, marked: resets === 'flat-side' });
  if (!received.ok) return received;
  const spread = paid.value.unit.map(
    ({ amount, ...rest }): CurveTerm => ({ ...rest, amount: 0, quote, quoteFactor: amount }),
  );
  const flat = received.value.terms.map((term) => ({ ...term, amount: -term.amount }));
  return success({
    quote,
    label: terms.label ?? formatTenor(terms.tenor),
    pillar: paid.value.last,
    terms: [...paid.value.terms, ...spread, ...flat],
  });
}

/** One side, received: coupons and notionals, and the annuity of its spread. */
function sideOf(
  terms: CrossCurrencyBasisTerms,
  {
    own,
    other,
    marked,
  }: { readonly own: CrossCurrencySide; readonly other: CrossCurrencySide; readonly marked: boolean },
): Result<{ readonly terms: readonly CurveTerm[]; readonly unit: readonly CurveTerm[]; readonly last: Day }> {
  const {
    trade,
    spotLag,
    tenor,
    periodTenor,
    calendar,
    paymentLag = 0,
    forwardOver = 'index-period',
  } = terms;
  const start = addBusinessDays(trade, spotLag, calendar);
  const end = advance(start, tenor, { calendar, convention: 'Unadjusted' });
  const periods = accrualPeriods({
    schedule: { start, end, tenor: periodTenor, calendar, convention: 'ModifiedFollowing' },
    dayCount: own.index.dayCount,
    paymentLag,
    paymentConvention: 'ModifiedFollowing',
  });
  if (!periods.ok) return periods;
  const { currency } = own.index;
  const resets = periods.value.map(({ start: day }, place) =>
    marked && place > 0 ? { currency: other.index.currency, fixing: day, day } : undefined,
  );
  const coupon = { index: own.index, currency, notional: 1, resets, forwardOver };
  const curves = { ...own, ...(marked ? { resetsWith: other.discount } : {}) };
  const exchanged = notionalExchanges({ exchange: 'both', currency }, periods.value, {
    notional: periods.value.map(() => 1),
    resets,
  });
  return success({
    terms: flowTerms([...floatingCoupons(periods.value, coupon), ...exchanged], curves),
    unit: flowTerms(fixedCoupons(periods.value, { currency, notional: 1, rate: 1, resets }), curves),
    last: periods.value.at(-1)!.pay,
  });
}
