/**
 * Nonlinear least squares: the smallest Σ rᵢ(x)², by Levenberg and Marquardt with Nielsen's damping rule
 * (Madsen, Nielsen, Tingleff: Methods for non-linear least squares problems, 2004, algorithm 3.16).
 *
 * The Jacobian is taken by forward differences; parameters should be scaled or transformed to be of order one.
 */
import { solveSymmetric } from './symmetric-solve';

export interface LeastSquaresProblem {
  /** Writes the residuals at `x` into `out`; a NaN there makes the step refused, not the search fail. */
  readonly residuals: (x: Float64Array, out: Float64Array) => void;
  readonly count: number;
  readonly start: ArrayLike<number>;
  readonly iterationsMax?: number;
  /** The search ends when a step, or the fall of the cost, is below this fraction. */
  readonly tolerance?: number;
}

export interface LeastSquaresSolution {
  readonly x: Float64Array;
  /** Σ rᵢ² there. */
  readonly cost: number;
  readonly iterations: number;
  /** False when the iterations ran out first. */
  readonly converged: boolean;
}

const costOf = (r: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < r.length; i++) sum += r[i]! * r[i]!;
  return sum;
};

/** Column by column: jacobian[j] = ∂r/∂xⱼ. */
function jacobian(
  problem: LeastSquaresProblem,
  x: Float64Array,
  base: Float64Array,
  out: Float64Array[],
): void {
  for (let j = 0; j < x.length; j++) {
    const kept = x[j]!;
    const h = 1e-7 * Math.max(1, Math.abs(kept));
    x[j] = kept + h;
    const column = out[j]!;
    problem.residuals(x, column);
    x[j] = kept;
    for (let i = 0; i < base.length; i++) column[i] = (column[i]! - base[i]!) / h;
  }
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** The best point found from `start`; the caller chooses starts and judges `cost`. */
export function leastSquares(problem: LeastSquaresProblem): LeastSquaresSolution {
  const x = Float64Array.from(problem.start);
  const n = x.length;
  const tolerance = problem.tolerance ?? 1e-10;
  let r = new Float64Array(problem.count);
  let trial = new Float64Array(problem.count);
  problem.residuals(x, r);
  let cost = costOf(r);
  if (!Number.isFinite(cost)) return { x, cost: Number.POSITIVE_INFINITY, iterations: 0, converged: false };
  const columns = Array.from({ length: n }, () => new Float64Array(problem.count));
  jacobian(problem, x, r, columns);
  let damping = 1e-3;
  let growth = 2;
  const limit = problem.iterationsMax ?? 200;
  for (let iteration = 1; iteration <= limit; iteration++) {
    const normal = columns.map((a) => Float64Array.from(columns, (b) => dot(a, b)));
    const gradient = Float64Array.from(columns, (a) => -dot(a, r));
    // Damping in proportion to the diagonal makes the search blind to the scale of single parameters.
    for (let j = 0; j < n; j++) normal[j]![j]! += damping * Math.max(normal[j]![j]!, 1e-12);
    const step = solveSymmetric(normal, gradient);
    const moved = x.map((v, j) => v + step[j]!);
    problem.residuals(moved, trial);
    const trialCost = costOf(trial);
    if (trialCost < cost) {
      const fall = cost - trialCost;
      x.set(moved);
      [r, trial] = [trial, r];
      cost = trialCost;
      damping = Math.max(damping / 3, 1e-14);
      growth = 2;
      if (fall <= tolerance * cost + 1e-300) return { x, cost, iterations: iteration, converged: true };
      jacobian(problem, x, r, columns);
    } else {
      damping *= growth;
      growth *= 2;
      const small = step.every((s, j) => Math.abs(s) <= tolerance * (Math.abs(x[j]!) + tolerance));
      if (small || damping > 1e30) return { x, cost, iterations: iteration, converged: true };
    }
  }
  return { x, cost, iterations: limit, converged: false };
}
