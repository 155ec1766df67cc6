/**
 * The 30/360 family: every month has thirty days, and the variants differ in what they do with the 31st and with the
 * end of February. Rules as in ISDA 2006 definitions section 4.16 (f), (g), (h) and the SIFMA handbook for the US one.
 */
import { civilFrom, type Day, daysInMonth } from './date';

export type Thirty360 = '30/360' | '30E/360' | '30U/360' | '30E/360 ISDA';

export interface Thirty360Period {
  readonly start: Day;
  readonly end: Day;
  /** 30E/360 ISDA leaves the end of February alone where it is the termination date. */
  readonly termination?: Day | undefined;
}

/** Days between two dates in the variant's count. */
export function thirty360Days(variant: Thirty360, { start, end, termination }: Thirty360Period): number {
  const from = civilFrom(start);
  const to = civilFrom(end);
  const lastOfFebruary = (date: typeof from): boolean =>
    date.month === 2 && date.day === daysInMonth(date.year, 2);
  let first = from.day;
  let last = to.day;
  if (variant === '30/360') {
    first = Math.min(first, 30);
    if (last === 31 && first === 30) last = 30;
  } else if (variant === '30E/360') {
    first = Math.min(first, 30);
    last = Math.min(last, 30);
  } else if (variant === '30U/360') {
    if (lastOfFebruary(from)) {
      if (lastOfFebruary(to)) last = 30;
      first = 30;
    }
    first = Math.min(first, 30);
    if (last === 31 && first === 30) last = 30;
  } else {
    if (first === 31 || lastOfFebruary(from)) first = 30;
    if (last === 31 || (lastOfFebruary(to) && end !== termination)) last = 30;
  }
  return 360 * (to.year - from.year) + 30 * (to.month - from.month) + (last - first);
}
