/** The natural cubic spline through points of rising x, with flat ends: beyond them it keeps the value of the end. */
import { solveTridiagonal, tridiagonal } from './tridiagonal';

export type Spline = (x: number) => number;

/** `xs` rise strictly and are as many as `ys`, one at least. */
export function naturalSpline(xs: readonly number[], ys: readonly number[]): Spline {
  const count = xs.length;
  const bends = new Float64Array(count);
  if (count > 2) {
    const system = tridiagonal(count - 2);
    for (let i = 1; i < count - 1; i += 1) {
      const [left, right] = [xs[i]! - xs[i - 1]!, xs[i + 1]! - xs[i]!];
      system.lower[i - 1] = left;
      system.diagonal[i - 1] = 2 * (left + right);
      system.upper[i - 1] = right;
      system.right[i - 1] = 6 * ((ys[i + 1]! - ys[i]!) / right - (ys[i]! - ys[i - 1]!) / left);
    }
    solveTridiagonal(system, bends.subarray(1, count - 1), new Float64Array(count - 2));
  }
  return (x) => {
    if (!(x > xs[0]!)) return Number.isNaN(x) ? Number.NaN : ys[0]!;
    if (x >= xs[count - 1]!) return ys[count - 1]!;
    let high = 1;
    while (xs[high]! < x) high += 1;
    const width = xs[high]! - xs[high - 1]!;
    const [a, b] = [(xs[high]! - x) / width, (x - xs[high - 1]!) / width];
    const bent = (a * a * a - a) * bends[high - 1]! + (b * b * b - b) * bends[high]!;
    return a * ys[high - 1]! + b * ys[high]! + (bent * width * width) / 6;
  };
}
