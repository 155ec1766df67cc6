/**
 * A surface that takes many quotes and forwards at once, has no past, and knows its arbitrage before anyone reads it.
 *
 * Every slice is a function of its own quotes in order of strike: after any moves the surface has the bits of one that is
 * built afresh from the same quotes. Slices that nothing moved stay the very same objects, and so do their faults. A
 * quote that is NaN is missing: its slice is fitted without it, and refused by name where too few are left; the other
 * slices stand.
 */
import { failure, type Result, success } from '../contract';
import type { ArbitrageFault } from './arbitrage';
import {
  buildSlice,
  neighbourFaults,
  type QuoteMove,
  type SliceInput,
  type SurfaceSlice,
  type SviSurface,
  sliceButterflies,
  sliceFault,
} from './svi-surface';

export interface ForwardMove {
  readonly label: string;
  readonly forward: number;
}

/** What has moved: a quote of a strike that was not there joins its slice; NaN takes a volatility or forward away. */
export interface SurfaceMoves {
  readonly quotes?: readonly QuoteMove[];
  readonly forwards?: readonly ForwardMove[];
}

/** An expiry that is not in the surface, and why. */
export interface RefusedSlice {
  readonly label: string;
  readonly message: string;
}

/** One expiry with what it was told, missing quotes and all. */
interface Expiry {
  readonly input: SliceInput;
  /** Undefined where the expiry is refused. */
  readonly slice: SurfaceSlice | undefined;
  readonly refused: RefusedSlice | undefined;
  readonly butterflies: readonly ArbitrageFault[];
}

export interface LiveSurface extends SviSurface {
  readonly expiries: readonly Expiry[];
  readonly refused: readonly RefusedSlice[];
  /** Calendar faults of each slice against the one before it; those of the first are none. */
  readonly calendars: readonly (readonly ArbitrageFault[])[];
  /** All arbitrage there is, at the tolerance of `surfaceFaults`. */
  readonly faults: readonly ArbitrageFault[];
}

const TOLERANCE = 1e-8;

const fitted = (input: SliceInput, version: number): Expiry => {
  const known = { ...input, quotes: input.quotes.filter(({ volatility }) => !Number.isNaN(volatility)) };
  const fault = sliceFault(known);
  if (fault) {
    const message = `"${input.label}" is not in the surface: ${fault}. Wait for its quotes, or leave it out.`;
    return { input, slice: undefined, refused: { label: input.label, message }, butterflies: [] };
  }
  const slice = buildSlice(known, version);
  return { input, slice, refused: undefined, butterflies: sliceButterflies(slice, TOLERANCE) };
};

/** The surface of its expiries; calendar faults are taken from `before` where both neighbours are the same objects. */
const assembled = (expiries: readonly Expiry[], version: number, before?: LiveSurface): LiveSurface => {
  const slices = expiries.flatMap(({ slice }) => slice ?? []);
  const known = new Map(before?.slices.map((slice, i) => [slice, i]));
  const calendars = slices.map((slice, i) => {
    const earlier = slices[i - 1];
    if (!earlier) return [];
    const at = known.get(slice);
    const isKnown = at !== undefined && before!.slices[at - 1] === earlier;
    return isKnown ? before!.calendars[at]! : neighbourFaults(earlier, slice, TOLERANCE);
  });
  return {
    version,
    slices,
    expiries,
    refused: expiries.flatMap(({ refused }) => refused ?? []),
    calendars,
    faults: [...expiries.flatMap(({ butterflies }) => butterflies), ...calendars.flat()],
  };
};

const byStrike = (input: SliceInput): SliceInput => ({
  ...input,
  quotes: [...input.quotes].sort((a, b) => a.strike - b.strike),
});

/** Failures: `surface-must-have-slices`, `surface-expiry-must-be-once` (two expiries, or labels, alike). */
export function liveSurface(inputs: readonly SliceInput[], version = 1): Result<LiveSurface> {
  if (inputs.length === 0)
    return failure(
      'surface-must-have-slices',
      'cannot build a surface of no expiry. Give one slice at least.',
    );
  const sorted = [...inputs].sort((a, b) => a.expiry - b.expiry);
  const labels = new Set(sorted.map(({ label }) => label));
  const twice = sorted.find(({ expiry }, i) => sorted[i + 1]?.expiry === expiry);
  if (twice || labels.size < sorted.length)
    return failure(
      'surface-expiry-must-be-once',
      `expiry "${twice?.label ?? 'one label'}" is given twice. Leave one of them out.`,
    );
  return success(
    assembled(
      sorted.map((input) => fitted(byStrike(input), version)),
      version,
    ),
  );
}

/** The input of one expiry after the moves; itself where they change nothing. */
const movedInput = (input: SliceInput, moves: SurfaceMoves): SliceInput => {
  const volatilities = new Map(
    moves.quotes
      ?.filter(({ label }) => label === input.label)
      .map(({ strike, volatility }) => [strike, volatility]),
  );
  const forward = moves.forwards?.findLast(({ label }) => label === input.label)?.forward ?? input.forward;
  const changes = input.quotes.filter(
    ({ strike, volatility }) => volatilities.has(strike) && !Object.is(volatilities.get(strike), volatility),
  );
  const kept = input.quotes.map((q) => ({ ...q, volatility: volatilities.get(q.strike) ?? q.volatility }));
  for (const { strike } of input.quotes) volatilities.delete(strike);
  if (changes.length + volatilities.size === 0 && Object.is(forward, input.forward)) return input;
  const joined = [...volatilities].map(([strike, volatility]) => ({ strike, volatility }));
  return byStrike({ ...input, forward, quotes: [...kept, ...joined] });
};

/**
 * The next version after all moves at once; the last move of a quote counts. The same surface where nothing changed.
 * Failure: `surface-quote-must-exist` where a move names an expiry that the surface was not built with.
 */
export function moveSurface(surface: LiveSurface, moves: SurfaceMoves): Result<LiveSurface> {
  const labels = new Set(surface.expiries.map(({ input }) => input.label));
  const stray = [...(moves.quotes ?? []), ...(moves.forwards ?? [])].find(({ label }) => !labels.has(label));
  if (stray)
    return failure(
      'surface-quote-must-exist',
      `no expiry "${stray.label}" in the surface. Build the surface with it first.`,
    );
  const version = surface.version + 1;
  const expiries = surface.expiries.map((expiry) => {
    const input = movedInput(expiry.input, moves);
    return input === expiry.input ? expiry : fitted(input, version);
  });
  if (expiries.every((expiry, i) => expiry === surface.expiries[i])) return success(surface);
  return success(assembled(expiries, version, surface));
}
