/**
 * Dates as whole numbers: a `Day` counts days since 1970-01-01 in the proleptic Gregorian calendar.
 *
 * A number is ordered, subtracted and hashed without allocation, and knows no time zone; the conversions follow
 * Hinnant's "chrono-compatible low-level date algorithms" (eras of 400 years starting in March).
 */

/** Days since 1970-01-01. */
export type Day = number;

export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** Monday is 1, Sunday 7, as ISO 8601 numbers them. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export function dayFrom(year: number, month: number, day: number): Day {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function civilFrom(day: Day): CivilDate {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

export const weekdayOf = (day: Day): Weekday => (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : lengths[month - 1]!;

export function endOfMonth(day: Day): Day {
  const { year, month } = civilFrom(day);
  return dayFrom(year, month, daysInMonth(year, month));
}

export const isEndOfMonth = (day: Day): boolean => endOfMonth(day) === day;

/** Adds calendar months; a day that the target month lacks becomes its last one. */
export function addMonths(day: Day, months: number): Day {
  const civil = civilFrom(day);
  const total = civil.year * 12 + civil.month - 1 + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  return dayFrom(year, month, Math.min(civil.day, daysInMonth(year, month)));
}

/** Days of these years are read: what lies beyond is a slip, or more periods than any product has. */
const YEARS = { first: 1900, last: 2299 } as const;

/** Reads `2025-02-10` or `20250210`; anything else, such as the 30th of February or the year 9999, is undefined. */
export function parseDay(text: string): Day | undefined {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < YEARS.first || year > YEARS.last) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return dayFrom(year, month, day);
}

export function formatDay(day: Day): string {
  const { year, month, day: dayOfMonth } = civilFrom(day);
  const pad = (value: number, width: number): string => String(value).padStart(width, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`;
}

const microsPerDay = 86_400_000_000;

/** The UTC day that a valuation time (microseconds since 1970) falls on. */
export const dayOfMicros = (micros: number): Day => Math.floor(micros / microsPerDay);
export const microsOfDay = (day: Day): number => day * microsPerDay;

/** Reads an instant in UTC such as `2026-03-20T08:00:00.000001Z` as microseconds since 1970; undefined for other text. */
export function parseInstant(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?Z$/.exec(text);
  const day = match ? parseDay(match[1]!) : undefined;
  if (!match || day === undefined) return undefined;
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = Number((match[5] ?? '').padEnd(6, '0'));
  return microsOfDay(day) + ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction;
}
