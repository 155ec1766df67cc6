/** The gradient of a scheme that is not linear in its zero rates, by central differences of the interpolant itself. */
import type { Interpolant } from './interpolant.js';

/** A tenth of a basis point: the schemes are homogeneous of degree one, so that rounding and curvature stay below 1e-9. */
const step = 1e-5;

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
