/**
 * Business-day calendars: a weekend and a list of holiday rules. Years are worked out on first use and kept, so that
 * asking for a day costs a look-up; the answer is a function of the day alone.
 */
import { CalendarNotDeclared } from './coverage';
import { civilFrom, type Day, dayFrom, weekdayOf } from './date';
import type { HolidayRule } from './holiday-rules';

export interface BusinessCalendar {
  readonly name: string;
  readonly isWeekend: (day: Day) => boolean;
  readonly isBusinessDay: (day: Day) => boolean;
  /** Years that the calendar is known for; all where absent. Asking beyond them throws: no answer is better than a wrong one. */
  readonly covers?: YearSpan;
}

export interface YearSpan {
  readonly first: number;
  readonly last: number;
}

export interface CalendarDefinition {
  readonly name: string;
  /** Weekdays without business, Monday is 1; Saturday and Sunday where absent. */
  readonly weekend?: readonly number[];
  readonly rules: readonly HolidayRule[];
  /** For calendars whose days are declared year by year. */
  readonly covers?: YearSpan;
  /** Weekend days on which business is done all the same, as China and Russia declare. */
  readonly workingWeekends?: HolidayRule;
}

export function calendarFrom({
  name,
  weekend = [6, 7],
  rules,
  workingWeekends,
  covers,
}: CalendarDefinition): BusinessCalendar {
  const isWeekend = (day: Day): boolean => weekend.includes(weekdayOf(day));
  const closed = new Map<number, Uint8Array>();
  const closedIn = (year: number): Uint8Array => {
    const known = closed.get(year);
    if (known) return known;
    if (covers && (year < covers.first || year > covers.last)) {
      throw new CalendarNotDeclared(
        `calendar ${name} is known for ${covers.first} to ${covers.last}, not for ${year}. Add the days declared for that year.`,
      );
    }
    const start = dayFrom(year, 1, 1);
    const days = new Uint8Array(dayFrom(year + 1, 1, 1) - start);
    for (let index = 0; index < days.length; index += 1) days[index] = isWeekend(start + index) ? 1 : 0;
    for (const day of workingWeekends?.(year) ?? []) days[day - start] = 0;
    // A New Year's Day that moves back to December belongs to the rule of the next year.
    for (const ruleYear of [year - 1, year, year + 1]) {
      for (const rule of rules) for (const day of rule(ruleYear)) if (day >= start) days[day - start] = 1;
    }
    closed.set(year, days);
    return days;
  };
  let lastStart = 0;
  let lastDays = new Uint8Array(0);
  const isBusinessDay = (day: Day): boolean => {
    let offset = day - lastStart;
    if (!(offset >= 0 && offset < lastDays.length)) {
      const { year } = civilFrom(day);
      // A year that is not known throws here, and leaves the year at hand as it was.
      lastDays = closedIn(year) as Uint8Array<ArrayBuffer>;
      lastStart = dayFrom(year, 1, 1);
      offset = day - lastStart;
    }
    return lastDays[offset] === 0;
  };
  return { name, isWeekend, isBusinessDay, ...(covers ? { covers } : {}) };
}

/** Open only where all of them are open: what a payment in two financial centres needs. */
export function jointCalendar(calendars: readonly BusinessCalendar[]): BusinessCalendar {
  if (calendars.length === 1) return calendars[0]!;
  const spans = calendars.flatMap(({ covers }) => (covers ? [covers] : []));
  const covers =
    spans.length === 0
      ? {}
      : {
          covers: {
            first: Math.max(...spans.map(({ first }) => first)),
            last: Math.min(...spans.map(({ last }) => last)),
          },
        };
  return {
    ...covers,
    name: calendars.map(({ name }) => name).join('+'),
    isWeekend: (day) => calendars.some((calendar) => calendar.isWeekend(day)),
    isBusinessDay: (day) => calendars.every((calendar) => calendar.isBusinessDay(day)),
  };
}

/** Every day is a business day. */
export const nullCalendar: BusinessCalendar = {
  name: 'NullCalendar',
  isWeekend: () => false,
  isBusinessDay: () => true,
};

/** The days without business from first to last; weekends only where asked for. */
export function holidayList(
  calendar: BusinessCalendar,
  { first, last, weekends = false }: { readonly first: Day; readonly last: Day; readonly weekends?: boolean },
): readonly Day[] {
  const days: Day[] = [];
  for (let day = first; day <= last; day += 1) {
    if (!calendar.isBusinessDay(day) && (weekends || !calendar.isWeekend(day))) days.push(day);
  }
  return days;
}
