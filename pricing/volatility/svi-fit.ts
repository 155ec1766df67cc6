/**
 * Calibrates one raw SVI slice to implied volatilities, with the error reported.
 *
 * The slice is a function of its quotes: the starts come from them, and no earlier slice is asked. A penalty bears on it
 * where its density is all but negative, or where it leaves the bounds it was given; it is added to the places where the
 * density came out negative, and raised until it holds, so a slice gives up fit before it gives up its density.
 */
import { type SviParameters, sviPoint } from './svi';
import { fromCoordinates, toCoordinates } from './svi-coordinates';
import { leastDensities } from './svi-density';
import { type Hold, type SviProblem, type SviSolution, searchSvi, type VarianceBound } from './svi-search';
import { sviStarts, thinned } from './svi-starts';

export type { VarianceBound } from './svi-search';

export interface SmileQuote {
  /** ln(K/F). */
  readonly k: number;
  readonly volatility: number;
  /** Relative trust, for example 1/(bid–ask spread in volatility); 1 when absent. */
  readonly weight?: number;
}

/** How well a slice repeats its quotes, in volatility (0.01 is one point). */
export interface FitError {
  readonly rmse: number;
  readonly max: number;
  /** The log-moneyness of the worst quote. */
  readonly maxAt: number;
  readonly quotes: number;
}

export interface SviFit {
  readonly parameters: SviParameters;
  readonly error: FitError;
  /** False when no start converged within the iterations: the parameters are then the best point seen. */
  readonly converged: boolean;
}

export interface SviFitRequest {
  readonly quotes: readonly SmileQuote[];
  readonly expiry: number;
  /** A slice to start from in place of the quotes' own starts; only a slice that is itself a function of quotes. */
  readonly start?: SviParameters;
  /** Total variance that the slice may not leave, where it has neighbours in time. */
  readonly bounds?: readonly VarianceBound[];
}

const STARTS = 2;
const FIRST_STEPS = 15;
const STEPS_MAX = 200;
/** Of the quotes' own scatter about the slice: what a coordinate costs that moves by one from where it began. */
const HOLD_SHARE = 0.1;
const HOLD_MIN = 1e-7;
/** The same on the first steps, which do not know the scatter yet. */
const FIRST_HOLD = 1e-5;

const DENSITY_NODES = 41;
/**
 * Weights and margins, tried in turn. They begin small: a density far below zero would else throw the search to where it
 * crawls back along the border of what is allowed.
 */
const PENALTIES = [
  { weight: 0.03, margin: 0.002, boundWeight: 1, volatilityMargin: 1e-5 },
  { weight: 0.3, margin: 0.002, boundWeight: 1, volatilityMargin: 1e-5 },
  { weight: 3, margin: 0.005, boundWeight: 10, volatilityMargin: 3e-5 },
  { weight: 30, margin: 0.01, boundWeight: 100, volatilityMargin: 1e-4 },
  { weight: 300, margin: 0.02, boundWeight: 1000, volatilityMargin: 3e-4 },
] as const;
/** Searches of one weight, with nodes added where g was still below zero. */
const ROUNDS = 2;

const problemOf = ({ quotes, expiry }: SviFitRequest): SviProblem => {
  const scale = Math.sqrt(quotes.reduce((sum, { weight = 1 }) => sum + weight * weight, 0));
  return {
    k: Float64Array.from(quotes, (q) => q.k),
    volatility: Float64Array.from(quotes, (q) => q.volatility),
    weight: Float64Array.from(quotes, ({ weight = 1 }) => weight / scale),
    expiry,
  };
};

/** How well parameters repeat quotes. */
export const fitError = (
  p: SviParameters,
  { quotes, expiry }: Pick<SviFitRequest, 'quotes' | 'expiry'>,
): FitError => {
  let square = 0;
  let max = 0;
  let maxAt = 0;
  for (const q of quotes) {
    const off = Math.abs(Math.sqrt(Math.max(sviPoint(p, q.k).w, 0) / expiry) - q.volatility);
    square += off * off;
    if (off > max) [max, maxAt] = [off, q.k];
  }
  return { rmse: Math.sqrt(square / quotes.length), max, maxAt, quotes: quotes.length };
};

