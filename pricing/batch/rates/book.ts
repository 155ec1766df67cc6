/** A rates book from outside: prepare, list and delist, give it another market, reprice what moved, read. */
import type { PricingContext, Result } from '../../contract';
import { failure, success } from '../../contract';
import type { DiscountCurve } from '../../curves/discount-curve';
import { type ParJacobian, quoteSensitivity } from '../../curves/par-jacobian';
import { marketDay } from '../../measures/market-day';
import { fxToday } from '../../measures/rates-market';
import { compileRow, curveOfSlot, dropRuns, layNodes } from './compile-row';
import { addWeights, readPoint, rereadWeights } from './points';
import { priceRow } from './price-row';
import {
  addRow,
  emptyRatesBook,
  markRates,
  RATES_REASONS,
  type RatesBook,
  type RatesBookMarket,
  type RatesReason,
  type RatesRow,
  ratesCode,
} from './rates-book';

export type { RatesBook, RatesBookMarket, RatesProduct, RatesReason, RatesRow } from './rates-book';
export { RATES_REASONS } from './rates-book';

/** What a number of a rates book is per. */
export const RATES_UNITS = {
  value: "currency of the row's product",
  sensitivity:
    'per 1.00 in the continuously compounded zero rate of the node; of a survival curve in its hazard rate',
  vega: 'per 1.00 of every volatility of the cap, as its model counts it',
} as const;

/** A book of more rows is two books. */
const ROWS_MAX = 1_000_000;

/**
 * Compiles all rows. A row that cannot be priced does not refuse the book: `ratesReason` says why it has no value.
 * Failures: `curves-must-be-of-the-valuation-date`, `book-is-full`.
 */
export function prepareRates(
  rows: readonly RatesRow[],
  market: RatesBookMarket,
  context: PricingContext,
): Result<RatesBook> {
  const dated = sameDay(market, context);
  if (!dated.ok) return dated;
  const book = emptyRatesBook(market, context);
  book.fx = fxOf(book);
  for (const row of rows) {
    const listed = listRates(book, row);
    if (!listed.ok) return listed;
  }
  return success(book);
}

const sameDay = (market: RatesBookMarket, context: PricingContext): Result<true> => {
  const curves = new Map([...market.curves, ...(market.survival ?? [])]);
  return marketDay({ kind: 'rates-book', market: { ...market, curves } } as { kind: string }, context);
};

/** Adds a row; answers its number, which it keeps until it is delisted. Failure `book-is-full`. */
export function listRates(book: RatesBook, source: RatesRow): Result<number> {
  if (book.rows.length >= ROWS_MAX && book.free.length === 0)
    return failure('book-is-full', `the book has ${ROWS_MAX} rows and takes no more. Split it.`);
  const row = book.free.pop() ?? addRow(book);
  compileRow(book, row, source);
  return success(row);
}

/** Takes a row out. Failure `row-must-be-listed`. */
export function delistRates(book: RatesBook, row: number): Result<true> {
  if (!book.rows[row])
    return failure(
      'row-must-be-listed',
      `row ${row} holds no product. Give a row that listing has answered.`,
    );
  book.rows[row] = undefined;
  book.fxRows.delete(row);
  book.messages.delete(row);
  dropRuns(book, row);
  book.value.data[row] = Number.NaN;
  book.vega.data[row] = Number.NaN;
  book.reason.data[row] = ratesCode('not-listed');
  book.compiled.data[row] = ratesCode('not-listed');
  book.free.push(row);
  return success(true);
}

const same = (a: Float64Array | undefined, b: Float64Array | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((x, i) => x === b[i]));

const alike = (a: object | undefined, b: object | undefined): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** Whether two sets of fixings hold the same lists, each the very same object. */
const sameFixings = (a: RatesBookMarket['fixings'], b: RatesBookMarket['fixings']): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.size === b.size &&
    [...a].every(([name, days]) => b.get(name) === days));

