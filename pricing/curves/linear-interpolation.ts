/** The two linear schemes: log-linear discount factors (piecewise flat forwards) and linear zero rates. */
import type { Interpolant } from './interpolant';
import { segmentOf } from './node-search';

/** I is linear between nodes, from I(0) = 0: local, and forwards are positive wherever discount factors fall. */
export const logLinearDiscount =
  (times: Float64Array) =>
  (zeros: Float64Array): Interpolant => {
    const last = times.length - 1;
    // Segment i runs from node i−1 (or time zero) to node i; beyond the last node the last slope goes on.
    const segment = (time: number): number => Math.min(segmentOf(times, time) + 1, last);
    const slope = (index: number): number => {
      if (index === 0) return zeros[0]!;
      const [left, right] = [times[index - 1]!, times[index]!];
      return (zeros[index]! * right - zeros[index - 1]! * left) / (right - left);
    };
    return {
      integral: (time) => {
        const index = segment(time);
        if (index === 0) return zeros[0]! * time;
        return zeros[index - 1]! * times[index - 1]! + slope(index) * (time - times[index - 1]!);
      },
      forward: (time) => {
        const at = segment(time);
        return slope(at > 0 && times[at - 1] === time ? at - 1 : at);
      },
      addGradient: (time, weight, gradient, offset) => {
        const index = segment(time);
        if (index === 0) {
          gradient[offset]! += weight * time;
          return;
        }
        const [left, right] = [times[index - 1]!, times[index]!];
        const share = (time - left) / (right - left);
        gradient[offset + index - 1]! += weight * (1 - share) * left;
        gradient[offset + index]! += weight * share * right;
      },
    };
  };

/** z is linear between nodes and flat before the first one. */
export const linearZero =
  (times: Float64Array) =>
  (zeros: Float64Array): Interpolant => {
    const last = times.length - 1;
    const end = times[last]!;
    const width = last > 0 ? end - times[last - 1]! : 1;
    const zero = (time: number): number => {
      const index = segmentOf(times, time);
      if (index < 0 || last === 0) return zeros[0]!;
      if (index >= last) return zeros[last]!;
      const share = (time - times[index]!) / (times[index + 1]! - times[index]!);
      return zeros[index]! * (1 - share) + zeros[index + 1]! * share;
    };
    const forward = (time: number): number => {
      if (last === 0) return zeros[0]!;
      const index = segmentOf(times, Math.min(time, end) * (1 - 1e-15));
      if (index < 0) return zeros[0]!;
      const rate = (zeros[index + 1]! - zeros[index]!) / (times[index + 1]! - times[index]!);
      return zero(Math.min(time, end)) + Math.min(time, end) * rate;
    };
    return {
      integral: (time) =>
        time <= end ? zero(time) * time : zeros[last]! * end + forward(end) * (time - end),
      forward,
      addGradient: (time, weight, gradient, offset) => {
        const index = segmentOf(times, time);
        if (index < 0 || last === 0) {
          gradient[offset]! += weight * time;
        } else if (index < last) {
          const share = (time - times[index]!) / (times[index + 1]! - times[index]!);
          gradient[offset + index]! += weight * time * (1 - share);
          gradient[offset + index + 1]! += weight * time * share;
        } else {
          // I(end) + f(end)·(t − end) with f(end) = z + end·(z − z')/width.
          const beyond = time - end;
          gradient[offset + last]! += weight * (end + beyond * (1 + end / width));
          gradient[offset + last - 1]! -= (weight * beyond * end) / width;
        }
      },
    };
  };
