/** Judges every row of a table: what the test asserts and what the validation report prints. */
import { type AnyReferenceTable, type Judged, rowsOf } from './reference-table';

export interface JudgedRow {
  /** Counted from 1, the header not counted. */
  readonly row: number;
  readonly judged: readonly Judged[];
  /** Largest distance in units of the tolerance: at most 1 is a match. */
  readonly strain: number;
  /** What went wrong, for a row that threw. */
  readonly error?: string;
  /** The stated reason, for a row that cannot match. */
  readonly unmatched?: string;
}

export interface JudgedTable {
  readonly file: string;
  readonly rows: readonly JudgedRow[];
}

/**
 * Published values are rounded decimals: half a unit of rounding may put an exact recomputation on the very edge of
 * its tolerance, so the comparison allows the rounding of doubles and no more.
 */
const EDGE = 1 + 1e-9;

const strainOf = ({ expected, actual, tolerance }: Judged): number => {
  if (typeof expected === 'string' || typeof actual === 'string') return expected === actual ? 0 : Infinity;
  if (expected === actual) return 0;
  const distance = Math.abs(expected - actual);
  return Number.isFinite(distance) ? distance / tolerance : Infinity;
};

/** Whether the row compares a figure that its source printed. */
export const isPublished = ({ judged }: JudgedRow): boolean =>
  judged.some(({ basis = 'published' }) => basis === 'published');

export const isMatch = (row: JudgedRow): boolean => row.strain <= EDGE;

const judgeRow = (table: AnyReferenceTable, content: unknown, row: number): JudgedRow => {
  const reason = table.unmatched?.(content);
  const unmatched = reason === undefined ? {} : { unmatched: reason };
  try {
    const priced = table.price(content);
    const judged = Array.isArray(priced) ? (priced as readonly Judged[]) : [priced as Judged];
    // A row that judges nothing would pass for nothing.
    const strain = judged.length === 0 ? Infinity : Math.max(...judged.map(strainOf));
    return { row, judged, strain, ...unmatched };
  } catch (thrown) {
    return { row, judged: [], strain: Infinity, error: String(thrown), ...unmatched };
  }
};

export const judgeTable = (table: AnyReferenceTable): JudgedTable => ({
  file: table.file,
  rows: rowsOf(table).map((content, index) => judgeRow(table, content, index + 1)),
});

/** Eight digits say what is wrong; the last ones differ between machines. */
const shortened = (x: number | string): number | string =>
  typeof x === 'number' ? Number(x.toPrecision(8)) : x;

/** What two texts do not have in common, word by word: long lists of dates differ in a few. */
const differing = (expected: string, actual: string): readonly [string, string] => {
  const only = (words: string, others: string): string => {
    const there = new Set(others.split(' '));
    return (
      words
        .split(' ')
        .filter((word) => !there.has(word))
        .join(' ') || 'nothing else'
    );
  };
  return [only(expected, actual), only(actual, expected)];
};

const shown = ({ expected, actual, tolerance }: Judged): string => {
  if (typeof expected === 'number' || typeof actual === 'number') {
    return `expected ${expected}, is ${shortened(actual)}, tolerance ${tolerance}`;
  }
  const [missing, added] = differing(expected, actual);
  return `expected, and not there: ${missing}; there, and not expected: ${added}`;
};

/** Every figure that is off: `row 3 delta: expected 0.5, is 0.6, tolerance 0.001; gamma: …`. */
export const describeRow = ({ row, judged, error }: JudgedRow): string =>
  error !== undefined
    ? `row ${row}: ${error}`
    : `row ${row} ${judged
        .filter((figure) => strainOf(figure) > EDGE)
        .map((figure) => `${figure.figure ?? 'value'}: ${shown(figure)}`)
        .join('; ')}`;
