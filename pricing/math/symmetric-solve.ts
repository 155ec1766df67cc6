/** Solves A x = b for a symmetric positive (semi-)definite A by Cholesky; a vanishing pivot freezes its unknown at 0. */
export function solveSymmetric(a: readonly Float64Array[], b: ArrayLike<number>): Float64Array {
  const n = a.length;
  const lower = a.map((row) => Float64Array.from(row));
  const frozen = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = lower[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      if (j < i) lower[i]![j] = frozen[j] ? 0 : sum / lower[j]![j]!;
      else if (sum > 1e-14 * Math.abs(a[i]![i]!) && sum > 0) lower[i]![i] = Math.sqrt(sum);
      else frozen[i] = 1;
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    if (frozen[i]) {
      x[i] = 0;
      continue;
    }
    for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    if (frozen[i]) continue;
    for (let k = i + 1; k < n; k++) x[i]! -= lower[k]![i]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  return x;
}
