/**
 * Cubic splines with natural ends, on zero rates or on log discount factors, and the filter of Hyman (SIAM J. Sci. Stat.
 * Comput. 4, 1983) that keeps the interpolant monotone where the data are: on log discounts no forward turns negative.
 */
import { bumpedGradient } from './bumped-gradient.js';
import type { Interpolant, Scheme } from './interpolant.js';
import { segmentOf } from './node-search.js';

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

/** Hyman's filter: a slope keeps the sign of its neighbours' secants and at most thrice the smaller of them. */
function hymanSlopes(knots: Float64Array, values: Float64Array, slopes: Float64Array): Float64Array {
  const last = knots.length - 1;
  const secant = (index: number): number =>
    (values[index + 1]! - values[index]!) / (knots[index + 1]! - knots[index]!);
  return slopes.map((slope, index) => {
    if (index === 0 || index === last) {
      const only = secant(index === 0 ? 0 : last - 1);
      return slope * only > 0 ? Math.sign(slope) * Math.min(Math.abs(slope), 3 * Math.abs(only)) : 0;
    }
    const [before, after] = [secant(index - 1), secant(index)];
    if (before * after <= 0) return 0;
    const bound = 3 * Math.min(Math.abs(before), Math.abs(after));
    return before > 0 ? Math.min(Math.max(slope, 0), bound) : Math.max(Math.min(slope, 0), -bound);
  });
}

/** Hermite weights of (value left, value right, slope left, slope right) at a share of the segment. */
function hermite(share: number, width: number): readonly [number, number, number, number] {
  const square = share * share;
  const cube = square * share;
  return [
    2 * cube - 3 * square + 1,
    3 * square - 2 * cube,
    width * (cube - 2 * square + share),
    width * (cube - square),
  ];
}

function hermiteSlope(share: number, width: number): readonly [number, number, number, number] {
  const square = share * share;
  const rise = (6 * square - 6 * share) / width;
  return [rise, -rise, 3 * square - 4 * share + 1, 3 * square - 2 * share];
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
    const slopesOf = (values: Float64Array): Float64Array => {
      const slopes = new Float64Array(size);
      for (let row = 0; row < size; row += 1) {
        for (let column = 0; column < size; column += 1) {
          slopes[row]! += matrix[row * size + column]! * values[column]!;
        }
      }
      return filter === 'hyman' && size > 1 ? hymanSlopes(knots, values, slopes) : slopes;
    };
    const end = knots[size - 1]!;
    const build = (zeros: Float64Array): Interpolant => {
      const values = valuesOf(zeros);
      const slopes = slopesOf(values);
      const mix = (index: number, weights: readonly [number, number, number, number]): number =>
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
      const addGradient =
        filter === 'hyman'
          ? bumpedGradient(zeros, (moved) => build(moved).integral)
          : linearGradient({ times, knots, matrix, onZero });
      return { integral, forward, addGradient };
    };
    return build;
  };

interface LinearSpline {
  readonly times: Float64Array;
  readonly knots: Float64Array;
  readonly matrix: Float64Array;
  readonly onZero: boolean;
}

/** Without a filter the spline is linear in the values: weights of values and slopes, the slopes through the matrix. */
function linearGradient({ times, knots, matrix, onZero }: LinearSpline): Interpolant['addGradient'] {
  const size = knots.length;
  const end = knots[size - 1]!;
  const shift = onZero ? 0 : 1;
  return (time, weight, gradient, offset) => {
    const add = (knot: number, amount: number): void => {
      const node = knot - shift;
      if (node >= 0) gradient[offset + node]! += amount * (onZero ? 1 : times[node]!);
    };
    const addWeights = (
      index: number,
      weights: readonly [number, number, number, number],
      scale: number,
    ): void => {
      add(index, scale * weights[0]);
      add(index + 1, scale * weights[1]);
      for (let column = 0; column < size; column += 1) {
        const slope =
          weights[2] * matrix[index * size + column]! + weights[3] * matrix[(index + 1) * size + column]!;
        add(column, scale * slope);
      }
    };
    if (size === 1 || time <= knots[0]!) {
      gradient[offset]! += weight * time;
      return;
    }
    const inside = Math.min(time, end);
    const index = Math.min(segmentOf(knots, inside), size - 2);
    const width = knots[index + 1]! - knots[index]!;
    const share = (inside - knots[index]!) / width;
    const beyond = time - inside;
    const values = hermite(share, width);
    addWeights(index, values, weight * (onZero ? inside + beyond : 1));
    if (beyond > 0) addWeights(index, hermiteSlope(share, width), weight * beyond * (onZero ? inside : 1));
  };
}
