/**
 * A volatility surface of SVI slices that lives with its quotes.
 *
 * The surface is a value with a version. It knows which slice each quote feeds; a moved quote rebuilds that slice alone,
 * from its last parameters, and the other slices stay the very same objects. Between expiries total variance is linear
 * at equal forward log-moneyness, which keeps a surface free of calendar arbitrage where its slices are; before the
 * first and after the last expiry the volatility at that moneyness is held.
 */
import { failure, type Result, success } from '../contract';
import {
  type ArbitrageFault,
  butterflyFaults,
  calendarFaults,
  evenNodes,
  type SmileSection,
} from './arbitrage';
import { type SmilePoint, type SviParameters, sviPoint, sviVariance } from './svi';
import { bendNodes, type Least, leastDensities, minima } from './svi-density';
import { type FitError, fitError, fitSvi, type SmileQuote, type SviFitRequest } from './svi-fit';

/** One implied volatility, by strike. */
export interface VolatilityQuote {
  readonly strike: number;
  readonly volatility: number;
  readonly weight?: number;
}

export interface SliceInput {
  readonly label: string;
  readonly expiry: number;
  readonly forward: number;
  readonly quotes: readonly VolatilityQuote[];
}

export interface SurfaceSlice extends SliceInput {
  readonly parameters: SviParameters;
  readonly error: FitError;
  readonly converged: boolean;
  /** The surface version that built this slice. */
  readonly version: number;
}

export interface SviSurface {
  readonly version: number;
  /** In order of expiry. */
  readonly slices: readonly SurfaceSlice[];
}

/** Where from and to a slice is quoted, in log-moneyness. */
export const quotedReach = ({
  quotes,
  forward,
}: SliceInput): { readonly low: number; readonly high: number } => {
  const ks = quotes.map(({ strike }) => Math.log(strike / forward));
  return { low: Math.min(...ks), high: Math.max(...ks) };
};

/** What a slice's search may start from and where it has to stay. */
type SliceTerms = Pick<SviFitRequest, 'start' | 'bounds'>;

/** The quotes of an expiry over log-moneyness. */
const smileQuotes = ({ quotes, forward }: SliceInput): readonly SmileQuote[] =>
  quotes.map(({ strike, volatility, weight = 1 }) => ({ k: Math.log(strike / forward), volatility, weight }));

/** Fits the slice of one expiry. */
export const buildSlice = (input: SliceInput, version: number, terms: SliceTerms = {}): SurfaceSlice => {
  const quotes = smileQuotes(input);
  const { label, expiry, forward } = input;
  return { label, expiry, forward, quotes: input.quotes, ...fitSvi({ quotes, expiry, ...terms }), version };
};

/** The slice with more variance at every strike. */
export const liftSlice = (slice: SurfaceSlice, by: number, version: number): SurfaceSlice => {
  const parameters = { ...slice.parameters, a: slice.parameters.a + by };
  const error = fitError(parameters, { quotes: smileQuotes(slice), expiry: slice.expiry });
  return { ...slice, parameters, error, version };
};

/** The first reason why an expiry cannot carry a slice. */
export const sliceFault = (input: SliceInput): string | undefined => {
  if (!(input.expiry > 0)) return `its expiry is ${input.expiry} years`;
  if (!(input.forward > 0)) return `its forward is ${input.forward}`;
  const strikes = new Set(input.quotes.map(({ strike }) => strike)).size;
  if (strikes < 5) return `it has quotes of ${strikes} strikes, and SVI needs 5`;
  const bad = input.quotes.find((q) => !(q.strike > 0 && q.volatility > 0 && Number.isFinite(q.volatility)));
  return bad && `strike ${bad.strike} has volatility ${bad.volatility}`;
};

/** Builds every slice; the first expiry that cannot carry one is named. */
export function buildSviSurface(inputs: readonly SliceInput[], version = 1): Result<SviSurface> {
  const sorted = [...inputs].sort((a, b) => a.expiry - b.expiry);
  for (const [i, input] of sorted.entries()) {
    const fault = sorted[i + 1]?.expiry === input.expiry ? 'its expiry is given twice' : sliceFault(input);
    if (fault) {
      return failure(
        'surface-slice-must-be-quoted',
        `cannot build slice "${input.label}": ${fault}. Correct or leave it out.`,
      );
    }
  }
  if (sorted.length === 0) {
    return failure(
      'surface-must-have-slices',
      'cannot build a surface of no expiry. Give one slice at least.',
    );
  }
  return success({ version, slices: sorted.map((input) => buildSlice(input, version)) });
}

export interface QuoteMove {
  readonly label: string;
  readonly strike: number;
  readonly volatility: number;
}

/** The next version of the surface after one quote moved: one slice new, all others identical objects. */
export function moveQuote(surface: SviSurface, move: QuoteMove): Result<SviSurface> {
  const slice = surface.slices.find(({ label }) => label === move.label);
  if (!slice?.quotes.some(({ strike }) => strike === move.strike)) {
    return failure(
      'surface-quote-must-exist',
      `no quote of strike ${move.strike} in slice "${move.label}". Build the surface with it first.`,
    );
  }
  const quotes = slice.quotes.map((q) =>
    q.strike === move.strike ? { ...q, volatility: move.volatility } : q,
  );
  const input = { label: slice.label, expiry: slice.expiry, forward: slice.forward, quotes };
  const fault = sliceFault(input);
  if (fault) return failure('surface-slice-must-be-quoted', `cannot rebuild "${slice.label}": ${fault}.`);
  const version = surface.version + 1;
  const rebuilt = buildSlice(input, version);
  return success({ version, slices: surface.slices.map((s) => (s === slice ? rebuilt : s)) });
}