/** Marks the rows of a curve that read one of its moved points. */
function markReaders(book: RatesBook, slot: number): void {
  const { points, runs, rowPoints } = book;
  const { rows, points: own } = points.slots[slot]!;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows.data[i]!;
    if (book.isMarked.data[row] === 1) continue;
    const first = runs.pointFirst.data[row]!;
    for (let k = first; k < first + runs.pointCount.data[row]!; k += 1) {
      if (points.moved.data[rowPoints.data[k]!] === 0) continue;
      markRates(book, row);
      break;
    }
  }
  for (let i = 0; i < own.length; i += 1) points.moved.data[own.data[i]!] = 0;
}

/** A curve on the same nodes: its points are read again, and whoever reads one that moved is marked. */
function moveCurve(book: RatesBook, slot: number, curve: DiscountCurve): void {
  const { points } = book;
  const at = points.slots[slot]!;
  at.curve = curve;
  for (let i = 0; i < at.points.length; i += 1) {
    const point = at.points.data[i]!;
    if (readPoint(points, point)) points.moved.data[point] = 1;
  }
  rereadWeights(points, slot);
  markReaders(book, slot);
}

/** A curve with other nodes, or one that came or went: its nodes are numbered anew, and so are the derivatives of its rows. */
function reshapeCurve(book: RatesBook, slot: number, curve: DiscountCurve | undefined): void {
  const { points } = book;
  const at = points.slots[slot]!;
  at.curve = curve;
  at.firstNode = points.nodes.length;
  for (const label of curve?.labels ?? []) points.nodes.push({ curve: at.name, label });
  for (let i = 0; i < at.points.length; i += 1) {
    readPoint(points, at.points.data[i]!);
    addWeights(points, at.points.data[i]!);
  }
  const rows = new Set(at.rows.data.subarray(0, at.rows.length));
  for (const row of rows) {
    const source = book.rows[row];
    if (!source) continue;
    // The pieces of a credit swap end at nodes of its curves.
    if (source.product.kind === 'cds') compileRow(book, row, source);
    else layNodes(book, row);
    markRates(book, row);
  }
}

/** Today's rates with their pairs; those with a spot date hang on curves as well. */
const fxOf = ({ market }: RatesBook): string =>
  Object.keys(market.fx ?? {})
    .map((pair) => {
      const rate = fxToday(market, pair.slice(0, 3), pair.slice(3));
      return `${pair} ${rate.ok ? rate.value : 'missing'}`;
    })
    .join();

/** FX rates anew; rows that hang on one are marked where any moved, and those whose notional resets are compiled again. */
function moveFx(book: RatesBook): void {
  const rates = fxOf(book);
  if (rates === book.fx) return;
  book.fx = rates;
  for (const [pair, place] of book.scaleOf) {
    const rate = fxToday(book.market, pair.slice(0, 3), pair.slice(3));
    book.scales.data[place] = rate.ok ? rate.value : Number.NaN;
  }
  for (const row of [...book.fxRows]) {
    const { product } = book.rows[row]!;
    const resets =
      product.kind === 'swap' && product.legs.some(({ flows }) => flows.some(({ reset }) => reset));
    if (resets) compileRow(book, row, book.rows[row]!);
    else markRates(book, row);
  }
}

/** Every row compiled from nothing, in a book without what earlier markets have left. */
function recompileAll(book: RatesBook): void {
  const fresh = emptyRatesBook(book.market, book.context);
  fresh.fx = fxOf(fresh);
  book.rows.forEach((source, row) => {
    addRow(fresh);
    if (source) compileRow(fresh, row, source);
  });
  const { rowsPriced, rowsCompiled, free } = book;
  Object.assign(book, fresh, { free, rowsPriced, rowsCompiled: rowsCompiled + fresh.rowsCompiled });
}

/** Rows that wait for a curve, fixing or FX rate are tried again with every new market. */
function retryUncompiled(book: RatesBook): void {
  for (const row of [...book.messages.keys()]) compileRow(book, row, book.rows[row]!);
}

/**
 * Another market of the same day: curves that are other objects move their rows, other FX rates theirs. Other assignments of
 * curves, or fixings in another object, compile everything anew. Failure `curves-must-be-of-the-valuation-date`, and the book
 * keeps the market that it had.
 */
