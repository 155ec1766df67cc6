/** Schedules and legs of rates products as rows hold them: the books of `pricing/products`, field by field. */
import { scheduleRules } from '../calendars/schedule';
import type { ScheduleBook } from '../products/schedule-book';
import type { StubRate } from '../products/stub-coupon';
import type { FixedLegBook, FloatingLegBook, LegBook, SwapBook } from '../products/swap';
import { RATE, type RowReader } from './fields';

export function readSchedule(reader: RowReader): ScheduleBook {
  const text = (field: string): string => reader.text(field);
  return {
    start: reader.text('start'),
    end: reader.text('end'),
    tenor: reader.text('tenor'),
    calendar: reader.text('calendar'),
    convention: reader.text('convention'),
    ...reader.optional<
      Pick<ScheduleBook, 'terminationConvention' | 'rule' | 'endOfMonth' | 'first' | 'nextToLast'>
    >({
      terminationConvention: text,
      rule: (field) => reader.oneOf(field, scheduleRules),
      endOfMonth: (field) => reader.flag(field),
      first: text,
      nextToLast: text,
    }),
  } as ScheduleBook;
}

const emptySchedule: ScheduleBook = { start: '', end: '', tenor: '', calendar: '', convention: '' };
export const scheduleIn = (reader: RowReader): ScheduleBook =>
  reader.within('schedule', readSchedule) ?? emptySchedule;

const common = (reader: RowReader) => ({
  currency: reader.text('currency'),
  notional: reader.numberOrList('notional', { above: 0 }),
  dayCount: reader.text('dayCount'),
  schedule: scheduleIn(reader),
  ...reader.optional<Pick<FixedLegBook, 'paymentLag' | 'paymentConvention' | 'paymentCalendar' | 'exchange'>>(
    {
      paymentLag: (field) => reader.number(field, { least: 0, most: 60, integer: true }),
      paymentConvention: (field) => reader.text(field),
      paymentCalendar: (field) => reader.text(field),
      exchange: (field) => reader.oneOf<'none' | 'final' | 'both'>(field, ['none', 'final', 'both']),
    },
  ),
});

const floatingExtras = (reader: RowReader) => ({
  index: reader.text('index'),
  ...reader.optional<Pick<FloatingLegBook, 'fixingLag' | 'averaged' | 'forwardOver'>>({
    fixingLag: (field) => reader.number(field, { least: 0, most: 60, integer: true }),
    averaged: (field) => reader.flag(field),
    forwardOver: (field) =>
      reader.oneOf<'index-period' | 'accrual-period'>(field, ['index-period', 'accrual-period']),
  }),
});

const readResets = (reader: RowReader) => ({
  currency: reader.text('currency'),
  notional: reader.number('notional', { above: 0 }),
  ...reader.optional<{ readonly fixingLag: number }>({
    fixingLag: (field) => reader.number(field, { least: 0, most: 60, integer: true }),
  }),
});

/** A notional that follows another currency; only legs of swaps have it. */
const resets = (reader: RowReader) =>
  reader.optional<Pick<Required<LegBook>, 'resets'>>({
    resets: (field) => reader.within(field, readResets) ?? { currency: '', notional: Number.NaN },
  });

const readStub = (reader: RowReader): StubRate => ({
  index: reader.text('index'),
  ...reader.optional<{ readonly to: string }>({ to: (field) => reader.text(field) }),
});

const readStubs = (reader: RowReader) =>
  reader.optional<{ readonly first: StubRate; readonly last: StubRate }>({
    first: (field) => reader.within(field, readStub) ?? { index: '' },
    last: (field) => reader.within(field, readStub) ?? { index: '' },
  });

export function readLeg(reader: RowReader): LegBook {
  const type = reader.oneOf('type', ['fixed', 'floating']);
  const pays = reader.flag('pays');
  if (type === 'fixed')
    return {
      type,
      pays,
      ...common(reader),
      ...resets(reader),
      rate: reader.numberOrList('rate', RATE),
    } as FixedLegBook;
  return {
    type,
    pays,
    ...common(reader),
    ...resets(reader),
    ...floatingExtras(reader),
    ...reader.optional<Pick<Required<FloatingLegBook>, 'spread' | 'gearing' | 'stubs'>>({
      spread: (field) => reader.number(field, RATE),
      gearing: (field) => reader.number(field, { least: -1000, most: 1000 }),
      stubs: (field) => reader.within(field, readStubs) ?? {},
    }),
  } as FloatingLegBook;
}

/** The leg that a cap protects: neither side, spread nor gearing. */
export const readCapLeg = (reader: RowReader) =>
  ({ ...common(reader), ...floatingExtras(reader) }) as Omit<
    FloatingLegBook,
    'type' | 'pays' | 'spread' | 'gearing'
  >;

export const readSwap = (reader: RowReader): SwapBook => ({
  legs: reader.list('legs', readLeg),
  ...reader.optional<Pick<Required<SwapBook>, 'currency'>>({ currency: (field) => reader.text(field) }),
});
