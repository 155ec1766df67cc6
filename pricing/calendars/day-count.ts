/** Day counts by their market names; each turns a pair of dates into a fraction of a year. */
import { failure, type Result, success } from '../contract';
import { actualActualAfb, actualActualIcma, actualActualIsda, icmaOnDates } from './actual-actual';
import type { BusinessCalendar } from './business-calendar';
import { businessDaysBetween } from './business-day';
import { addMonths, civilFrom, type Day, dayFrom, isLeapYear } from './date';
import { type Thirty360, thirty360Days } from './thirty-360';

export type DayCount =
  | 'ACT/360'
  | 'ACT/364'
  | 'ACT/365F'
  | 'ACT/365.25'
  | 'ACT/365A'
  | 'ACT/365L'
  | 'NL/365'
  | 'ACT/ACT ISDA'
  | 'ACT/ACT ICMA'
  | 'ACT/ACT AFB'
  | 'BUS/252'
  | '1/1'
  | Thirty360;

/** What some day counts need beside the two dates. */
export interface DayCountReference {
  /** The regular coupon period of ICMA. */
  readonly referenceStart?: Day | undefined;
  readonly referenceEnd?: Day | undefined;
  /** The last date of the product, for 30E/360 ISDA. */
  readonly termination?: Day | undefined;
  /** Coupons a year, for ACT/365L. */
  readonly frequency?: number | undefined;
  /** Whose business days BUS/252 counts, from start (included) to end (excluded). */
  readonly calendar?: BusinessCalendar | undefined;
  /** The roll dates that hold the accrual, in order, for ICMA: its stubs are shares of the periods between them. */
  readonly referenceDates?: readonly Day[] | undefined;
}

/** The fraction of a year from start to end; negative where end is first. */
export function yearFraction(
  dayCount: DayCount,
  start: Day,
  end: Day,
  reference: DayCountReference = {},
): number {
  switch (dayCount) {
    case 'ACT/360':
      return (end - start) / 360;
    case 'ACT/364':
      return (end - start) / 364;
    case 'ACT/365F':
      return (end - start) / 365;
    case 'ACT/365.25':
      return (end - start) / 365.25;
    case 'NL/365':
      return (end - start - leapDays(start, end)) / 365;
    case 'ACT/365A':
      return (end - start) / (leapDays(start, end) > 0 ? 366 : 365);
    case 'ACT/365L':
      return actual365L(start, end, reference.frequency ?? 1);
    case 'ACT/ACT ISDA':
      return actualActualIsda(start, end);
    case 'ACT/ACT ICMA':
      if (reference.referenceDates)
        return icmaOnDates({ start, end }, reference.referenceDates, reference.frequency ?? 1);
      return actualActualIcma({
        start,
        end,
        referenceStart: reference.referenceStart,
        referenceEnd: reference.referenceEnd,
      });
    case 'ACT/ACT AFB':
      return actualActualAfb(start, end);
    case 'BUS/252':
      if (!reference.calendar) throw new Error('BUS/252 counts the business days of a calendar: pass one');
      return businessDaysBetween(start, end, reference.calendar) / 252;
    case '1/1':
      return 1;
    default:
      return thirty360Days(dayCount, { start, end, termination: reference.termination }) / 360;
  }
}

/** Days from start to end in the day count's own reckoning. */
export function dayCountDays(dayCount: DayCount, start: Day, end: Day, termination?: Day): number {
  return dayCount === '30/360' ||
    dayCount === '30E/360' ||
    dayCount === '30U/360' ||
    dayCount === '30E/360 ISDA'
    ? thirty360Days(dayCount, { start, end, termination })
    : dayCount === 'NL/365'
      ? end - start - leapDays(start, end)
      : end - start;
}

/** How many 29ths of February lie after the start, up to and including the end. */
function leapDays(start: Day, end: Day): number {
  if (start > end) return -leapDays(end, start);
  let count = 0;
  for (let year = civilFrom(start).year; year <= civilFrom(end).year; year += 1) {
    if (!isLeapYear(year)) continue;
    const leap = dayFrom(year, 2, 29);
    if (leap > start && leap <= end) count += 1;
  }
  return count;
}

/** ISDA 2006 4.16(i): 366 in an annual period that holds a leap day, or in one that ends in a leap year. */
function actual365L(start: Day, end: Day, frequency: number): number {
  const leap =
    frequency === 1
      ? leapDays(start, Math.max(end, addMonths(start, 12))) > 0
      : isLeapYear(civilFrom(end).year);
  return (end - start) / (leap ? 366 : 365);
}

const names: Readonly<Record<string, DayCount>> = {
  'ACT/360': 'ACT/360',
  A360: 'ACT/360',
  ACTUAL360: 'ACT/360',
  'ACT/364': 'ACT/364',
  'ACT/365F': 'ACT/365F',
  'ACT/365': 'ACT/365F',
  'ACT/365.FIXED': 'ACT/365F',
  A365: 'ACT/365F',
  A365F: 'ACT/365F',
  'ACT/365.25': 'ACT/365.25',
  'ACT/365A': 'ACT/365A',
  'ACT/365L': 'ACT/365L',
  'NL/365': 'NL/365',
  'ACT/365(NL)': 'NL/365',
  'ACT/ACT': 'ACT/ACT ISDA',
  'ACT/ACTISDA': 'ACT/ACT ISDA',
  'ACT/ACT.ISDA': 'ACT/ACT ISDA',
  'ACTUALACTUAL(ISDA)': 'ACT/ACT ISDA',
  'ACT/ACTICMA': 'ACT/ACT ICMA',
  'ACT/ACT.ICMA': 'ACT/ACT ICMA',
  'ACT/ACTISMA': 'ACT/ACT ICMA',
  'ACTUALACTUAL(ISMA)': 'ACT/ACT ICMA',
  'ACT/ACTAFB': 'ACT/ACT AFB',
  'ACT/ACT.AFB': 'ACT/ACT AFB',
  'ACTUALACTUAL(AFB)': 'ACT/ACT AFB',
  'BUS/252': 'BUS/252',
  '1/1': '1/1',
  '30/360': '30/360',
  BONDBASIS: '30/360',
  '30/360BONDBASIS': '30/360',
  '30A/360': '30/360',
  '30E/360': '30E/360',
  EUROBONDBASIS: '30E/360',
  '30U/360': '30U/360',
  '30/360US': '30U/360',
  '30E/360ISDA': '30E/360 ISDA',
  '30E/360.ISDA': '30E/360 ISDA',
};

/** Finds a day count by any of the names in use for it; spaces and case do not matter. */
export function dayCountNamed(name: string): Result<DayCount> {
  const found = names[name.toUpperCase().replace(/\s+/g, '')];
  if (found) return success(found);
  return failure(
    'day-count-must-be-known',
    `no day count "${name}": the names are ${[...new Set(Object.values(names))].join(', ')}. Use one of them.`,
  );
}
