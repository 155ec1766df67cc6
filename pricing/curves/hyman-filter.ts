/**
 * The filter of Hyman (SIAM J. Sci. Stat. Comput. 4, 1983) on the slopes of a spline: a slope keeps the sign of the
 * secants beside it and is at most thrice the smaller of them, and is zero where they differ in sign.
 */

/** What a filtered slope follows: the spline, nothing, thrice a secant beside it; on a corner it has no derivative. */
export const slopeHold = { free: 0, zero: 1, before: 2, after: 3, corner: 4 } as const;

export interface FilteredSlopes {
  readonly slopes: Float64Array;
  readonly holds: Uint8Array;
}

/** Closer than this to a corner of the filter, a hundredth of a basis point, small moves see both sides of it. */
const NEAR = 1e-6;

export function hymanSlopes(knots: Float64Array, values: Float64Array, spline: Float64Array): FilteredSlopes {
  const last = knots.length - 1;
  const slopes = new Float64Array(last + 1);
  const holds = new Uint8Array(last + 1);
  const secant = (index: number): number =>
    (values[index + 1]! - values[index]!) / (knots[index + 1]! - knots[index]!);
  for (let index = 0; index <= last; index += 1) {
    // At an end the only secant stands for both.
    const before = secant(Math.max(index - 1, 0));
    const after = secant(Math.min(index, last - 1));
    const least = index === 0 || (index < last && Math.abs(after) < Math.abs(before)) ? after : before;
    const rising = Math.sign(least) * spline[index]!;
    const bound = 3 * Math.abs(least);
    const opposed = before * after <= 0;
    slopes[index] = opposed ? 0 : Math.sign(least) * Math.min(Math.max(rising, 0), bound);
    const even = index > 0 && index < last && Math.abs(Math.abs(before) - Math.abs(after)) < NEAR;
    if (bound < 3 * NEAR) holds[index] = slopeHold.corner;
    else if (opposed) holds[index] = slopeHold.zero;
    else if (Math.abs(rising) < NEAR || Math.abs(rising - bound) < NEAR) holds[index] = slopeHold.corner;
    else if (rising < 0) holds[index] = slopeHold.zero;
    else if (rising < bound) holds[index] = slopeHold.free;
    else if (even) holds[index] = slopeHold.corner;
    else holds[index] = index === 0 || (index < last && least === after) ? slopeHold.after : slopeHold.before;
  }
  return { slopes, holds };
}
