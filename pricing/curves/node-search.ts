/** The index i of the segment with times[i] ≤ t < times[i + 1]; −1 before the first node, the last index at or after the last. */
export function segmentOf(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
