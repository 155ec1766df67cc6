/** Fields whose text names something that the library knows: tenors, calendars, day counts, indices, conventions. */
import type { BusinessCalendar } from '../calendars/business-calendar';
import { type BusinessDayConvention, conventionNamed } from '../calendars/business-day';
import { calendarNamed } from '../calendars/calendar-registry';
import { type DayCount, dayCountNamed } from '../calendars/day-count';
import { scheduleRules } from '../calendars/schedule';
import { parseTenor, type Tenor } from '../calendars/tenor';
import type { SwapConvention } from '../calibration/rate-instruments';
import { swapConventionNamed } from '../calibration/swap-conventions';
import { failure, type Result, success } from '../contract';
import { type RateIndex, rateIndexNamed } from '../products/rate-index';
import type { RowReader } from './fields';

/** Undefined with a fault where the name is missing or unknown. */
function readNamed<T>(
  reader: RowReader,
  field: string,
  find: (text: string) => Result<T>,
  otherwise?: string,
): T | undefined {
  const text = reader.text(field, otherwise === undefined ? {} : { otherwise });
  if (text === '') return undefined;
  const found = find(text);
  if (found.ok) return found.value;
  reader.fault(field, found.reason, found.message);
  return undefined;
}

const tenorNamed = (text: string): Result<Tenor> => {
  const tenor = parseTenor(text);
  return tenor && tenor.count >= 0
    ? success(tenor)
    : failure('tenor-must-be-valid', `"${text}" is no tenor: write 3M or 10Y`);
};

export const readTenor = (reader: RowReader, field = 'tenor', otherwise?: string): Tenor | undefined =>
  readNamed(reader, field, tenorNamed, otherwise);
export const readCalendar = (reader: RowReader, field = 'calendar'): BusinessCalendar | undefined =>
  readNamed(reader, field, calendarNamed);
export const readDayCount = (reader: RowReader, field = 'dayCount'): DayCount | undefined =>
  readNamed(reader, field, dayCountNamed);
export const readIndex = (reader: RowReader, field = 'index'): RateIndex | undefined =>
  readNamed(reader, field, rateIndexNamed);
export const readBusinessDay = (reader: RowReader, otherwise: string): BusinessDayConvention | undefined =>
  readNamed(reader, 'convention', conventionNamed, otherwise);

function ownConvention(reader: RowReader): SwapConvention | undefined {
  const calendar = readCalendar(reader);
  const fixedTenor = readTenor(reader, 'fixedTenor');
  const fixedDayCount = readDayCount(reader, 'fixedDayCount');
  const index = readIndex(reader);
  const convention = readBusinessDay(reader, 'ModifiedFollowing');
  const floatTenor = reader.has('floatTenor') ? readTenor(reader, 'floatTenor') : undefined;
  reader.ignore('floatTenor');
  const spotLag = reader.number('spotLag', { least: 0, most: 10, integer: true });
  const extras = reader.optional<
    Required<Pick<SwapConvention, 'paymentLag' | 'rule' | 'endOfMonth' | 'averaged' | 'forwardOver'>>
  >({
    paymentLag: (field) => reader.number(field, { least: 0, most: 60, integer: true }),
    rule: (field) => reader.oneOf(field, scheduleRules),
    endOfMonth: (field) => reader.flag(field),
    averaged: (field) => reader.flag(field),
    forwardOver: (field) => reader.oneOf(field, ['index-period', 'accrual-period'] as const),
  });
  if (!calendar || !fixedTenor || !fixedDayCount || !index || !convention) return undefined;
  return {
    spotLag,
    calendar,
    fixedTenor,
    fixedDayCount,
    index,
    convention,
    ...extras,
    ...(floatTenor && { floatTenor }),
  };
}

/** A swap convention by its name, or an object of its parts. */
export function readSwapConvention(reader: RowReader, field = 'convention'): SwapConvention | undefined {
  const value = reader.row[field];
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return reader.within(field, ownConvention);
  return readNamed(reader, field, swapConventionNamed);
}
