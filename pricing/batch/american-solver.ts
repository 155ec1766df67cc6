/**
 * What solves the exercise premiums of many American puts at once: columns in, columns out, in portions of bounded size.
 *
 * `wasm-american.ts` has two at a time in WebAssembly SIMD; the one here runs the model's own functions, as fallback and
 * oracle. Both are smooth in their inputs, so that a difference over a very small step is a derivative.
 */
import {
  type AmericanPut,
  boundaryNow,
  boundaryWork,
  type ExercisePremium,
  exercisePremium,
  solveBoundary,
} from '../models/american';
import { FAST_SCHEME } from '../models/american-scheme';

/** Puts in one portion at most. */
export const PORTION = 384;

/** Puts in years and decimals, rates and volatilities above zero; a call is a put with both sides exchanged. */
export interface PutColumns {
  readonly spot: Float64Array;
  readonly strike: Float64Array;
  readonly rate: Float64Array;
  readonly dividend: Float64Array;
  readonly volatility: Float64Array;
  readonly time: Float64Array;
}

/** Premium over the European price with its derivatives in spot, and the price at or below which to exercise now. */
export interface PremiumColumns {
  readonly value: Float64Array;
  readonly delta: Float64Array;
  readonly gamma: Float64Array;
  readonly boundary: Float64Array;
}

export interface AmericanSolver {
  readonly name: 'wasm-simd' | 'javascript';
  readonly puts: PutColumns;
  readonly premiums: PremiumColumns;
  /**
   * Depth of the boundary at each of its nodes, a column each. It depends on rate, yield, volatility and time alone: spot
   * and strike only scale the boundary.
   */
  readonly depths: readonly Float64Array[];
  /** Fills premiums and depths of puts 0 to before `count`, which is at most `PORTION`. */
  readonly solve: (count: number) => void;
  /** Fills the premiums from the depths that stand there: a fifth of the work, the same bits. */
  readonly solveKept: (count: number) => void;
}

/** Boundary nodes of the fast scheme: depths of a put. */
export const DEPTHS = FAST_SCHEME.n;

/** The columns of a portion over a buffer, puts first; one after the other, so that a kernel walks by a fixed stride. */
export const solverColumns = (
  buffer: ArrayBufferLike,
  start: number,
): Pick<AmericanSolver, 'puts' | 'premiums' | 'depths'> => {
  const column = (number: number) => new Float64Array(buffer, start + 8 * PORTION * number, PORTION);
  return {
    puts: {
      spot: column(0),
      strike: column(1),
      rate: column(2),
      dividend: column(3),
      volatility: column(4),
      time: column(5),
    },
    premiums: { value: column(6), delta: column(7), gamma: column(8), boundary: column(9) },
    depths: Array.from({ length: DEPTHS }, (_, node) => column(10 + node)),
  };
};

export const SOLVER_COLUMNS = 10 + DEPTHS;

export const javascriptSolver = (): AmericanSolver => {
  const buffer = new ArrayBuffer(8 * PORTION * SOLVER_COLUMNS);
  const { puts, premiums, depths } = solverColumns(buffer, 0);
  const work = boundaryWork(FAST_SCHEME);
  const premium: ExercisePremium = { value: 0, delta: 0, gamma: 0 };
  const put: AmericanPut = { spot: 1, strike: 1, rate: 0, dividend: 0, volatility: 1, time: 1 };
  const load = (i: number): void => {
    put.spot = puts.spot[i]!;
    put.strike = puts.strike[i]!;
    put.rate = puts.rate[i]!;
    put.dividend = puts.dividend[i]!;
    put.volatility = puts.volatility[i]!;
    put.time = puts.time[i]!;
  };
  const finish = (i: number): void => {
    exercisePremium(put, FAST_SCHEME, work, premium);
    premiums.value[i] = premium.value;
    premiums.delta[i] = premium.delta;
    premiums.gamma[i] = premium.gamma;
    premiums.boundary[i] = boundaryNow(put, FAST_SCHEME, work);
  };
  const solve = (count: number): void => {
    for (let i = 0; i < count; i++) {
      load(i);
      solveBoundary(put, FAST_SCHEME, work);
      finish(i);
      for (let node = 0; node < DEPTHS; node++) depths[node]![i] = work.depth[node + 1]!;
    }
  };
  const solveKept = (count: number): void => {
    for (let i = 0; i < count; i++) {
      load(i);
      for (let node = 0; node < DEPTHS; node++) {
        const depth = depths[node]![i]!;
        work.depth[node + 1] = depth;
        work.square[node + 1] = depth * depth;
      }
      finish(i);
    }
  };
  return { name: 'javascript', puts, premiums, depths, solve, solveKept };
};
