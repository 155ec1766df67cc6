/**
 * Where the change of a book's values came from, axis by axis and row by row: the book is moved from the old market to the new
 * one in a fixed order, and what each step changes is that step's. Time first, at the old market (theta); then rates (rho) and
 * yields (dividend), each by repricing; then spot and volatility together, by the Greeks of that point to second order: delta,
 * gamma, vega, vanna, volga. What is left is unexplained: the third order in spot and volatility and nothing else, so that it
 * falls with the third power of their moves.
 */
import {
  type PreparedBook,
  repriceMoved,
  setRate,
  setSmile,
  setSpot,
  setVolatility,
  setYield,
} from '../batch/book';
import type { VanillaColumns } from '../batch/columns';
import { codeOf, REASONS, type RowReason } from '../batch/reasons';
import { rowWorth } from '../batch/row-worth';
import type { BookSmile } from '../batch/smiles';
import { failure, type Result, success } from '../contract';
import { rollBook } from '../time/roll-book';

/** The axes that a book knows; positions add FX, carry, cash and what is new. */
export const BOOK_AXES = [
  'theta',
  'rho',
  'dividend',
  'delta',
  'gamma',
  'vega',
  'vanna',
  'volga',
  'unexplained',
] as const;
export type BookAxis = (typeof BOOK_AXES)[number];

type Inputs<T> = readonly (readonly [place: number, value: T])[];

/** What the new market is; an input that is not named stands. */
export interface MarketMove {
  /** Microseconds since 1970 UTC, not before the book's own time. */
  readonly now: number;
  readonly rates?: Inputs<number>;
  readonly yields?: Inputs<number>;
  readonly spots?: Inputs<number>;
  /** By row. */
  readonly volatilities?: Inputs<number>;
  readonly smiles?: Inputs<BookSmile | undefined>;
  /** Rows that expire on the way, with what they paid and what they would have paid at the old mark, in money. */
  readonly ended?: readonly RowEnd[];
}

export interface RowEnd {
  readonly row: number;
  readonly paid: number;
  readonly paidAtOldMark: number;
}

/** By row, per option, in money (a coin's options at its price); NaN with a reason where a row had no value on the way. */
export interface BookExplain extends Readonly<Record<BookAxis, Float64Array>> {
  readonly rows: number;
  /** Worth before, and after or as paid. */
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** Codes of `REASONS`. */
  readonly reasons: Uint8Array;
}

/** Columns to explain into, which may be used again for a book of at most as many rows. */
export const explainColumns = (rows: number): BookExplain => {
  const column = () => new Float64Array(rows);
  return {
    rows,
    before: column(),
    after: column(),
    reasons: new Uint8Array(rows),
    ...(Object.fromEntries(BOOK_AXES.map((axis) => [axis, column()])) as Record<BookAxis, Float64Array>),
  };
};

/** Why the row cannot be explained, as soon as it once has no value. */
export const explainReason = ({ reasons }: BookExplain, row: number): RowReason => REASONS[reasons[row]!]!;

const PRICED = codeOf('priced');
const EXPIRED = codeOf('expired');

/** What the rows are worth now, into a column; rows without a value are marked with their reason. */
function takeWorth(c: VanillaColumns, into: Float64Array, { rows, reasons }: BookExplain): void {
  for (let row = 0; row < rows; row += 1) {
    into[row] = rowWorth(c, row);
    if (Number.isNaN(into[row]) && reasons[row] === PRICED) reasons[row] = c.reasons[row]!;
  }
}

/** The change since the last step, into an axis, and the new worth in its place. */
function takeChange(c: VanillaColumns, axis: Float64Array, at: Float64Array, explain: BookExplain): void {
  for (let row = 0; row < explain.rows; row += 1) axis[row] = at[row]!;
  takeWorth(c, at, explain);
  for (let row = 0; row < explain.rows; row += 1) axis[row] = at[row]! - axis[row]!;
}

