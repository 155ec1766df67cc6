/** Standard swap conventions by name: the tenor of the fixed leg, then the index it is exchanged for. */
import { calendarOf } from '../calendars/calendar-registry';
import type { DayCount } from '../calendars/day-count';
import { tenorOf } from '../calendars/tenor';
import { failure, type Result, success } from '../contract';
import { rateIndexOf } from '../products/rate-index';
import type { SwapConvention } from './rate-instruments';

interface Row {
  readonly index: string;
  readonly fixed: string;
  readonly dayCount: DayCount;
  readonly calendar: string;
  readonly spotLag: number;
  readonly paymentLag?: number;
}

/** Dealers' conventions as ISDA's and OpenGamma's published tables have them. */
const rows: Readonly<Record<string, Row>> = {
  'USD-FIXED-1Y-SOFR-OIS': {
    index: 'USD-SOFR',
    fixed: '1Y',
    dayCount: 'ACT/360',
    calendar: 'UnitedStates:GovernmentBond',
    spotLag: 2,
    paymentLag: 2,
  },
  'USD-FIXED-1Y-FED-FUND-OIS': {
    index: 'USD-FED-FUND',
    fixed: '1Y',
    dayCount: 'ACT/360',
    calendar: 'UnitedStates:Settlement',
    spotLag: 2,
    paymentLag: 2,
  },
  'USD-FIXED-TERM-FED-FUND-OIS': {
    index: 'USD-FED-FUND',
    fixed: '100Y',
    dayCount: 'ACT/360',
    calendar: 'UnitedStates:Settlement',
    spotLag: 2,
    paymentLag: 2,
  },
  'USD-FIXED-6M-LIBOR-3M': {
    index: 'USD-LIBOR-3M',
    fixed: '6M',
    dayCount: '30U/360',
    calendar: 'UnitedKingdom:Settlement+UnitedStates:Settlement',
    spotLag: 2,
  },
  'USD-FIXED-6M-LIBOR-6M': {
    index: 'USD-LIBOR-6M',
    fixed: '6M',
    dayCount: '30U/360',
    calendar: 'UnitedKingdom:Settlement+UnitedStates:Settlement',
    spotLag: 2,
  },
  'EUR-FIXED-1Y-ESTR-OIS': {
    index: 'EUR-ESTR',
    fixed: '1Y',
    dayCount: 'ACT/360',
    calendar: 'TARGET',
    spotLag: 2,
    paymentLag: 1,
  },
  'EUR-FIXED-1Y-EONIA-OIS': {
    index: 'EUR-EONIA',
    fixed: '1Y',
    dayCount: 'ACT/360',
    calendar: 'TARGET',
    spotLag: 2,
    paymentLag: 1,
  },
  'EUR-FIXED-1Y-EURIBOR-1M': {
    index: 'EUR-EURIBOR-1M',
    fixed: '1Y',
    dayCount: '30U/360',
    calendar: 'TARGET',
    spotLag: 2,
  },
  'EUR-FIXED-1Y-EURIBOR-3M': {
    index: 'EUR-EURIBOR-3M',
    fixed: '1Y',
    dayCount: '30U/360',
    calendar: 'TARGET',
    spotLag: 2,
  },
  'EUR-FIXED-1Y-EURIBOR-6M': {
    index: 'EUR-EURIBOR-6M',
    fixed: '1Y',
    dayCount: '30U/360',
    calendar: 'TARGET',
    spotLag: 2,
  },
  'GBP-FIXED-1Y-SONIA-OIS': {
    index: 'GBP-SONIA',
    fixed: '1Y',
    dayCount: 'ACT/365F',
    calendar: 'UnitedKingdom:Settlement',
    spotLag: 0,
  },
  'GBP-FIXED-6M-LIBOR-6M': {
    index: 'GBP-LIBOR-6M',
    fixed: '6M',
    dayCount: 'ACT/365F',
    calendar: 'UnitedKingdom:Settlement',
    spotLag: 0,
  },
  'GBP-FIXED-3M-LIBOR-3M': {
    index: 'GBP-LIBOR-3M',
    fixed: '3M',
    dayCount: 'ACT/365F',
    calendar: 'UnitedKingdom:Settlement',
    spotLag: 0,
  },
  'JPY-FIXED-1Y-TONAR-OIS': {
    index: 'JPY-TONAR',
    fixed: '1Y',
    dayCount: 'ACT/365F',
    calendar: 'Japan',
    spotLag: 2,
    paymentLag: 2,
  },
  'CHF-FIXED-1Y-SARON-OIS': {
    index: 'CHF-SARON',
    fixed: '1Y',
    dayCount: 'ACT/360',
    calendar: 'Switzerland',
    spotLag: 2,
    paymentLag: 2,
  },
};

export const swapConventionNames = (): readonly string[] => Object.keys(rows);

export function swapConventionNamed(name: string): Result<SwapConvention> {
  const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
  if (!row) {
    return failure(
      'swap-convention-must-be-known',
      `no swap convention "${name}": the names are ${swapConventionNames().join(', ')}.`,
    );
  }
  return success({
    spotLag: row.spotLag,
    calendar: calendarOf(row.calendar),
    fixedTenor: tenorOf(row.fixed),
    fixedDayCount: row.dayCount,
    convention: 'ModifiedFollowing',
    index: rateIndexOf(row.index),
    paymentLag: row.paymentLag ?? 0,
  });
}
