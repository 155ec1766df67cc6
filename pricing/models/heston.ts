/**
 * The Heston model and its characteristic function, in the form that is stable for every maturity.
 *
 *   dS/S = (r − q) dt + √v dW₁,   dv = κ(θ − v) dt + σ √v dW₂,   d⟨W₁, W₂⟩ = ρ dt
 *
 * The logarithm is taken on the branch of the "little trap" (Albrecher, Mayer, Schoutens, Tistaert: The little
 * Heston trap, Wilmott 2007; proof of continuity in Lord, Kahl: Complex logarithms in Heston-like models, 2010).
 * Differences of nearly equal numbers are rewritten so that the limit σ → 0 (deterministic variance) is smooth.
 */
import { type Failure, failure } from '../contract.js';

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

/** Expected integral of the variance to `t`; the variance of the Black control variate. */
export function hestonExpectedVariance(p: HestonParameters, t: number): number {
  return p.theta * t + ((p.v0 - p.theta) * -Math.expm1(-p.kappa * t)) / p.kappa;
}

/**
 * φ(u − i/2) for the log-return against the forward, with its derivatives to v0 and to t: six numbers written to
 * `out` as [re φ, im φ, re D, im D, re G, im G] where ∂φ/∂v0 = D φ and ∂φ/∂t = G φ. Lewis' contour makes
 * z² + iz real there, which saves half of the work. `out` avoids an allocation per node.
 */
export function hestonHalfLine(p: HestonParameters, t: number, u: number, out: Float64Array): void {
  // Below this the deterministic-variance limit is reached to all digits, and 0/0 is avoided.
  const sigma = Math.max(p.sigma, 1e-20);
  const s2 = sigma * sigma;
  const c = u * u + 0.25;
  const bRe = p.kappa - 0.5 * p.rho * sigma;
  const bIm = -p.rho * sigma * u;
  // d = √(b² + σ²c), root with positive real part.
  const qRe = bRe * bRe - bIm * bIm + s2 * c;
  const qIm = 2 * bRe * bIm;
  const q = Math.sqrt(qRe * qRe + qIm * qIm);
  const dRe = qRe >= 0 ? Math.sqrt(0.5 * (q + qRe)) : Math.abs(qIm) / (2 * Math.sqrt(0.5 * (q - qRe)));
  const dIm = dRe === 0 ? Math.sqrt(q) : qIm / (2 * dRe);
  // plus = b + d and minus = b − d; the product is −σ²c, so the one that would cancel comes from the other.
  const away = bRe >= 0 ? 1 : -1;
  const bigRe = bRe + away * dRe;
  const bigIm = bIm + away * dIm;
  const bigNorm = bigRe * bigRe + bigIm * bigIm;
  const smallRe = (-s2 * c * bigRe) / bigNorm;
  const smallIm = (s2 * c * bigIm) / bigNorm;
  const plusRe = away > 0 ? bigRe : smallRe;
  const plusIm = away > 0 ? bigIm : smallIm;
  const minusRe = away > 0 ? smallRe : bigRe;
  const minusIm = away > 0 ? smallIm : bigIm;
  // g = minus / plus, e = exp(−d t).
  const plusNorm = plusRe * plusRe + plusIm * plusIm;
  const gRe = (minusRe * plusRe + minusIm * plusIm) / plusNorm;
  const gIm = (minusIm * plusRe - minusRe * plusIm) / plusNorm;
  const decay = Math.exp(-dRe * t);
  const eRe = decay * Math.cos(dIm * t);
  const eIm = -decay * Math.sin(dIm * t);
  // D = (minus / σ²)(1 − e) / (1 − g e).
  const denRe = 1 - (gRe * eRe - gIm * eIm);
  const denIm = -(gRe * eIm + gIm * eRe);
  const denNorm = denRe * denRe + denIm * denIm;
  const oneRe = ((1 - eRe) * denRe - eIm * denIm) / denNorm;
  const oneIm = (-eIm * denRe - (1 - eRe) * denIm) / denNorm;
  const dvRe = (minusRe * oneRe - minusIm * oneIm) / s2;
  const dvIm = (minusRe * oneIm + minusIm * oneRe) / s2;
  // log((1 − g e)/(1 − g)) = log1p(w), w = g (1 − e)/(1 − g).
  const baseRe = 1 - gRe;
  const baseNorm = baseRe * baseRe + gIm * gIm;
  const kRe = (gRe * baseRe - gIm * gIm) / baseNorm;
  const kIm = (gIm * baseRe + gRe * gIm) / baseNorm;
  const wRe = kRe * (1 - eRe) + kIm * eIm;
  const wIm = kIm * (1 - eRe) - kRe * eIm;
  const lnRe = 0.5 * Math.log1p(2 * wRe + wRe * wRe + wIm * wIm);
  const lnIm = Math.atan2(wIm, 1 + wRe);
  const kt = p.kappa * p.theta;
  const expRe = (kt * (minusRe * t - 2 * lnRe)) / s2 + p.v0 * dvRe;
  const expIm = (kt * (minusIm * t - 2 * lnIm)) / s2 + p.v0 * dvIm;
  const size = Math.exp(expRe);
  out[0] = size * Math.cos(expIm);
  out[1] = size * Math.sin(expIm);
  out[2] = dvRe;
  out[3] = dvIm;
  // The Riccati equation gives the slope in time: D' = σ²D²/2 − bD − c/2, and φ_t/φ = κθD + v0 D'.
  const slopeRe = 0.5 * s2 * (dvRe * dvRe - dvIm * dvIm) - (bRe * dvRe - bIm * dvIm) - 0.5 * c;
  const slopeIm = s2 * dvRe * dvIm - (bRe * dvIm + bIm * dvRe);
  out[4] = kt * dvRe + p.v0 * slopeRe;
  out[5] = kt * dvIm + p.v0 * slopeIm;
}
