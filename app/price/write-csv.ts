/**
 * Answers as CSV (RFC 4180): under one header that never changes, each priced row has a line for its value and a line for
 * each Greek, so that a Greek keeps its convention and no column depends on what was priced.
 */
import { type AnsweredRow, isFailed } from '../../pricing/request';

export const CSV_HEADER = ['row', 'id', 'product', 'model', 'measure', 'value', 'error', 'convention'];

/** A text that begins like a formula would be run by a spreadsheet: an apostrophe in front says that it is text. */
const quoted = (field: string | number): string => {
  const isFormula = typeof field === 'string' && /^[=+\-@\t\r]/.test(field);
  const text = `${isFormula ? "'" : ''}${field}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvLine = (fields: readonly (string | number)[]): string =>
  `${fields.map(quoted).join(',')}\r\n`;

/** Lines of one answer, the value first; none for a row that failed: its faults go to standard error. */
export function csvLines(answer: AnsweredRow): readonly string[] {
  if (isFailed(answer)) return [];
  const { row, id, product, model, value, error, greeks } = answer;
  const line = (measure: string, figure: number, more: string | number, convention: string): string =>
    csvLine([row, id, product, model, measure, figure, more, convention]);
  return [
    line('value', value, error ?? '', 'present value'),
    ...Object.entries(greeks).map(([name, greek]) => line(name, greek.value, '', greek.convention)),
  ];
}
