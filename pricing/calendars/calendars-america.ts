/** Calendars of the Americas. Sources: US Code title 5 §6103, exchange and SIFMA holiday schedules, Bank of Canada, B3. */
import type { CalendarDefinition } from './business-calendar';
import { civilFrom, type Day, dayFrom, weekdayOf } from './date';
import {
  between,
  easter,
  except,
  fixed,
  type HolidayRule,
  nth,
  once,
  since,
  toMonday,
  toNearest,
  until,
} from './holiday-rules';

/** A Saturday New Year's Day is not observed on the Friday before by the markets, only by the settlement calendar. */
const sundayNewYear: HolidayRule = (year) => {
  const day = dayFrom(year, 1, 1);
  return [weekdayOf(day) === 7 ? day + 1 : day];
};

const washingtonsBirthday: HolidayRule = (year) =>
  year >= 1971 ? nth(3, 1, 2)(year) : toNearest(fixed(2, 22))(year);
const memorialDay: HolidayRule = (year) =>
  year >= 1971 ? nth(-1, 1, 5)(year) : toNearest(fixed(5, 30))(year);
const columbusDay = since(1971, nth(2, 1, 10));
const veteransDay: HolidayRule = (year) =>
  year <= 1970 || year >= 1978 ? toNearest(fixed(11, 11))(year) : nth(4, 1, 10)(year);
const juneteenth = since(2022, toNearest(fixed(6, 19)));
const independence = toNearest(fixed(7, 4));
const labor = nth(1, 1, 9);
const thanksgiving = nth(4, 4, 11);
const christmas = toNearest(fixed(12, 25));
const martinLutherKing = since(1983, nth(3, 1, 1));

/** No Saturday-to-Friday move: the Federal Reserve works on the Friday. */
const sundayOnly =
  (month: number, day: number): HolidayRule =>
  (year) => {
    const date: Day = dayFrom(year, month, day);
    return [weekdayOf(date) === 7 ? date + 1 : date];
  };

/** The employment report comes out on the first Friday of a month. */
const firstWeekOfApril = (day: Day): boolean => {
  const { month, day: dayOfMonth } = civilFrom(day);
  return month === 4 && dayOfMonth <= 7;
};

const marketClosures = once('2012-10-30', '2004-06-11', '2018-12-05');

const unitedStates: readonly CalendarDefinition[] = [
  {
    name: 'UnitedStates:Settlement',
    rules: [
      toNearest(fixed(1, 1)),
      martinLutherKing,
      washingtonsBirthday,
      memorialDay,
      juneteenth,
      independence,
      labor,
      columbusDay,
      veteransDay,
      thanksgiving,
      christmas,
    ],
  },
  {
    name: 'UnitedStates:LiborImpact',
    rules: [
      toNearest(fixed(1, 1)),
      martinLutherKing,
      washingtonsBirthday,
      memorialDay,
      juneteenth,
      labor,
      columbusDay,
      veteransDay,
      thanksgiving,
      christmas,
      // Since 2015 the day matters only where it falls on a weekday itself.
      (year) => (year >= 2015 ? fixed(7, 4)(year) : independence(year)),
    ],
  },
  {
    name: 'UnitedStates:NYSE',
    rules: [
      sundayNewYear,
      since(1998, nth(3, 1, 1)),
      washingtonsBirthday,
      easter(-2),
      memorialDay,
      juneteenth,
      independence,
      labor,
      thanksgiving,
      christmas,
      // Presidential election days were closed until 1968, then in leap years until 1980.
      (year) => (year <= 1968 || (year <= 1980 && year % 4 === 0) ? [nth(1, 1, 11)(year)[0]! + 1] : []),
      once(
        '2012-10-29',
        '2012-10-30',
        '2007-01-02',
        '2004-06-11',
        '2018-12-05',
        '2025-01-09',
        '2001-09-11',
        '2001-09-12',
        '2001-09-13',
        '2001-09-14',
        '1994-04-27',
        '1985-09-27',
        '1977-07-14',
        '1973-01-25',
        '1972-12-28',
        '1969-07-21',
        '1969-03-31',
        '1969-02-10',
        '1968-07-05',
        '1968-04-09',
        '1965-12-24',
        '1963-11-25',
        '1961-05-29',
        '1958-12-26',
        '1956-12-24',
        '1954-12-24',
      ),
      between(1968, 1968, (year) => {
        // The paper crisis: Wednesdays from 12 June, Thanksgiving week apart.
        const days: Day[] = [];
        for (let day = dayFrom(year, 6, 12); day < dayFrom(1969, 1, 1); day += 1)
          if (weekdayOf(day) === 3) days.push(day);
        return days;
      }),
    ],
  },
  {
    name: 'UnitedStates:GovernmentBond',
    rules: [
      sundayNewYear,
      martinLutherKing,
      washingtonsBirthday,
      // Good Friday is a trading day when it is the first Friday of April and the employment report comes out.
      (year) => easter(-2)(year).filter((day) => !(year >= 1996 && firstWeekOfApril(day))),
      memorialDay,
      juneteenth,
      independence,
      labor,
      columbusDay,
      (year) => {
        const day = dayFrom(year, 11, 11);
        return year <= 1970 || year >= 1978 ? [weekdayOf(day) === 7 ? day + 1 : day] : nth(4, 1, 10)(year);
      },
      thanksgiving,
      christmas,
      marketClosures,
    ],
  },
  {
    name: 'UnitedStates:NERC',
    rules: [sundayOnly(1, 1), memorialDay, sundayOnly(7, 4), labor, thanksgiving, sundayOnly(12, 25)],
  },
  {
    name: 'UnitedStates:FederalReserve',
    rules: [
      sundayOnly(1, 1),
      martinLutherKing,
      washingtonsBirthday,
      memorialDay,
      since(2022, sundayOnly(6, 19)),
      sundayOnly(7, 4),
      labor,
      columbusDay,
      (year) => (year <= 1970 || year >= 1978 ? sundayOnly(11, 11)(year) : nth(4, 1, 10)(year)),
      thanksgiving,
      sundayOnly(12, 25),
    ],
  },
];

