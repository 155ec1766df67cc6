/**
 * Schedules: the dates between which coupons accrue. Generated from one end, with stubs named by an explicit first or
 * next-to-last date, adjusted to a calendar; repeated dates that adjustment makes are dropped.
 */
import { failure, type Result, success } from '../contract';
import type { BusinessCalendar } from './business-calendar';
import { adjust, type BusinessDayConvention, isLastBusinessDayOfMonth } from './business-day';
import { addMonths, civilFrom, type Day, dayFrom, endOfMonth, formatDay } from './date';
import { nextTwentieth, previousTwentieth, thirdWednesday } from './imm';
import { addTenor, formatTenor, type Tenor } from './tenor';

export const scheduleRules = [
  'Backward',
  'Forward',
  'Zero',
  'ThirdWednesday',
  'Twentieth',
  'TwentiethIMM',
  'OldCDS',
  'CDS',
  'CDS2015',
] as const;
export type ScheduleRule = (typeof scheduleRules)[number];

export interface ScheduleTerms {
  readonly start: Day;
  readonly end: Day;
  readonly tenor: Tenor;
  readonly calendar: BusinessCalendar;
  readonly convention: BusinessDayConvention;
  /** For the last date; the convention where absent. */
  readonly terminationConvention?: BusinessDayConvention;
  readonly rule?: ScheduleRule;
  readonly endOfMonth?: boolean;
  /** End of a first stub. */
  readonly first?: Day;
  /** Start of a last stub. */
  readonly nextToLast?: Day;
}

/** More periods than any product has (a century of days): a guard against nonsense input. */
const periodLimit = 40_000;

/** Builds the dates, first to last; two at least. */
export function scheduleDates(terms: ScheduleTerms): Result<readonly Day[]> {
  const refused = refusal(terms);
  if (refused) return failure('schedule-terms-must-be-sound', refused);
  const unadjusted = unadjustedDates(terms);
  return success(adjusted(unadjusted, terms));
}

function refusal({ start, end, tenor, first, nextToLast, calendar }: ScheduleTerms): string | undefined {
  const at = (day: Day): string => formatDay(day);
  if (end <= start) return `schedule ends ${at(end)}, not after its start ${at(start)}. Give a later end.`;
  if (!(tenor.count > 0))
    return `schedule tenor ${formatTenor(tenor)} must be positive. Give one such as 6M.`;
  if ((end - start) / Math.max(1, addTenor(start, tenor) - start) > periodLimit) {
    return `schedule from ${at(start)} to ${at(end)} every ${formatTenor(tenor)} has over ${periodLimit} periods.`;
  }
  if (first !== undefined && (first <= start || first > end)) {
    return `first date ${at(first)} must lie after ${at(start)} and not after ${at(end)}. Move it.`;
  }
  if (nextToLast !== undefined && (nextToLast < start || nextToLast >= end)) {
    return `next-to-last date ${at(nextToLast)} must lie before ${at(end)} and not before ${at(start)}. Move it.`;
  }
  const { covers } = calendar;
  if (covers && (civilFrom(start).year < covers.first || civilFrom(end + 10).year > covers.last)) {
    return `calendar ${calendar.name} is known for ${covers.first} to ${covers.last} and cannot adjust ${at(start)} to ${at(end)}. Take another.`;
  }
  return undefined;
}

const isTwentieth = (rule: ScheduleRule): boolean =>
  rule === 'Twentieth' ||
  rule === 'TwentiethIMM' ||
  rule === 'OldCDS' ||
  rule === 'CDS' ||
  rule === 'CDS2015';

function unadjustedDates(terms: ScheduleTerms): readonly Day[] {
  const rule = terms.rule ?? 'Backward';
  if (rule === 'Zero') return [terms.start, terms.end];
  return rule === 'Backward'
    ? backward(terms)
    : isTwentieth(rule)
      ? twentieths(terms, rule)
      : forward(terms, rule);
}

/** With the end-of-month rule a seed at the end of a month makes every date of the roll one. */
const step = (seed: Day, tenor: Tenor, times: number): Day =>
  addTenor(seed, { count: tenor.count * times, unit: tenor.unit });

