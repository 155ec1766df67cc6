/**
 * The columns of a book of vanillas, in one buffer that a WebAssembly kernel, plain JavaScript and other threads share.
 *
 * An option names a node, a node is one (underlying, rate, yield, expiry): what options of one expiry have in common is
 * computed once. Inputs that move are `spots`, `rates`, `yields` and `volatilities`; NaN in them means "missing" and
 * comes out as NaN in everything that depends on it.
 */
export interface ColumnSizes {
  readonly options: number;
  readonly nodes: number;
  readonly underlyings: number;
  readonly rates: number;
  readonly yields: number;
}

/** Doubles of one row of `nodeTable`: ln F, discount, S·carried, carried, 1/S, √T, T, r, q, 1/(2T). */
export const NODE_WIDTH = 10;

export interface VanillaColumns extends ColumnSizes {
  readonly buffer: ArrayBufferLike;
  /** Live inputs, by number of the underlying, rate, yield and option. */
  readonly spots: Float64Array;
  readonly rateValues: Float64Array;
  readonly yieldValues: Float64Array;
  readonly volatilities: Float64Array;
  /** Set once by `prepareBook`. Expiry in years after the book's origin. */
  readonly spotOf: Uint32Array;
  readonly rateOf: Uint32Array;
  readonly yieldOf: Uint32Array;
  readonly expiry: Float64Array;
  readonly nodeOf: Uint32Array;
  readonly signs: Float64Array;
  readonly strikes: Float64Array;
  readonly logStrikes: Float64Array;
  /** Work. */
  readonly logSpots: Float64Array;
  readonly nodeTable: Float64Array;
  /** Results: delta per unit of spot; vega and rho per 1.00; theta per year. */
  readonly price: Float64Array;
  readonly delta: Float64Array;
  readonly gamma: Float64Array;
  readonly vega: Float64Array;
  readonly theta: Float64Array;
  readonly rho: Float64Array;
}

/** The first kilobyte stays free for the kernel. */
const BASE = 1024;
const even = (n: number): number => n + (n % 2);

/** Bytes of a buffer for these sizes. */
export const bytesOf = (sizes: ColumnSizes): number => {
  const { options, nodes, underlyings, rates, yields } = sizes;
  const doubles =
    10 * even(options) + 2 * even(underlyings) + even(rates) + even(yields) + (NODE_WIDTH + 1) * even(nodes);
  return BASE + 8 * doubles + 4 * (even(options) + 3 * even(nodes)) + 64;
};

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
  const { options, nodes, underlyings, rates, yields } = sizes;
  const inputs = {
    spots: doubles(underlyings),
    rateValues: doubles(rates),
    yieldValues: doubles(yields),
    volatilities: doubles(options),
    signs: doubles(options),
    strikes: doubles(options),
    logStrikes: doubles(options),
    expiry: doubles(nodes),
    logSpots: doubles(underlyings),
    nodeTable: doubles(NODE_WIDTH * nodes),
  };
  // The kernel walks from one result to the next by a fixed stride: they lie one after the other.
  const results = {
    price: doubles(options),
    delta: doubles(options),
    gamma: doubles(options),
    vega: doubles(options),
    theta: doubles(options),
    rho: doubles(options),
  };
  const links = {
    nodeOf: numbers(options),
    spotOf: numbers(nodes),
    rateOf: numbers(nodes),
    yieldOf: numbers(nodes),
  };
  return { ...sizes, buffer, ...inputs, ...results, ...links };
};
