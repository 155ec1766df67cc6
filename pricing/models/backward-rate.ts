/**
 * Backward-looking rates: an overnight rate compounded over a period is random until the period's end, less and less so
 * once it has begun. A. Lyashenko and F. Mercurio, "Looking forward to backward-looking rates" (2019), section 6: the
 * volatility decays in the period as the share of it that is still to come, so that a caplet is an ordinary one with an
 * effective time in place of the time to its fixing.
 */
import { gaussLegendre, integrate } from '../math/gauss-legendre';
import { factorVariance, type HullWhiteParameters, reversionTime } from './hull-white';

/** Years from today to start and end of the period; the start may be past. */
export interface BackwardPeriod {
  readonly start: number;
  readonly end: number;
}

export interface EffectiveTime {
  /** The time T for which σ²·T is the rate's variance: max(s, 0) + (e − max(s, 0))³ / (3·(e − s)²). */
  readonly value: number;
  /** −∂T/∂today: one before the period, falling to zero within it. */
  readonly slope: number;
}

export function effectiveTime({ start, end }: BackwardPeriod): EffectiveTime {
  if (end <= 0) return { value: 0, slope: 0 };
  const length = end - start;
  const open = end - Math.max(start, 0);
  return {
    value: Math.max(start, 0) + open ** 3 / (3 * length * length),
    slope: start >= 0 ? 1 : (open / length) ** 2,
  };
}

const rule = gaussLegendre(12);

/**
 * Hull and White's variance of the logarithm of the growth that the rate compounds to: σ²·B(e − s)²·(1 − e^(−2as))/(2a)
 * until the period, and the integral of σ²·B(e − u)² within it. Both together are the whole uncertainty at the end.
 */
export function growthVariance(parameters: HullWhiteParameters, { start, end }: BackwardPeriod): number {
  if (end <= 0) return 0;
  const open = end - Math.max(start, 0);
  const before =
    start > 0 ? factorVariance(parameters, start) * reversionTime(parameters, end - start) ** 2 : 0;
  const within = integrate((left) => reversionTime(parameters, left) ** 2, { from: 0, to: open, rule });
  return before + parameters.volatility ** 2 * within;
}
