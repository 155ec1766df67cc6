/**
 * A book of options that lives: rows come and go, inputs move, and what moved is repriced and nothing else.
 *
 * Preparing checks every option, finds the nodes and lays out the columns with room to grow; repricing allocates nothing
 * for a row. European rows are priced by the kernel; American ones get the exercise premium from the fast spectral scheme
 * on top; digitals and barriers are closed forms. Whatever path led to its inputs, a book has the same bits.
 */
import { failure, type Result, success } from '../contract';
import { finishAmericans, takeAmerican } from './american-columns';
import { javascriptSolver } from './american-solver';
import { listOption } from './book-listing';
import { type BookOption, checkOption, KIND, placesOf } from './book-option';
import { type BookSizes, beginRound, bookState, markRowsOfNodes } from './book-state';
import { closedFormRow } from './closed-form-rows';
import { bytesOf, columnsOver, fitsMemory } from './columns';
import { javascriptKernel } from './javascript-kernel';
import { type PreparedBook, type PricedColumns, yearsAt } from './prepared-book';
import { REASONS, type RowReason, refuseRow } from './reasons';
import { americanAvailable, wasmSolver } from './wasm-american';
import { kernelMemory, vanillaAvailable, wasmBook } from './wasm-kernel';

export { setRate, setSmile, setSpot, setTime, setVolatility, setYield } from './book-inputs';
export { delistOption, listOption } from './book-listing';
export type { BookOption } from './book-option';
export { MICROS_PER_YEAR, type PreparedBook } from './prepared-book';

export interface BookSettings {
  /** Microseconds since 1970 UTC from which expiries count; a recent time keeps their digits. */
  readonly origin: number;
  /** `wasm-simd` where it is available unless said otherwise. */
  readonly kernel?: 'wasm-simd' | 'javascript';
  /** How many of each the book may come to hold; as many again as it starts with, and some thousands, unless said. */
  readonly room?: Partial<BookSizes>;
}

/** Whether this Node runs the WebAssembly kernels of a book. */
export const bookKernelsAvailable = (): boolean => vanillaAvailable() && americanAvailable();

const ROOM = { options: 4096, nodes: 4096, underlyings: 1024, rates: 256, yields: 1024, smiles: 4096 };

const sizesFor = (options: readonly BookOption[], room: Partial<BookSizes> = {}): BookSizes => {
  const most = (place: (option: BookOption) => number | undefined) =>
    options.reduce((count, option) => Math.max(count, (place(option) ?? -1) + 1), 0);
  const sized = (count: number, name: keyof BookSizes) =>
    Math.max(count, room[name] ?? 2 * count + ROOM[name]);
  return {
    options: sized(options.length, 'options'),
    nodes: sized(0, 'nodes') + (room.nodes === undefined ? options.length : 0),
    underlyings: sized(
      most((o) => placesOf(o).underlying),
      'underlyings',
    ),
    rates: sized(
      most((o) => placesOf(o).rate),
      'rates',
    ),
    yields: sized(
      most((o) => placesOf(o).yield),
      'yields',
    ),
    smiles: sized(
      most((o) => o.smile),
      'smiles',
    ),
  };
};

const emptyBook = (sizes: BookSizes, { origin, kernel = 'wasm-simd' }: BookSettings): PreparedBook => {
  const base = { origin, sizes, state: bookState(sizes) };
  if (kernel === 'wasm-simd' && bookKernelsAvailable()) {
    const memory = kernelMemory(sizes);
    return { ...base, ...wasmBook(memory, sizes), memory, solver: wasmSolver() };
  }
  const columns = columnsOver(new ArrayBuffer(bytesOf(sizes)), sizes);
  return { ...base, columns, kernel: javascriptKernel(columns), solver: javascriptSolver() };
};

/**
 * Failures name the row: `right-`, `exercise-`, `on-`, `pays-must-be-known`, `strike-` and `cash-must-be-positive`,
 * `expiry-must-be-finite`, `expiry-must-be-near`, `exercise-must-be-european`, `place-must-be-a-number`,
 * `barriers-must-be-in-order`; `book-too-large` where one memory cannot hold the columns.
 */
