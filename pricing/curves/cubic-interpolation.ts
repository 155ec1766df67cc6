/**
 * Cubic splines with natural ends, on zero rates or on log discount factors, and the filter of Hyman (SIAM J. Sci. Stat.
 * Comput. 4, 1983) that keeps the interpolant monotone where the data are: on log discounts no forward turns negative.
 */
import { bumpedGradient } from './bumped-gradient';
import { type HermiteWeights, hermite, hermiteSlope } from './hermite';
import { hymanSlopes } from './hyman-filter';
import type { Interpolant, Scheme } from './interpolant';
import { segmentOf } from './node-search';
import { splineGradient } from './spline-gradient';

export interface CubicKind {
  readonly variable: 'zero' | 'log-discount';
  readonly filter: 'none' | 'hyman';
}

/** Knot derivatives of the natural spline, as a matrix on the knot values: both are linear. */
function derivativeMatrix(knots: Float64Array): Float64Array {
  const size = knots.length;
  const matrix = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let column = 0; column < size; column += 1) {
    unit.fill(0);
    unit[column] = 1;
    const slopes = naturalSlopes(knots, unit);
    for (let row = 0; row < size; row += 1) matrix[row * size + column] = slopes[row]!;
  }
  return matrix;
}

/** Slopes at the knots by the tridiagonal system of the natural spline in Hermite form. */
function naturalSlopes(knots: Float64Array, values: Float64Array): Float64Array {
  const last = knots.length - 1;
  const diagonal = new Float64Array(last + 1);
  const right = new Float64Array(last + 1);
  const width = (index: number): number => knots[index + 1]! - knots[index]!;
  const secant = (index: number): number => (values[index + 1]! - values[index]!) / width(index);
  const upper = new Float64Array(last + 1);
  diagonal[0] = 2;
  upper[0] = 1;
  right[0] = 3 * secant(0);
  for (let index = 1; index <= last; index += 1) {
    const end = index === last;
    const lower = end ? 1 : width(index);
    const middle = end ? 2 : 2 * (width(index - 1) + width(index));
    upper[index] = end ? 0 : width(index - 1);
    const target = end
      ? 3 * secant(last - 1)
      : 3 * (width(index) * secant(index - 1) + width(index - 1) * secant(index));
    const factor = lower / diagonal[index - 1]!;
    diagonal[index] = middle - factor * upper[index - 1]!;
    right[index] = target - factor * right[index - 1]!;
  }
  for (let index = last; index >= 0; index -= 1) {
    const beyond = index === last ? 0 : upper[index]! * right[index + 1]!;
    right[index] = (right[index]! - beyond) / diagonal[index]!;
  }
  return right;
}

export const cubicScheme =
  ({ variable, filter }: CubicKind): Scheme =>
  (times) => {
    const onZero = variable === 'zero';
    // On log discounts time zero is a knot with value zero.
    const knots = onZero ? times : Float64Array.from([0, ...times]);
    const size = knots.length;
    const matrix = size > 1 ? derivativeMatrix(knots) : new Float64Array(1);
    const valuesOf = (zeros: Float64Array): Float64Array =>
      onZero
        ? zeros
        : Float64Array.from(knots, (time, index) => (index === 0 ? 0 : zeros[index - 1]! * time));
    const shape = { times, knots, matrix, onZero };
    const splineSlopes = (values: Float64Array): Float64Array => {
      const slopes = new Float64Array(size);
      for (let row = 0; row < size; row += 1) {
        for (let column = 0; column < size; column += 1) {
          slopes[row]! += matrix[row * size + column]! * values[column]!;
        }
      }
      return slopes;
    };
    const end = knots[size - 1]!;
    const build = (zeros: Float64Array): Interpolant => {
      const values = valuesOf(zeros);
      const spline = splineSlopes(values);
      const filtered = filter === 'hyman' && size > 1 ? hymanSlopes(knots, values, spline) : undefined;
      const slopes = filtered?.slopes ?? spline;
      const mix = (index: number, weights: HermiteWeights): number =>
        weights[0] * values[index]! +
        weights[1] * values[index + 1]! +
        weights[2] * slopes[index]! +
        weights[3] * slopes[index + 1]!;
      const at = (time: number, weigh: typeof hermite): number => {
        const index = Math.min(Math.max(segmentOf(knots, time), 0), size - 2);
        const width = knots[index + 1]! - knots[index]!;
        return mix(index, weigh((time - knots[index]!) / width, width));
      };
      const flat = (time: number): boolean => size === 1 || time <= knots[0]!;
      const forward = (time: number): number => {
        if (flat(time)) return onZero ? values[0]! : slopes[0]!;
        const inside = Math.min(time, end);
        return onZero ? at(inside, hermite) + inside * at(inside, hermiteSlope) : at(inside, hermiteSlope);
      };
      const integral = (time: number): number => {
        if (time > end) return integral(end) + forward(end) * (time - end);
        if (flat(time)) return onZero ? values[0]! * time : slopes[0]! * time;
        return onZero ? at(time, hermite) * time : at(time, hermite);
      };
      const addGradient = splineGradient(
        shape,
        filtered && {
          holds: filtered.holds,
          atCorner: bumpedGradient(zeros, (moved) => build(moved).integral),
        },
      );
      return { integral, forward, addGradient };
    };
    return build;
  };
