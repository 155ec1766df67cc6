/**
 * The monotone convex method of Hagan and West ("Interpolation methods for curve construction", Applied Mathematical
 * Finance 13, 2006): forwards are continuous, reproduce every discrete forward, and stay positive where those are.
 */
import { bumpedGradient } from './bumped-gradient';
import type { Interpolant, Scheme } from './interpolant';
import { areaSlopes, CORNER, type KnotSlope, knotSlope } from './monotone-convex-slopes';
import { segmentOf } from './node-search';

interface Forwards {
  /** Mean forward of each segment; segment i ends at node i. */
  readonly discrete: Float64Array;
  /** Instantaneous forwards at the knots 0, t_1 … t_n. */
  readonly knot: Float64Array;
  /** How the knots move with the discrete forwards; nothing where one stands on a corner of its bounds. */
  readonly slopes: readonly (KnotSlope | undefined)[];
}

const segmentStart = (times: Float64Array, index: number): number => (index === 0 ? 0 : times[index - 1]!);

/** The knots before they are bounded: means of the discrete forwards beside them, weighted, and the ends beyond. */
function freeKnots(times: Float64Array): readonly KnotSlope[] {
  const size = times.length;
  if (size === 1) return [0, 1].map(() => ({ first: 0, weights: [1, 0] }));
  const inner = Array.from({ length: size - 1 }, (_, first): KnotSlope => {
    const left = times[first]! - segmentStart(times, first);
    const right = times[first + 1]! - times[first]!;
    return { first, weights: [right / (left + right), left / (left + right)] };
  });
  const [before, after] = [inner[0]!.weights, inner[size - 2]!.weights];
  return [
    { first: 0, weights: [1.5 - 0.5 * before[0], -0.5 * before[1]] },
    ...inner,
    { first: size - 2, weights: [-0.5 * after[0], 1.5 - 0.5 * after[1]] },
  ];
}

function forwardsOf(times: Float64Array, zeros: Float64Array, free: readonly KnotSlope[]): Forwards {
  const size = times.length;
  const discrete = new Float64Array(size);
  for (let index = 0; index < size; index += 1) {
    const before = index === 0 ? 0 : zeros[index - 1]! * times[index - 1]!;
    discrete[index] = (zeros[index]! * times[index]! - before) / (times[index]! - segmentStart(times, index));
  }
  const knot = new Float64Array(size + 1);
  const slopes = free.map((slope, index) => {
    const { first, weights } = slope;
    const raw = weights[0] * discrete[first]! + (size > 1 ? weights[1] * discrete[first + 1]! : 0);
    // Positivity is kept only where the discrete forwards have it: with negative rates there is nothing to keep.
    const low = Math.min(discrete[Math.max(index - 1, 0)]!, discrete[Math.min(index, size - 1)]!);
    knot[index] = low >= 0 ? Math.min(Math.max(0, raw), 2 * low) : raw;
    return knotSlope(discrete, slope, { raw, low });
  });
  return { discrete, knot, slopes };
}

/** The four regions of the paper, section 4.5: value and integral of the segment's deviation from its mean. */
function deviation(share: number, g0: number, g1: number): { readonly value: number; readonly area: number } {
  // Below this the quotients that follow lose their meaning to underflow, and the deviation is nothing.
  if (Math.abs(g0) + Math.abs(g1) < 1e-200) return { value: 0, area: 0 };
  if ((g0 < 0 && -0.5 * g0 <= g1 && g1 <= -2 * g0) || (g0 > 0 && -0.5 * g0 >= g1 && g1 >= -2 * g0)) {
    const square = share * share;
    return {
      value: g0 * (1 - 4 * share + 3 * square) + g1 * (-2 * share + 3 * square),
      area: g0 * (share - 2 * square + square * share) + g1 * (-square + square * share),
    };
  }
  if ((g0 < 0 && g1 > -2 * g0) || (g0 > 0 && g1 < -2 * g0)) {
    const eta = (g1 + 2 * g0) / (g1 - g0);
    if (share <= eta) return { value: g0, area: g0 * share };
    const rest = (share - eta) / (1 - eta);
    return {
      value: g0 + (g1 - g0) * rest * rest,
      area: g0 * share + ((g1 - g0) * (share - eta) * rest * rest) / 3,
    };
  }
  if ((g0 > 0 && g1 < 0 && g1 > -0.5 * g0) || (g0 < 0 && g1 > 0 && g1 < -0.5 * g0)) {
    const eta = (3 * g1) / (g1 - g0);
    if (share >= eta) return { value: g1, area: ((2 * g1 + g0) * eta) / 3 + g1 * (share - eta) };
    const rest = (eta - share) / eta;
    return {
      value: g1 + (g0 - g1) * rest * rest,
      area: g1 * share - ((g0 - g1) * (eta * rest * rest * rest - eta)) / 3,
    };
  }
  const eta = g1 / (g1 + g0);
  const low = -g0 * eta;
  if (share <= eta && eta > 0) {
    const rest = (eta - share) / eta;
    return {
      value: low + (g0 - low) * rest * rest,
      area: low * share + ((g0 - low) * eta * (1 - rest ** 3)) / 3,
    };
  }
  const rest = (share - eta) / (1 - eta);
  return {
    value: low + (g1 - low) * rest * rest,
    area: low * share + ((g0 - low) * eta) / 3 + ((g1 - low) * (1 - eta) * rest ** 3) / 3,
  };
}

