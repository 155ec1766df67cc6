/** Calendars of Africa, Asia and Oceania whose holidays follow the sun or Easter. Sources: national laws and exchanges. */
import type { CalendarDefinition } from './business-calendar';
import { dayFrom, weekdayOf } from './date';
import {
  between,
  easter,
  except,
  fixed,
  type HolidayRule,
  nearestMonday,
  nth,
  once,
  pairToWeekdays,
  since,
  sundayToMonday,
  toMonday,
  until,
} from './holiday-rules';

/**
 * Equinoxes in Japan, by the mean drift of 0.242194 days a year less the leap days since 2000; right from 1980 to 2099.
 * The bases are the fractional days of March and September 2000 in Japanese time.
 */
const equinox =
  (month: number, base: number): HolidayRule =>
  (year) => [
    dayFrom(year, month, Math.floor(base + (year - 2000) * 0.242194 - (Math.floor(year / 4) - 500))),
  ];
const vernal = equinox(3, 20.69115);
const autumnal = equinox(9, 23.09);

/** A weekday between two holidays is one too: the gap between Respect for the Aged Day and the equinox. */
const septemberBridge: HolidayRule = (year) => {
  const [aged, equinoxDay] = [nth(3, 1, 9)(year)[0]!, autumnal(year)[0]!];
  return year >= 2003 && equinoxDay - aged === 2 ? [aged + 1] : [];
};

const japan: CalendarDefinition = {
  name: 'Japan',
  rules: [
    fixed(1, 1),
    fixed(1, 2),
    fixed(1, 3),
    since(2000, nth(2, 1, 1)),
    until(1999, sundayToMonday(fixed(1, 15))),
    sundayToMonday(fixed(2, 11)),
    since(2020, sundayToMonday(fixed(2, 23))),
    between(1989, 2018, sundayToMonday(fixed(12, 23))),
    sundayToMonday(vernal),
    sundayToMonday(fixed(4, 29)),
    fixed(5, 3),
    fixed(5, 4),
    fixed(5, 5),
    // Golden week: since 2007 a Sunday among the three moves past them all, before then only one of the fifth did.
    (year) => {
      const sixth = dayFrom(year, 5, 6);
      return (year >= 2007 ? [1, 2, 3] : [1]).includes(weekdayOf(sixth)) ? [sixth] : [];
    },
    except([2020, 2021], since(2003, nth(3, 1, 7))),
    between(1996, 2002, sundayToMonday(fixed(7, 20))),
    except([2020, 2021], since(2016, sundayToMonday(fixed(8, 11)))),
    since(2003, nth(3, 1, 9)),
    until(2002, sundayToMonday(fixed(9, 15))),
    sundayToMonday(autumnal),
    septemberBridge,
    except([2020, 2021], since(2000, nth(2, 1, 10))),
    until(1999, sundayToMonday(fixed(10, 10))),
    sundayToMonday(fixed(11, 3)),
    sundayToMonday(fixed(11, 23)),
    fixed(12, 31),
    once(
      '2020-07-23',
      '2020-07-24',
      '2020-08-10',
      '2021-07-22',
      '2021-07-23',
      '2021-08-09',
      '1959-04-10',
      '1989-02-24',
      '1990-11-12',
      '1993-06-09',
      '2019-04-30',
      '2019-05-01',
      '2019-05-02',
      '2019-10-22',
    ),
  ],
};

const anzac = fixed(4, 25);
const australia: CalendarDefinition = {
  name: 'Australia:Settlement',
  rules: [
    toMonday(fixed(1, 1)),
    toMonday(fixed(1, 26)),
    easter(-2),
    easter(1),
    anzac,
    nth(2, 1, 6),
    nth(1, 1, 8),
    nth(1, 1, 10),
    pairToWeekdays(12, 25),
    once('2022-09-22'),
  ],
};

/** Two holidays in a row at the new year, each observed on a working day. */
const newZealand: CalendarDefinition = {
  name: 'NewZealand:Wellington',
  rules: [
    pairToWeekdays(1, 1),
    nearestMonday(fixed(1, 22)),
    (year) => (year >= 2014 ? toMonday(fixed(2, 6))(year) : fixed(2, 6)(year)),
    easter(-2),
    easter(1),
    (year) => (year >= 2014 ? toMonday(anzac)(year) : anzac(year)),
    nth(1, 1, 6),
    nth(4, 1, 10),
    pairToWeekdays(12, 25),
    once(
      '2022-09-26',
      '2022-06-24',
      '2023-07-14',
      '2024-06-28',
      '2025-06-20',
      '2026-07-10',
      '2027-06-25',
      '2028-07-14',
      '2029-07-06',
      '2030-06-21',
      '2031-07-11',
      '2032-07-02',
      '2033-06-24',
      '2034-07-07',
      '2035-06-29',
      '2036-07-18',
      '2037-07-10',
      '2038-06-25',
      '2039-07-15',
      '2040-07-06',
      '2041-07-19',
      '2042-07-11',
      '2043-07-03',
      '2044-06-24',
      '2045-07-07',
      '2046-06-29',
      '2047-07-19',
      '2048-07-03',
      '2049-06-25',
      '2050-07-15',
      '2051-06-30',
      '2052-06-21',
    ),
  ],
};

const southAfrica: CalendarDefinition = {
  name: 'SouthAfrica',
  rules: [
    sundayToMonday(fixed(1, 1)),
    easter(-2),
    easter(1),
    // The days of the Public Holidays Act of 1994, and those of the republic before them.
    ...[fixed(3, 21), fixed(4, 27), fixed(5, 1), fixed(6, 16), fixed(8, 9), fixed(9, 24)].map((rule) =>
      since(1995, sundayToMonday(rule)),
    ),
    ...[fixed(4, 6), easter(39), fixed(5, 31), fixed(10, 10)].map((rule) => until(1993, rule)),
    sundayToMonday(fixed(12, 16)),
    fixed(12, 25),
    sundayToMonday(fixed(12, 26)),
    once(
      '2004-04-14',
      '1994-04-06',
      '1999-06-02',
      '2000-01-03',
      '2006-03-01',
      '2008-05-02',
      '2011-05-18',
      '2011-12-27',
      '2014-05-07',
      '1999-12-31',
      '2009-04-22',
      '2016-08-03',
      '2016-12-27',
      '2019-05-08',
      '2021-11-01',
      '2022-12-27',
      '2023-12-15',
      '2024-05-29',
      '2026-11-04',
    ),
  ],
};

export const weekendsOnly: CalendarDefinition = { name: 'WeekendsOnly', rules: [] };

export const otherCalendars: readonly CalendarDefinition[] = [
  weekendsOnly,
  japan,
  australia,
  newZealand,
  southAfrica,
];
