/**
 * Rate indices by name: what a fixing means. A forward-looking rate covers its tenor from the value date of the fixing; an
 * overnight rate covers one business day. Conventions as the administrators publish them (EMMI, ECB, FRBNY, BoE, JBA, SIX).
 */
import type { BusinessCalendar } from '../calendars/business-calendar';
import { addBusinessDays, advance, type BusinessDayConvention } from '../calendars/business-day';
import { calendarNamed } from '../calendars/calendar-registry';
import type { Day } from '../calendars/date';
import { type DayCount, dayCountNamed, yearFraction } from '../calendars/day-count';
import { parseTenor, type Tenor } from '../calendars/tenor';
import { failure, type Result, success } from '../contract';

export interface RateIndex {
  readonly name: string;
  readonly currency: string;
  readonly overnight: boolean;
  readonly tenor: Tenor;
  /** Business days from fixing to value date. */
  readonly fixingLag: number;
  readonly dayCount: DayCount;
  readonly calendar: BusinessCalendar;
  readonly convention: BusinessDayConvention;
  readonly endOfMonth: boolean;
}

interface Family {
  readonly currency: string;
  readonly calendar: string;
  readonly dayCount: DayCount;
  readonly fixingLag: number;
  readonly overnight?: boolean;
}

const overnight = (currency: string, calendar: string, dayCount: DayCount): Family => ({
  currency,
  calendar,
  dayCount,
  fixingLag: 0,
  overnight: true,
});

const term = (currency: string, calendar: string, dayCount: DayCount, fixingLag = 2): Family => ({
  currency,
  calendar,
  dayCount,
  fixingLag,
});

/** Families: the name without the tenor. */
const families: Readonly<Record<string, Family>> = {
  'EUR-ESTR': overnight('EUR', 'TARGET', 'ACT/360'),
  'EUR-EONIA': overnight('EUR', 'TARGET', 'ACT/360'),
  'USD-SOFR': overnight('USD', 'UnitedStates:SOFR', 'ACT/360'),
  'USD-FED-FUND': overnight('USD', 'UnitedStates:FederalReserve', 'ACT/360'),
  'GBP-SONIA': overnight('GBP', 'UnitedKingdom:Settlement', 'ACT/365F'),
  'JPY-TONAR': overnight('JPY', 'Japan', 'ACT/365F'),
  'CHF-SARON': overnight('CHF', 'Switzerland', 'ACT/360'),
  'CAD-CORRA': overnight('CAD', 'Canada:Settlement', 'ACT/365F'),
  'AUD-AONIA': overnight('AUD', 'Australia:Settlement', 'ACT/365F'),
  'SEK-SWESTR': overnight('SEK', 'Sweden', 'ACT/360'),
  'NOK-NOWA': overnight('NOK', 'Norway', 'ACT/365F'),
  'DKK-DESTR': overnight('DKK', 'Denmark', 'ACT/360'),
  'CZK-CZEONIA': overnight('CZK', 'CzechRepublic', 'ACT/360'),
  'MXN-FTIIE': overnight('MXN', 'Mexico', 'ACT/360'),
  'EUR-EURIBOR': term('EUR', 'TARGET', 'ACT/360'),
  'USD-LIBOR': term('USD', 'UnitedKingdom:Settlement+UnitedStates:LiborImpact', 'ACT/360'),
  'USD-TERM-SOFR': term('USD', 'UnitedStates:GovernmentBond', 'ACT/360'),
  'GBP-LIBOR': term('GBP', 'UnitedKingdom:Exchange', 'ACT/365F', 0),
  'JPY-LIBOR': term('JPY', 'UnitedKingdom:Exchange+Japan', 'ACT/360'),
  'JPY-TIBOR': term('JPY', 'Japan', 'ACT/365F'),
  'CHF-LIBOR': term('CHF', 'UnitedKingdom:Exchange+Switzerland', 'ACT/360'),
  'CAD-CDOR': term('CAD', 'Canada:Settlement', 'ACT/365F', 0),
  'AUD-BBSW': term('AUD', 'Australia:Settlement', 'ACT/365F', 0),
  'NZD-BKBM': term('NZD', 'NewZealand:Wellington', 'ACT/365F', 0),
  'SEK-STIBOR': term('SEK', 'Sweden', 'ACT/360'),
  'NOK-NIBOR': term('NOK', 'Norway', 'ACT/360'),
  'DKK-CIBOR': term('DKK', 'Denmark', 'ACT/360'),
  'CZK-PRIBOR': term('CZK', 'CzechRepublic', 'ACT/360'),
  'PLN-WIBOR': term('PLN', 'Poland:Settlement', 'ACT/365F'),
  'HUF-BUBOR': term('HUF', 'Hungary', 'ACT/360'),
  'MXN-TIIE': term('MXN', 'Mexico', 'ACT/360', 1),
  'ZAR-JIBAR': term('ZAR', 'SouthAfrica', 'ACT/365F', 0),
};

const known = new Map<string, RateIndex>();

/** An index, or a family of them by tenor, as a row of reference data has it. */
export interface GivenRateIndex {
  /** Without the tenor, such as `SAR-SAIBOR`. */
  readonly name: string;
  readonly currency: string;
  readonly calendar: string;
  readonly dayCount: string;
  /** Business days from fixing to value date. */
  readonly fixingLag: number;
  readonly overnight?: boolean;
}

