/**
 * A published table of prices, and the function that recomputes one of its rows.
 *
 * The tables themselves are data (`$BREAKWATER_DATA/reference-values`), never part of the project: a table here is the
 * name of a file and a way to price a row of it. The test and the validation report read the same tables.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A row of a CSV file, by column name; JSON tables bring their own row type and `rows`. */
export type Row = Readonly<Record<string, string>>;

/** Numbers agree within an absolute tolerance; texts (dates, names) agree when they are equal. */
export interface Judged {
  readonly expected: number | string;
  readonly actual: number | string;
  readonly tolerance: number;
  /** Which figure of the row this is, when a row holds several (`delta`, `npv`). */
  readonly figure?: string;
  /**
   * What the expected figure is: printed by the source (when absent), the input that a round trip must give back, or what
   * the library's own other figures make it.
   */
  readonly basis?: 'published' | 'round-trip' | 'consistency';
}

/** Methods, so that tables of different row types fit one list. */
export interface ReferenceTable<R = Row> {
  /** The file's name below `reference-values`. */
  readonly file: string;
  /** How to read the file into rows; CSV with a header when absent. */
  rows?(text: string): readonly R[];
  /** Recomputes a row; throwing counts as a failed row. */
  price(row: R): Judged | readonly Judged[];
  /** The reason why this row cannot match (a known error of the source, an approximation outside its domain). */
  unmatched?(row: R): string | undefined;
}

/** For lists of tables of any row type. */
export type AnyReferenceTable = ReferenceTable<unknown>;

/** The folder of the tables; CI without the data skips by name. */
export const referenceFolder = (): string =>
  join(resolve(process.env['BREAKWATER_DATA'] ?? '../shared/data'), 'reference-values');

export const referenceDataPresent = (): boolean => existsSync(join(referenceFolder(), 'INDEX.json'));

/** Splits one CSV line; a quoted field may hold commas and doubled quotes. */
const fieldsOf = (line: string): readonly string[] =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .slice(0, line.endsWith(',') ? undefined : -1)
    .map((match) => match[1]!)
    .map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field.trim()));

export const csvRows = (text: string): readonly Row[] => {
  const [header, ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const names = fieldsOf(header ?? '');
  return lines.map((line) => {
    const fields = fieldsOf(line);
    return Object.fromEntries(names.map((name, column) => [name, fields[column] ?? '']));
  });
};

/** The number in a column; a missing or unreadable one is an error of the reader, never a zero. */
export const numberIn = (row: Row, column: string): number => {
  const text = row[column];
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw new Error(`column "${column}" holds "${text}", which is not a number`);
  return value;
};

export const referenceText = (file: string): string => readFileSync(join(referenceFolder(), file), 'utf8');

export const rowsOf = (table: AnyReferenceTable): readonly unknown[] => {
  const text = referenceText(table.file);
  return table.rows ? table.rows(text) : csvRows(text);
};
