/**
 * The Actual/Actual family: ISDA splits by calendar year, AFB counts whole years back from the end, and ICMA (ISMA)
 * measures against the coupon period. Sources: "EMU and market conventions: recent developments", ISDA 1998, and ICMA
 * rule 251.1(iii).
 */
import { addMonths, civilFrom, type Day, dayFrom, isLeapYear } from './date';

export function actualActualIsda(start: Day, end: Day): number {
  if (start > end) return -actualActualIsda(end, start);
  const first = civilFrom(start).year;
  const last = civilFrom(end).year;
  const lengthOf = (year: number): number => (isLeapYear(year) ? 366 : 365);
  if (first === last) return (end - start) / lengthOf(first);
  const head = (dayFrom(first + 1, 1, 1) - start) / lengthOf(first);
  const tail = (end - dayFrom(last, 1, 1)) / lengthOf(last);
  return head + (last - first - 1) + tail;
}

export function actualActualAfb(start: Day, end: Day): number {
  if (start > end) return -actualActualAfb(end, start);
  let years = 0;
  let stub = end;
  for (;;) {
    const earlier = backOneYear(stub);
    if (earlier < start) break;
    years += 1;
    stub = earlier;
  }
  return years + (stub - start) / (containsLeapDay(start, stub) ? 366 : 365);
}

/** A whole year back; the 28th of February that lands in a leap year goes on to the 29th, as AFB 1994 counts. */
function backOneYear(day: Day): Day {
  const { month, day: dayOfMonth } = civilFrom(day);
  const earlier = addMonths(day, -12);
  return month === 2 && dayOfMonth === 28 && isLeapYear(civilFrom(earlier).year) ? earlier + 1 : earlier;
}

/** Whether a 29th of February lies on or after the start and before the end. */
function containsLeapDay(start: Day, end: Day): boolean {
  for (let year = civilFrom(start).year; year <= civilFrom(end).year; year += 1) {
    if (!isLeapYear(year)) continue;
    const leap = dayFrom(year, 2, 29);
    if (leap >= start && leap < end) return true;
  }
  return false;
}

export interface IcmaPeriod {
  readonly start: Day;
  readonly end: Day;
  /** The regular coupon period that (part of) the accrual lies in; a whole accrual by itself where absent. */
  readonly referenceStart?: Day | undefined;
  readonly referenceEnd?: Day | undefined;
}

export function actualActualIcma({ start, end, referenceStart, referenceEnd }: IcmaPeriod): number {
  if (start === end) return 0;
  if (start > end) return -actualActualIcma({ start: end, end: start, referenceStart, referenceEnd });
  let from = referenceStart ?? start;
  let to = referenceEnd ?? end;
  let months = Math.floor(0.5 + (12 * (to - from)) / 365);
  // A reference shorter than half a month can be no coupon period: the year from the start serves instead.
  if (months === 0) {
    from = start;
    to = addMonths(start, 12);
    months = 12;
  }
  const period = months / 12;
  if (end <= to) {
    if (start >= from) return (period * (end - start)) / (to - from);
    const previous = addMonths(from, -months);
    const within = (a: Day, b: Day, c: Day, d: Day): number =>
      actualActualIcma({ start: a, end: b, referenceStart: c, referenceEnd: d });
    if (end > from) return within(start, from, previous, from) + within(from, end, from, to);
    return within(start, end, previous, from);
  }
  // A long last period: the part inside the reference, then whole notional periods, then the rest.
  const head = actualActualIcma({ start, end: to, referenceStart: from, referenceEnd: to });
  let sum = head;
  for (let index = 0; ; index += 1) {
    const nextStart = addMonths(to, months * index);
    const nextEnd = addMonths(to, months * (index + 1));
    if (end < nextEnd) {
      return (
        sum + actualActualIcma({ start: nextStart, end, referenceStart: nextStart, referenceEnd: nextEnd })
      );
    }
    sum += period;
  }
}

/**
 * ICMA rule 251 on the roll dates of a schedule: each regular period counts one over the frequency, a part of one its share
 * in days. The dates hold the start; what ends after them, as a payment that is put off does, runs into one period more.
 */
export function icmaOnDates(
  { start, end }: { readonly start: Day; readonly end: Day },
  dates: readonly Day[],
  frequency: number,
): number {
  if (start > end) return -icmaOnDates({ start: end, end: start }, dates, frequency);
  const after = addMonths(dates.at(-1)!, Math.max(1, Math.round(12 / frequency)));
  const rolls = end > dates.at(-1)! ? [...dates, after] : dates;
  let sum = 0;
  for (let index = 1; index < rolls.length; index += 1) {
    const [from, to] = [rolls[index - 1]!, rolls[index]!];
    const days = Math.min(end, to) - Math.max(start, from);
    if (days > 0) sum += days / (to - from);
  }
  return sum / frequency;
}
