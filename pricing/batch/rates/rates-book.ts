/**
 * A book of deposits, forward rate agreements, FX forwards, swaps, bonds, caps and credit default swaps that lives with its
 * curves: flows are compiled once, and a curve that moves reprices the rows whose points it moves and no other, each with its
 * derivative in every node it hangs on. A row without a value says why; whatever the path, the bits are those of a book that is
 * prepared afresh on the same market.
 */
import type { PricingContext } from '../../contract';
import type { DiscountCurve } from '../../curves/discount-curve';
import { type RatesMarket, valuationDay } from '../../measures/rates-market';
import type { AccrualFormula } from '../../models/isda-cds';
import type { RateVolatility } from '../../models/rate-option';
import type { Bond } from '../../products/bond';
import type { CapFloor } from '../../products/cap-floor';
import type { Cds } from '../../products/cds';
import type { Fra } from '../../products/fra';
import type { FxForward } from '../../products/fx-forward';
import type { Swap } from '../../products/swap';
import type { TermDeposit } from '../../products/term-deposit';
import { type Doubles, doubles, type Integers, integers, pushDouble, pushInteger } from './growing';
import {
  type CapletColumns,
  capletColumns,
  type PieceColumns,
  pieceColumns,
  type TermColumns,
  termColumns,
} from './parts';
import { noPoints, type Points } from './points';

export type RatesProduct = TermDeposit | Fra | FxForward | Swap | Bond | CapFloor | Cds;

export interface RatesRow {
  readonly product: RatesProduct;
  /** Of a cap: the smile of all caplets, or one a caplet, whose last one stays. */
  readonly volatility?: RateVolatility | readonly RateVolatility[];
  /** Of a credit default swap; `isda` unless said otherwise. */
  readonly formula?: AccrualFormula;
}

/** Curves and survival curves by entity. */
export interface RatesBookMarket extends RatesMarket {
  readonly survival?: ReadonlyMap<string, DiscountCurve>;
}

/** By code; only `priced` has a value. In the order in which a row says them. */
export const RATES_REASONS = [
  'priced',
  'not-listed',
  'settled',
  'expired',
  'curves-of-another-day',
  'curve-missing',
  'fixing-missing',
  'fx-missing',
  'volatility-missing',
  'not-supported',
  'curve-node-missing',
  'rate-below-minus-shift',
  'value-not-finite',
] as const;
export type RatesReason = (typeof RATES_REASONS)[number];
export const ratesCode = (reason: RatesReason): number => RATES_REASONS.indexOf(reason);

/** A run of each part in its columns. */
export interface RowRuns {
  readonly termFirst: Integers;
  readonly termCount: Integers;
  readonly capletFirst: Integers;
  readonly capletCount: Integers;
  readonly pieceFirst: Integers;
  readonly pieceCount: Integers;
  readonly pointFirst: Integers;
  readonly pointCount: Integers;
  readonly nodeFirst: Integers;
  readonly nodeCount: Integers;
}

export interface RatesBook {
  readonly context: PricingContext;
  readonly today: number;
  market: RatesBookMarket;
  readonly rows: (RatesRow | undefined)[];
  readonly free: number[];
  readonly points: Points;
  readonly terms: TermColumns;
  readonly caplets: CapletColumns;
  /** Of caplets: what prices each. */
  readonly smiles: RateVolatility[];
  readonly pieces: PieceColumns;
  readonly runs: RowRuns;
  /** Distinct points of each row. */
  readonly rowPoints: Integers;
  /** Derivatives: of row r from runs.nodeFirst[r], by node of the book, per 1.00 of zero (or hazard) rate. */
  readonly sensitivityNode: Integers;
  readonly sensitivity: Doubles;
  /** In the row's own currency. */
  readonly value: Doubles;
  /** Of caps, per 1.00 of every volatility. */
  readonly vega: Doubles;
  /** Codes of `RATES_REASONS`. */
  readonly reason: Integers;
  /** What compiling found, or `priced` where the row is compiled. */
  readonly compiled: Integers;
  /** In words, what a row lacks that could not be compiled. */
  readonly messages: Map<number, string>;
  /** Units of the row's currency for one of the flow's, by place; place 0 is one. */
  readonly scales: Doubles;
  readonly scaleOf: Map<string, number>;
  /** Today's FX rates of the market, as they were last read. */
  fx: string;
  /** Rows that hang on an FX rate. */
  readonly fxRows: Set<number>;
  /** Rows to reprice. */
  readonly marked: Integers;
  readonly isMarked: Integers;
  /** Scratch by point and by node. */
  scratch: { points: Float64Array; nodes: Float64Array };
  /** Parts and points that no row owns any more. */
  dropped: number;
  /** Work that was done since the book was prepared. */
  rowsPriced: number;
  rowsCompiled: number;
}

const noRuns = (): RowRuns => ({
  termFirst: integers(),
  termCount: integers(),
  capletFirst: integers(),
  capletCount: integers(),
  pieceFirst: integers(),
  pieceCount: integers(),
  pointFirst: integers(),
  pointCount: integers(),
  nodeFirst: integers(),
  nodeCount: integers(),
});

export const emptyRatesBook = (market: RatesBookMarket, context: PricingContext): RatesBook => {
  const scales = doubles(16);
  pushDouble(scales, 1);
  return {
    context,
    today: valuationDay(context),
    market,
    rows: [],
    free: [],
    points: noPoints(),
    terms: termColumns(),
    caplets: capletColumns(),
    smiles: [],
    pieces: pieceColumns(),
    runs: noRuns(),
    rowPoints: integers(),
    sensitivityNode: integers(),
    sensitivity: doubles(),
    value: doubles(),
    vega: doubles(),
    reason: integers(),
    compiled: integers(),
    messages: new Map(),
    scales,
    scaleOf: new Map(),
    fx: '',
    fxRows: new Set(),
    marked: integers(),
    isMarked: integers(),
    scratch: { points: new Float64Array(0), nodes: new Float64Array(0) },
    dropped: 0,
    rowsPriced: 0,
    rowsCompiled: 0,
  };
};

/** Room for one row more in every column of rows. */
export function addRow(book: RatesBook): number {
  const row = book.rows.length;
  book.rows.push(undefined);
  for (const column of Object.values(book.runs)) pushInteger(column as Integers, 0);
  pushDouble(book.value, Number.NaN);
  pushDouble(book.vega, Number.NaN);
  pushInteger(book.reason, ratesCode('not-listed'));
  pushInteger(book.compiled, ratesCode('not-listed'));
  pushInteger(book.isMarked, 0);
  return row;
}

export const markRates = (book: RatesBook, row: number): void => {
  if (book.isMarked.data[row] === 1) return;
  book.isMarked.data[row] = 1;
  pushInteger(book.marked, row);
};
