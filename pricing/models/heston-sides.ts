/**
 * Which contour each strike of a strip takes: upwards or downwards, whichever its integrand dies on first.
 *
 * In the middle e^{−iξk} wants strikes below the forward upwards, far out the phase of the characteristic function
 * moves that border by ρ(v0 + κθT)/σ. A strike between the two can fall, rise again and oscillate on the wrong contour, where no step
 * of use resolves it. So the size of the integrand is probed on both, far beyond what the tolerance asks for.
 */
import { hestonExpectedVariance } from './heston';
import { type HestonContour, hestonContour, TILT_COS, TILT_SIN } from './heston-contour';
import { EXPONENT_SIZE, hestonExponent } from './heston-exponent';
import type { HestonUnitRequest } from './heston-units';

/** The strikes that share a contour. */
export interface HestonSide {
  readonly request: HestonUnitRequest;
  readonly contour: HestonContour;
  /** Expected variance to expiry. */
  readonly variance: number;
  /** Places of the strikes in the request. */
  readonly places: readonly number[];
  /** Their ln(K/F), and after them those of strikes that only judge the error. */
  readonly logs: Float64Array;
  readonly lowest: number;
  readonly highest: number;
  /** The y up to which terms may be above what is negligible, even where some before are below. */
  readonly loud: number;
}

const SPACING = 0.4;
const PROBES_MAX = 36;
/**
 * How far, in logarithms, the integrand falls below what is negligible before it counts as dead. It may rise again on
 * a contour that is wrong for it, but one that was as small between the two contours adds nothing there.
 */
const REST = 8;
/** Where the integrand may start: digits are lost to what is larger. */
const LOUDEST = 3;
/** Distances, in standard deviations, of the strikes that judge the error from the innermost one. */
const JUDGES = [-0.1, -0.03];
// Scratch of one call, which is shorter than what it would allocate.
const cell = new Float64Array(EXPONENT_SIZE);
const column = (): Float64Array => new Float64Array(PROBES_MAX);
const upwards = [column(), column()] as const;
const downwards = [column(), column()] as const;

/** ln |integrand| at y = j · SPACING is `sizes[j] + k · slopes[j]`, for the first `count` of the probes. */
interface Probes {
  readonly variance: number;
  readonly contour: HestonContour;
  readonly sizes: Float64Array;
  readonly slopes: Float64Array;
  count: number;
}

function probe({ parameters, expiry, greeks }: HestonUnitRequest, probes: Probes): void {
  const { direction, scale, shift } = probes.contour;
  const grow = Math.exp(probes.count * SPACING);
  const stretch = 0.5 * scale * (grow + 1 / grow);
  const x = 0.5 * scale * (grow - 1 / grow) * TILT_COS;
  const i = shift + direction * stretch * TILT_SIN;
  hestonExponent(parameters, expiry, x, i, cell);
  const payoff = Math.sqrt((x * x + i * i) * (x * x + (i + 1) * (i + 1)));
  const weight = greeks ? Math.max(1, payoff * probes.variance) : 1;
  probes.sizes[probes.count] = cell[0]! + Math.log((stretch * weight) / payoff);
  probes.slopes[probes.count] = i + 1;
  probes.count++;
}

/** Which of the two integrands of strike k dies first, of those that do not start too large; −1 when none does. */
function race(request: HestonUnitRequest, up: Probes, down: Probes, k: number, dead: number): number {
  const startUp = up.sizes[0]! + k * up.slopes[0]!;
  const startDown = down.sizes[0]! + k * down.slopes[0]!;
  const most = Math.max(LOUDEST, Math.min(startUp, startDown) + 1);
  for (let j = 1; j < PROBES_MAX; j++) {
    if (up.count === j) probe(request, up);
    if (startUp <= most && up.sizes[j]! + k * up.slopes[j]! < dead) return 0;
    if (down.count === j) probe(request, down);
    if (startDown <= most && down.sizes[j]! + k * down.slopes[j]! < dead) return 1;
  }
  return -1;
}

/** The last probe of strike k that is above `least`, as y. */
function loudness({ sizes, slopes, count }: Probes, k: number, least: number): number {
  let j = 0;
  while (j < count && sizes[j]! + k * slopes[j]! >= least - REST) j++;
  while (j > 0 && sizes[j - 1]! + k * slopes[j - 1]! < least) j--;
  return j * SPACING - SPACING;
}

/** The strikes of a side and, beside the one nearest to the other side, others: at one two levels may agree by chance. */
function judged(
  own: readonly number[],
  all: Float64Array,
  direction: 1 | -1,
  deviation: number,
): Float64Array {
  const judges = own.length < 3 ? 2 : 1;
  const logs = new Float64Array(own.length + judges);
  let inner = Number.NEGATIVE_INFINITY;
  for (let s = 0; s < own.length; s++) {
    logs[s] = all[own[s]!]!;
    inner = Math.max(inner, direction * logs[s]!);
  }
  for (let j = 0; j < judges; j++) logs[own.length + j] = direction * (inner + JUDGES[j]! * deviation);
  return logs;
}

function probesOf(
  request: HestonUnitRequest,
  direction: 1 | -1,
  variance: number,
  [sizes, slopes]: readonly [Float64Array, Float64Array],
): Probes {
  const contour = hestonContour(request.parameters, request.expiry, direction);
  const probes: Probes = { variance, contour, sizes, slopes, count: 0 };
  probe(request, probes);
  return probes;
}

/** The strikes by contour, one or two sides; nothing when some strike's integrand does not die on either. */
export function hestonSides(
  request: HestonUnitRequest,
  negligible: number,
): readonly HestonSide[] | undefined {
  const { parameters, expiry, logStrikes } = request;
  const variance = hestonExpectedVariance(parameters, expiry);
  const up = probesOf(request, 1, variance, upwards);
  const down = probesOf(request, -1, variance, downwards);
  const places: readonly number[][] = [[], []];
  const least = Math.log(negligible);
  for (let place = 0; place < logStrikes.length; place++) {
    const side = race(request, up, down, logStrikes[place]!, least - REST);
    if (side < 0) return undefined;
    places[side]!.push(place);
  }
  const sides: HestonSide[] = [];
  for (const [side, probes] of [up, down].entries()) {
    const own = places[side]!;
    if (own.length === 0) continue;
    const { contour } = probes;
    const logs = judged(own, logStrikes, contour.direction, Math.sqrt(variance));
    const lowest = Math.min(...logs);
    const highest = Math.max(...logs);
    const loud = Math.max(loudness(probes, lowest, least), loudness(probes, highest, least));
    sides.push({ request, contour, variance, places: own, logs, lowest, highest, loud });
  }
  return sides;
}
