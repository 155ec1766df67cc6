/** Dates that contracts roll on: IMM Wednesdays and the twentieths of credit default swaps. */
import { addMonths, civilFrom, type Day, dayFrom, weekdayOf } from './date';

/** The third Wednesday of a month. */
export function thirdWednesday(year: number, month: number): Day {
  const first = dayFrom(year, month, 1);
  return first + ((3 - weekdayOf(first) + 7) % 7) + 14;
}

/** The first IMM date after the day: third Wednesday of March, June, September, December, or of any month. */
export function nextImm(day: Day, { serial = false }: { readonly serial?: boolean } = {}): Day {
  let { year, month } = civilFrom(day);
  for (;;) {
    if (serial || month % 3 === 0) {
      const candidate = thirdWednesday(year, month);
      if (candidate > day) return candidate;
    }
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
  }
}

/** The 20th of March, June, September or December on or before the day. */
export function previousTwentieth(day: Day): Day {
  const { year, month, day: dayOfMonth } = civilFrom(day);
  let back = month % 3;
  if (back === 0 && dayOfMonth < 20) back = 3;
  return addMonths(dayFrom(year, month, 20), -back);
}

/** The first such 20th after the day. */
export const nextTwentieth = (day: Day): Day => addMonths(previousTwentieth(day), 3);

/**
 * The maturity of a standard credit default swap. Since 2015-12-21 single names roll twice a year (on 20 March and
 * 20 September, to 20 June and 20 December); before, every quarter (ISDA amendment of 2015).
 */
export function cdsMaturity(trade: Day, months: number): Day {
  const semiannual = trade >= dayFrom(2015, 12, 21);
  let anchor = previousTwentieth(trade);
  if (semiannual && civilFrom(anchor).month % 6 === 0) anchor = addMonths(anchor, -3);
  return addMonths(anchor, months + 3);
}
