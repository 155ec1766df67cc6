/**
 * A book of vanillas that is prepared once and repriced from columns of marks, rates and volatilities.
 *
 * Preparing checks every instrument, finds the nodes and lays out the columns; repricing allocates nothing for a row. European
 * options are priced by the kernel; American ones get the European columns from it and the exercise premium from the
 * fast spectral scheme on top.
 */
import { failure, type Result, success } from '../contract.js';
import type { Right } from '../models/black.js';
import { americanColumns } from './american-columns.js';
import { type AmericanSolver, javascriptSolver } from './american-solver.js';
import { bytesOf, type ColumnSizes, columnsOver, type VanillaColumns } from './columns.js';
import { javascriptKernel } from './javascript-kernel.js';
import type { VanillaKernel } from './kernel.js';
import { americanAvailable, wasmSolver } from './wasm-american.js';
import { kernelMemory, vanillaAvailable, wasmBook } from './wasm-kernel.js';
import type { KernelMemory } from './web-assembly.js';

export interface BookOption {
  readonly right: Right;
  readonly exercise: 'european' | 'american';
  readonly strike: number;
  /** Microseconds since 1970 UTC. */
  readonly expiry: number;
  /** Places in the live columns: `spots`, `rateValues`, `yieldValues`. */
  readonly underlying: number;
  readonly rate: number;
  readonly yield: number;
}

export interface BookSettings {
  /** Microseconds since 1970 UTC from which expiries count; a recent time keeps their digits. */
  readonly origin: number;
  /** `wasm-simd` where it is available unless said otherwise. */
  readonly kernel?: 'wasm-simd' | 'javascript';
}

export interface PreparedBook {
  readonly columns: VanillaColumns;
  readonly kernel: VanillaKernel;
  /** Rows of American options, rising, and what solves their premiums. */
  readonly americans: Uint32Array;
  readonly solver: AmericanSolver;
  readonly origin: number;
  /** Present when another thread can be given the book. */
  readonly memory?: KernelMemory;
  readonly sizes: ColumnSizes;
}

export const MICROS_PER_YEAR = 365 * 86_400 * 1e6;
/** 64 k pages of WebAssembly hold some 30 million options; this is a bound on a mistake. */
export const OPTIONS_MAX = 20_000_000;

/** Whether this Node runs the WebAssembly kernels of a book. */
export const bookKernelsAvailable = (): boolean => vanillaAvailable() && americanAvailable();

const checkOption = (option: BookOption, row: number): Result<true> => {
  const say = (reason: string, detail: string) =>
    failure(reason, `option ${row} cannot be booked: ${detail}`);
  if (!(option.strike > 0 && Number.isFinite(option.strike)))
    return say('strike-must-be-positive', `strike is ${option.strike}.`);
  if (!Number.isFinite(option.expiry)) return say('expiry-must-be-finite', `expiry is ${option.expiry}.`);
  for (const place of ['underlying', 'rate', 'yield'] as const)
    if (!(Number.isInteger(option[place]) && option[place] >= 0))
      return say('place-must-be-a-number', `${place} is ${option[place]}; places count from 0.`);
  return success(true);
};

interface Node {
  readonly option: BookOption;
  readonly number: number;
}

/** One node for each (underlying, rate, yield, expiry), in order of first appearance. */
const nodesOf = (options: readonly BookOption[]): ReadonlyMap<string, Node> => {
  const nodes = new Map<string, Node>();
  for (const option of options) {
    const key = nodeKey(option);
    if (!nodes.has(key)) nodes.set(key, { option, number: nodes.size });
  }
  return nodes;
};

const nodeKey = ({ underlying, rate, yield: q, expiry }: BookOption): string =>
  `${underlying} ${rate} ${q} ${expiry}`;

const fill = (
  c: VanillaColumns,
  options: readonly BookOption[],
  nodes: ReadonlyMap<string, Node>,
  origin: number,
) => {
  for (const { option, number } of nodes.values()) {
    c.spotOf[number] = option.underlying;
    c.rateOf[number] = option.rate;
    c.yieldOf[number] = option.yield;
    c.expiry[number] = (option.expiry - origin) / MICROS_PER_YEAR;
  }
  options.forEach((option, row) => {
    c.nodeOf[row] = nodes.get(nodeKey(option))!.number;
    c.signs[row] = option.right === 'call' ? 1 : -1;
    c.strikes[row] = option.strike;
    c.logStrikes[row] = Math.log(option.strike);
  });
  // Nothing is known yet: missing is not zero.
  for (const column of [c.spots, c.rateValues, c.yieldValues, c.volatilities]) column.fill(Number.NaN);
};

/** Failures name the row: `strike-must-be-positive`, `expiry-must-be-finite`, `place-must-be-a-number`, `book-too-large`. */
export const prepareBook = (options: readonly BookOption[], settings: BookSettings): Result<PreparedBook> => {
  if (options.length > OPTIONS_MAX)
    return failure('book-too-large', `${options.length} options; one book holds ${OPTIONS_MAX}. Split it.`);
  for (const [row, option] of options.entries()) {
    const checked = checkOption(option, row);
    if (!checked.ok) return checked;
  }
  const nodes = nodesOf(options);
  const most = (place: 'underlying' | 'rate' | 'yield') =>
    options.reduce((count, option) => Math.max(count, option[place] + 1), 1);
  const sizes: ColumnSizes = {
    options: options.length,
    nodes: nodes.size,
    underlyings: most('underlying'),
    rates: most('rate'),
    yields: most('yield'),
  };
  const americans = Uint32Array.from(
    options.flatMap((option, row) => (option.exercise === 'american' ? [row] : [])),
  );
  const { origin } = settings;
  const base = { americans, origin, sizes };
  if ((settings.kernel ?? 'wasm-simd') === 'wasm-simd' && bookKernelsAvailable()) {
    const memory = kernelMemory(sizes);
    const { columns, kernel } = wasmBook(memory, sizes);
    fill(columns, options, nodes, origin);
    return success({ ...base, columns, kernel, memory, solver: wasmSolver() });
  }
  const columns = columnsOver(new ArrayBuffer(bytesOf(sizes)), sizes);
  fill(columns, options, nodes, origin);
  return success({ ...base, columns, kernel: javascriptKernel(columns), solver: javascriptSolver() });
};

/** What all rows share: logarithms of the marks and the nodes. `now` in microseconds since 1970 UTC. */
export const repriceNodes = (book: PreparedBook, now: number): void => {
  const { columns, kernel } = book;
  for (let i = 0; i < columns.underlyings; i++) columns.logSpots[i] = Math.log(columns.spots[i]!);
  kernel.nodes((now - book.origin) / MICROS_PER_YEAR);
};

export interface RepriceRows {
  /** Rows from `start` (even) to before `end`. */
  readonly start: number;
  readonly end: number;
}

/** A part of the rows, after `repriceNodes`: parts may run on several threads. */
export const repriceRows = (book: PreparedBook, rows: RepriceRows): void => {
  book.kernel.vanillas(rows.start, rows.end);
  americanColumns(book.columns, book.americans, rows, book.solver);
};

/** Every row of the book, from what now stands in the columns. `now` in microseconds since 1970 UTC. */
export const repriceBook = (book: PreparedBook, now: number): void => {
  repriceNodes(book, now);
  repriceRows(book, { start: 0, end: book.columns.options });
};