export const prepareBook = (options: readonly BookOption[], settings: BookSettings): Result<PreparedBook> => {
  for (const [row, option] of options.entries()) {
    const checked = checkOption(option, row, settings.origin);
    if (!checked.ok) return checked;
  }
  const sizes = sizesFor(options, settings.room);
  if (!fitsMemory(sizes))
    return failure(
      'book-too-large',
      `room for ${sizes.options} options does not fit one memory of 4 GiB. Split the book.`,
    );
  const book = emptyBook(sizes, settings);
  for (const option of options) {
    const listed = listOption(book, option);
    if (!listed.ok) return listed;
  }
  book.state.allMoved = true;
  return success(book);
};

/** One row after the kernel: American, closed form, or the reason why it has no value. */
const finishRow = ({ columns: c, solver }: PricedColumns, row: number, now: number): void => {
  const kind = c.kinds[row]!;
  if (c.reasons[row] !== 0) refuseRow(c, row, now);
  else if (kind === KIND.american) takeAmerican(c, row, solver, now);
  else if (kind !== KIND.european) closedFormRow(c, row, now);
};

export interface RepriceRows {
  /** Rows from `start` (even) to before `end`. */
  readonly start: number;
  readonly end: number;
  /** Years after the book's origin. */
  readonly now: number;
}

/** A part of the rows, after `computeNodes`: parts may run on several threads. */
export const repriceRows = (book: PricedColumns, { start, end, now }: RepriceRows): void => {
  const { columns: c, kernel, solver } = book;
  kernel.vanillas(start, end);
  for (let row = start; row < end; row++)
    if (c.kinds[row] !== KIND.european || c.reasons[row] !== 0) finishRow(book, row, now);
  finishAmericans(c, solver, now);
};

/** What all rows share: logarithms of the marks, and the nodes. */
export const computeNodes = (
  { columns: c, kernel }: PricedColumns,
  { underlyings, nodes, now }: { readonly underlyings: number; readonly nodes: number; readonly now: number },
): void => {
  for (let i = 0; i < underlyings; i++) c.logSpots[i] = Math.log(c.spots[i]!);
  kernel.nodes(nodes, now);
};

const repriceAll = (book: PreparedBook): void => {
  const { state } = book;
  const { now, nodes, rows } = state;
  computeNodes(book, { underlyings: state.used.underlying, nodes, now });
  repriceRows(book, { start: 0, end: rows, now });
  state.nodesComputed += nodes;
  state.rowsPriced += rows;
  beginRound(state);
};

/** Every row of the book, from what now stands in the columns. `now` in microseconds since 1970 UTC. */
export const repriceBook = (book: PreparedBook, now: number): void => {
  const { state, origin } = book;
  if (state.busy) throw new Error('a round is running on threads; wait for it');
  state.now = yearsAt(origin, now);
  repriceAll(book);
};

/**
 * Reprices what moved since the last time; answers the rows, in no order, valid until an input is set. They are all rows
 * after a new time or in a new book, which includes those that hold nothing.
 */
export const repriceMoved = (book: PreparedBook): Uint32Array => {
  const { columns: c, kernel, solver, state } = book;
  if (state.busy) throw new Error('a round is running on threads; wait for it');
  if (state.allMoved) {
    repriceAll(book);
    for (let row = 0; row < state.rows; row++) c.rowList[row] = row;
    return c.rowList.subarray(0, state.rows);
  }
  markRowsOfNodes(state, c);
  const count = state.movedRows;
  kernel.listedNodes(state.movedNodes, state.now);
  kernel.listedVanillas(count);
  for (let i = 0; i < count; i++) {
    const row = c.rowList[i]!;
    if (c.kinds[row] !== KIND.european || c.reasons[row] !== 0) finishRow(book, row, state.now);
  }
  finishAmericans(c, solver, state.now);
  state.nodesComputed += state.movedNodes;
  state.rowsPriced += count;
  beginRound(state);
  return c.rowList.subarray(0, count);
};

/** Why a row has no values, or what there is to say of them; `priced` where there is nothing. */
export const reasonOf = ({ columns }: PreparedBook, row: number): RowReason =>
  REASONS[columns.reasons[row]!]!;
