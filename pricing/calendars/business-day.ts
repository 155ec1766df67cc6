/** Business-day conventions and date arithmetic in a calendar (ISDA 2006 section 4.12, with the market's additions). */
import { failure, type Result, success } from '../contract';
import type { BusinessCalendar } from './business-calendar';
import { addMonths, civilFrom, type Day, endOfMonth } from './date';
import { addTenor, type Tenor, tenorMonths } from './tenor';

export type BusinessDayConvention =
  | 'Unadjusted'
  | 'Following'
  | 'ModifiedFollowing'
  | 'HalfMonthModifiedFollowing'
  | 'Preceding'
  | 'ModifiedPreceding'
  | 'Nearest';

/** The longest closure that any calendar here knows is under three weeks; a year of search means a broken calendar. */
const searchLimit = 366;

function seek(calendar: BusinessCalendar, day: Day, step: 1 | -1): Day {
  for (let moved = 0; moved <= searchLimit; moved += 1) {
    if (calendar.isBusinessDay(day + step * moved)) return day + step * moved;
  }
  throw new Error(`calendar ${calendar.name} has no business day within a year of ${day}`);
}

const sameMonth = (a: Day, b: Day): boolean => civilFrom(a).month === civilFrom(b).month;

/** Moves a date that is no business day as the convention says. */
export function adjust(day: Day, convention: BusinessDayConvention, calendar: BusinessCalendar): Day {
  if (convention === 'Unadjusted' || calendar.isBusinessDay(day)) return day;
  const after = seek(calendar, day, 1);
  const before = seek(calendar, day, -1);
  switch (convention) {
    case 'Following':
      return after;
    case 'Preceding':
      return before;
    case 'ModifiedFollowing':
      return sameMonth(after, day) ? after : before;
    case 'ModifiedPreceding':
      return sameMonth(before, day) ? before : after;
    case 'Nearest':
      return after - day <= day - before ? after : before;
    case 'HalfMonthModifiedFollowing': {
      const crossesMiddle = civilFrom(day).day <= 15 && civilFrom(after).day > 15;
      return sameMonth(after, day) && !crossesMiddle ? after : before;
    }
  }
}

/** The last business day of the month. */
export const lastBusinessDayOfMonth = (day: Day, calendar: BusinessCalendar): Day =>
  seek(calendar, endOfMonth(day), -1);

export const isLastBusinessDayOfMonth = (day: Day, calendar: BusinessCalendar): boolean =>
  day >= lastBusinessDayOfMonth(day, calendar);

/** Counts whole business days forward (or back); zero moves a holiday on to the next business day. */
export function addBusinessDays(day: Day, count: number, calendar: BusinessCalendar): Day {
  if (count === 0) return seek(calendar, day, 1);
  const step = count > 0 ? 1 : -1;
  let moved = day;
  for (let left = Math.abs(count); left > 0; left -= 1) moved = seek(calendar, moved + step, step);
  return moved;
}

export interface AdvanceRule {
  readonly calendar: BusinessCalendar;
  readonly convention: BusinessDayConvention;
  /** A start at the end of a month stays at the ends of months. */
  readonly endOfMonth?: boolean;
}

/**
 * Adds a tenor: days are business days; weeks, months and years are calendar ones, then adjusted. With the end-of-month
 * rule a start on the last business day lands on the last one (or, unadjusted, the last calendar day) of the month.
 */
export function advance(
  day: Day,
  tenor: Tenor,
  { calendar, convention, endOfMonth: eom = false }: AdvanceRule,
): Day {
  if (tenor.count === 0) return adjust(day, convention, calendar);
  if (tenor.unit === 'D') return addBusinessDays(day, tenor.count, calendar);
  if (tenor.unit === 'W') return adjust(addTenor(day, tenor), convention, calendar);
  const moved = addMonths(day, tenorMonths(tenor));
  if (eom) {
    if (convention === 'Unadjusted' && endOfMonth(day) === day) return endOfMonth(moved);
    if (convention !== 'Unadjusted' && isLastBusinessDayOfMonth(day, calendar)) {
      return lastBusinessDayOfMonth(moved, calendar);
    }
  }
  return adjust(moved, convention, calendar);
}

/** Business days from start (included) to end (excluded); negative where end is first. */
export function businessDaysBetween(start: Day, end: Day, calendar: BusinessCalendar): number {
  if (start > end) return -businessDaysBetween(end, start, calendar);
  let count = 0;
  for (let day = start; day < end; day += 1) if (calendar.isBusinessDay(day)) count += 1;
  return count;
}

const names: Readonly<Record<string, BusinessDayConvention>> = {
  UNADJUSTED: 'Unadjusted',
  U: 'Unadjusted',
  NONE: 'Unadjusted',
  FOLLOWING: 'Following',
  F: 'Following',
  MODIFIEDFOLLOWING: 'ModifiedFollowing',
  MODFOLLOWING: 'ModifiedFollowing',
  MF: 'ModifiedFollowing',
  HALFMONTHMODIFIEDFOLLOWING: 'HalfMonthModifiedFollowing',
  PRECEDING: 'Preceding',
  P: 'Preceding',
  MODIFIEDPRECEDING: 'ModifiedPreceding',
  MP: 'ModifiedPreceding',
  NEAREST: 'Nearest',
};

export function conventionNamed(name: string): Result<BusinessDayConvention> {
  const found = names[name.toUpperCase().replace(/[\s_-]+/g, '')];
  if (found) return success(found);
  return failure(
    'business-day-convention-must-be-known',
    `no business-day convention "${name}": the names are ${[...new Set(Object.values(names))].join(', ')}. Use one of them.`,
  );
}
