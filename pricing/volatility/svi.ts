/**
 * The raw SVI smile of one expiry (Gatheral 2004): total implied variance over log-moneyness k = ln(K/F),
 *
 *   w(k) = a + b (ρ (k − m) + √((k − m)² + σ²)).
 *
 * Durrleman's function g decides butterfly arbitrage: the implied density is g(k) n(d₂)/√w, so g ≥ 0 everywhere and
 * wings no steeper than 2 (Lee's moment formula) mean none (Gatheral, Jacquier: Arbitrage-free SVI volatility
 * surfaces, Quantitative Finance 2014, section 2).
 */
import { type Failure, failure } from '../contract';

export interface SviParameters {
  readonly a: number;
  readonly b: number;
  readonly rho: number;
  readonly m: number;
  readonly sigma: number;
}

/** Total variance with its first two derivatives in k, for any kind of smile. */
export interface SmilePoint {
  readonly w: number;
  readonly slope: number;
  readonly curvature: number;
}

export const sviVariance = (p: SviParameters, k: number): number =>
  p.a + p.b * (p.rho * (k - p.m) + Math.sqrt((k - p.m) * (k - p.m) + p.sigma * p.sigma));

export function sviPoint(p: SviParameters, k: number): SmilePoint {
  const x = k - p.m;
  const root = Math.sqrt(x * x + p.sigma * p.sigma);
  return {
    w: p.a + p.b * (p.rho * x + root),
    slope: p.b * (p.rho + x / root),
    curvature: (p.b * p.sigma * p.sigma) / (root * root * root),
  };
}

/** Durrleman's g at k; negative means a negative density there. */
export const durrleman = ({ w, slope, curvature }: SmilePoint, k: number): number => {
  const first = 1 - (k * slope) / (2 * w);
  return first * first - 0.25 * slope * slope * (1 / w + 0.25) + 0.5 * curvature;
};

/** The first rule that a slice breaks by its parameters alone, or nothing; g is judged by `butterflyFaults`. */
export function sviFault(p: SviParameters): Failure | undefined {
  const values = [p.a, p.b, p.rho, p.m, p.sigma];
  const rules: readonly (readonly [boolean, string, string])[] = [
    [values.every(Number.isFinite), 'svi-parameters-must-be-finite', `parameters are [${values}]`],
    [p.b >= 0, 'svi-b-must-not-be-negative', `b is ${p.b}`],
    [Math.abs(p.rho) <= 1, 'svi-rho-must-be-a-correlation', `rho is ${p.rho}`],
    [p.sigma > 0, 'svi-sigma-must-be-positive', `sigma is ${p.sigma}`],
    [
      p.a + p.b * p.sigma * Math.sqrt(Math.max(0, 1 - p.rho * p.rho)) >= -1e-15,
      'svi-variance-must-not-be-negative',
      'the smallest variance a + bσ√(1−ρ²) is below zero',
    ],
    [
      p.b * (1 + Math.abs(p.rho)) <= 2 + 1e-12,
      'svi-wing-must-obey-lee',
      `the steeper wing is ${p.b * (1 + Math.abs(p.rho))}`,
    ],
  ];
  const broken = rules.find(([holds]) => !holds);
  return broken && failure(broken[1], `cannot use the SVI slice: ${broken[2]}. Calibrate it again.`);
}
