/**
 * Calendars out of reference data, beside those of the library: a desk's own, or one of an exchange that publishes its days year
 * by year. They are known for the years that the data cover and refuse others, as declared calendars do.
 */
import { failure, type Result, success } from '../contract';
import { type BusinessCalendar, calendarFrom } from './business-calendar';
import { civilFrom, type Day, parseDay } from './date';

/** As a row of reference data has it; dates are ISO. */
export interface GivenCalendar {
  readonly name: string;
  /** Weekdays without business, Monday is 1; Saturday and Sunday where absent, none where empty. */
  readonly weekend?: readonly number[];
  readonly holidays: readonly string[];
  /** Weekend days on which business is done all the same. */
  readonly workingWeekends?: readonly string[];
  /** The years that the list is whole for. */
  readonly first: number;
  readonly last: number;
}

/** Days of one calendar: a century of forty a year. */
const DAYS_MAX = 4000;

const daysOf = (given: readonly string[], { name, first, last }: GivenCalendar): Result<readonly Day[]> => {
  const days: Day[] = [];
  for (const text of given) {
    const day = parseDay(text);
    const year = day === undefined ? Number.NaN : civilFrom(day).year;
    if (day === undefined || !(year >= first && year <= last))
      return failure(
        'holiday-must-be-covered',
        `calendar "${name}": ${JSON.stringify(text)} is no date of ${first} to ${last}. Correct it, or the years.`,
      );
    days.push(day);
  }
  return success(days);
};

const rule = (days: readonly Day[]) => {
  const byYear = new Map<number, Day[]>();
  for (const day of days) {
    const { year } = civilFrom(day);
    byYear.set(year, [...(byYear.get(year) ?? []), day]);
  }
  return (year: number): readonly Day[] => byYear.get(year) ?? [];
};

/** Failures: `calendar-name-must-be-plain`, `calendar-years-must-rise`, `weekend-must-leave-a-day`, `holiday-must-be-covered`. */
export function givenCalendar(given: GivenCalendar): Result<BusinessCalendar> {
  const { name, weekend, holidays, workingWeekends = [], first, last } = given;
  if (!/^[A-Za-z][A-Za-z0-9:_-]{0,63}$/.test(name))
    return failure(
      'calendar-name-must-be-plain',
      `calendar "${name}": letters, digits, colons and dashes, from a letter on; commas and plus signs join calendars.`,
    );
  if (!(Number.isInteger(first) && Number.isInteger(last) && first >= 1900 && last <= 2299 && first <= last))
    return failure(
      'calendar-years-must-rise',
      `calendar "${name}" is given for ${first} to ${last}. Give its years.`,
    );
  const days = new Set(weekend ?? [6, 7]);
  if (days.size > 6 || [...days].some((day) => !(Number.isInteger(day) && day >= 1 && day <= 7)))
    return failure(
      'weekend-must-leave-a-day',
      `calendar "${name}": weekend ${[...days]}. Give days from 1 (Monday) to 7.`,
    );
  if (holidays.length + workingWeekends.length > DAYS_MAX)
    return failure(
      'holiday-must-be-covered',
      `calendar "${name}" lists more than ${DAYS_MAX} days. Split it.`,
    );
  const closed = daysOf(holidays, given);
  if (!closed.ok) return closed;
  const open = daysOf(workingWeekends, given);
  if (!open.ok) return open;
  return success(
    calendarFrom({
      name,
      weekend: [...days],
      rules: [rule(closed.value)],
      workingWeekends: rule(open.value),
      covers: { first, last },
    }),
  );
}
