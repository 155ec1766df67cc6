/**
 * Least squares for one SVI slice, by Levenberg and Marquardt with exact derivatives (Nielsen's damping rule).
 *
 * Residuals are volatility errors of the quotes; where asked for, what Durrleman's g lacks to a margin at nodes, and how
 * far the slice is outside a corridor. Quotes on a short or straight piece of a smile leave directions that they do not
 * see: a hold on an anchor, far weaker than their scatter, makes the answer one point, with its bend among the quotes, and
 * the search end. A pass over a quote costs some twenty nanoseconds.
 */
import { COORDINATES, readShape, type SviShape, sviShape } from './svi-coordinates';

/** Least and most total variance at one log-moneyness. */
export interface VarianceBound {
  readonly k: number;
  readonly least: number;
  readonly most: number;
}

/** Weights of g and of volatility beyond their margins against volatility error. */
export interface Penalty {
  readonly weight: number;
  readonly boundWeight: number;
  /** Of g. */
  readonly margin: number;
  readonly volatilityMargin: number;
  /** Log-moneyness at which g is held. */
  readonly nodes: readonly number[];
  readonly bounds: readonly VarianceBound[];
}

export interface SviProblem {
  readonly k: Float64Array;
  readonly volatility: Float64Array;
  /** Weights whose squares sum to one. */
  readonly weight: Float64Array;
  readonly expiry: number;
  readonly penalty?: Penalty;
}

export interface SviSolution {
  readonly x: Float64Array;
  /** Sum of squared residuals. */
  readonly cost: number;
  readonly converged: boolean;
}

/** What keeps a search from wandering where the quotes see nothing. */
export interface Hold {
  readonly anchor: Float64Array;
  /** Volatility error that a coordinate costs which moves by one; m counts in widths of the quoted range. */
  readonly strength: number;
  readonly width: number;
}

const FALL_MIN = 1e-5;
/** A search that is out of steps has converged all the same if the last ones gained next to nothing of the cost. */
const LAST_STEPS = 25;
const LATE_SHARE = 1e-3;
const ENTRIES = (COORDINATES * (COORDINATES + 1)) / 2;

/** The lower triangle of JᵀJ, row by row, then Jᵀr, then the cost. */
const NORMAL = ENTRIES + COORDINATES + 1;
const GRADIENT = ENTRIES;
const COST = NORMAL - 1;

/** Adds one residual with its derivatives. */
const add = (n: Float64Array, r: number, a: number, b: number, c: number, d: number, e: number): void => {
  n[0]! += a * a;
  n[1]! += b * a;
  n[2]! += b * b;
  n[3]! += c * a;
  n[4]! += c * b;
  n[5]! += c * c;
  n[6]! += d * a;
  n[7]! += d * b;
  n[8]! += d * c;
  n[9]! += d * d;
  n[10]! += e * a;
  n[11]! += e * b;
  n[12]! += e * c;
  n[13]! += e * d;
  n[14]! += e * e;
  n[15]! += a * r;
  n[16]! += b * r;
  n[17]! += c * r;
  n[18]! += d * r;
  n[19]! += e * r;
  n[20]! += r * r;
};

interface Target {
  readonly expiry: number;
  readonly volatility: number;
  readonly scale: number;
}

/** Adds `scale`·(σ(k) − volatility), the volatility at k against a given one. */
const addVolatility = (
  n: Float64Array,
  s: SviShape,
  k: number,
  { expiry, volatility, scale }: Target,
): void => {
  const x = k - s.m;
  const root = Math.sqrt(x * x + s.sigma * s.sigma);
  const found = Math.sqrt((s.base + s.tilt * x + s.opening * root) / expiry);
  // ∂σ/∂w; a variance of nothing has no slope.
  const f = (0.5 * scale) / (Math.max(found, 1e-6) * expiry);
  const pull = s.opening / root;
  add(
    n,
    scale * (found - volatility),
    f * s.lowest,
    f * s.leftSlope * 0.5 * (root - x - s.leftDrop),
    f * s.rightSlope * 0.5 * (root + x - s.rightDrop),
    -f * (s.tilt + pull * x),
    f * s.sigmaSlope * (pull * s.sigma - s.mean),
  );
};

/** Adds `weight`·(margin − g(k)) where g lacks it. */
const addDensity = (n: Float64Array, s: SviShape, k: number, { weight, margin }: Penalty): void => {
  const x = k - s.m;
  const { sigma, opening: b, tilt } = s;
  const root = Math.sqrt(x * x + sigma * sigma);
  const w = s.base + tilt * x + b * root;
  const slope = tilt + (b * x) / root;
  const cube = 1 / (root * root * root);
  const bend = b * sigma * sigma * cube;
  const first = 1 - (k * slope) / (2 * w);
  const g = first * first - 0.25 * slope * slope * (1 / w + 0.25) + 0.5 * bend;
  if (!(g < margin)) return;
  const byW = (first * k * slope + 0.25 * slope * slope) / (w * w);
  const bySlope = (-first * k) / w - 0.5 * slope * (1 / w + 0.25);
  const half = 0.5 * sigma * sigma * cube;
  const derivative = (inW: number, inSlope: number, inBend: number): number =>
    -weight * (byW * inW + bySlope * inSlope + 0.5 * inBend);
  add(
    n,
    weight * (margin - g),
    derivative(s.lowest, 0, 0),
    s.leftSlope * derivative(0.5 * (root - x - s.leftDrop), 0.5 * (x / root - 1), half),
    s.rightSlope * derivative(0.5 * (root + x - s.rightDrop), 0.5 * (x / root + 1), half),
    derivative(-slope, -bend, (3 * bend * x) / (root * root)),
    s.sigmaSlope *
      derivative(
        (b * sigma) / root - s.mean,
        -b * x * sigma * cube,
        2 * b * sigma * cube - (3 * bend * sigma) / (root * root),
      ),
  );
};

