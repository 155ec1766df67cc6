/**
 * One-dimensional finite differences: European, American and knock-out claims under Black–Scholes or a local
 * volatility, the independent judge of closed forms.
 *
 *   V_t + ½σ²(t, S) S² V_SS + (r − q) S V_S − r V = 0
 *
 * On the grids of `finite-difference-grid.ts`. Crank–Nicolson with two first steps taken as four half steps fully implicit, which keeps second order after a kink
 * (Rannacher 1984; Giles, Carter 2006). The payoff is averaged over each cell. Early exercise is solved exactly at
 * each step by policy iteration (Forsyth, Vetzal 2002; Reisinger, Witte 2012). Two grids give an extrapolated value
 * and the error that is answered.
 */

import { solveTridiagonal, type Tridiagonal, tridiagonal } from '../math/tridiagonal';
import {
  averaged,
  boundary,
  fillExercise,
  fillOperator,
  type Grid,
  gridOf,
  type Operator,
  rebateAt,
} from './finite-difference-grid';
import type { FiniteDifferenceProblem } from './finite-difference-problem';

export type { FiniteDifferenceProblem, KnockOut } from './finite-difference-problem';

export interface GridSize {
  /** Nodes in spot. */
  readonly nodes: number;
  readonly steps: number;
}

export interface FiniteDifferenceResult {
  readonly value: number;
  readonly delta: number;
  readonly gamma: number;
  /** Per year. */
  readonly theta: number;
  /** Estimated discretisation error of `value`. */
  readonly error: number;
}

interface Stepper {
  readonly system: Tridiagonal;
  readonly scratch: Float64Array;
  readonly held: Uint8Array;
  readonly exercise: Float64Array;
}

/** Solves with V ≥ exercise: nodes switch between holding and exercising until none wants to. */
function solveExercise(w: Stepper, v: Float64Array): void {
  const { lower, diagonal, upper, right } = w.system;
  const n = v.length;
  const [l, d, u, r] = [lower.slice(), diagonal.slice(), upper.slice(), right.slice()];
  for (let sweep = 0; sweep < 50; sweep++) {
    let changed = false;
    for (let i = 1; i < n - 1; i++) {
      const residual = d[i]! * v[i]! + l[i]! * v[i - 1]! + u[i]! * v[i + 1]! - r[i]!;
      const exercised = v[i]! - w.exercise[i]! < residual ? 1 : 0;
      if (exercised !== w.held[i] || sweep === 0) changed ||= exercised !== w.held[i] || sweep === 0;
      w.held[i] = exercised;
      lower[i] = exercised ? 0 : l[i]!;
      diagonal[i] = exercised ? 1 : d[i]!;
      upper[i] = exercised ? 0 : u[i]!;
      right[i] = exercised ? w.exercise[i]! : r[i]!;
    }
    if (!changed) return;
    solveTridiagonal(w.system, v, w.scratch);
  }
}

interface Step {
  /** Years from expiry before and after the step. */
  readonly from: number;
  readonly to: number;
  /** 1 for fully implicit, 1/2 for Crank–Nicolson. */
  readonly implicit: number;
}

function advance(
  p: FiniteDifferenceProblem,
  grid: Grid,
  work: Stepper & { op: Operator },
  v: Float64Array,
  step: Step,
): void {
  const { system, op } = work;
  const n = v.length;
  const dt = step.to - step.from;
  fillOperator(p, grid, 0.5 * (step.from + step.to), op);
  const explicit = (1 - step.implicit) * dt;
  const implicit = step.implicit * dt;
  for (let i = 1; i < n - 1; i++) {
    system.right[i] =
      v[i]! + explicit * (op.down[i]! * v[i - 1]! + op.middle[i]! * v[i]! + op.up[i]! * v[i + 1]!);
    system.lower[i] = -implicit * op.down[i]!;
    system.diagonal[i] = 1 - implicit * op.middle[i]!;
    system.upper[i] = -implicit * op.up[i]!;
  }
  for (const [i, end] of [
    [0, 'lower'],
    [n - 1, 'upper'],
  ] as const) {
    system.diagonal[i] = 1;
    system.lower[i] = 0;
    system.upper[i] = 0;
    system.right[i] = boundary(p, grid, end, step.to);
  }
  if (p.american) {
    fillExercise(p, grid, step.to, work.exercise);
    solveExercise(work, v);
  } else solveTridiagonal(system, v, work.scratch);
}