/** Greeks of the point from which spot and volatility move, in the axes, until the moves are known. */
function takeGreeks(c: VanillaColumns, { rows, delta, gamma, vega, vanna, volga }: BookExplain): void {
  delta.set(c.delta.subarray(0, rows));
  gamma.set(c.gamma.subarray(0, rows));
  vega.set(c.vega.subarray(0, rows));
  vanna.set(c.vanna.subarray(0, rows));
  volga.set(c.volga.subarray(0, rows));
}

interface Point {
  readonly spots: Float64Array;
  readonly volatilities: Float64Array;
  readonly worth: Float64Array;
}

/** Greeks times moves, and what they leave. */
function taylor(c: VanillaColumns, from: Point, explain: BookExplain): void {
  const { rows, delta, gamma, vega, vanna, volga, unexplained, after } = explain;
  for (let row = 0; row < rows; row += 1) {
    const place = c.spotOf[c.nodeOf[row]!]!;
    const inSpot = c.spots[place]! - from.spots[place]!;
    const inVolatility = c.volatilities[row]! - from.volatilities[row]!;
    delta[row]! *= inSpot;
    gamma[row]! *= 0.5 * inSpot * inSpot;
    vega[row]! *= inVolatility;
    vanna[row]! *= inSpot * inVolatility;
    volga[row]! *= 0.5 * inVolatility * inVolatility;
    const told = delta[row]! + gamma[row]! + vega[row]! + vanna[row]! + volga[row]!;
    unexplained[row] = after[row]! - from.worth[row]! - told;
  }
}

/** A row that ended is worth what it paid: theta to what it would have paid at the old mark, delta the rest. */
function takeEnds(ended: readonly RowEnd[], explain: BookExplain): void {
  for (const { row, paid, paidAtOldMark } of ended) {
    if (explain.reasons[row] !== EXPIRED) continue;
    for (const axis of BOOK_AXES) explain[axis][row] = 0;
    explain.theta[row] = paidAtOldMark - explain.before[row]!;
    explain.delta[row] = paid - paidAtOldMark;
    explain.after[row] = paid;
    explain.reasons[row] = PRICED;
  }
}

/**
 * Moves the book to the new market and says what changed each row's worth. `before` is taken at the book's market as it is.
 * Afterwards the book stands at the new market.
 *
 * Failures: `book-is-repricing`; `explain-needs-room` where the columns are for fewer rows. Throws on a time that goes back.
 */
export function explainBook(
  book: PreparedBook,
  move: MarketMove,
  explain: BookExplain = explainColumns(book.state.rows),
): Result<BookExplain> {
  const { columns: c, state } = book;
  if (state.busy)
    return failure('book-is-repricing', 'threads reprice the book. Wait for the round, then ask.');
  if (explain.rows < state.rows)
    return failure(
      'explain-needs-room',
      `the columns are for ${explain.rows} rows, the book has ${state.rows}. Make new ones.`,
    );
  explain.reasons.fill(PRICED);
  repriceMoved(book);
  takeWorth(c, explain.before, explain);
  explain.after.set(explain.before);
  const step = (axis: Float64Array): void => {
    repriceMoved(book);
    takeChange(c, axis, explain.after, explain);
  };
  rollBook(book, move.now);
  step(explain.theta);
  for (const [place, value] of move.rates ?? []) setRate(book, place, value);
  step(explain.rho);
  for (const [place, value] of move.yields ?? []) setYield(book, place, value);
  step(explain.dividend);
  const from: Point = {
    spots: c.spots.slice(),
    volatilities: c.volatilities.slice(0, explain.rows),
    worth: explain.after.slice(),
  };
  takeGreeks(c, explain);
  for (const [place, value] of move.spots ?? []) setSpot(book, place, value);
  for (const [row, value] of move.volatilities ?? []) setVolatility(book, row, value);
  for (const [place, smile] of move.smiles ?? []) setSmile(book, place, smile);
  repriceMoved(book);
  takeWorth(c, explain.after, explain);
  taylor(c, from, explain);
  takeEnds(move.ended ?? [], explain);
  for (let row = 0; row < explain.rows; row += 1)
    if (explain.reasons[row] !== PRICED) for (const axis of BOOK_AXES) explain[axis][row] = Number.NaN;
  return success(explain);
}