const given = new Map<string, Family>();
const GIVEN_MAX = 1000;

/**
 * Makes an index of reference data known by its name, in place of what was given under that name before; those of the library
 * stand. Failures: `rate-index-must-be-new`, `rate-index-must-be-sound`, `calendar-must-be-known`, `day-count-must-be-known`,
 * `rate-indices-must-be-bounded`.
 */
export function defineRateIndex(definition: GivenRateIndex): Result<true> {
  const { name, currency, calendar, dayCount, fixingLag, overnight: isOvernight = false } = definition;
  if (Object.hasOwn(families, name))
    return failure('rate-index-must-be-new', `"${name}" is one of the library. Give yours another name.`);
  const sound =
    /^[A-Z]{1,8}(-[A-Z0-9]+)+$/.test(name) &&
    Number.isInteger(fixingLag) &&
    fixingLag >= 0 &&
    fixingLag <= 10;
  if (!sound || /-(ON|\d+[DWMY])$/.test(name))
    return failure(
      'rate-index-must-be-sound',
      `index "${name}" with a lag of ${fixingLag}: a name such as SAR-SAIBOR without its tenor, a lag from 0 to 10.`,
    );
  if (!given.has(name) && given.size >= GIVEN_MAX)
    return failure('rate-indices-must-be-bounded', `${GIVEN_MAX} indices have been given. Take some out.`);
  const found = calendarNamed(calendar);
  if (!found.ok) return found;
  const counted = dayCountNamed(dayCount);
  if (!counted.ok) return counted;
  given.set(name, { currency, calendar, dayCount: counted.value, fixingLag, overnight: isOvernight });
  return success(true);
}

/** `EUR-EURIBOR-6M`, `USD-SOFR`; an overnight index may end in `-ON` or `-1D`. */
export function rateIndexNamed(name: string): Result<RateIndex> {
  const found = known.get(name);
  if (found) return success(found);
  const parts = /^(.*?)(?:-(ON|\d+[DWMY]))?$/.exec(name)!;
  const family = Object.hasOwn(families, parts[1]!) ? families[parts[1]!] : given.get(parts[1]!);
  const tenor = parts[2] === undefined ? undefined : parseTenor(parts[2]);
  if (!family || (family.overnight !== true && tenor === undefined)) {
    return failure(
      'rate-index-must-be-known',
      `no rate index "${name}": the families are ${[...Object.keys(families), ...given.keys()].join(', ')}. Name one, with its tenor.`,
    );
  }
  const calendar = calendarNamed(family.calendar);
  if (!calendar.ok) return calendar;
  const index = rateIndex(name, {
    family,
    calendar: calendar.value,
    tenor: tenor ?? { count: 1, unit: 'D' },
  });
  // Given ones are made each time: their calendar may be given anew.
  if (!given.has(parts[1]!)) known.set(name, index);
  return success(index);
}

function rateIndex(
  name: string,
  {
    family,
    calendar,
    tenor,
  }: { readonly family: Family; readonly calendar: BusinessCalendar; readonly tenor: Tenor },
): RateIndex {
  const short = tenor.unit === 'D' || tenor.unit === 'W';
  return {
    name,
    currency: family.currency,
    overnight: family.overnight === true,
    tenor,
    fixingLag: family.fixingLag,
    dayCount: family.dayCount,
    calendar,
    convention: short ? 'Following' : 'ModifiedFollowing',
    endOfMonth: !short,
  };
}

/** For the library's own tables. */
export function rateIndexOf(name: string): RateIndex {
  const found = rateIndexNamed(name);
  if (!found.ok) throw new Error(found.message);
  return found.value;
}

export const valueDateOf = (index: RateIndex, fixing: Day): Day =>
  addBusinessDays(fixing, index.fixingLag, index.calendar);

export const fixingDateOf = (index: RateIndex, value: Day): Day =>
  index.fixingLag === 0
    ? index.calendar.isBusinessDay(value)
      ? value
      : addBusinessDays(value, -1, index.calendar)
    : addBusinessDays(value, -index.fixingLag, index.calendar);

export const maturityOf = (index: RateIndex, value: Day): Day => advance(value, index.tenor, index);

/** The period that a fixing covers, with its fraction of a year. */
export interface IndexPeriod {
  readonly start: Day;
  readonly end: Day;
  readonly fraction: number;
}

export function indexPeriod(index: RateIndex, fixing: Day): IndexPeriod {
  const start = valueDateOf(index, fixing);
  const end = maturityOf(index, start);
  return { start, end, fraction: yearFraction(index.dayCount, start, end, index) };
}

/**
 * How an arithmetic average of an overnight rate divides its period: the sum of the squared shares that the fixings cover
 * (a Friday's covers three days). `CurveTerm.averaging` says what it is for.
 */
export function averagingOf(
  { calendar }: RateIndex,
  { start, end }: { readonly start: Day; readonly end: Day },
): { readonly squares: number } {
  let squares = 0;
  for (let day = start; day < end; ) {
    const next = Math.min(addBusinessDays(day, 1, calendar), end);
    squares += ((next - day) / (end - start)) ** 2;
    day = next;
  }
  return { squares };
}