/** Total variance and its derivatives in k at any time above zero, and its slope in time (for Dupire). */
export function surfacePoint(
  surface: SviSurface,
  t: number,
  k: number,
): SmilePoint & { readonly inTime: number } {
  const { slices } = surface;
  const after = slices.findIndex(({ expiry }) => expiry >= t);
  const last = slices[slices.length - 1]!;
  if (after <= 0) {
    const end = after === 0 ? slices[0]! : last;
    const p = sviPoint(end.parameters, k);
    const share = t / end.expiry;
    return {
      w: p.w * share,
      slope: p.slope * share,
      curvature: p.curvature * share,
      inTime: p.w / end.expiry,
    };
  }
  const [left, right] = [slices[after - 1]!, slices[after]!];
  const span = right.expiry - left.expiry;
  const share = (t - left.expiry) / span;
  const [p, q] = [sviPoint(left.parameters, k), sviPoint(right.parameters, k)];
  const mix = (a: number, b: number): number => a + share * (b - a);
  return {
    w: mix(p.w, q.w),
    slope: mix(p.slope, q.slope),
    curvature: mix(p.curvature, q.curvature),
    inTime: (q.w - p.w) / span,
  };
}

/** Black volatility at a time and forward log-moneyness. */
export const surfaceVolatility = (surface: SviSurface, t: number, k: number): number =>
  Math.sqrt(surfacePoint(surface, t, k).w / t);

const sectionOf = (slice: SurfaceSlice): SmileSection => ({
  label: slice.label,
  expiry: slice.expiry,
  forward: slice.forward,
  point: (k) => sviPoint(slice.parameters, k),
});

const JUDGED_NODES = 101;
const judgedNodes = (low: number, high: number): readonly number[] =>
  evenNodes(0.5, JUDGED_NODES).map((share) => low + (share + 0.5) * (high - low));

/** Where both of two expiries are quoted; undefined where they share no moneyness. */
const sharedReach = (
  a: SliceInput,
  b: SliceInput,
): { readonly low: number; readonly high: number } | undefined => {
  const [first, second] = [quotedReach(a), quotedReach(b)];
  const low = Math.max(first.low, second.low);
  const high = Math.min(first.high, second.high);
  return high > low ? { low, high } : undefined;
};

/** The places where the later of two expiries falls lowest below the earlier one, by more than `tolerance`. */
export const deepestFalls = (a: SurfaceSlice, b: SurfaceSlice, tolerance: number): readonly Least[] => {
  const reach = sharedReach(a, b);
  if (!reach) return [];
  const rise = (k: number): number => sviVariance(b.parameters, k) - sviVariance(a.parameters, k);
  return minima(rise, bendNodes([a.parameters, b.parameters], reach.low, reach.high), -tolerance);
};

/** Nodes where both of two expiries are quoted, and the deepest falls between them; none where they share no moneyness. */
export const sharedNodes = (a: SurfaceSlice, b: SurfaceSlice, tolerance = 0): readonly number[] => {
  const reach = sharedReach(a, b);
  if (!reach) return [];
  const nodes = [...judgedNodes(reach.low, reach.high), ...deepestFalls(a, b, tolerance).map(({ k }) => k)];
  return nodes.sort((x, y) => x - y);
};

/** Butterfly faults of one expiry over its quotes and half as far again beyond them: even nodes and every lowest place. */
export const sliceButterflies = (slice: SurfaceSlice, tolerance: number): readonly ArbitrageFault[] => {
  const { low, high } = quotedReach(slice);
  const lowest = leastDensities(slice.parameters, { low: 1.5 * low, high: 1.5 * high }, -tolerance);
  const nodes = [...judgedNodes(1.5 * low, 1.5 * high), ...lowest.map(({ k }) => k)].sort((x, y) => x - y);
  return butterflyFaults(sectionOf(slice), { nodes, tolerance });
};

/** Calendar faults between two neighbours where both are quoted. */
export const neighbourFaults = (
  earlier: SurfaceSlice,
  later: SurfaceSlice,
  tolerance: number,
): readonly ArbitrageFault[] =>
  calendarFaults([sectionOf(earlier), sectionOf(later)], {
    nodes: sharedNodes(earlier, later, tolerance),
    tolerance,
  });

/** Butterfly faults over each slice's own quotes and wings, calendar faults where both neighbours are quoted. */
export function surfaceFaults({ slices }: SviSurface, tolerance = 1e-8): readonly ArbitrageFault[] {
  return [
    ...slices.flatMap((slice) => sliceButterflies(slice, tolerance)),
    ...slices.slice(1).flatMap((later, i) => neighbourFaults(slices[i]!, later, tolerance)),
  ];
}
