/**
 * The parameters of the Heston model and the rules that they keep.
 *
 *   dS/S = (r − q) dt + √v dW₁,   dv = κ(θ − v) dt + σ √v dW₂,   d⟨W₁, W₂⟩ = ρ dt
 */
import { type Failure, failure } from '../contract';

export interface HestonParameters {
  /** Variance today, per year. */
  readonly v0: number;
  /** Speed of mean reversion, per year. */
  readonly kappa: number;
  /** Long-run variance, per year. */
  readonly theta: number;
  /** Volatility of variance. */
  readonly sigma: number;
  /** Correlation of spot and variance. */
  readonly rho: number;
}

export interface HestonModel extends HestonParameters {
  readonly kind: 'heston';
}

/** The first rule that the parameters break, or nothing. The Feller condition is not one of them. */
export function hestonFault(p: HestonParameters): Failure | undefined {
  const rules: readonly (readonly [boolean, string, string])[] = [
    [p.v0 >= 0, 'heston-v0-must-not-be-negative', `v0 is ${p.v0}. Give today's variance, for example 0.04`],
    [p.kappa > 0, 'heston-kappa-must-be-positive', `kappa is ${p.kappa}. Give the mean reversion per year`],
    [p.theta >= 0, 'heston-theta-must-not-be-negative', `theta is ${p.theta}. Give the long-run variance`],
    [
      p.sigma >= 0,
      'heston-sigma-must-not-be-negative',
      `sigma is ${p.sigma}. Give the volatility of variance`,
    ],
    [Math.abs(p.rho) <= 1, 'heston-rho-must-be-a-correlation', `rho is ${p.rho}. Give a number in [-1, 1]`],
    [p.v0 + p.theta > 0, 'heston-variance-must-not-vanish', 'v0 and theta are both zero. Raise one of them'],
  ];
  const values = [p.v0, p.kappa, p.theta, p.sigma, p.rho];
  if (!values.every(Number.isFinite)) {
    return failure('heston-parameters-must-be-finite', `Heston parameters [${values}] are not all finite`);
  }
  const broken = rules.find(([holds]) => !holds);
  return broken && failure(broken[1], `cannot use the Heston model: ${broken[2]}.`);
}

/** Expected integral of the variance to `t`; the scale of everything on a contour. */
export function hestonExpectedVariance(p: HestonParameters, t: number): number {
  return p.theta * t + ((p.v0 - p.theta) * -Math.expm1(-p.kappa * t)) / p.kappa;
}
