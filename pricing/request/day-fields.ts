/** Days in rows: ISO dates, and dates that a tenor from the valuation names. */

import { type Day, parseDay } from '../calendars/date';
import { cdsMaturity } from '../calendars/imm';
import { parseTenor, tenorMonths } from '../calendars/tenor';
import type { FieldOptions, RowReader } from './fields';

/** An ISO date; NaN with a fault for other text. */
export function readDay(reader: RowReader, field: string, options: FieldOptions<string> = {}): Day {
  const text = reader.text(field, options);
  const day = parseDay(text);
  if (day === undefined && text !== '') {
    reader.fault(
      field,
      'date-must-be-valid',
      `${field} "${text}" is no date from 1900 to 2299: write 2026-03-20`,
    );
  }
  return day ?? Number.NaN;
}

/** Maturity of a credit default swap: a date, or a tenor such as 5Y that rolls to its twentieth from the trade date. */
export function readCdsMaturity(reader: RowReader, field: string, trade: Day): Day {
  const text = reader.text(field);
  const tenor = parseTenor(text);
  const months = tenor ? tenorMonths(tenor) : 0;
  if (tenor && months > 0) return cdsMaturity(trade, months);
  const day = parseDay(text);
  if (day === undefined && text !== '') {
    reader.fault(field, 'date-must-be-valid', `${field} "${text}" is no maturity: write 2030-12-20 or 5Y`);
  }
  return day ?? Number.NaN;
}