/** Four half steps implicit, then Crank–Nicolson. */
function stepsOf(expiry: number, steps: number): readonly Step[] {
  const dt = expiry / steps;
  const half = Array.from({ length: 4 }, (_, i) => ({
    from: (i * dt) / 2,
    to: ((i + 1) * dt) / 2,
    implicit: 1,
  }));
  const rest = Array.from({ length: steps - 2 }, (_, i) => ({
    from: (i + 2) * dt,
    to: (i + 3) * dt,
    implicit: 0.5,
  }));
  return [...half, ...rest];
}

type Raw = Omit<FiniteDifferenceResult, 'error' | 'theta'>;

/** Value and slopes in ln S at spot: by the parabola about a node, by the cubic through four nodes between them. */
function slopesAt(at: number, v: Float64Array): readonly [value: number, first: number, second: number] {
  const i = Math.min(Math.max(Math.round(at), 1), v.length - 2);
  if (Math.abs(at - i) < 1e-6) return [v[i]!, (v[i + 1]! - v[i - 1]!) / 2, v[i + 1]! - 2 * v[i]! + v[i - 1]!];
  const j = Math.min(Math.max(Math.floor(at), 1), v.length - 3);
  const x = at - j;
  const [a, b, c, d] = [v[j - 1]!, v[j]!, v[j + 1]!, v[j + 2]!];
  return [
    (-x * (x - 1) * (x - 2) * a) / 6 +
      ((x + 1) * (x - 1) * (x - 2) * b) / 2 -
      ((x + 1) * x * (x - 2) * c) / 2 +
      ((x + 1) * x * (x - 1) * d) / 6,
    (-(3 * x * x - 6 * x + 2) * a) / 6 +
      ((3 * x * x - 4 * x - 1) * b) / 2 -
      ((3 * x * x - 2 * x - 2) * c) / 2 +
      ((3 * x * x - 1) * d) / 6,
    (1 - x) * a + (3 * x - 2) * b + (1 - 3 * x) * c + x * d,
  ];
}

function readOff(p: FiniteDifferenceProblem, grid: Grid, v: Float64Array): Raw {
  const [value, first, second] = slopesAt((grid.at - grid.x[0]!) / grid.h, v);
  const slope = first / grid.h;
  const bend = second / (grid.h * grid.h);
  const worth = grid.moving ? Math.exp(-p.rate * p.expiry) : 1;
  return {
    value: worth * value,
    delta: (worth * slope) / p.spot,
    gamma: (worth * (bend - slope)) / (p.spot * p.spot),
  };
}

function solveOnce(p: FiniteDifferenceProblem, size: GridSize): Raw {
  const grid = gridOf(p, size.nodes);
  const n = size.nodes;
  const column = (): Float64Array => new Float64Array(n);
  const work = {
    system: tridiagonal(n),
    scratch: column(),
    held: new Uint8Array(n),
    exercise: column(),
    op: { down: column(), middle: column(), up: column() },
  };
  const v = grid.x.map((x) => averaged(p.payoff, x, grid.h));
  if (p.barrier?.lower !== undefined) v[0] = rebateAt(p.barrier, 'lower');
  if (p.barrier?.upper !== undefined) v[n - 1] = rebateAt(p.barrier, 'upper');
  for (const step of stepsOf(p.expiry, size.steps)) advance(p, grid, work, v, step);
  return readOff(p, grid, v);
}

