/** A tridiagonal system: lower[i] x[i−1] + diagonal[i] x[i] + upper[i] x[i+1] = right[i]. */
export interface Tridiagonal {
  readonly lower: Float64Array;
  readonly diagonal: Float64Array;
  readonly upper: Float64Array;
  readonly right: Float64Array;
}

export const tridiagonal = (size: number): Tridiagonal => ({
  lower: new Float64Array(size),
  diagonal: new Float64Array(size),
  upper: new Float64Array(size),
  right: new Float64Array(size),
});

/**
 * Thomas' elimination into `out`, with `scratch` of the same length; the system is not changed. Stable for the
 * diagonally dominant systems of implicit schemes, which is all it is used for.
 */
export function solveTridiagonal(system: Tridiagonal, out: Float64Array, scratch: Float64Array): void {
  const { lower, diagonal, upper, right } = system;
  const n = out.length;
  let pivot = diagonal[0]!;
  out[0] = right[0]! / pivot;
  for (let i = 1; i < n; i++) {
    scratch[i] = upper[i - 1]! / pivot;
    pivot = diagonal[i]! - lower[i]! * scratch[i]!;
    out[i] = (right[i]! - lower[i]! * out[i - 1]!) / pivot;
  }
  for (let i = n - 2; i >= 0; i--) out[i] = out[i]! - scratch[i + 1]! * out[i + 1]!;
}
