/**
 * Bermudan exercise under Hull and White's model, as a Gaussian factor x with variance ζ(t) in the measure whose numeraire
 * makes bonds exp(−H·x − H²·ζ/2) (P. Hagan, "Methodology for callable swaps and Bermudan exercise into swaptions"). Values
 * are rolled back from exercise to exercise by quadrature, split where exercise begins, so that only smooth pieces are
 * integrated; a forward pass of the density that has not exercised gives the weight of every flow, and so all deltas.
 */
import { gaussLegendre } from '../math/gauss-legendre';
import { normalPdf } from '../math/normal';
import { type UniformGrid, uniformSpline } from '../math/uniform-spline';
import { type HullWhiteParameters, reversionTime, type TimedClaim } from './hull-white';

export interface ExerciseDate {
  /** Years from today, above zero. */
  readonly time: number;
  /** What exercise brings, by flows; their values are today's. */
  readonly claims: readonly TimedClaim[];
}

export interface BermudanValue {
  readonly value: number;
  /** By exercise date and claim: the weight with which today's value of the claim counts. */
  readonly weights: readonly Float64Array[];
  /** Factor level at which exercise begins, by date. */
  readonly boundaries: readonly number[];
  /** Value by the forward pass less the value by the backward one. */
  readonly mismatch: number;
}

export interface RollbackSettings {
  /** Knots of each date's grid. */
  readonly knots?: number;
  /** Whether the forward pass runs; without it there are no weights, and no mismatch. */
  readonly weights?: boolean;
}

/** Knots reach this many standard deviations; kernels of the roll as many of their own. */
const reach = 7.5;
const rule = gaussLegendre(14);

/** ζ(t) = σ²·(e^(2at) − 1)/(2a). */
export const gaussianVariance = ({ reversion, volatility }: HullWhiteParameters, time: number): number =>
  volatility * volatility * reversionTime({ reversion: -2 * reversion }, time);

interface Stage {
  readonly variance: number;
  readonly grid: UniformGrid;
  readonly loads: Float64Array;
  readonly exercised: (x: number) => number;
  readonly worth: (x: number) => number;
  boundary: number;
  /** Standard deviations of the factor's move from the date before, and to the next one: how sharply functions bend. */
  readonly before: number;
  readonly after: number;
  /** +1 where exercise happens above the boundary, −1 below. */
  side: 1 | -1;
}

interface StagePlace {
  readonly variance: number;
  readonly before: number;
  readonly after: number;
  readonly knots: number;
}

/** Knots stand closer than the sharpest bend of what is kept on them, or the spline would cut corners. */
function stageOf(
  { claims }: ExerciseDate,
  parameters: HullWhiteParameters,
  { variance, before, after, knots }: StagePlace,
): Stage {
  const sharpest = Math.min(before, after);
  const size = Math.min(Math.max(knots, Math.ceil((3 * reach * Math.sqrt(variance)) / sharpest)), 4001);
  const loads = Float64Array.from(claims, (claim) => reversionTime(parameters, claim.time));
  const low = -reach * Math.sqrt(variance);
  const grid = { low, step: (-2 * low) / (size - 1), size };
  const worth = (x: number): number => {
    let sum = 0;
    for (let index = 0; index < loads.length; index += 1) {
      const load = loads[index]!;
      sum += claims[index]!.value * Math.exp(-load * (x + 0.5 * load * variance));
    }
    return sum;
  };
  const exercised = uniformSpline(grid, knotValues(grid, worth));
  return {
    variance,
    before,
    after,
    grid,
    loads,
    exercised,
    worth,
    boundary: 0,
    side: worth(-low) > worth(low) ? 1 : -1,
  };
}

const knotValues = ({ low, step, size }: UniformGrid, f: (x: number) => number): Float64Array =>
  Float64Array.from({ length: size }, (_, index) => f(low + step * index));

