/**
 * Implied volatilities of many European prices at once: columns in, columns out, a reason where there is none.
 *
 * WebAssembly SIMD solves what lies away from the ends of its domain, two at a time, to 2e-10 of the volatility or as many
 * digits as the price holds; everything else goes to the scalar solver one by one, so that a price with a solution has one.
 * Source: `kernel/implied.as`.
 */
import { impliedBlackVolatility } from '../models/implied-volatility';
import { IMPLIED_KERNEL_BASE64 } from './implied-kernel';
import { instantiate, kernelMemoryOf, wasmAvailable } from './web-assembly';

/** By code; 0 has a volatility, all others NaN. */
export const IMPLIED_REASONS = [
  'solved',
  'forward-must-be-positive',
  'strike-must-be-positive',
  'time-must-be-positive',
  'price-must-be-finite',
  'price-below-intrinsic',
  'price-has-no-time-value',
  'price-above-maximum',
  'sign-must-be-one',
] as const;

/** Columns of equal length: undiscounted forwards and strikes, prices as paid today, times in years. */
export interface QuotedPrices {
  /** 1 for calls, −1 for puts. */
  readonly sign: Float64Array;
  readonly price: Float64Array;
  readonly forward: Float64Array;
  readonly strike: Float64Array;
  readonly discount: Float64Array;
  readonly time: Float64Array;
}

export interface ImpliedColumns {
  /** Lognormal, decimal a year; NaN where there is none. */
  readonly volatility: Float64Array;
  /** Codes of `IMPLIED_REASONS`. */
  readonly reason: Uint8Array;
}

const INPUTS = ['sign', 'price', 'forward', 'strike', 'discount', 'time'] as const;
const COLUMNS = INPUTS.length + 2;
/** Prices in one portion: all its columns stay in the first cache. */
const PORTION = 512;
const COLUMNS_AT = 1024;
/** As compiled into the kernel's import. */
const PAGES_MAX = 16;

interface Portion {
  readonly columns: readonly Float64Array[];
  readonly solve: (count: number) => void;
}

const wasmPortion = (): Portion => {
  const memory = kernelMemoryOf({
    bytes: COLUMNS_AT + 8 * PORTION * COLUMNS,
    pagesMax: PAGES_MAX,
    shared: false,
  });
  const { implied } = instantiate(IMPLIED_KERNEL_BASE64, memory) as {
    readonly implied: (count: number, columns: number, stride: number) => void;
  };
  const columns = Array.from(
    { length: COLUMNS },
    (_, i) => new Float64Array(memory.buffer, COLUMNS_AT + 8 * PORTION * i, PORTION),
  );
  return { columns, solve: (count) => implied(count, COLUMNS_AT, 8 * PORTION) };
};

/** Where there is no SIMD, nothing is settled and every price goes to the scalar solver. */
const plainPortion = (): Portion => {
  const columns = Array.from({ length: COLUMNS }, () => new Float64Array(PORTION));
  return { columns, solve: () => columns[COLUMNS - 1]!.fill(1) };
};

const CODES = new Map<string, number>(IMPLIED_REASONS.map((reason, code) => [reason, code]));

/** One price by the scalar solver. */
const solveOne = (quotes: QuotedPrices, i: number, out: ImpliedColumns): void => {
  const sign = quotes.sign[i]!;
  const solved =
    sign === 1 || sign === -1
      ? impliedBlackVolatility({
          right: sign === 1 ? 'call' : 'put',
          price: quotes.price[i]!,
          forward: quotes.forward[i]!,
          strike: quotes.strike[i]!,
          discount: quotes.discount[i]!,
          time: quotes.time[i]!,
        })
      : ({ ok: false, reason: 'sign-must-be-one' } as const);
  out.volatility[i] = solved.ok ? solved.value : Number.NaN;
  out.reason[i] = solved.ok ? 0 : CODES.get(solved.reason)!;
};

export interface ImpliedSolver {
  readonly name: 'wasm-simd' | 'javascript';
  /** Fills the first `count` places of `out`. Throws where a column is shorter. */
  readonly solve: (quotes: QuotedPrices, count: number, out: ImpliedColumns) => void;
}

/** A solver with a small memory of its own: one for each thread. */
export const impliedSolver = (kernel: 'wasm-simd' | 'javascript' = 'wasm-simd'): ImpliedSolver => {
  const isWasm = kernel === 'wasm-simd' && wasmAvailable(IMPLIED_KERNEL_BASE64);
  const { columns, solve } = isWasm ? wasmPortion() : plainPortion();
  const [found, mark] = [columns[COLUMNS - 2]!, columns[COLUMNS - 1]!];
  return {
    name: isWasm ? 'wasm-simd' : 'javascript',
    solve: (quotes, count, out) => {
      const shortest = Math.min(
        ...INPUTS.map((name) => quotes[name].length),
        out.volatility.length,
        out.reason.length,
      );
      if (!(count <= shortest))
        throw new RangeError(`columns hold ${shortest} prices, and ${count} were asked for`);
      for (let start = 0; start < count; start += PORTION) {
        const size = Math.min(PORTION, count - start);
        for (let c = 0; c < INPUTS.length; c++)
          columns[c]!.set(quotes[INPUTS[c]!].subarray(start, start + size));
        solve(size);
        out.volatility.set(found.subarray(0, size), start);
        for (let i = 0; i < size; i++) {
          if (mark[i] === 0) out.reason[start + i] = 0;
          else solveOne(quotes, start + i, out);
        }
      }
    },
  };
};
