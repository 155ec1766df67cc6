/**
 * The gradient on a corner of a scheme, where slopes differ from one side to the other, by central differences of the
 * interpolant itself: the mean of both sides.
 */
import type { Interpolant } from './interpolant';

/** A hundredth of a basis point: below what corners near by are apart, and rounding stays below 1e-9. */
const step = 1e-6;

export function bumpedGradient(
  zeros: Float64Array,
  integralOf: (zeros: Float64Array) => (time: number) => number,
): Interpolant['addGradient'] {
  let pairs: readonly (readonly [(time: number) => number, (time: number) => number])[] | undefined;
  const moved = (index: number, by: number): ((time: number) => number) => {
    const copy = Float64Array.from(zeros);
    copy[index]! += by;
    return integralOf(copy);
  };
  return (time, weight, gradient, offset) => {
    pairs ??= Array.from(zeros, (_, index) => [moved(index, step), moved(index, -step)] as const);
    for (let index = 0; index < pairs.length; index += 1) {
      const [up, down] = pairs[index]!;
      gradient[offset + index]! += (weight * (up(time) - down(time))) / (2 * step);
    }
  };
}
