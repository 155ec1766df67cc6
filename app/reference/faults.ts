/** What is wrong with reference data: gathered, so that people mend a folder once and not row by row. */

export interface Fault {
  readonly file: string;
  /** The line, the first being 1; undefined where the file as a whole is meant. */
  readonly row?: number | undefined;
  readonly field?: string | undefined;
  /** What is wrong, with the value. */
  readonly what: string;
  readonly todo: string;
}

export interface RowPlace {
  readonly file: string;
  readonly row: number;
}

export function faultText({ file, row, field, what, todo }: Fault): string {
  const place = `${file}${row === undefined ? '' : `, row ${row}`}${field === undefined ? '' : `, field "${field}"`}`;
  return `${place}: ${/[.?]$/.test(what) ? what : `${what}.`} ${todo}`;
}

/** By file, then row, then as they were found. */
export const inOrderOfPlace = (faults: readonly Fault[]): Fault[] =>
  [...faults].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : (a.row ?? 0) - (b.row ?? 0)));
