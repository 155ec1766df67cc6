/**
 * How the swaps of the market of 2025-02-10 run. Its file names no conventions: these are the market's usual ones, and
 * where the library has no calendar (Hong Kong, Chile, China beyond 2026) weekends stand in, which the outcome says.
 */
import { calendarOf } from '../../../pricing/calendars/calendar-registry';
import type { DayCount } from '../../../pricing/calendars/day-count';
import { tenorOf } from '../../../pricing/calendars/tenor';
import type { SwapConvention } from '../../../pricing/calibration/rate-instruments';
import { type RateIndex, rateIndexOf } from '../../../pricing/products/rate-index';

interface Row {
  readonly index: string | RateIndex;
  readonly fixed?: string;
  readonly dayCount?: DayCount;
  readonly calendar?: string;
  readonly spotLag?: number;
  readonly paymentLag?: number;
}

const onWeekdays = (name: string, tenor: string, dayCount: DayCount): RateIndex => ({
  name,
  currency: name.slice(0, 3),
  overnight: tenor === '1D',
  tenor: tenorOf(tenor),
  fixingLag: 0,
  dayCount,
  calendar: calendarOf('WeekendsOnly'),
  convention: 'ModifiedFollowing',
  endOfMonth: false,
});

export const weekdayCurrencies = ['HKD', 'CLP', 'CNY'];

const rows: Readonly<Record<string, Row>> = {
  ESTR: { index: 'EUR-ESTR', paymentLag: 1 },
  'EUR-1M': { index: 'EUR-EURIBOR-1M', dayCount: '30U/360' },
  'EUR-3M': { index: 'EUR-EURIBOR-3M', dayCount: '30U/360' },
  'EUR-6M': { index: 'EUR-EURIBOR-6M', dayCount: '30U/360' },
  SOFR: { index: 'USD-SOFR', calendar: 'UnitedStates:GovernmentBond', paymentLag: 2 },
  'FED-FUNDS': { index: 'USD-FED-FUND', calendar: 'USD', paymentLag: 2 },
  'USD-3M': { index: 'USD-LIBOR-3M', fixed: '6M', dayCount: '30U/360', calendar: 'GBP+USD' },
  SONIA: { index: 'GBP-SONIA', dayCount: 'ACT/365F', calendar: 'GBP', spotLag: 0 },
  TONAR: { index: 'JPY-TONAR', dayCount: 'ACT/365F', paymentLag: 2 },
  SARON: { index: 'CHF-SARON', paymentLag: 2 },
  CORRA: { index: 'CAD-CORRA', dayCount: 'ACT/365F', spotLag: 1, paymentLag: 1 },
  AONIA: { index: 'AUD-AONIA', dayCount: 'ACT/365F', spotLag: 1, paymentLag: 2 },
  'AUD-3M': { index: 'AUD-BBSW-3M', fixed: '3M', dayCount: 'ACT/365F', spotLag: 1 },
  'AUD-6M': { index: 'AUD-BBSW-6M', fixed: '6M', dayCount: 'ACT/365F', spotLag: 1 },
  NOWA: { index: 'NOK-NOWA', dayCount: 'ACT/365F', paymentLag: 2 },
  'NOK-3M': { index: 'NOK-NIBOR-3M', dayCount: '30/360' },
  'NOK-6M': { index: 'NOK-NIBOR-6M', dayCount: '30/360' },
  SWESTR: { index: 'SEK-SWESTR', paymentLag: 1 },
  'SEK-3M': { index: 'SEK-STIBOR-3M', dayCount: '30/360' },
  CZEONIA: { index: 'CZK-CZEONIA', paymentLag: 2 },
  'CZK-3M': { index: 'CZK-PRIBOR-3M' },
  FTIIE: { index: 'MXN-FTIIE', fixed: '28D', spotLag: 1 },
  'MXN-28D': { index: 'MXN-TIIE-28D', fixed: '28D', spotLag: 1 },
  HONIA: { index: onWeekdays('HKD-HONIA', '1D', 'ACT/365F'), dayCount: 'ACT/365F', paymentLag: 2 },
  'HKD-3M': { index: onWeekdays('HKD-HIBOR-3M', '3M', 'ACT/365F'), fixed: '3M', dayCount: 'ACT/365F' },
  CAMARA: { index: onWeekdays('CLP-CAMARA', '1D', 'ACT/360'), fixed: '6M' },
  // Weekly fixings compounded within the quarter earn what their curve grows by, as overnight ones do.
  'CNY-7D': {
    index: onWeekdays('CNY-REPO-7D', '1D', 'ACT/365F'),
    fixed: '3M',
    dayCount: 'ACT/365F',
    spotLag: 0,
  },
  'CNY-3M': { index: onWeekdays('CNY-SHIBOR-3M', '3M', 'ACT/360'), fixed: '3M', dayCount: 'ACT/365F' },
};

export function conventionOf(name: string): SwapConvention {
  const {
    index: given,
    fixed = '1Y',
    dayCount = 'ACT/360',
    calendar,
    spotLag = 2,
    paymentLag = 0,
  } = rows[name]!;
  const index = typeof given === 'string' ? rateIndexOf(given) : given;
  return {
    spotLag,
    calendar: calendar === undefined ? index.calendar : calendarOf(calendar),
    fixedTenor: tenorOf(fixed),
    fixedDayCount: dayCount,
    convention: 'ModifiedFollowing',
    index,
    paymentLag,
  };
}