function backward({ start, end, tenor, calendar, endOfMonth: eom, first, nextToLast }: ScheduleTerms): Day[] {
  const dates: Day[] = [end];
  let seed = end;
  if (nextToLast !== undefined && nextToLast > start) {
    dates.unshift(nextToLast);
    seed = nextToLast;
  } else if (nextToLast === start) {
    return [start, end];
  }
  const stop = first ?? start;
  const roll = eom && isLastBusinessDayOfMonth(seed, calendar) && tenor.unit !== 'D' && tenor.unit !== 'W';
  for (let index = 1; ; index += 1) {
    const raw = step(seed, tenor, -index);
    const date = roll ? endOfMonth(raw) : raw;
    if (date < stop) break;
    if (date < dates[0]!) dates.unshift(date);
  }
  if (first !== undefined && dates[0]! > first) dates.unshift(first);
  if (dates[0]! > start) dates.unshift(start);
  return dates;
}

function forward(
  { start, end, tenor, calendar, endOfMonth: eom, first, nextToLast }: ScheduleTerms,
  rule: ScheduleRule,
): Day[] {
  const dates: Day[] = [start];
  let seed = start;
  if (first !== undefined && first !== start) {
    dates.push(first);
    seed = first;
  }
  const stop = nextToLast ?? end;
  const roll = eom && isLastBusinessDayOfMonth(seed, calendar) && tenor.unit !== 'D' && tenor.unit !== 'W';
  for (let index = 1; ; index += 1) {
    const raw = step(seed, tenor, index);
    const date = roll ? endOfMonth(raw) : raw;
    if (date > stop) break;
    if (date > dates.at(-1)!) dates.push(date);
  }
  if (nextToLast !== undefined && dates.at(-1)! < nextToLast) dates.push(nextToLast);
  if (dates.at(-1)! < end) dates.push(end);
  if (rule !== 'ThirdWednesday') return dates;
  return dates.map((day, index) => {
    if (index === 0 || index === dates.length - 1) return day;
    const { year, month } = civilFrom(day);
    return thirdWednesday(year, month);
  });
}

/** Credit default swaps accrue from one twentieth to the next; CDS starts on the one before the effective date. */
function twentieths({ start, end, tenor, calendar, convention }: ScheduleTerms, rule: ScheduleRule): Day[] {
  const dates: Day[] = [];
  const toTwentieth = (day: Day): Day => {
    const { year, month, day: dayOfMonth } = civilFrom(day);
    const here = dayFrom(year, month, 20);
    const on = dayOfMonth > 20 ? addMonths(here, 1) : here;
    if (rule === 'Twentieth') return on;
    const behind = civilFrom(on).month % 3;
    return behind === 0 ? on : addMonths(on, 3 - behind);
  };
  let seed = start;
  if (rule === 'CDS' || rule === 'CDS2015') {
    const previous = previousTwentieth(start);
    // A roll date that is a holiday is observed later: until then the former coupon still runs.
    dates.push(adjust(previous, convention, calendar) > start ? addMonths(previous, -3) : previous);
    seed = dates[0] === previous ? nextTwentieth(start) : previous;
    if (seed <= dates[0]!) seed = addMonths(seed, 3);
  } else {
    dates.push(start);
    seed = toTwentieth(start);
    if (rule === 'OldCDS' && seed - start < 30) seed = toTwentieth(addTenor(seed, tenor));
    else if (seed === start) seed = toTwentieth(addTenor(start, tenor));
  }
  for (let index = 0; ; index += 1) {
    const date = step(seed, tenor, index);
    if (date >= end) break;
    dates.push(date);
  }
  dates.push(end);
  return dates;
}

function adjusted(dates: readonly Day[], terms: ScheduleTerms): readonly Day[] {
  const { convention, calendar, rule = 'Backward' } = terms;
  const termination = terms.terminationConvention ?? (isTwentieth(rule) ? 'Unadjusted' : convention);
  const last = dates.length - 1;
  const conventionAt = (index: number): BusinessDayConvention => {
    if (index === last) return termination;
    // A credit default swap of the old kind starts on the day agreed, business day or not.
    return index === 0 && rule === 'OldCDS' ? 'Unadjusted' : convention;
  };
  const moved = dates.map((day, index) => adjust(day, conventionAt(index), calendar));
  const kept: Day[] = [];
  for (let index = 0; index < last; index += 1) {
    const day = moved[index]!;
    // A date that adjustment brings up to its neighbour or to the end makes no period.
    if (day < moved[last]! && (kept.length === 0 || day > kept.at(-1)!)) kept.push(day);
  }
  return [...(kept.length > 0 ? kept : [moved[0]!]), moved[last]!];
}
