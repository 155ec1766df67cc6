/**
 * Continuous arithmetic Asians by Vecer's one-dimensional equation, exact up to the grid.
 *
 * With z the value of the replicating average portfolio in units of the asset, u_t + ½σ²(q(t) − z)² u_zz = 0 and
 * u(T, z) = z⁺. Crank–Nicolson with four implicit half steps at the payoff's kink; the error is second order in the
 * grid, and two grids are extrapolated. Source: J. Vecer, "Unified Asian pricing", Risk 15 (2002).
 */
import { solveTridiagonal, type Tridiagonal, tridiagonal } from '../math/tridiagonal';
import type { AverageTerms } from './asian-geometric';
import { type LognormalMarket, signOf } from './black';

/** Both multiples of four: the error is judged on a grid of half the size. */
export interface VecerGrid {
  readonly points: number;
  readonly steps: number;
}

const DEFAULT: VecerGrid = { points: 1200, steps: 400 };

/** Share of the asset held at time t so that the portfolio ends as the average: (1 − e^{−b(T−t)})/(bT). */
const holding = (b: number, time: number, t: number): number => {
  const left = time - t;
  return Math.abs(b * left) < 1e-9 ? left / time : -Math.expm1(-b * left) / (b * time);
};

/**
 * Nodes z = c·sinh(ξ), ξ even, the payoff's kink at zero a node: dense within a deviation of the average, and far out,
 * where the portfolio spreads like a lognormal, sparse.
 */
interface Mesh {
  readonly z: Float64Array;
  readonly scale: number;
  readonly dxi: number;
  readonly volatility: number;
}

const meshOf = (
  z0: number,
  {
    points,
    time,
    volatility,
  }: { readonly points: number; readonly time: number; readonly volatility: number },
): Mesh => {
  const deviation = volatility * Math.sqrt(time / 3);
  const scale = deviation / 2;
  const reach = Math.abs(z0) + 8 * deviation * Math.exp(3 * volatility * Math.sqrt(time));
  const half = points / 2;
  const dxi = Math.asinh(reach / scale) / half;
  const z = Float64Array.from({ length: points + 1 }, (_, i) => scale * Math.sinh((i - half) * dxi));
  return { z, scale, dxi, volatility };
};

interface Workspace {
  readonly system: Tridiagonal;
  readonly scratch: Float64Array;
}

/** One θ step backwards over dt, the coefficient taken at the middle of the step. */
const step = (
  u: Float64Array,
  { z, volatility }: Mesh,
  at: { readonly q: number; readonly dt: number; readonly theta: number },
  { system, scratch }: Workspace,
): void => {
  const { lower, diagonal, upper, right } = system;
  const last = z.length - 1;
  for (let i = 1; i < last; i++) {
    const [below, above] = [z[i]! - z[i - 1]!, z[i + 1]! - z[i]!];
    const gap = at.q - z[i]!;
    const c = (volatility * volatility * gap * gap * at.dt) / (below + above);
    const [down, up] = [c / below, c / above];
    lower[i] = -at.theta * down;
    upper[i] = -at.theta * up;
    diagonal[i] = 1 + at.theta * (down + up);
    right[i] = u[i]! + (1 - at.theta) * (down * (u[i - 1]! - u[i]!) + up * (u[i + 1]! - u[i]!));
  }
  // At the ends the value is that of the payoff: nothing below, z above.
  diagonal[0] = 1;
  upper[0] = 0;
  right[0] = 0;
  diagonal[last] = 1;
  lower[last] = 0;
  right[last] = z[last]!;
  solveTridiagonal(system, u, scratch);
};

/** Cubic interpolation in ξ through the four points around z. */
const valueAt = (u: Float64Array, { scale, dxi, z: nodes }: Mesh, z: number): number => {
  const half = (nodes.length - 1) / 2;
  const at = Math.asinh(z / scale) / dxi + half;
  const i = Math.min(nodes.length - 3, Math.max(1, Math.floor(at)));
  const x = at - i;
  const [a, b, c, d] = [u[i - 1]!, u[i]!, u[i + 1]!, u[i + 2]!];
  return (
    (-x * (x - 1) * (x - 2) * a) / 6 +
    ((x + 1) * (x - 1) * (x - 2) * b) / 2 -
    ((x + 1) * x * (x - 2) * c) / 2 +
    ((x + 1) * x * (x - 1) * d) / 6
  );
};

/** The average portfolio at the start, in units of the asset. */
const startOf = ({ strike, time }: AverageTerms, { spot, rate, dividend }: LognormalMarket): number => {
  const b = rate - dividend;
  return holding(b, time, 0) - (strike * Math.exp(-b * time)) / spot;
};

/** u(0, z₀) on one grid. */
const solved = (terms: AverageTerms, market: LognormalMarket, { points, steps }: VecerGrid): number => {
  const { time } = terms;
  const { rate, dividend, volatility } = market;
  const b = rate - dividend;
  const z0 = startOf(terms, market);
  const mesh = meshOf(z0, { points, time, volatility });
  const n = points + 1;
  const u = mesh.z.map((z) => Math.max(z, 0));
  // The payoff averaged over the cell of its kink.
  u[points / 2] = mesh.z[points / 2 + 1]! / 8;
  const workspace: Workspace = { system: tridiagonal(n), scratch: new Float64Array(n) };
  const dt = time / steps;
  for (let k = steps; k > 0; k--) {
    const halves = k > steps - 2 ? 2 : 1;
    for (let h = 0; h < halves; h++) {
      const q = holding(b, time, k * dt - ((h + 0.5) * dt) / halves);
      step(u, mesh, { q, dt: dt / halves, theta: halves === 2 ? 1 : 0.5 }, workspace);
    }
  }
  return valueAt(u, mesh, z0);
};

export interface VecerValue {
  readonly value: number;
  /** What a grid of half the size says of the discretisation error. */
  readonly error: number;
}

/** Averaging starts now and ends at expiry. */
export const vecerValue = (
  terms: AverageTerms,
  market: LognormalMarket,
  { points, steps }: VecerGrid = DEFAULT,
): VecerValue => {
  const { right, time } = terms;
  const { spot, dividend } = market;
  const z0 = startOf(terms, market);
  const coarse = solved(terms, market, { points: points / 2, steps: steps / 2 });
  const fine = solved(terms, market, { points, steps });
  const carried = spot * Math.exp(-dividend * time);
  // Second order in both directions: the difference of two grids is three times the error of the fine one.
  const call = carried * (fine + (fine - coarse) / 3);
  // Parity: call − put is the discounted mean of the average less the strike, which is z₀.
  const value = Math.max(signOf(right) > 0 ? call : call - carried * z0, 0);
  return { value, error: (carried * Math.abs(fine - coarse)) / 3 + 1e-7 * spot };
};

export const vecerPrice = (terms: AverageTerms, market: LognormalMarket, grid?: VecerGrid): number =>
  vecerValue(terms, market, grid).value;
