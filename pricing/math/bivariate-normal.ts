/**
 * The bivariate normal distribution, absolute error below 1e-14.
 *
 * Source: A. Genz, "Numerical computation of rectangular bivariate and trivariate normal and t probabilities",
 * Statistics and Computing 14 (2004); the method for large correlation expands around ρ = ±1.
 */
import { gaussLegendre } from './gauss-legendre';
import { normalCdf } from './normal';

export interface BivariateArguments {
  readonly a: number;
  readonly b: number;
  /** Correlation, in [−1, 1]. */
  readonly rho: number;
}

const RULE = gaussLegendre(20);
const TWO_PI = 2 * Math.PI;
/** Exponents below this add nothing to a double of order one. */
const NEGLIGIBLE = -100;

const moderate = (h: number, k: number, rho: number): number => {
  const hk = h * k;
  const hs = (h * h + k * k) / 2;
  const half = Math.asin(rho) / 2;
  let sum = 0;
  for (let i = 0; i < RULE.nodes.length; i++) {
    const sine = Math.sin(half * (1 + RULE.nodes[i]!));
    sum += RULE.weights[i]! * Math.exp((sine * hk - hs) / (1 - sine * sine));
  }
  return (sum * half) / TWO_PI + normalCdf(-h) * normalCdf(-k);
};

/** The part of the strong-correlation form that is left to quadrature, with `k` already reflected for ρ < 0. */
const strongRest = (h: number, k: number, rho: number): number => {
  const hk = h * k;
  const square = 1 - rho * rho;
  const width = Math.sqrt(square);
  const gap = (h - k) * (h - k);
  const c = (4 - hk) / 8;
  const d = (12 - hk) / 80;
  const exponent = -(gap / square + hk) / 2;
  let closed =
    exponent > NEGLIGIBLE
      ? width * Math.exp(exponent) * (1 - (c * (gap - square) * (1 - d * gap)) / 3 + c * d * square * square)
      : 0;
  if (hk > NEGLIGIBLE) {
    const b = Math.sqrt(gap);
    const spread = Math.sqrt(TWO_PI) * normalCdf(-b / width);
    closed -= Math.exp(-hk / 2) * spread * b * (1 - (c * gap * (1 - d * gap)) / 3);
  }
  let sum = 0;
  for (let i = 0; i < RULE.nodes.length; i++) {
    const root = (width / 2) * (1 + RULE.nodes[i]!);
    const x = root * root;
    const power = -(gap / x + hk) / 2;
    if (power <= NEGLIGIBLE) continue;
    const series = 1 + c * x * (1 + 5 * d * x);
    const r = Math.sqrt(1 - x);
    const exact = Math.exp(((-hk / 2) * x) / ((1 + r) * (1 + r))) / r;
    sum += RULE.weights[i]! * Math.exp(power) * (series - exact);
  }
  return ((width / 2) * sum - closed) / TWO_PI;
};

const strong = (h: number, reflected: number, rho: number): number => {
  const k = rho < 0 ? -reflected : reflected;
  const rest = Math.abs(rho) < 1 ? strongRest(h, k, rho) : 0;
  if (rho > 0) return rest + normalCdf(-Math.max(h, k));
  if (h >= k) return -rest;
  return (h < 0 ? normalCdf(k) - normalCdf(h) : normalCdf(-h) - normalCdf(-k)) - rest;
};

/** P(X ≤ a, Y ≤ b) for standard normals of correlation ρ. */
export const bivariateNormalCdf = ({ a, b, rho }: BivariateArguments): number => {
  if (a === -Infinity || b === -Infinity) return 0;
  if (a === Infinity) return normalCdf(b);
  if (b === Infinity) return normalCdf(a);
  const probability = Math.abs(rho) < 0.925 ? moderate(-a, -b, rho) : strong(-a, -b, rho);
  return Math.min(1, Math.max(0, probability));
};
