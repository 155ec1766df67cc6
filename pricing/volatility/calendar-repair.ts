/**
 * Takes calendar arbitrage out of a surface of SVI slices, as far as the quotes allow.
 *
 * Where total variance falls from one expiry to the next, both slices are fitted again, to their own quotes, on either
 * side of a line between them: at each node the line divides the fall by the two expiries, so both give up about as
 * much volatility. Slices that cross no neighbour stay the very same objects. A repaired slice may touch the next
 * neighbour, so a few rounds are made. What still crosses then is lifted, expiry by expiry, by what it falls short. What no repair reaches is still named by `surfaceFaults`.
 */
import { sviVariance } from './svi';
import type { VarianceBound } from './svi-fit';
import {
  buildSlice,
  deepestFalls,
  liftSlice,
  type SurfaceSlice,
  type SviSurface,
  sharedNodes,
} from './svi-surface';

const ROUNDS_MAX = 4;
/** Falls of total variance below this are rounding. */
const TOLERANCE = 1e-9;

const varianceOf = (slice: SurfaceSlice, k: number): number => sviVariance(slice.parameters, k);

/** True when the later slice has less total variance anywhere where both are quoted. */
const crosses = (earlier: SurfaceSlice, later: SurfaceSlice): boolean =>
  deepestFalls(earlier, later, TOLERANCE).length > 0;

interface Node {
  readonly k: number;
  readonly w: number;
}

/** The line between two slices: nearer to the earlier one, whose volatility moves more with the same variance. */
const lineBetween = (earlier: SurfaceSlice, later: SurfaceSlice): readonly Node[] => {
  const share = earlier.expiry / (earlier.expiry + later.expiry);
  return sharedNodes(earlier, later).map((k) => {
    const [v, w] = [varianceOf(earlier, k), varianceOf(later, k)];
    return { k, w: v + share * (w - v) };
  });
};

const leastOf = ({ k, w }: Node): VarianceBound => ({ k, least: w, most: Number.POSITIVE_INFINITY });
const mostOf = ({ k, w }: Node): VarianceBound => ({ k, least: 0, most: w });

/** One round: every slice that crosses a neighbour is fitted between the lines to both of its neighbours. */
function repairOnce(slices: readonly SurfaceSlice[], version: number): readonly SurfaceSlice[] {
  const pairs = slices.slice(1).map((later, i) => [slices[i]!, later] as const);
  const broken = pairs.map(([earlier, later]) => crosses(earlier, later));
  return slices.map((slice, i) => {
    if (!broken[i - 1] && !broken[i]) return slice;
    const below = i > 0 ? lineBetween(...pairs[i - 1]!).map(leastOf) : [];
    const above = i < pairs.length ? lineBetween(...pairs[i]!).map(mostOf) : [];
    return buildSlice(slice, version, { start: slice.parameters, bounds: [...below, ...above] });
  });
}

/** Slices from the second on raised over the one before where they still fall. */
function liftFallen(slices: readonly SurfaceSlice[], version: number): readonly SurfaceSlice[] {
  const lifted: SurfaceSlice[] = [];
  for (const slice of slices) {
    const before = lifted[lifted.length - 1];
    const falls = before ? deepestFalls(before, slice, 0) : [];
    const by = falls.reduce((most, { value }) => Math.max(most, -value), 0);
    lifted.push(by > TOLERANCE ? liftSlice(slice, by, version) : slice);
  }
  return lifted;
}

/** Root mean square error, in volatility, that a slice may gain. */
const LOSS_MAX = 0.005;

/** The repaired surface, unless a slice lost more fit than noise explains: then the quotes themselves are at odds. */
export function repairSlightCalendar(surface: SviSurface): SviSurface {
  const repaired = repairCalendar(surface);
  const lost = repaired.slices.map(({ error }, i) => error.rmse - surface.slices[i]!.error.rmse);
  return lost.every((loss) => loss <= LOSS_MAX) ? repaired : surface;
}

/** The surface itself where nothing falls, else the next version of it. */
export function repairCalendar(surface: SviSurface): SviSurface {
  const version = surface.version + 1;
  let { slices } = surface;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const repaired = repairOnce(slices, version);
    if (repaired.every((slice, i) => slice === slices[i])) break;
    slices = repaired;
  }
  slices = liftFallen(slices, version);
  return slices.every((slice, i) => slice === surface.slices[i]) ? surface : { version, slices };
}
