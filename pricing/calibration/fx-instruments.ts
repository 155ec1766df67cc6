/** FX quotes as calibration instruments: forwards and swaps outright or in points, and cross-currency basis swaps. */
import type { BusinessCalendar } from '../calendars/business-calendar.js';
import { addBusinessDays, advance } from '../calendars/business-day.js';
import type { Day } from '../calendars/date.js';
import { formatTenor, type Tenor } from '../calendars/tenor.js';
import { type Result, success } from '../contract.js';
import type { CalibrationInstrument, CurveTerm } from '../curves/term.js';
import { type AccrualPeriod, accrualPeriods, floatingCoupons } from '../products/leg.js';
import type { RateIndex } from '../products/rate-index.js';
import { flowTerms } from './leg-terms.js';
import type { Quoted } from './rate-instruments.js';

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
}

/**
 * A basis swap of two currencies with notionals exchanged at spot and back at the end, of constant size. Both sides count
 * in units of their own notional, which are worth the same at spot, so that the rate of exchange itself plays no part; the
 * sides are compared today and not at spot, which differs by the flat side's worth times two days' interest: below 1e-7.
 */
export function crossCurrencyBasis(terms: CrossCurrencyBasisTerms): Result<CalibrationInstrument> {
  const { trade, spotLag, tenor, periodTenor, calendar, spreadSide, flatSide, quote } = terms;
  const { paymentLag = 0, forwardOver = 'index-period' } = terms;
  const start = addBusinessDays(trade, spotLag, calendar);
  const end = advance(start, tenor, { calendar, convention: 'Unadjusted' });
  const side = (
    of: CrossCurrencySide,
  ): Result<{ readonly periods: readonly AccrualPeriod[]; readonly terms: readonly CurveTerm[] }> => {
    const periods = accrualPeriods({
      schedule: { start, end, tenor: periodTenor, calendar, convention: 'ModifiedFollowing' },
      dayCount: of.index.dayCount,
      paymentLag,
      paymentConvention: 'ModifiedFollowing',
    });
    if (!periods.ok) return periods;
    const coupons = floatingCoupons(periods.value, {
      index: of.index,
      currency: of.index.currency,
      notional: 1,
      forwardOver,
    });
    const notional = (day: Day, amount: number): CurveTerm => ({
      amount,
      discount: { curve: of.discount, day },
    });
    const last = periods.value.at(-1)!;
    return success({
      periods: periods.value,
      terms: [...flowTerms(coupons, of), notional(last.pay, 1)],
    });
  };
  const paid = side(spreadSide);
  if (!paid.ok) return paid;
  const received = side(flatSide);
  if (!received.ok) return received;
  const atSpot = (of: CrossCurrencySide, amount: number): CurveTerm => ({
    amount,
    discount: { curve: of.discount, day: start },
  });
  const spread = paid.value.periods.map(
    ({ pay, fraction }): CurveTerm => ({
      amount: 0,
      quote,
      quoteFactor: fraction,
      discount: { curve: spreadSide.discount, day: pay },
    }),
  );
  const flat = [...received.value.terms, atSpot(flatSide, -1)].map((term) => ({
    ...term,
    amount: -term.amount,
  }));
  return success({
    quote,
    label: terms.label ?? formatTenor(tenor),
    pillar: paid.value.periods.at(-1)!.pay,
    terms: [...paid.value.terms, ...spread, atSpot(spreadSide, -1), ...flat],
  });
}
