/**
 * Where the bent contour of a strip runs: ξ(y) = i s + b (sinh y cos α + i dir cosh y sin α), y real.
 *
 * The integrand of a call is analytic between the imaginary axis' singularities (poles of the payoff at 0 and −i,
 * explosion of moments beyond them) and decays in a sector around the real axis, so the lines at angles `INNER` to
 * `OUTER` are kept within one gap of the axis and within that sector; α is their middle
 * (Boyarchenko, Levendorskiĭ: Sinh-acceleration, 2019, section 2). Upwards e^{−iξk} decays for low strikes, downwards
 * for high ones.
 */
import { type HestonParameters, hestonExpectedVariance } from './heston';
import { momentExplosionTime } from './heston-exponent';

export interface HestonContour {
  /** 1 bends upwards, −1 downwards. */
  readonly direction: 1 | -1;
  readonly shift: number;
  readonly scale: number;
  /** What the integral leaves out of the call: a put on (0, ∞), minus a covered call on (−1, 0), nothing below −1. */
  readonly gap: 'put' | 'covered' | 'call';
}

const INNER = -0.2;
const OUTER = 0.785;
export const TILT_COS = Math.cos((INNER + OUTER) / 2);
export const TILT_SIN = Math.sin((INNER + OUTER) / 2);
const SPAN = Math.sin(OUTER) - Math.sin(INNER);

/** Width of the gap beyond the pole that is used: two standard deviations' worth, as far as moments exist with room. */
function gapWidth(p: HestonParameters, expiry: number, direction: 1 | -1): number {
  let width = 2 / Math.sqrt(hestonExpectedVariance(p, expiry));
  const explodes = (): boolean => momentExplosionTime(p, direction > 0 ? width : -1 - width) < 1.3 * expiry;
  // The gap between the poles is one wide and always there: narrower ones need not be told apart.
  while (width > 0.1 && explodes()) width *= 0.85;
  return 0.9 * width;
}

export function hestonContour(p: HestonParameters, expiry: number, direction: 1 | -1): HestonContour {
  const width = gapWidth(p, expiry, direction);
  const between = width < 0.7;
  const scale = (between ? 1 : width) / SPAN;
  const start = direction > 0 === between ? -1 : 0;
  const gap = between ? 'covered' : direction > 0 ? 'put' : 'call';
  return { direction, scale, shift: start - direction * scale * Math.sin(INNER), gap };
}
