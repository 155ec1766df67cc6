/** Calendars by name: one alone, or several joined by `+` or a comma, open where all are. */
import { failure, type Result, success } from '../contract';
import { type BusinessCalendar, calendarFrom, jointCalendar, nullCalendar } from './business-calendar';
import { americanCalendars } from './calendars-america';
import { asianCalendars } from './calendars-asia';
import { declaredCalendars } from './calendars-declared';
import { europeanCalendars } from './calendars-europe';
import { koreanCalendars } from './calendars-korea';
import { otherCalendars } from './calendars-other';
import { type GivenCalendar, givenCalendar } from './given-calendars';

const definitions = [
  ...americanCalendars,
  ...europeanCalendars,
  ...otherCalendars,
  ...koreanCalendars,
  ...asianCalendars,
  ...declaredCalendars,
];
const byName = new Map<string, BusinessCalendar>([
  [nullCalendar.name, nullCalendar],
  ...definitions.map((definition): [string, BusinessCalendar] => [definition.name, calendarFrom(definition)]),
]);

/** Other names in use: currencies for their payment systems, market identifiers, and short forms. */
const aliases: Readonly<Record<string, string>> = {
  EUR: 'TARGET',
  EUTA: 'TARGET',
  TGT: 'TARGET',
  USD: 'UnitedStates:Settlement',
  US: 'UnitedStates:Settlement',
  USNY: 'UnitedStates:Settlement',
  UnitedStates: 'UnitedStates:Settlement',
  USGS: 'UnitedStates:GovernmentBond',
  SOFR: 'UnitedStates:SOFR',
  NYSE: 'UnitedStates:NYSE',
  XNYS: 'UnitedStates:NYSE',
  FED: 'UnitedStates:FederalReserve',
  USNYFRB: 'UnitedStates:FederalReserve',
  GBP: 'UnitedKingdom:Settlement',
  UK: 'UnitedKingdom:Settlement',
  GBLO: 'UnitedKingdom:Settlement',
  UnitedKingdom: 'UnitedKingdom:Settlement',
  LSE: 'UnitedKingdom:Exchange',
  LME: 'UnitedKingdom:Metals',
  JPY: 'Japan',
  JPTO: 'Japan',
  CHF: 'Switzerland',
  CHZU: 'Switzerland',
  SEK: 'Sweden',
  NOK: 'Norway',
  DKK: 'Denmark',
  CAD: 'Canada:Settlement',
  Canada: 'Canada:Settlement',
  AUD: 'Australia:Settlement',
  Australia: 'Australia:Settlement',
  NZD: 'NewZealand:Wellington',
  ZAR: 'SouthAfrica',
  BRL: 'Brazil:Settlement',
  Brazil: 'Brazil:Settlement',
  MXN: 'Mexico',
  PLN: 'Poland:Settlement',
  CZK: 'CzechRepublic',
  HUF: 'Hungary',
  Germany: 'Germany:FrankfurtStockExchange',
  Italy: 'Italy:Settlement',
  France: 'France:Settlement',
  HKD: 'HongKong',
  HKEX: 'HongKong',
  SGD: 'Singapore',
  TWD: 'Taiwan',
  INR: 'India',
  KRW: 'SouthKorea:Settlement',
  KRX: 'SouthKorea:KRX',
  Null: 'NullCalendar',
  Weekends: 'WeekendsOnly',
  SatSun: 'WeekendsOnly',
};

/** `UnitedStates::Settlement`, `UnitedStates(UnitedStates::Settlement)` and `UnitedStates:Settlement` mean the same. */
const canonical = (name: string): string => {
  const inner = /^\w+\((\w+::\w+)?\)$/.exec(name);
  return (inner ? (inner[1] ?? name.slice(0, name.indexOf('('))) : name).replace('::', ':');
};

const joined = new Map<string, BusinessCalendar>();
/** Names that reference data have brought; more are refused. */
const given = new Set<string>();
const GIVEN_MAX = 1000;

/**
 * Makes a calendar of reference data known by its name, in place of what was given under that name before; those of the library
 * stand. What has been resolved keeps its days: resolve it again after its calendar was given anew.
 *
 * Failures: those of `givenCalendar`; `calendar-must-be-new` for a name of the library; `calendars-must-be-bounded`.
 */
export function defineCalendar(definition: GivenCalendar): Result<BusinessCalendar> {
  const { name } = definition;
  const own = (byName.has(name) && !given.has(name)) || Object.hasOwn(aliases, name);
  if (own)
    return failure(
      'calendar-must-be-new',
      `calendar "${name}" is one of the library. Give yours another name.`,
    );
  if (!given.has(name) && given.size >= GIVEN_MAX)
    return failure('calendars-must-be-bounded', `${GIVEN_MAX} calendars have been given. Take some out.`);
  const made = givenCalendar(definition);
  if (!made.ok) return made;
  given.add(name);
  byName.set(name, made.value);
  joined.clear();
  return made;
}

export function calendarNamed(text: string): Result<BusinessCalendar> {
  const known = byName.get(text) ?? joined.get(text);
  if (known) return success(known);
  const parts: BusinessCalendar[] = [];
  for (const part of text.split(/[+,]/).map((piece) => canonical(piece.trim()))) {
    const found = byName.get(Object.hasOwn(aliases, part) ? aliases[part]! : part);
    if (!found) {
      return failure(
        'calendar-must-be-known',
        `no calendar "${part}". Use one of ${calendarNames().join(', ')}.`,
      );
    }
    parts.push(found);
  }
  const calendar = jointCalendar(parts);
  joined.set(text, calendar);
  return success(calendar);
}

export const calendarNames = (): readonly string[] => [...byName.keys()].sort();

/** For names in the library's own tables, where a mistake is a bug. */
export function calendarOf(name: string): BusinessCalendar {
  const found = calendarNamed(name);
  if (!found.ok) throw new Error(found.message);
  return found.value;
}
