/**
 * Dupire's local volatility from an implied surface (Dupire 1994; in total variance, Gatheral: The Volatility Surface,
 * 2006, equation 1.10): with k = ln(K/F(t)),
 *
 *   σ²_local(t, K) = ∂w/∂t / g(k),   g Durrleman's function.
 *
 * A node where the numerator or the denominator is not positive is an arbitrage of the surface: the variance is then
 * held between stated bounds, and `faults` counts how often, so a caller can refuse the surface instead.
 */
import { durrleman } from './svi';
import { type SviSurface, surfacePoint } from './svi-surface';

export interface LocalVolatility {
  /** Volatility at `t` years and spot `s`. */
  readonly at: (t: number, s: number) => number;
  /** How many evaluations had to be held at a bound so far. */
  readonly faults: () => number;
}

export interface LocalVolatilitySettings {
  readonly lowest?: number;
  readonly highest?: number;
  /** Beyond this many standard deviations the volatility at that distance is held. */
  readonly reach?: number;
}

/** The forward at any time: log-linear between spot and the forwards of the slices, the last growth continued. */
export function surfaceForward(surface: SviSurface, spot: number, t: number): number {
  const nodes = [{ expiry: 0, forward: spot }, ...surface.slices];
  const after = nodes.findIndex(({ expiry }) => expiry >= t && expiry > 0);
  const i = after === -1 ? nodes.length - 1 : after;
  const [left, right] = [nodes[i - 1]!, nodes[i]!];
  const growth = Math.log(right.forward / left.forward) / (right.expiry - left.expiry);
  return left.forward * Math.exp(growth * (t - left.expiry));
}

export function localVolatility(
  surface: SviSurface,
  spot: number,
  settings: LocalVolatilitySettings = {},
): LocalVolatility {
  const { lowest = 0.01, highest = 3, reach = 6 } = settings;
  let faults = 0;
  // The forward is asked for once per time step of an engine, then for many spots.
  let forwardAt = { t: Number.NaN, forward: spot, far: 0 };
  const at = (time: number, s: number): number => {
    const t = Math.max(time, 1e-6);
    if (forwardAt.t !== t) {
      const far = reach * Math.sqrt(surfacePoint(surface, t, 0).w);
      forwardAt = { t, forward: surfaceForward(surface, spot, t), far: Math.max(far, 0.01) };
    }
    const k = Math.min(Math.max(Math.log(s / forwardAt.forward), -forwardAt.far), forwardAt.far);
    const point = surfacePoint(surface, t, k);
    const variance = point.inTime / durrleman(point, k);
    if (variance >= lowest * lowest && variance <= highest * highest) return Math.sqrt(variance);
    faults++;
    return variance > highest * highest ? highest : lowest;
  };
  return { at, faults: () => faults };
}
