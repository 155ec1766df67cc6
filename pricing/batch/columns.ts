/**
 * The columns of a book, in one buffer that a WebAssembly kernel, plain JavaScript and other threads share.
 *
 * An option names a node, a node is one (kind of underlying, underlying, rate, yield, expiry): what options of one
 * expiry have in common is computed once. Inputs that move are `spots`, `rateValues`, `yieldValues` and `volatilities`;
 * NaN in them means "missing". Columns are as long as the book may grow; what no row has used is never touched, and
 * costs address space only.
 */
export interface ColumnSizes {
  readonly options: number;
  readonly nodes: number;
  readonly underlyings: number;
  readonly rates: number;
  readonly yields: number;
}

/**
 * Doubles of one row of `nodeTable`: ln F, discount, S·carried, carried, 1/S, √T, T, r, q, 1/(2T), then T where the
 * yield is the rate (a future) and 0 elsewhere, and what a price is divided into coin by: 1/F, or 1.
 */
export const NODE_WIDTH = 12;

export const MEASURES = ['price', 'delta', 'gamma', 'vega', 'theta', 'rho', 'vanna', 'volga'] as const;
export type Measure = (typeof MEASURES)[number];

/** What a number in each result column is per; of one option, before any contract multiplier. */
export const BOOK_UNITS: Readonly<Record<Measure, string>> = {
  price: 'currency of the strike; coin where the option is on a coin',
  delta: "currency per unit of the underlying's mark: spot, futures price or forward",
  gamma: 'change of delta per unit of the mark',
  vega: 'per 1.00 of volatility',
  theta: 'per year of calendar time (ACT/365), marks held',
  rho: 'per 1.00 of the continuous rate, spot and yield held; of a future with the future held; of a coin with its spot held',
  vanna: 'change of delta per 1.00 of volatility',
  volga: 'change of vega per 1.00 of volatility',
};

type Results = Readonly<Record<Measure, Float64Array>>;

export interface VanillaColumns extends ColumnSizes, Results {
  readonly buffer: ArrayBufferLike;
  /** Live inputs, by number of the underlying, rate, yield and option. */
  readonly spots: Float64Array;
  readonly rateValues: Float64Array;
  readonly yieldValues: Float64Array;
  readonly volatilities: Float64Array;
  /** Of nodes. Style 0 is a spot, 1 a future, 2 a coin; expiry in years after the book's origin. */
  readonly spotOf: Uint32Array;
  readonly rateOf: Uint32Array;
  readonly yieldOf: Uint32Array;
  readonly styleOf: Uint32Array;
  readonly expiry: Float64Array;
  /** Of rows. Barriers and cash stand where a row has them. */
  readonly nodeOf: Uint32Array;
  readonly signs: Float64Array;
  readonly strikes: Float64Array;
  readonly logStrikes: Float64Array;
  readonly lowers: Float64Array;
  readonly uppers: Float64Array;
  readonly cash: Float64Array;
  /** Of American rows: what their exercise boundaries were solved for, and the boundaries. */
  readonly kept: Float64Array;
  readonly kinds: Uint8Array;
  /** Codes of `REASONS`: why a row has no values, or what there is to say of them. */
  readonly reasons: Uint8Array;
  /** Work: lists of rows and nodes to reprice. */
  readonly logSpots: Float64Array;
  readonly nodeTable: Float64Array;
  readonly rowList: Uint32Array;
  readonly nodeList: Uint32Array;
}

/** The first kilobytes stay free for the kernel: addresses of the columns, and room for one pair of rows. */
export const HEADER_AT = 1024;
const BASE = 2048;
const even = (n: number): number => n + (n % 2);
/** As compiled into the kernel's import: 64 k pages of 64 kB. */
const BYTES_MAX = 65_536 * 65_536;

/** Doubles of one row of `kept`: rate, yield, volatility and time, then five depths of each of its four puts. */
export const KEPT_WIDTH = 24;

const DOUBLES_A_ROW = 7 + MEASURES.length + KEPT_WIDTH;
const BYTES_A_ROW = 8 * DOUBLES_A_ROW + 4 * 2 + 2;
const BYTES_A_NODE = 8 * (NODE_WIDTH + 1) + 4 * 5;
const COLUMNS = 40;

/** Bytes of a buffer for these sizes. */
export const bytesOf = ({ options, nodes, underlyings, rates, yields }: ColumnSizes): number =>
  BASE +
  even(options) * BYTES_A_ROW +
  even(nodes) * BYTES_A_NODE +
  8 * (2 * even(underlyings) + even(rates) + even(yields)) +
  16 * COLUMNS;

/** Whether one WebAssembly memory can hold the columns. */
export const fitsMemory = (sizes: ColumnSizes): boolean => bytesOf(sizes) <= BYTES_MAX;

/** Lays the columns over a buffer of at least `bytesOf(sizes)`. */
export const columnsOver = (buffer: ArrayBufferLike, sizes: ColumnSizes): VanillaColumns => {
  let at = BASE;
  const take = (bytes: number): number => {
    const offset = at;
    at += Math.ceil(bytes / 16) * 16;
    return offset;
  };
  const doubles = (n: number): Float64Array => new Float64Array(buffer, take(8 * even(n)), even(n));
  const numbers = (n: number): Uint32Array => new Uint32Array(buffer, take(4 * even(n)), even(n));
  const bytes = (n: number): Uint8Array => new Uint8Array(buffer, take(even(n)), even(n));
  const { options, nodes, underlyings, rates, yields } = sizes;
  // The kernel walks from one result to the next by a fixed stride: they lie one after the other.
  const results = Object.fromEntries(MEASURES.map((name) => [name, doubles(options)])) as Results;
  const inputs = {
    spots: doubles(underlyings),
    rateValues: doubles(rates),
    yieldValues: doubles(yields),
    volatilities: doubles(options),
    signs: doubles(options),
    strikes: doubles(options),
    logStrikes: doubles(options),
    lowers: doubles(options),
    uppers: doubles(options),
    cash: doubles(options),
    kept: doubles(KEPT_WIDTH * options),
    expiry: doubles(nodes),
    logSpots: doubles(underlyings),
    nodeTable: doubles(NODE_WIDTH * nodes),
  };
  const links = {
    nodeOf: numbers(options),
    rowList: numbers(options),
    spotOf: numbers(nodes),
    rateOf: numbers(nodes),
    yieldOf: numbers(nodes),
    styleOf: numbers(nodes),
    nodeList: numbers(nodes),
    kinds: bytes(options),
    reasons: bytes(options),
  };
  return { ...sizes, buffer, ...inputs, ...results, ...links };
};