/** The bond calendar, and every Good Friday. */
const bondRules = unitedStates.find(({ name }) => name === 'UnitedStates:GovernmentBond')!.rules;
const sofr: CalendarDefinition = { name: 'UnitedStates:SOFR', rules: [...bondRules, easter(-2)] };

const canada: CalendarDefinition = {
  name: 'Canada:Settlement',
  rules: [
    toMonday(fixed(1, 1)),
    since(2008, nth(3, 1, 2)),
    easter(-2),
    (year) => {
      const day = dayFrom(year, 5, 25);
      return [day - (weekdayOf(day) === 1 ? 7 : weekdayOf(day) - 1)];
    },
    toMonday(fixed(7, 1)),
    nth(1, 1, 8),
    labor,
    since(2021, toMonday(fixed(9, 30))),
    nth(2, 1, 10),
    toMonday(fixed(11, 11)),
    (year) => toMonday(fixed(12, 25))(year),
    (year) => {
      const day = dayFrom(year, 12, 26);
      const w = weekdayOf(day);
      return [w === 6 || w === 7 ? day + 2 : w === 1 ? day + 1 : day];
    },
  ],
};

const canadaExchange: CalendarDefinition = {
  name: 'Canada:TSX',
  rules: canada.rules.filter((rule) => rule !== canada.rules[7] && rule !== canada.rules[9]),
};

const brazilCommon: readonly HolidayRule[] = [
  fixed(1, 1),
  fixed(4, 21),
  fixed(5, 1),
  fixed(9, 7),
  fixed(10, 12),
  fixed(11, 2),
  fixed(11, 15),
  since(2024, fixed(11, 20)),
  fixed(12, 25),
  easter(-2),
  easter(-48),
  easter(-47),
  easter(60),
];

const brazil: readonly CalendarDefinition[] = [
  { name: 'Brazil:Settlement', rules: brazilCommon },
  {
    name: 'Brazil:Exchange',
    rules: [
      ...brazilCommon.filter((_, index) => index !== 7),
      until(2021, fixed(1, 25)),
      // The city and the state moved their days of 2020 to May, when the exchange traded; a state holiday since 1997.
      except([2020], between(1998, 2021, fixed(7, 9))),
      except([2020], between(2006, 2021, fixed(11, 20))),
      once('2014-06-12'),
      since(2024, fixed(11, 20)),
      fixed(12, 24),
      (year) => {
        const day = dayFrom(year, 12, 31);
        const w = weekdayOf(day);
        return [w === 6 ? day - 1 : w === 7 ? day - 2 : day];
      },
    ],
  },
];

const mexico: CalendarDefinition = {
  name: 'Mexico',
  rules: [
    fixed(1, 1),
    (year) => (year <= 2005 ? fixed(2, 5)(year) : nth(1, 1, 2)(year)),
    (year) => (year <= 2006 ? fixed(3, 21)(year) : nth(3, 1, 3)(year)),
    easter(-3),
    easter(-2),
    fixed(5, 1),
    fixed(9, 16),
    (year) => (year >= 2024 && (year - 2024) % 6 === 0 ? fixed(10, 1)(year) : []),
    fixed(11, 2),
    (year) => (year <= 2005 ? fixed(11, 20)(year) : nth(3, 1, 11)(year)),
    fixed(12, 12),
    fixed(12, 25),
  ],
};

export const americanCalendars: readonly CalendarDefinition[] = [
  ...unitedStates,
  sofr,
  canada,
  canadaExchange,
  ...brazil,
  mexico,
];
