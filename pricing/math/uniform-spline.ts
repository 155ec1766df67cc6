/** Natural cubic spline on evenly spaced knots: built in one sweep, evaluated in constant time. */

export interface UniformGrid {
  readonly low: number;
  readonly step: number;
  readonly size: number;
}

export type UniformSpline = (x: number) => number;

/** Beyond the knots the value at the nearest end stands: callers choose grids that hold what matters. */
export function uniformSpline({ low, step, size }: UniformGrid, values: Float64Array): UniformSpline {
  // Second derivatives times step², by the tridiagonal system 1-4-1 with zero ends.
  const bend = new Float64Array(size);
  const factor = new Float64Array(size);
  for (let index = 1; index < size - 1; index += 1) {
    const pivot = 4 - factor[index - 1]!;
    const right = 6 * (values[index + 1]! - 2 * values[index]! + values[index - 1]!);
    factor[index] = 1 / pivot;
    bend[index] = (right - bend[index - 1]!) / pivot;
  }
  for (let index = size - 2; index > 0; index -= 1) bend[index]! -= factor[index]! * bend[index + 1]!;
  return (x) => {
    const place = (x - low) / step;
    if (place <= 0) return values[0]!;
    if (place >= size - 1) return values[size - 1]!;
    const index = Math.floor(place);
    const right = place - index;
    const left = 1 - right;
    return (
      left * values[index]! +
      right * values[index + 1]! +
      ((left * left * left - left) * bend[index]! + (right * right * right - right) * bend[index + 1]!) / 6
    );
  };
}