/** Where the density is judged: the quoted moneyness on both sides and as far again beyond it. */
const judgedReach = ({ quotes }: SviFitRequest): { readonly low: number; readonly high: number } => {
  const far = 2 * quotes.reduce((most, { k }) => Math.max(most, Math.abs(k)), 0.05);
  return { low: -far, high: far };
};

const evenly = ({ low, high }: { readonly low: number; readonly high: number }): readonly number[] =>
  Array.from({ length: DENSITY_NODES }, (_, i) => low + ((high - low) * i) / (DENSITY_NODES - 1));

const outsideBounds = ({ bounds = [] }: SviFitRequest, p: SviParameters): boolean =>
  bounds.some(({ k, least, most }) => {
    const { w } = sviPoint(p, k);
    return w < least || w > most;
  });

const isFaulty = (request: SviFitRequest, { x }: SviSolution): boolean =>
  outsideBounds(request, fromCoordinates(x)) ||
  leastDensities(fromCoordinates(x), judgedReach(request), 0).length > 0;

/** The search from the best start, with penalties until they hold. */
function held(request: SviFitRequest, problem: SviProblem, from: Begun): SviSolution {
  const reach = judgedReach(request);
  const { bounds = [] } = request;
  const nodes = [...evenly(reach)];
  let solution = searchSvi(problem, from.solution.x, from.hold, STEPS_MAX);
  if (!isFaulty(request, solution)) return solution;
  for (const penalty of PENALTIES) {
    for (let round = 0; round < ROUNDS; round++) {
      const penalised = { ...problem, penalty: { ...penalty, nodes, bounds } };
      solution = searchSvi(penalised, solution.x, from.hold, STEPS_MAX);
      const found = fromCoordinates(solution.x);
      const negative = leastDensities(found, reach, 0);
      if (negative.length === 0 && !outsideBounds(request, found)) return solution;
      if (negative.length === 0) break;
      nodes.push(...negative.map(({ k }) => k));
    }
  }
  return solution;
}

interface Begun {
  readonly solution: SviSolution;
  readonly hold: Hold;
}

/** A few steps from each start; from the best of them on, held there by a share of the scatter that is left. */
const begun = (problem: SviProblem, starts: readonly Float64Array[]): Begun => {
  const width = Math.max(
    problem.k.reduce((a, b) => Math.max(a, b)) - problem.k.reduce((a, b) => Math.min(a, b)),
    1e-3,
  );
  const first = starts.map((anchor) => {
    const hold = { anchor, strength: FIRST_HOLD, width };
    return { hold, solution: searchSvi(problem, anchor, hold, FIRST_STEPS) };
  });
  const { hold, solution } = first.reduce((a, b) => (b.solution.cost < a.solution.cost ? b : a));
  const strength = Math.max(HOLD_SHARE * Math.sqrt(solution.cost), HOLD_MIN);
  return { solution, hold: { ...hold, strength } };
};

/** The best slice through at least five quotes; fewer leave the parameters undetermined and throw a RangeError. */
export function fitSvi(request: SviFitRequest): SviFit {
  const { quotes, expiry, start } = request;
  if (quotes.length < 5) throw new RangeError(`an SVI slice needs at least 5 quotes, got ${quotes.length}`);
  if (!(expiry > 0)) throw new RangeError(`an SVI slice needs an expiry above zero, got ${expiry}`);
  const problem = problemOf(request);
  const few = thinned(problem);
  const begin = begun(few, start ? [toCoordinates(start)] : sviStarts(few, STARTS));
  const solution = held(request, problem, begin);
  const parameters = fromCoordinates(solution.x);
  return { parameters, error: fitError(parameters, request), converged: solution.converged };
}
