/** Credit default swaps by the fields of their book; what is left out follows the standard contract of 2009. */
import { formatDay } from '../calendars/date';
import { scheduleRules } from '../calendars/schedule';
import { failure } from '../contract';
import { valuationDay } from '../measures/rates-market';
import { type CdsBook, resolveCds } from '../products/cds';
import { readCdsMaturity } from './day-fields';
import { RATE, type RowReader } from './fields';
import type { RowSchema } from './schema';

type CdsConventions = Pick<CdsBook, 'tenor' | 'calendar' | 'convention' | 'dayCount' | 'rule'> &
  Pick<CdsBook, 'paysAccruedOnDefault' | 'settlementLag'>;

export const cdsConventionFields = {
  tenor: 'of the premium periods (3M when absent)',
  calendar: 'by its name (WeekendsOnly when absent)',
  convention: 'business-day convention (Following when absent)',
  dayCount: 'of the premium, by its name (ACT/360 when absent)',
  rule: 'of the premium dates: CDS2015 (when absent), CDS, OldCDS, Backward, Forward, …',
  paysAccruedOnDefault: 'true (when absent) or false',
  settlementLag: 'business days from trade to upfront payment (3 when absent)',
};

/** The conventions that a row states; the book has its own defaults for the rest. */
export const readCdsConventions = (reader: RowReader): CdsConventions => {
  const text = (field: string): string => reader.text(field);
  return reader.optional<Required<CdsConventions>>({
    tenor: text,
    calendar: text,
    convention: text,
    dayCount: text,
    rule: (field) => reader.oneOf(field, scheduleRules),
    paysAccruedOnDefault: (field) => reader.flag(field),
    settlementLag: (field) => reader.number(field, { least: 0, most: 30, integer: true }),
  });
};

export const cds: RowSchema = {
  name: 'cds',
  about: 'credit default swap on one entity',
  fields: {
    buys: 'true buys protection, false sells it',
    currency: 'ISO code',
    notional: 'amount',
    coupon: 'running, a year, decimal, such as 0.01',
    entity: 'reference entity, by its name in the model',
    recovery: 'share of the notional recovered at default, from 0 to below 1',
    maturity: 'date, or a tenor such as 5Y that rolls to its twentieth of June or December',
    start: 'date of protection (the day after the valuation when absent)',
    ...cdsConventionFields,
  },
  read: (reader, context) => {
    const trade = valuationDay(context);
    const maturity = readCdsMaturity(reader, 'maturity', trade);
    const book: CdsBook = {
      buysProtection: reader.flag('buys'),
      currency: reader.text('currency'),
      notional: reader.number('notional', { above: 0 }),
      coupon: reader.number('coupon', RATE),
      entity: reader.text('entity'),
      recovery: reader.number('recovery', { least: 0, most: 0.9999 }),
      start: reader.text('start', { otherwise: formatDay(trade + 1) }),
      maturity: Number.isNaN(maturity) ? '' : formatDay(maturity),
      ...readCdsConventions(reader),
    };
    if (maturity <= trade)
      reader.fault('maturity', 'expired', `protection ended ${formatDay(maturity)}, not after the valuation`);
    return reader.faults.length > 0
      ? failure('row-must-be-readable', 'the row has faults')
      : resolveCds(book);
  },
};
