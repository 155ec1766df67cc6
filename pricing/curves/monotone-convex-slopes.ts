/**
 * Derivatives of the monotone convex method: of a segment's deviation area to its two end deviations, and of the knot
 * forwards to the discrete ones. Each formula is the derivative of the one in `monotone-convex.ts`.
 */

/** ∂area/∂g0 and ∂area/∂g1, in the four regions of Hagan and West (2006), section 4.5; g0 and g1 are not both zero. */
export function areaSlopes(share: number, g0: number, g1: number): readonly [number, number] {
  if ((g0 < 0 && -0.5 * g0 <= g1 && g1 <= -2 * g0) || (g0 > 0 && -0.5 * g0 >= g1 && g1 >= -2 * g0)) {
    const square = share * share;
    return [share - 2 * square + square * share, -square + square * share];
  }
  const spread = g1 - g0;
  if ((g0 < 0 && g1 > -2 * g0) || (g0 > 0 && g1 < -2 * g0)) {
    const eta = (g1 + 2 * g0) / spread;
    if (share <= eta) return [share, 0];
    const rest = (share - eta) / (1 - eta);
    const bend = ((share - eta) * rest * rest) / 3;
    const toEta = spread * rest * rest * ((2 / 3) * rest - 1);
    const scale = (3 * toEta) / (spread * spread);
    return [share - bend + scale * g1, bend - scale * g0];
  }
  if ((g0 > 0 && g1 < 0 && g1 > -0.5 * g0) || (g0 < 0 && g1 > 0 && g1 < -0.5 * g0)) {
    const eta = (3 * g1) / spread;
    const rest = share >= eta ? 0 : (eta - share) / eta;
    const cube = rest * rest * rest;
    const bend = (eta * (1 - cube)) / 3;
    const toEta = (-spread * (1 - 3 * rest * rest + 2 * cube)) / 3;
    const scale = (3 * toEta) / (spread * spread);
    return [bend + scale * g1, share - bend - scale * g0];
  }
  const sum = g0 + g1;
  const eta = g1 / sum;
  const low = -g0 * eta;
  const before = share <= eta && eta > 0;
  const rest = before ? (eta - share) / eta : (share - eta) / (1 - eta);
  const cube = rest * rest * rest;
  const left = before ? (eta * (1 - cube)) / 3 : eta / 3;
  const right = before ? 0 : ((1 - eta) * cube) / 3;
  const toLow = share - left - right;
  const toEta = before
    ? ((g0 - low) * (1 - 3 * rest * rest + 2 * cube)) / 3
    : (g0 - low) / 3 + (g1 - low) * rest * rest * ((2 / 3) * rest - 1);
  const square = sum * sum;
  return [left - (toLow * g1 * g1 + toEta * g1) / square, right + (toEta * g0 - toLow * g0 * g0) / square];
}

/** Weights of two neighbouring discrete forwards, `first` and the next. */
export interface KnotSlope {
  readonly first: number;
  readonly weights: readonly [number, number];
}

/** Closer than this to a corner of the method, a hundredth of a basis point, small moves see both sides of it. */
export const CORNER = 1e-6;

/** How one knot moves with the discrete forwards: freely, or along the bound that holds it; nothing on a corner. */
export function knotSlope(
  discrete: Float64Array,
  free: KnotSlope,
  { raw, low }: { readonly raw: number; readonly low: number },
): KnotSlope | undefined {
  if (discrete.length === 1 || low < -CORNER) return free;
  if (low < CORNER || Math.abs(raw) < CORNER || Math.abs(raw - 2 * low) < CORNER) return undefined;
  if (raw > 0 && raw < 2 * low) return free;
  if (raw < 0) return { ...free, weights: [0, 0] };
  // The bound is twice the smaller of the discrete forwards on both sides of the knot.
  return discrete[free.first] === low ? { ...free, weights: [2, 0] } : { ...free, weights: [0, 2] };
}
