/**
 * The gradient of a cubic spline in its zero rates: Hermite weights of two values and two slopes; a slope follows all
 * values through the spline's matrix, or the two of the secant that holds it.
 */
import { type HermiteWeights, hermite, hermiteSlope } from './hermite';
import { slopeHold } from './hyman-filter';
import type { Interpolant } from './interpolant';
import { segmentOf } from './node-search';

export interface SplineShape {
  readonly times: Float64Array;
  readonly knots: Float64Array;
  /** Slopes at the knots as a matrix on the values there, row by row. */
  readonly matrix: Float64Array;
  /** Whether the values are zero rates, not logarithms of discount factors. */
  readonly onZero: boolean;
}

/**
 * `holds` says what each slope follows, the spline when it is absent; where a slope stands on a corner of its filter
 * the differences of `atCorner` are used.
 */
export function splineGradient(
  { times, knots, matrix, onZero }: SplineShape,
  filter?: { readonly holds: Uint8Array; readonly atCorner: Interpolant['addGradient'] },
): Interpolant['addGradient'] {
  const size = knots.length;
  const end = knots[size - 1]!;
  const shift = onZero ? 0 : 1;
  const corner = (knot: number): boolean => filter?.holds[knot] === slopeHold.corner;
  return (time, weight, gradient, offset) => {
    const add = (knot: number, amount: number): void => {
      const node = knot - shift;
      if (node >= 0) gradient[offset + node]! += amount * (onZero ? 1 : times[node]!);
    };
    const addSecant = (left: number, amount: number): void => {
      const scaled = amount / (knots[left + 1]! - knots[left]!);
      add(left, -scaled);
      add(left + 1, scaled);
    };
    const addSlope = (knot: number, amount: number): void => {
      const hold = filter ? filter.holds[knot]! : slopeHold.free;
      if (hold === slopeHold.before) addSecant(knot - 1, 3 * amount);
      if (hold === slopeHold.after) addSecant(knot, 3 * amount);
      if (hold !== slopeHold.free) return;
      for (let column = 0; column < size; column += 1) add(column, amount * matrix[knot * size + column]!);
    };
    const addWeights = (index: number, weights: HermiteWeights, scale: number): void => {
      add(index, scale * weights[0]);
      add(index + 1, scale * weights[1]);
      addSlope(index, scale * weights[2]);
      addSlope(index + 1, scale * weights[3]);
    };
    if (size === 1 || time <= knots[0]!) {
      gradient[offset]! += weight * time;
      return;
    }
    const inside = Math.min(time, end);
    const index = Math.min(segmentOf(knots, inside), size - 2);
    if (filter && (corner(index) || corner(index + 1))) {
      filter.atCorner(time, weight, gradient, offset);
      return;
    }
    const width = knots[index + 1]! - knots[index]!;
    const share = (inside - knots[index]!) / width;
    const beyond = time - inside;
    addWeights(index, hermite(share, width), weight * (onZero ? inside + beyond : 1));
    if (beyond > 0) addWeights(index, hermiteSlope(share, width), weight * beyond * (onZero ? inside : 1));
  };
}
