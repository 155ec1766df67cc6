/**
 * The monotone convex method of Hagan and West ("Interpolation methods for curve construction", Applied Mathematical
 * Finance 13, 2006): forwards are continuous, reproduce every discrete forward, and stay positive where those are.
 */
import { bumpedGradient } from './bumped-gradient.js';
import type { Interpolant, Scheme } from './interpolant.js';
import { segmentOf } from './node-search.js';

interface Forwards {
  /** Mean forward of each segment; segment i ends at node i. */
  readonly discrete: Float64Array;
  /** Instantaneous forwards at the knots 0, t_1 … t_n. */
  readonly knot: Float64Array;
}

const clamp = (low: number, value: number, high: number): number => Math.min(Math.max(low, value), high);

function forwardsOf(times: Float64Array, zeros: Float64Array): Forwards {
  const size = times.length;
  const start = (index: number): number => (index === 0 ? 0 : times[index - 1]!);
  const discrete = Float64Array.from(times, (time, index) => {
    const before = index === 0 ? 0 : zeros[index - 1]! * times[index - 1]!;
    return (zeros[index]! * time - before) / (time - start(index));
  });
  const knot = new Float64Array(size + 1);
  for (let index = 1; index < size; index += 1) {
    const left = times[index - 1]! - start(index - 1);
    const right = times[index]! - times[index - 1]!;
    knot[index] = (left * discrete[index]! + right * discrete[index - 1]!) / (left + right);
  }
  knot[0] = size > 1 ? discrete[0]! - 0.5 * (knot[1]! - discrete[0]!) : discrete[0]!;
  knot[size] = size > 1 ? discrete[size - 1]! - 0.5 * (knot[size - 1]! - discrete[size - 1]!) : discrete[0]!;
  // Positivity is kept only where the discrete forwards have it: with negative rates there is nothing to keep.
  for (let index = 0; index <= size; index += 1) {
    const low = Math.min(discrete[Math.max(index - 1, 0)]!, discrete[Math.min(index, size - 1)]!);
    if (low >= 0) knot[index] = clamp(0, knot[index]!, 2 * low);
  }
  return { discrete, knot };
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

export const monotoneConvex: Scheme = (times) => {
  const last = times.length - 1;
  const end = times[last]!;
  const build = (zeros: Float64Array): Interpolant => {
    const { discrete, knot } = forwardsOf(times, zeros);
    const locate = (time: number): { index: number; share: number; width: number; start: number } => {
      const index = Math.min(segmentOf(times, time) + 1, last);
      const start = index === 0 ? 0 : times[index - 1]!;
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
    return { integral, forward, addGradient: bumpedGradient(zeros, (moved) => build(moved).integral) };
  };
  return build;
};