/** Adds how far the slice is outside the bound, with a margin; a corridor narrower than two margins is held in its middle. */
const addBound = (
  n: Float64Array,
  s: SviShape,
  bound: VarianceBound,
  penalty: Penalty,
  expiry: number,
): void => {
  const x = bound.k - s.m;
  const root = Math.sqrt(x * x + s.sigma * s.sigma);
  const volatility = Math.sqrt((s.base + s.tilt * x + s.opening * root) / expiry);
  const [least, most] = [Math.sqrt(bound.least / expiry), Math.sqrt(bound.most / expiry)];
  const room = Math.min(penalty.volatilityMargin, 0.5 * (most - least));
  const scale = penalty.boundWeight;
  if (volatility < least + room) addVolatility(n, s, bound.k, { expiry, volatility: least + room, scale });
  else if (volatility > most - room) addVolatility(n, s, bound.k, { expiry, volatility: most - room, scale });
};

/** Everything at `x`: normal equations and cost. */
const evaluate = (problem: SviProblem, x: Float64Array, hold: Hold, n: Float64Array, s: SviShape): void => {
  const { k, volatility, weight, expiry, penalty } = problem;
  readShape(x, s);
  n.fill(0);
  for (let i = 0; i < k.length; i++)
    addVolatility(n, s, k[i]!, { expiry, volatility: volatility[i]!, scale: weight[i]! });
  if (penalty) {
    for (const node of penalty.nodes) addDensity(n, s, node, penalty);
    for (const bound of penalty.bounds) addBound(n, s, bound, penalty, expiry);
  }
  for (let j = 0; j < COORDINATES; j++) {
    const strength = j === 3 ? hold.strength / hold.width : hold.strength;
    const off = strength * (x[j]! - hold.anchor[j]!);
    n[(j * (j + 3)) / 2]! += strength * strength;
    n[GRADIENT + j]! += strength * off;
    n[COST]! += off * off;
  }
};

/** Solves (JᵀJ + damping·diag)·step = −Jᵀr by Cholesky. */
const stepOf = (n: Float64Array, damping: number, lower: Float64Array, step: Float64Array): void => {
  for (let i = 0; i < COORDINATES; i++) {
    const row = (i * (i + 1)) / 2;
    for (let j = 0; j <= i; j++) {
      const column = (j * (j + 1)) / 2;
      let sum = n[row + j]!;
      if (i === j) sum += damping * Math.max(sum, 1e-12);
      for (let q = 0; q < j; q++) sum -= lower[row + q]! * lower[column + q]!;
      lower[row + j] = i === j ? Math.sqrt(Math.max(sum, 1e-300)) : sum / lower[column + j]!;
    }
  }
  for (let i = 0; i < COORDINATES; i++) {
    const row = (i * (i + 1)) / 2;
    let sum = -n[GRADIENT + i]!;
    for (let q = 0; q < i; q++) sum -= lower[row + q]! * step[q]!;
    step[i] = sum / lower[row + i]!;
  }
  for (let i = COORDINATES - 1; i >= 0; i--) {
    let sum = step[i]!;
    for (let q = i + 1; q < COORDINATES; q++) sum -= lower[(q * (q + 1)) / 2 + i]! * step[q]!;
    step[i] = sum / lower[(i * (i + 3)) / 2]!;
  }
};

const isSmall = (step: Float64Array): boolean => step.every((s) => Math.abs(s) <= 1e-9);

/** The best point found from `start` within so many steps; the caller chooses starts and judges the cost. */
export function searchSvi(
  problem: SviProblem,
  start: Float64Array,
  hold: Hold,
  stepsMax: number,
): SviSolution {
  let x = Float64Array.from(start);
  let trial = new Float64Array(COORDINATES);
  let now = new Float64Array(NORMAL);
  let then = new Float64Array(NORMAL);
  const [lower, step, shape] = [new Float64Array(ENTRIES), new Float64Array(COORDINATES), sviShape()];
  evaluate(problem, x, hold, now, shape);
  let damping = 1e-3;
  let growth = 2;
  let late = Number.POSITIVE_INFINITY;
  for (let iteration = 0; iteration < stepsMax; iteration++) {
    if (iteration === stepsMax - LAST_STEPS) late = now[COST]!;
    stepOf(now, damping, lower, step);
    for (let j = 0; j < COORDINATES; j++) trial[j] = x[j]! + step[j]!;
    evaluate(problem, trial, hold, then, shape);
    const fall = now[COST]! - then[COST]!;
    if (fall > 0) {
      [x, trial] = [trial, x];
      [now, then] = [then, now];
      damping = Math.max(damping / 3, 1e-14);
      growth = 2;
      if (fall <= FALL_MIN * now[COST]!) return { x, cost: now[COST]!, converged: true };
    } else {
      damping *= growth;
      growth *= 2;
      if (isSmall(step) || damping > 1e30) return { x, cost: now[COST]!, converged: true };
    }
  }
  return { x, cost: now[COST]!, converged: late - now[COST]! <= LATE_SHARE * now[COST]! };
}
