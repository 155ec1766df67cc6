/** Dates of a request as years from its valuation: a date counts whole days, an instant counts microseconds, ACT/365. */
import { dayOfMicros, parseDay, parseInstant } from '../calendars/date';
import type { PricingContext } from '../contract';
import type { RowReader } from './fields';

const MICROS_PER_YEAR = 365 * 86_400_000_000;

/** Years to a date such as `2026-03-20` or an instant such as `2026-03-20T08:00:00Z`; undefined for other text. */
export function yearsTo(text: string, context: PricingContext): number | undefined {
  const day = parseDay(text);
  if (day !== undefined) return (day - dayOfMicros(context.valuationTime)) / 365;
  const micros = parseInstant(text);
  if (micros === undefined) return undefined;
  return (micros - context.valuationTime) / MICROS_PER_YEAR;
}

/** `expiry` as a date or instant, or `time` in years; exactly one of them. */
export function readExpiry(reader: RowReader, context: PricingContext): number {
  if (reader.has('time')) {
    if (reader.has('expiry')) {
      reader.fault('time', 'expiry-must-be-given-once', 'time and expiry are both given: leave one out');
    }
    reader.ignore('expiry');
    return reader.number('time', { above: 0, most: 100 });
  }
  reader.ignore('time');
  const text = reader.text('expiry');
  if (text === '') return Number.NaN;
  const years = yearsTo(text, context);
  if (years === undefined) {
    reader.fault(
      'expiry',
      'date-must-be-valid',
      `expiry is "${text}": write 2026-03-20 or 2026-03-20T08:00:00Z`,
    );
    return Number.NaN;
  }
  if (years <= 0) {
    reader.fault(
      'expiry',
      'expired',
      `expiry ${text} is not after the valuation: settle it instead of pricing it`,
    );
  }
  return years;
}