/** Where exercise starts to be worth more than waiting; an end of the grid where it always or never is. */
function boundaryOf({ grid, exercised, side }: Stage, waiting: (x: number) => number): number {
  let [low, high] = [grid.low, -grid.low];
  const gain = (x: number): number => side * (exercised(x) - waiting(x));
  if (gain(low) >= 0) return low;
  if (gain(high) <= 0) return high;
  for (let iteration = 0; iteration < 80; iteration += 1) {
    const middle = (low + high) / 2;
    if (gain(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

interface Kernel {
  readonly centre: number;
  readonly deviation: number;
  readonly from: number;
  readonly to: number;
  /** Width within which f may bend; panels stay below four of it. */
  readonly bend?: number;
}

/** ∫ of f against a normal density around a centre, from one bound to another. */
function against(
  f: (x: number) => number,
  { centre, deviation, from, to, bend = deviation }: Kernel,
): number {
  const low = Math.max(from, centre - reach * deviation);
  const high = Math.min(to, centre + reach * deviation);
  if (!(high > low)) return 0;
  const panels = Math.max(1, Math.ceil((high - low) / (4 * Math.min(deviation, bend))));
  const half = (high - low) / (2 * panels);
  let sum = 0;
  for (let panel = 0; panel < panels; panel += 1) {
    const middle = low + (2 * panel + 1) * half;
    for (let node = 0; node < rule.nodes.length; node += 1) {
      const x = middle + half * rule.nodes[node]!;
      sum += rule.weights[node]! * f(x) * normalPdf((x - centre) / deviation);
    }
  }
  return (sum * half) / deviation;
}

const nothing = (): number => 0;

export function bermudanValue(
  dates: readonly ExerciseDate[],
  parameters: HullWhiteParameters,
  { knots = 193, weights = true }: RollbackSettings = {},
): BermudanValue {
  const variances = dates.map(({ time }) => gaussianVariance(parameters, time));
  const stages = dates.map((date, place) => {
    const variance = variances[place]!;
    const before = Math.sqrt(variance - (place > 0 ? variances[place - 1]! : 0));
    const after =
      place + 1 < dates.length ? Math.sqrt(variances[place + 1]! - variance) : Number.POSITIVE_INFINITY;
    return stageOf(date, parameters, { variance, before, after, knots });
  });
  let waiting: (x: number) => number = nothing;
  for (let index = stages.length - 1; index >= 0; index -= 1) {
    const stage = stages[index]!;
    stage.boundary = boundaryOf(stage, waiting);
    const before = index > 0 ? stages[index - 1]!.variance : 0;
    const deviation = Math.sqrt(stage.variance - before);
    const later = waiting;
    const rolled = (centre: number): number => {
      const [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      const above = { centre, deviation, from: stage.boundary, to: high };
      const below = { centre, deviation, from: low, to: stage.boundary };
      const [exercise, wait] = stage.side > 0 ? [above, below] : [below, above];
      return against(stage.exercised, exercise) + against(later, { ...wait, bend: stage.after });
    };
    if (index === 0) {
      const value = rolled(0);
      if (weights) return forwardPass(dates, stages, value);
      return { value, weights: [], boundaries: stages.map(({ boundary }) => boundary), mismatch: 0 };
    }
    const { grid } = stages[index - 1]!;
    waiting = uniformSpline(grid, knotValues(grid, rolled));
  }
  return { value: 0, weights: [], boundaries: [], mismatch: 0 };
}

/** The density of paths not yet exercised, from date to date; what exercises at each date weighs its claims. */
function forwardPass(dates: readonly ExerciseDate[], stages: readonly Stage[], value: number): BermudanValue {
  const weights: Float64Array[] = [];
  let total = 0;
  let density: (x: number) => number = (x) =>
    normalPdf(x / Math.sqrt(stages[0]!.variance)) / Math.sqrt(stages[0]!.variance);
  for (let index = 0; index < stages.length; index += 1) {
    const stage = stages[index]!;
    const [low, high] = [stage.grid.low, -stage.grid.low];
    const exercise = stage.side > 0 ? [stage.boundary, high] : [low, stage.boundary];
    const own = exerciseWeights(stage, density, { from: exercise[0]!, to: exercise[1]! });
    weights.push(own);
    own.forEach((weight, claim) => {
      total += weight * dates[index]!.claims[claim]!.value;
    });
    const next = stages[index + 1];
    if (!next) break;
    const deviation = Math.sqrt(next.variance - stage.variance);
    const wait = stage.side > 0 ? { from: low, to: stage.boundary } : { from: stage.boundary, to: high };
    const here = density;
    density = uniformSpline(
      next.grid,
      knotValues(next.grid, (centre) => against(here, { centre, deviation, bend: stage.before, ...wait })),
    );
  }
  return { value, weights, boundaries: stages.map(({ boundary }) => boundary), mismatch: total - value };
}

/** ∫ over the exercise region of density · exp(−H·x − H²·ζ/2), for each claim. */
function exerciseWeights(
  { loads, variance, before }: Stage,
  density: (x: number) => number,
  { from, to }: { readonly from: number; readonly to: number },
): Float64Array {
  const weights = new Float64Array(loads.length);
  if (!(to > from)) return weights;
  const panels = Math.max(1, Math.ceil((to - from) / Math.min(0.5 * Math.sqrt(variance), 4 * before)));
  const half = (to - from) / (2 * panels);
  for (let panel = 0; panel < panels; panel += 1) {
    const middle = from + (2 * panel + 1) * half;
    for (let node = 0; node < rule.nodes.length; node += 1) {
      const x = middle + half * rule.nodes[node]!;
      const mass = rule.weights[node]! * half * density(x);
      for (let claim = 0; claim < loads.length; claim += 1) {
        const load = loads[claim]!;
        weights[claim]! += mass * Math.exp(-load * (x + 0.5 * load * variance));
      }
    }
  }
  return weights;
}
