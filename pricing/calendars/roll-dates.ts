/**
 * Roll dates: the regular dates that a schedule steps along from its seed, carried on past both of its ends. Stubs are
 * measured against them, and only the seed knows them: dates that were adjusted or cut short have forgotten it.
 */
import { adjust, isLastBusinessDayOfMonth } from './business-day';
import { type Day, endOfMonth } from './date';
import type { ScheduleTerms } from './schedule';
import { addTenor } from './tenor';

/** Whether the dates stay at the ends of months. */
const staysAtEnds = ({ tenor, calendar, endOfMonth: eom }: ScheduleTerms, seed: Day): boolean =>
  eom === true && isLastBusinessDayOfMonth(seed, calendar) && tenor.unit !== 'D' && tenor.unit !== 'W';

/** The dates that hold start and end, adjusted as the schedule's are; undefined for rules and tenors without regular months. */
export function rollDates(terms: ScheduleTerms): readonly Day[] | undefined {
  const { start, end, tenor, calendar, convention, rule = 'Backward', first, nextToLast } = terms;
  if (tenor.unit === 'D' || tenor.unit === 'W') return undefined;
  if (rule !== 'Backward' && rule !== 'Forward' && rule !== 'Zero') return undefined;
  const seed =
    rule === 'Forward' ? (first ?? start) : nextToLast !== undefined && nextToLast > start ? nextToLast : end;
  const stays = staysAtEnds(terms, seed);
  const termination = terms.terminationConvention ?? convention;
  const at = (times: number): Day => {
    if (times === 0) return seed;
    const raw = addTenor(seed, { count: tenor.count * times, unit: tenor.unit });
    return stays ? endOfMonth(raw) : raw;
  };
  const adjusted = (day: Day): Day => adjust(day, day === end ? termination : convention, calendar);
  const dates = [adjusted(seed)];
  for (let times = -1; at(times + 1) > start; times -= 1) dates.unshift(adjusted(at(times)));
  const last = adjusted(end);
  for (let times = 1; dates.at(-1)! < last; times += 1) dates.push(adjusted(at(times)));
  return dates;
}
