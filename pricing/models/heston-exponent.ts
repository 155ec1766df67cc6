/**
 * ln E[exp(iξX)] of Heston's log-return against the forward, at any complex ξ with Re ξ ≥ 0 whose moment exists.
 *
 * With b = κ − iρσξ, c = ξ² + iξ, d = √(b² + σ²c) (root with Re d ≥ 0) and e = exp(−dT):
 *
 *   ln φ = v0 D + (κθ/σ²) ((b − d)T − 2 ln ψ),   D = −c (1 − e) / ((b + d) − (b − d)e),   ψ = 1 + (b − d)(1 − e)/(2d).
 *
 * It is the form of the "little trap" (Albrecher, Mayer, Schoutens, Tistaert, Wilmott 2007). On Re ξ > 0 the radicand is
 * a product of two factors of positive real part, up to i, and never meets the cut; singularities stand on the imaginary
 * axis alone (Lucic: On singularities in the Heston model, 2007), so ψ has a continuous logarithm, and it is the
 * principal one: tests follow it along rays. Differences of nearly equal numbers are rewritten, so that the limit
 * σ → 0 (deterministic variance) is smooth.
 */
import type { HestonParameters } from './heston';

/** Places in the array that `hestonExponent` fills. */
export const EXPONENT_SIZE = 6;

/**
 * Fills `out` with [re, im] of ln φ(x + iy), of its derivative to v0 (which is D) and of its derivative to T.
 * `out` avoids an allocation per node.
 */
export function hestonExponent(
  p: HestonParameters,
  t: number,
  x: number,
  y: number,
  out: Float64Array,
): void {
  // Below this the deterministic-variance limit is reached to all digits, and 0/0 is avoided.
  const sigma = Math.max(p.sigma, 1e-20);
  const s2 = sigma * sigma;
  const cRe = x * x - y * y - y;
  const cIm = 2 * x * y + x;
  const bRe = p.kappa + p.rho * sigma * y;
  const bIm = -p.rho * sigma * x;
  const qRe = bRe * bRe - bIm * bIm + s2 * cRe;
  const qIm = 2 * bRe * bIm + s2 * cIm;
  const root = Math.sqrt(0.5 * (Math.sqrt(qRe * qRe + qIm * qIm) + Math.abs(qRe)));
  const other = root === 0 ? 0 : qIm / (2 * root);
  const dRe = qRe >= 0 ? root : Math.abs(other);
  const dIm = qRe >= 0 ? other : qIm >= 0 ? root : -root;
  // plus = b + d and minus = b − d; the product is −σ²c, so the one that would cancel comes from the other.
  const away = bRe * dRe + bIm * dIm >= 0 ? 1 : -1;
  const bigRe = bRe + away * dRe;
  const bigIm = bIm + away * dIm;
  const bigNorm = bigRe * bigRe + bigIm * bigIm;
  const smallRe = (-s2 * (cRe * bigRe + cIm * bigIm)) / bigNorm;
  const smallIm = (-s2 * (cIm * bigRe - cRe * bigIm)) / bigNorm;
  const plusRe = away > 0 ? bigRe : smallRe;
  const plusIm = away > 0 ? bigIm : smallIm;
  const minusRe = away > 0 ? smallRe : bigRe;
  const minusIm = away > 0 ? smallIm : bigIm;
  const decay = Math.exp(-dRe * t);
  const eRe = decay * Math.cos(dIm * t);
  const eIm = -decay * Math.sin(dIm * t);
  // D = −c (1 − e) / (plus − minus e).
  const denRe = plusRe - (minusRe * eRe - minusIm * eIm);
  const denIm = plusIm - (minusRe * eIm + minusIm * eRe);
  const denNorm = denRe * denRe + denIm * denIm;
  const shareRe = ((1 - eRe) * denRe - eIm * denIm) / denNorm;
  const shareIm = (-eIm * denRe - (1 - eRe) * denIm) / denNorm;
  const vRe = -(cRe * shareRe - cIm * shareIm);
  const vIm = -(cRe * shareIm + cIm * shareRe);
  // ψ − 1 = minus (1 − e) / (2d).
  const upRe = minusRe * (1 - eRe) + minusIm * eIm;
  const upIm = minusIm * (1 - eRe) - minusRe * eIm;
  const dNorm = 2 * (dRe * dRe + dIm * dIm);
  const wRe = (upRe * dRe + upIm * dIm) / dNorm;
  const wIm = (upIm * dRe - upRe * dIm) / dNorm;
  const lnRe = 0.5 * Math.log1p(2 * wRe + wRe * wRe + wIm * wIm);
  const lnIm = Math.atan2(wIm, 1 + wRe);
  const kt = p.kappa * p.theta;
  out[0] = (kt * (minusRe * t - 2 * lnRe)) / s2 + p.v0 * vRe;
  out[1] = (kt * (minusIm * t - 2 * lnIm)) / s2 + p.v0 * vIm;
  out[2] = vRe;
  out[3] = vIm;
  // The Riccati equation gives the slope in time: D' = σ²D²/2 − bD − c/2, and (ln φ)' = κθD + v0 D'.
  const slopeRe = 0.5 * s2 * (vRe * vRe - vIm * vIm) - (bRe * vRe - bIm * vIm) - 0.5 * cRe;
  const slopeIm = s2 * vRe * vIm - (bRe * vIm + bIm * vRe) - 0.5 * cIm;
  out[4] = kt * vRe + p.v0 * slopeRe;
  out[5] = kt * vIm + p.v0 * slopeIm;
}

/**
 * The time at which E[exp(−ηX)] becomes infinite (Andersen, Piterbarg: Moment explosions in stochastic volatility
 * models, Finance and Stochastics 11, 2007, proposition 3.1), in years; infinite for moments that always exist.
 */
export function momentExplosionTime(p: HestonParameters, eta: number): number {
  const c = eta * (eta + 1);
  if (c <= 0) return Number.POSITIVE_INFINITY;
  const b = p.kappa + p.rho * p.sigma * eta;
  const q = b * b - p.sigma * p.sigma * c;
  if (q >= 0) {
    if (b > 0) return Number.POSITIVE_INFINITY;
    const d = Math.sqrt(q);
    return d === 0 ? -2 / b : Math.log((b - d) / (b + d)) / d;
  }
  const d = Math.sqrt(-q);
  return (2 / d) * Math.atan2(d, -b);
}
