/** Schedules and legs as books write them, in plain text fields, and their resolution into dates. */
import { conventionNamed } from '../calendars/business-day';
import { calendarNamed } from '../calendars/calendar-registry';
import { type Day, parseDay } from '../calendars/date';
import { type DayCount, dayCountNamed } from '../calendars/day-count';
import type { ScheduleRule, ScheduleTerms } from '../calendars/schedule';
import { addTenor, parseTenor, type Tenor } from '../calendars/tenor';
import { failure, type Result, success } from '../contract';

export interface ScheduleBook {
  /** ISO date. */
  readonly start: string;
  /** ISO date, or a tenor from the start such as `10Y`. */
  readonly end: string;
  /** Tenor of a period, such as `6M`. */
  readonly tenor: string;
  readonly calendar: string;
  readonly convention: string;
  readonly terminationConvention?: string;
  readonly rule?: ScheduleRule;
  readonly endOfMonth?: boolean;
  /** End of a first stub, start of a last one. */
  readonly first?: string;
  readonly nextToLast?: string;
}

export function dayNamed(text: string, field: string): Result<Day> {
  const day = parseDay(text);
  if (day !== undefined) return success(day);
  return failure(
    'date-must-be-valid',
    `${field} "${text}" is no date from 1900 to 2299. Write it as 2025-02-10.`,
  );
}

export function tenorNamed(text: string, field: string): Result<Tenor> {
  const tenor = parseTenor(text);
  if (tenor) return success(tenor);
  return failure(
    'tenor-must-be-valid',
    `${field} "${text}" is no tenor of up to 150 years. Write it as 3M or 10Y.`,
  );
}

/** Gathers results by name, or answers the first failure. */
export function gathered<T extends Readonly<Record<string, unknown>>>(
  parts: {
    readonly [K in keyof T]: Result<T[K]>;
  },
): Result<T> {
  const values: Partial<Record<keyof T, unknown>> = {};
  for (const key of Object.keys(parts) as (keyof T)[]) {
    const part = parts[key];
    if (!part.ok) return part;
    values[key] = part.value;
  }
  return success(values as T);
}

function endNamed(text: string, start: Day): Result<Day> {
  const tenor = parseTenor(text);
  return tenor ? success(addTenor(start, tenor)) : dayNamed(text, 'end');
}

export function resolveSchedule(book: ScheduleBook): Result<ScheduleTerms> {
  const start = dayNamed(book.start, 'start');
  if (!start.ok) return start;
  const parts = gathered({
    end: endNamed(book.end, start.value),
    tenor: tenorNamed(book.tenor, 'tenor'),
    calendar: calendarNamed(book.calendar),
    convention: conventionNamed(book.convention),
    termination: conventionNamed(book.terminationConvention ?? book.convention),
    first: book.first === undefined ? success(undefined) : dayNamed(book.first, 'first'),
    nextToLast: book.nextToLast === undefined ? success(undefined) : dayNamed(book.nextToLast, 'nextToLast'),
  });
  if (!parts.ok) return parts;
  const { end, tenor, calendar, convention, termination, first, nextToLast } = parts.value;
  return success({
    start: start.value,
    end,
    tenor,
    calendar,
    convention,
    terminationConvention: termination,
    rule: book.rule ?? 'Backward',
    endOfMonth: book.endOfMonth ?? false,
    ...(first === undefined ? {} : { first }),
    ...(nextToLast === undefined ? {} : { nextToLast }),
  });
}

export const dayCountField = (text: string): Result<DayCount> => dayCountNamed(text);

/** Notionals and rates must be finite numbers; a sign is said by `pays`, not by the amount. */
export function positiveAmount(value: number, field: string): Result<number> {
  if (Number.isFinite(value) && value > 0) return success(value);
  return failure(
    'amount-must-be-positive',
    `${field} is ${value}. Give a positive number; the side says who pays.`,
  );
}

export function finiteNumber(value: number, field: string): Result<number> {
  return Number.isFinite(value)
    ? success(value)
    : failure('number-must-be-finite', `${field} is ${value}. Give a number.`);
}