export function setRatesMarket(book: RatesBook, market: RatesBookMarket): Result<true> {
  const dated = sameDay(market, book.context);
  if (!dated.ok) return dated;
  const before = book.market;
  book.market = market;
  const { points } = book;
  // What other nodes and rows have left behind is swept away before it is much.
  const live = points.slots.reduce((count, { curve }) => count + (curve?.times.length ?? 0), 0);
  const littered = points.nodes.length > 4096 + 8 * live || book.dropped > 65_536 + book.rowPoints.length / 2;
  if (
    littered ||
    !alike(before.discount, market.discount) ||
    !alike(before.forward, market.forward) ||
    !sameFixings(before.fixings, market.fixings)
  ) {
    recompileAll(book);
    return success(true);
  }
  for (let slot = 0; slot < points.slots.length; slot += 1) {
    const at = points.slots[slot]!;
    const curve = curveOfSlot(book, at.name);
    if (curve === at.curve) continue;
    const standing = same(curve?.times, at.curve?.times) && alike(curve?.gaps, at.curve?.gaps);
    if (curve && standing && curve.interpolation === at.curve?.interpolation) moveCurve(book, slot, curve);
    else reshapeCurve(book, slot, curve);
  }
  points.gaps = points.slots.some(({ curve }) => curve?.gaps);
  moveFx(book);
  if (book.messages.size > 0) retryUncompiled(book);
  return success(true);
}

/** Prices the rows that have moved since the last time; answers them, valid until the next market. */
export function repriceRates(book: RatesBook): Int32Array {
  const { points, marked } = book;
  if (book.scratch.points.length < points.slot.length)
    book.scratch.points = new Float64Array(points.slot.data.length);
  if (book.scratch.nodes.length < points.nodes.length + 1)
    book.scratch.nodes = new Float64Array(2 * points.nodes.length + 1);
  const count = marked.length;
  for (let i = 0; i < count; i += 1) {
    const row = marked.data[i]!;
    book.isMarked.data[row] = 0;
    if (book.rows[row]) priceRow(book, row);
  }
  marked.length = 0;
  book.rowsPriced += count;
  return marked.data.subarray(0, count);
}

export const ratesReason = (book: RatesBook, row: number): RatesReason =>
  RATES_REASONS[book.reason.data[row]!]!;

/** Derivatives of a row in the nodes it hangs on, per 1.00 of rate. */
export function rowSensitivities(
  book: RatesBook,
  row: number,
): readonly { readonly curve: string; readonly label: string; readonly value: number }[] {
  const { runs, sensitivityNode, sensitivity, points } = book;
  const first = runs.nodeFirst.data[row]!;
  return Array.from({ length: runs.nodeCount.data[row]! }, (_, i) => ({
    ...points.nodes[sensitivityNode.data[first + i]!]!,
    value: sensitivity.data[first + i]!,
  }));
}

/** Σ quantity · derivative by curve and node, of the rows that have a value. */
export function bookSensitivities(
  book: RatesBook,
  quantities: ArrayLike<number>,
): ReadonlyMap<string, Float64Array> {
  const { runs, sensitivityNode, sensitivity, points, reason } = book;
  const sums = new Float64Array(points.nodes.length);
  const node = sensitivityNode.data;
  for (let row = 0; row < book.rows.length; row += 1) {
    const quantity = quantities[row]!;
    if (quantity === 0 || reason.data[row] !== 0) continue;
    const first = runs.nodeFirst.data[row]!;
    for (let k = first; k < first + runs.nodeCount.data[row]!; k += 1)
      sums[node[k]!]! += quantity * sensitivity.data[k]!;
  }
  return new Map(
    points.slots.flatMap(({ name, curve, firstNode }): readonly [string, Float64Array][] =>
      curve ? [[name, sums.slice(firstNode, firstNode + curve.times.length)]] : [],
    ),
  );
}

/** The same by quote, through the Jacobian of the curves' set: per 1.00 of quote, in the order of its names. */
export const bookQuoteSensitivities = (
  book: RatesBook,
  quantities: ArrayLike<number>,
  jacobian: ParJacobian,
): Float64Array => quoteSensitivity(jacobian, bookSensitivities(book, quantities));
