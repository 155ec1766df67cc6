/**
 * Where the search for an SVI slice begins: a function of the quotes alone, so that a surface has no past.
 *
 * For a given m and σ the slice is linear in its other three parameters; they are solved for on a small lattice of m and σ
 * (S. De Marco and C. Martini, "Quasi-explicit calibration of Gatheral's SVI model", Zeliade white paper, 2009), moved
 * into the bounds, and the nearest to the quotes are where searches start.
 */
import { SIGMA_MIN, toCoordinates } from './svi-coordinates';
import type { SviProblem } from './svi-search';

const PLACES = [0.15, 0.35, 0.5, 0.65, 0.85];
const WIDTHS = [0.02, 0.06, 0.15, 0.35, 0.8];
const WING_MAX = 1.9;

interface Start {
  readonly x: Float64Array;
  readonly cost: number;
}

/** Weighted least squares of w on 1, x and √(x² + σ²): level, tilt and opening. */
const linearFit = (problem: SviProblem, m: number, sigma: number): readonly [number, number, number] => {
  const { k, volatility, weight, expiry } = problem;
  let [s00, s01, s02, s11, s12, s22, t0, t1, t2] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < k.length; i++) {
    const v = volatility[i]!;
    // An error of w counts as the error of volatility that it makes.
    const f = (weight[i]! / v) ** 2;
    const x = k[i]! - m;
    const r = Math.sqrt(x * x + sigma * sigma);
    const w = v * v * expiry;
    s00 += f;
    s01 += f * x;
    s02 += f * r;
    s11 += f * x * x;
    s12 += f * x * r;
    s22 += f * r * r;
    t0 += f * w;
    t1 += f * x * w;
    t2 += f * r * w;
  }
  // Elimination with a trace of damping: strikes on one side leave x and r alike.
  const damped = 1 + 1e-9;
  const l1 = s01 / (s00 * damped);
  const l2 = s02 / (s00 * damped);
  const d1 = s11 * damped - l1 * s01;
  const e = s12 - l1 * s02;
  const l3 = e / d1;
  const opening = (t2 - l2 * t0 - l3 * (t1 - l1 * t0)) / (s22 * damped - l2 * s02 - l3 * e);
  const tilt = (t1 - l1 * t0 - e * opening) / d1;
  return [(t0 - s01 * tilt - s02 * opening) / (s00 * damped), tilt, opening];
};

const costOf = ({ k, volatility, weight, expiry }: SviProblem, w: (k: number) => number): number => {
  let sum = 0;
  for (let i = 0; i < k.length; i++) {
    const off = weight[i]! * (Math.sqrt(Math.max(w(k[i]!), 0) / expiry) - volatility[i]!);
    sum += off * off;
  }
  return sum;
};

const startAt = (problem: SviProblem, m: number, sigma: number): Start => {
  const [, tilt, opening] = linearFit(problem, m, sigma);
  const left = Math.min(Math.max(opening - tilt, 1e-3), WING_MAX);
  const right = Math.min(Math.max(opening + tilt, 1e-3), WING_MAX);
  const b = 0.5 * (left + right);
  const rho = (right - left) / (left + right);
  const shape = (k: number): number => b * (rho * (k - m) + Math.sqrt((k - m) * (k - m) + sigma * sigma));
  // The level that the bounded wings want, and no variance below zero.
  let [sum, over] = [0, 0];
  for (let i = 0; i < problem.k.length; i++) {
    const v = problem.volatility[i]!;
    const f = (problem.weight[i]! / v) ** 2;
    sum += f;
    over += f * (v * v * problem.expiry - shape(problem.k[i]!));
  }
  const bottom = b * sigma * Math.sqrt(1 - rho * rho);
  const a = Math.max(over / sum, 1e-8 - bottom);
  return { x: toCoordinates({ a, b, rho, m, sigma }), cost: costOf(problem, (k) => a + shape(k)) };
};

/** The way to a slice wants no more than this many quotes: every second, third … of many. */
const QUOTES_MAX = 48;

export const thinned = (problem: SviProblem): SviProblem => {
  const every = Math.ceil(problem.k.length / QUOTES_MAX);
  if (every === 1) return problem;
  const pick = (column: Float64Array): Float64Array => column.filter((_, i) => i % every === 0);
  const weight = pick(problem.weight);
  const scale = Math.sqrt(weight.reduce((sum, w) => sum + w * w, 0));
  return {
    ...problem,
    k: pick(problem.k),
    volatility: pick(problem.volatility),
    weight: weight.map((w) => w / scale),
  };
};

/** The best starts of the lattice, nearest first. */
export function sviStarts(problem: SviProblem, count: number): readonly Float64Array[] {
  const low = problem.k.reduce((least, k) => Math.min(least, k), Number.POSITIVE_INFINITY);
  const high = problem.k.reduce((most, k) => Math.max(most, k), Number.NEGATIVE_INFINITY);
  const width = Math.max(high - low, 1e-3);
  return PLACES.flatMap((place) =>
    WIDTHS.map((share) => startAt(problem, low + place * width, Math.max(share * width, 2 * SIGMA_MIN))),
  )
    .sort((a, b) => a.cost - b.cost)
    .slice(0, count)
    .map(({ x }) => x);
}