/** From the equation itself, which holds wherever the holder does; an exercised claim does not decay. */
export function thetaOf(p: FiniteDifferenceProblem, { value, delta, gamma }: Raw): number {
  if (p.american && isExercised(p, value)) return 0;
  const volatility = p.volatility(0, p.spot);
  const diffusion = 0.5 * volatility * volatility * p.spot * p.spot * gamma;
  return p.rate * value - (p.rate - p.yield) * p.spot * delta - diffusion;
}

/** Nearer to the payoff than this share of spot the claim counts as exercised. */
const EXERCISED = 1e-9;
const isExercised = (p: FiniteDifferenceProblem, value: number): boolean =>
  value <= p.payoff(p.spot) + EXERCISED * p.spot;
const defaultSize: GridSize = { nodes: 401, steps: 200 };

const halved = ({ nodes, steps }: GridSize): GridSize => ({
  nodes: (nodes + 1) >> 1,
  steps: Math.max(4, steps >> 1),
});

/**
 * Two grids extrapolated: second order in both directions makes their difference three times the error of the fine one.
 * A third grid keeps the stated error from being small by chance, where two of them cross.
 */
function onGrids(
  p: FiniteDifferenceProblem,
  size: GridSize,
  solve: (size: GridSize) => Raw,
): Raw & { readonly error: number } {
  const middle = halved(size);
  const [fine, coarse, rough] = [solve(size), solve(middle), solve(halved(middle))];
  const mix = (key: keyof Raw): number => fine[key] + (fine[key] - coarse[key]) / 3;
  const spread = Math.max(Math.abs(fine.value - coarse.value) / 3, Math.abs(coarse.value - rough.value) / 12);
  const floor = (p.american ? 5e-6 : 1e-8) * Math.max(p.spot, p.strike ?? 0);
  return { value: mix('value'), delta: mix('delta'), gamma: mix('gamma'), error: spread + floor };
}

/**
 * Within a node of the boundary every grid may exercise where holding is worth more: by the curvature that the equation
 * has there, ½σ²S²Γ = |rK − qS|, over one step of the grid.
 */
function exerciseSlack(p: FiniteDifferenceProblem, { nodes }: GridSize): number {
  const { h } = gridOf(p, nodes);
  const carried = Math.abs(p.rate) * (p.strike ?? p.spot) + Math.abs(p.yield) * p.spot;
  return (h * h * carried) / (3 * p.volatility(0, p.spot) ** 2);
}

/** Value, Greeks and error; the volatility and expiry must be above zero and spot inside the barriers. */
export function finiteDifference(
  p: FiniteDifferenceProblem,
  size: GridSize = defaultSize,
): FiniteDifferenceResult {
  const raw = onGrids(p, size, (each) => solveOnce(p, each));
  const slack = p.american ? exerciseSlack(p, size) : 0;
  const error = raw.error + (raw.value - p.payoff(p.spot) < slack ? slack : 0);
  return { ...raw, error, theta: thetaOf(p, raw) };
}

/**
 * What the right to exercise early adds, with its Greeks: most of the error is that of the European value, and goes. The
 * slack is to be added to it where the whole is worth so little more than exercise pays. `exercised`: the finest grid
 * exercises at spot.
 */
export function exercisePremiumOnGrid(
  p: Omit<FiniteDifferenceProblem, 'american'>,
  size: GridSize = defaultSize,
): Omit<FiniteDifferenceResult, 'theta'> & { readonly slack: number; readonly exercised: boolean } {
  const claim = { ...p, american: true };
  let exercised = false;
  const raw = onGrids(claim, size, (each) => {
    const [american, european] = [solveOnce(claim, each), solveOnce(p, each)];
    if (each === size) exercised = isExercised(p, american.value);
    return {
      value: american.value - european.value,
      delta: american.delta - european.delta,
      gamma: american.gamma - european.gamma,
    };
  });
  return { ...raw, slack: exerciseSlack(claim, size), exercised };
}
