/**
 * Holidays as rules: a rule names the days of a year, and a calendar is a list of rules. The words here are the ones
 * that laws use: a fixed date, the third Monday, Easter plus some days, moved when it meets a weekend, since a year.
 */
import { type Day, dayFrom, daysInMonth, parseDay, type Weekday, weekdayOf } from './date';
import { orthodoxEaster, westernEaster } from './easter';

/** The holidays that a rule puts into a year; a moved one may fall just outside it. */
export type HolidayRule = (year: number) => readonly Day[];

export const fixed =
  (month: number, day: number): HolidayRule =>
  (year) => [dayFrom(year, month, day)];

/** The n-th such weekday of a month; a negative n counts from the end. */
export const nth =
  (n: number, weekday: Weekday, month: number): HolidayRule =>
  (year) => {
    if (n > 0) {
      const first = dayFrom(year, month, 1);
      return [first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1)];
    }
    const last = dayFrom(year, month, daysInMonth(year, month));
    return [last - ((weekdayOf(last) - weekday + 7) % 7) + 7 * (n + 1)];
  };

export const easter =
  (offset: number): HolidayRule =>
  (year) => [westernEaster(year) + offset];

export const orthodox =
  (offset: number): HolidayRule =>
  (year) => [orthodoxEaster(year) + offset];

/** Days that no rule foretells: closures, jubilees, tables of observed moons. */
export function once(...days: readonly string[]): HolidayRule {
  const byYear = new Map<number, Day[]>();
  for (const text of days) {
    const day = parseDay(text);
    if (day === undefined) throw new Error(`no date: ${text}`);
    const year = Number(text.slice(0, 4));
    byYear.set(year, [...(byYear.get(year) ?? []), day]);
  }
  return (year) => byYear.get(year) ?? [];
}

/** A rule in force in the years from first to last, both included. */
export const between =
  (first: number, last: number, rule: HolidayRule): HolidayRule =>
  (year) =>
    year >= first && year <= last ? rule(year) : [];

export const since = (first: number, rule: HolidayRule): HolidayRule => between(first, 9999, rule);
export const until = (last: number, rule: HolidayRule): HolidayRule => between(-9999, last, rule);

/** A rule that skips some years, for instance because the day was moved once. */
export const except =
  (years: readonly number[], rule: HolidayRule): HolidayRule =>
  (year) =>
    years.includes(year) ? [] : rule(year);

const moved =
  (move: (day: Day) => Day) =>
  (rule: HolidayRule): HolidayRule =>
  (year) =>
    rule(year).map(move);

/** Saturday and Sunday are observed on Monday. */
export const toMonday = moved((day) => {
  const weekday = weekdayOf(day);
  return weekday === 6 ? day + 2 : weekday === 7 ? day + 1 : day;
});

/** Only Sunday is observed on Monday. */
export const sundayToMonday = moved((day) => (weekdayOf(day) === 7 ? day + 1 : day));

/** Saturday is observed on Friday, Sunday on Monday: the United States' rule. */
export const toNearest = moved((day) => {
  const weekday = weekdayOf(day);
  return weekday === 6 ? day - 1 : weekday === 7 ? day + 1 : day;
});

/** The Monday of the day's week or the one nearest: Tuesday to Thursday go back, Friday goes on. */
export const nearestMonday = moved((day) => {
  const weekday = weekdayOf(day);
  return weekday === 1 ? day : weekday <= 4 ? day - (weekday - 1) : day + (8 - weekday);
});

export const shifted = (rule: HolidayRule, days: number): HolidayRule => moved((day) => day + days)(rule);

/** Two days next to each other; each that meets a weekend is observed on the next working days (Christmas in London). */
export const pairToWeekdays =
  (month: number, day: number): HolidayRule =>
  (year) => {
    const first = dayFrom(year, month, day);
    const weekday = weekdayOf(first);
    if (weekday === 5) return [first, first + 3];
    if (weekday === 6) return [first + 2, first + 3];
    if (weekday === 7) return [first + 1, first + 2];
    return [first, first + 1];
  };

/** Days declared by year, as `0101 0209-0216`: months and days, ranges with both ends. */
export function dated(table: Readonly<Record<number, string>>): HolidayRule {
  return (year) =>
    (table[year] ?? '').split(' ').flatMap((piece) => {
      if (piece === '') return [];
      const [first, last = first] = piece
        .split('-')
        .map((text) => dayFrom(year, Number(text.slice(0, 2)), Number(text.slice(2))));
      return Array.from({ length: last! - first! + 1 }, (_, index) => first! + index);
    });
}
