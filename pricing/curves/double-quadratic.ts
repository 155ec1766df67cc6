/**
 * Double quadratic zero rates: between two nodes the mean of the two parabolas through three neighbours each, weighed by
 * nearness, so that the curve has a continuous slope and a moved node is felt over two segments on either side only.
 */
import type { Interpolant, Scheme } from './interpolant';
import { segmentOf } from './node-search';

/** What each of up to four nodes from `first` on contributes to the rate at a time, and to its slope in time. */
interface Weights {
  readonly first: number;
  readonly value: readonly number[];
  readonly slope: readonly number[];
}

/** Lagrange's basis through all the nodes given, and its derivative. */
function basis(nodes: Float64Array, time: number): { readonly value: number[]; readonly slope: number[] } {
  const value: number[] = [];
  const slope: number[] = [];
  for (let own = 0; own < nodes.length; own += 1) {
    let [product, derivative] = [1, 0];
    for (let other = 0; other < nodes.length; other += 1) {
      if (other === own) continue;
      const width = nodes[own]! - nodes[other]!;
      derivative = derivative * ((time - nodes[other]!) / width) + product / width;
      product *= (time - nodes[other]!) / width;
    }
    value.push(product);
    slope.push(derivative);
  }
  return { value, slope };
}

function weightsAt(times: Float64Array, time: number): Weights {
  const last = times.length - 1;
  if (last === 0 || time <= times[0]!) return { first: 0, value: [1], slope: [0] };
  const segment = Math.min(segmentOf(times, time), last - 1);
  const left = Math.max(segment - 1, 0);
  const right = Math.min(segment + 2, last);
  if (right - left < 3) return { first: left, ...basis(times.subarray(left, right + 1), time) };
  // Inside: the parabola centred on the segment's left end fades out as the one on its right end fades in.
  const width = times[segment + 1]! - times[segment]!;
  const share = (time - times[segment]!) / width;
  const before = basis(times.subarray(left, left + 3), time);
  const after = basis(times.subarray(left + 1, left + 4), time);
  const value = [0, 0, 0, 0];
  const slope = [0, 0, 0, 0];
  for (let node = 0; node < 3; node += 1) {
    value[node]! += (1 - share) * before.value[node]!;
    value[node + 1]! += share * after.value[node]!;
    slope[node]! += (1 - share) * before.slope[node]! - before.value[node]! / width;
    slope[node + 1]! += share * after.slope[node]! + after.value[node]! / width;
  }
  return { first: left, value, slope };
}

/** Flat before the first node; beyond the last the forward is flat. */
export const doubleQuadraticZero: Scheme = (times) => {
  const end = times.at(-1)!;
  const atEnd = weightsAt(times, end * (1 - 1e-15));
  return (zeros): Interpolant => {
    const sum = (first: number, weights: readonly number[]): number =>
      weights.reduce((total, weight, place) => total + weight * zeros[first + place]!, 0);
    const inside = (time: number): number => {
      const { first, value } = weightsAt(times, time);
      return sum(first, value);
    };
    // f = z + t·z'.
    const forward = (time: number): number => {
      const at = time >= end ? atEnd : weightsAt(times, time * (1 - 1e-15));
      return sum(at.first, at.value) + Math.min(time, end) * sum(at.first, at.slope);
    };
    return {
      integral: (time) =>
        time <= end ? inside(time) * time : inside(end) * end + forward(end) * (time - end),
      forward,
      addGradient: (time, weight, gradient, offset) => {
        const beyond = Math.max(time - end, 0);
        const at = beyond > 0 ? atEnd : weightsAt(times, time);
        at.value.forEach((value, place) => {
          const flat = beyond * end * at.slope[place]!;
          gradient[offset + at.first + place]! += weight * (value * time + flat);
        });
      },
    };
  };
};
