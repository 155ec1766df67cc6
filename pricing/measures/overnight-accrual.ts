/** What an overnight rate has earned from its published fixings: compounded, and as the sum of its simple interests. */
import { addBusinessDays } from '../calendars/business-day';
import { type Day, formatDay } from '../calendars/date';
import { yearFraction } from '../calendars/day-count';
import { failure, type Result, success } from '../contract';
import type { RateIndex } from '../products/rate-index';

export type Fixings = ReadonlyMap<string, ReadonlyMap<Day, number>>;

export function fixingOf(fixings: Fixings | undefined, index: string, day: Day): Result<number> {
  const rate = fixings?.get(index)?.get(day);
  if (rate !== undefined) return success(rate);
  return failure(
    'fixing-must-be-known',
    `no fixing of ${index} for ${formatDay(day)}, which is before the valuation date. Load fixings or move the valuation date.`,
  );
}

export interface Earned {
  /** The first day that is not earned yet. */
  readonly until: Day;
  /** Growth of one unit. */
  readonly compounded: number;
  readonly summed: number;
}

/** Days from start on whose fixings are of before `today`; a fixing covers the days to the next business day. */
export function overnightAccrual(
  index: RateIndex,
  fixings: Fixings | undefined,
  { start, end, today }: { readonly start: Day; readonly end: Day; readonly today: Day },
): Result<Earned> {
  let [compounded, summed, day] = [1, 0, start];
  while (day < today && day < end) {
    const next = Math.min(addBusinessDays(day, 1, index.calendar), end);
    const fixing = index.calendar.isBusinessDay(day) ? day : addBusinessDays(day, -1, index.calendar);
    const rate = fixingOf(fixings, index.name, fixing);
    if (!rate.ok) return rate;
    const interest = rate.value * yearFraction(index.dayCount, day, next, index);
    compounded *= 1 + interest;
    summed += interest;
    day = next;
  }
  return success({ until: day, compounded, summed });
}