/** Adds weight · ∂/∂z of a discrete forward's amount and of two knots' to the gradient; false where a knot has none. */
function addSlopes(
  times: Float64Array,
  { slopes }: Forwards,
  parts: { readonly index: number; readonly discrete: number; readonly left: number; readonly right: number },
  gradient: Float64Array,
  offset: number,
): boolean {
  const [before, after] = [slopes[parts.index], slopes[parts.index + 1]];
  if (!before || !after) return false;
  const add = (index: number, amount: number): void => {
    if (amount === 0) return;
    const start = segmentStart(times, index);
    const scaled = amount / (times[index]! - start);
    gradient[offset + index]! += scaled * times[index]!;
    if (index > 0) gradient[offset + index - 1]! -= scaled * start;
  };
  add(parts.index, parts.discrete);
  add(before.first, parts.left * before.weights[0]);
  add(before.first + 1, parts.left * before.weights[1]);
  add(after.first, parts.right * after.weights[0]);
  add(after.first + 1, parts.right * after.weights[1]);
  return true;
}

export const monotoneConvex: Scheme = (times) => {
  const last = times.length - 1;
  const end = times[last]!;
  const free = freeKnots(times);
  const build = (zeros: Float64Array): Interpolant => {
    const forwards = forwardsOf(times, zeros, free);
    const { discrete, knot } = forwards;
    const locate = (time: number): { index: number; share: number; width: number; start: number } => {
      const index = Math.min(segmentOf(times, time) + 1, last);
      const start = segmentStart(times, index);
      const width = times[index]! - start;
      return { index, share: (time - start) / width, width, start };
    };
    const at = (index: number, share: number): ReturnType<typeof deviation> =>
      deviation(share, knot[index]! - discrete[index]!, knot[index + 1]! - discrete[index]!);
    const integral = (time: number): number => {
      if (time > end) return zeros[last]! * end + knot[last + 1]! * (time - end);
      const { index, share, width, start } = locate(time);
      const before = index === 0 ? 0 : zeros[index - 1]! * start;
      return before + width * (discrete[index]! * share + at(index, share).area);
    };
    const forward = (time: number): number => {
      if (time >= end) return knot[last + 1]!;
      const { index, share } = locate(time);
      return discrete[index]! + at(index, share).value;
    };
    const bumped = bumpedGradient(zeros, (moved) => build(moved).integral);
    const addGradient: Interpolant['addGradient'] = (time, weight, gradient, offset) => {
      if (time > end) {
        const parts = { index: last, discrete: 0, left: 0, right: weight * (time - end) };
        if (addSlopes(times, forwards, parts, gradient, offset)) gradient[offset + last]! += weight * end;
        else bumped(time, weight, gradient, offset);
        return;
      }
      const { index, share, width, start } = locate(time);
      const [g0, g1] = [knot[index]! - discrete[index]!, knot[index + 1]! - discrete[index]!];
      // Flat segments are corners of the method: there is no derivative to compute, only differences to take.
      const smooth = last === 0 || Math.abs(g0) + Math.abs(g1) > CORNER;
      const [left, right] = smooth && last > 0 ? areaSlopes(share, g0, g1) : [0, 0];
      const scale = weight * width;
      const parts = {
        index,
        discrete: scale * (share - left - right),
        left: scale * left,
        right: scale * right,
      };
      if (!smooth || !addSlopes(times, forwards, parts, gradient, offset))
        bumped(time, weight, gradient, offset);
      else if (index > 0) gradient[offset + index - 1]! += weight * start;
    };
    return { integral, forward, addGradient };
  };
  return build;
};
