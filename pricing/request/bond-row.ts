/** Bonds by the fields of their book. */
import type { BondBook } from '../products/bond';
import { RATE, type RowReader } from './fields';
import { scheduleIn } from './rate-books';

const readFloating = (reader: RowReader) => ({
  index: reader.text('index'),
  ...reader.optional<{ readonly spread: number; readonly fixingLag: number }>({
    spread: (field) => reader.number(field, RATE),
    fixingLag: (field) => reader.number(field, { least: 0, most: 60, integer: true }),
  }),
});

export const readBond = (reader: RowReader): BondBook => ({
  currency: reader.text('currency'),
  face: reader.number('face', { above: 0 }),
  schedule: scheduleIn(reader),
  dayCount: reader.text('dayCount'),
  settlementLag: reader.number('settlementLag', { least: 0, most: 30, integer: true, otherwise: 2 }),
  ...reader.optional<Pick<Required<BondBook>, 'redemption' | 'coupon' | 'issue'>>({
    redemption: (field) => reader.number(field, { above: 0 }),
    coupon: (field) => reader.numberOrList(field, RATE),
    issue: (field) => reader.text(field),
  }),
  ...reader.optional<Pick<Required<BondBook>, 'paymentConvention' | 'paymentCalendar' | 'floating'>>({
    paymentConvention: (field) => reader.text(field),
    paymentCalendar: (field) => reader.text(field),
    floating: (field) => reader.within(field, readFloating) ?? { index: '' },
  }),
});
