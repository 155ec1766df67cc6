/**
 * Calendars of South Korea: public holidays by the sun and the moon, with the substitute days of the decree of 2013 as
 * widened in 2021, 2023 and 2026; elections, set by law for years to come, and days declared for once stand in a list.
 */
import type { CalendarDefinition } from './business-calendar';
import { type Day, dayFrom, weekdayOf } from './date';
import { fixed, type HolidayRule, once, since, until } from './holiday-rules';
import { lunarDay } from './lunisolar';

/** Korean time runs nine hours ahead of Greenwich. */
const east = 9;

const lunar =
  (month: number, day: number, offset = 0): HolidayRule =>
  (year) => [lunarDay(year, { month, day, east }) + offset];

/** A national day on a weekend is made good on the next weekday that is free itself. */
const substituted =
  (rule: HolidayRule, from: number, taken: HolidayRule = () => []): HolidayRule =>
  (year) => {
    const day = rule(year)[0]!;
    if (year < from || weekdayOf(day) < 6) return [];
    return [nextFree(day, taken(year))];
  };

function nextFree(day: Day, taken: readonly Day[]): Day {
  let next = day + 1;
  while (weekdayOf(next) > 5 || taken.includes(next)) next += 1;
  return next;
}

/** The three days around new year and the harvest moon; a Sunday among them adds the day after the last (since 2014). */
const threeDays =
  (month: number, day: number): HolidayRule =>
  (year) => {
    const middle = lunarDay(year, { month, day, east });
    const days = [middle - 1, middle, middle + 1];
    return year >= 2014 && days.some((each) => weekdayOf(each) === 7) ? [...days, middle + 2] : days;
  };

/** Children's Day and Buddha's Birthday can share a date: the next free day then serves. */
const childrens = fixed(5, 5);
const buddha = lunar(4, 8);
const sharedInMay: HolidayRule = (year) => {
  const day = childrens(year)[0]!;
  if (year < 2018 || buddha(year)[0] !== day) return [];
  const weekday = weekdayOf(day);
  return [weekday >= 5 ? day + (8 - weekday) : day + 1];
};

/** Foundation Day inside the harvest holidays pushes one more day on. */
const harvest = threeDays(8, 15);
const foundationAtHarvest: HolidayRule = (year) => {
  const days = harvest(year);
  const foundation = dayFrom(year, 10, 3);
  return year >= 2017 && days.slice(0, 3).includes(foundation) ? [nextFree(days[1]!, days)] : [];
};

const common: readonly HolidayRule[] = [
  fixed(1, 1),
  threeDays(1, 1),
  harvest,
  fixed(3, 1),
  substituted(fixed(3, 1), 2022),
  until(2005, fixed(4, 5)),
  fixed(5, 1),
  substituted(fixed(5, 1), 2026),
  childrens,
  substituted(childrens, 2015),
  buddha,
  substituted(buddha, 2023, childrens),
  sharedInMay,
  fixed(6, 6),
  until(2007, fixed(7, 17)),
  since(2026, fixed(7, 17)),
  substituted(fixed(7, 17), 2026),
  until(1998, fixed(1, 2)),
  until(1990, fixed(10, 1)),
  until(1990, fixed(10, 9)),
  fixed(8, 15),
  substituted(fixed(8, 15), 2021),
  fixed(10, 3),
  substituted(fixed(10, 3), 2021),
  foundationAtHarvest,
  since(2013, fixed(10, 9)),
  substituted(fixed(10, 9), 2021),
  fixed(12, 25),
  substituted(fixed(12, 25), 2023),
  once(
    ...[
      '2004-04-15',
      '2006-05-31',
      '2007-12-19',
      '2008-04-09',
      '2010-06-02',
      '2012-04-11',
      '2012-12-19',
      '2014-06-04',
    ],
    ...[
      '2015-08-14',
      '2016-04-13',
      '2016-05-06',
      '2017-05-09',
      '2017-10-02',
      '2018-06-13',
      '2020-04-15',
      '2020-08-17',
    ],
    ...['1991-03-26', '1991-06-20', '1992-03-24', '1992-12-18', '1995-06-27', '1996-04-11', '1997-12-18'],
    ...['1998-06-04', '2000-04-13', '2002-06-13', '2002-07-01', '2002-12-19', '2026-06-03', '2028-04-12'],
    ...['2030-03-27', '2030-06-12', '2032-04-14', '2034-05-31', '2035-03-28'],
    ...['2022-03-09', '2022-06-01', '2023-10-02', '2024-04-10', '2024-10-01', '2025-01-27', '2025-06-03'],
  ),
];

/** The exchange closes on the last trading day of the year. */
const lastTradingDay: HolidayRule = (year) => {
  const day = dayFrom(year, 12, 31);
  const weekday = weekdayOf(day);
  return [weekday > 5 ? day - (weekday - 5) : day];
};

/** Closures of the exchange alone, most of them in the last days of the year. */
const exchangeClosures = once(
  ...['1990-12-27', '1990-12-28', '1991-12-27', '1991-12-30', '1992-03-10', '1992-12-28', '1992-12-29'],
  ...['1992-12-30', '1993-03-10', '1993-07-07', '1993-12-29', '1993-12-30', '1994-01-03', '1994-02-14'],
  ...['1994-05-20', '1994-12-29', '1996-12-30', '1997-12-29', '1997-12-30', '1998-12-29', '1998-12-30'],
  ...['1999-12-29', '1999-12-30', '2000-01-03', '2000-12-27', '2000-12-28'],
);

export const koreanCalendars: readonly CalendarDefinition[] = [
  { name: 'SouthKorea:Settlement', rules: common },
  { name: 'SouthKorea:KRX', rules: [...common, lastTradingDay, exchangeClosures] },
];
