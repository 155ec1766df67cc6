/** Dense LU factors with partial pivoting (Golub and Van Loan, Matrix Computations, 3.4), for systems of curve nodes. */

export interface LuFactors {
  readonly size: number;
  /** L below the diagonal and U on and above it, row by row, rows already exchanged. */
  readonly rows: Float64Array;
  readonly order: Int32Array;
}

/** Factors a square matrix, row by row; undefined where it is singular to working precision. The input is kept. */
export function luFactors(matrix: Float64Array, size: number): LuFactors | undefined {
  const rows = matrix.slice();
  const order = Int32Array.from({ length: size }, (_, index) => index);
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    let largest = Math.abs(rows[column * size + column]!);
    for (let row = column + 1; row < size; row += 1) {
      const candidate = Math.abs(rows[row * size + column]!);
      if (candidate > largest) {
        largest = candidate;
        pivot = row;
      }
    }
    if (!(largest > 1e-300) || !Number.isFinite(largest)) return undefined;
    if (pivot !== column) exchange(rows, order, { size, first: pivot, second: column });
    eliminate(rows, size, column);
  }
  return { size, rows, order };
}

function exchange(
  rows: Float64Array,
  order: Int32Array,
  { size, first, second }: { readonly size: number; readonly first: number; readonly second: number },
): void {
  const kept = rows.slice(first * size, (first + 1) * size);
  rows.copyWithin(first * size, second * size, (second + 1) * size);
  rows.set(kept, second * size);
  const index = order[first]!;
  order[first] = order[second]!;
  order[second] = index;
}

function eliminate(rows: Float64Array, size: number, column: number): void {
  const top = column * size;
  const inverse = 1 / rows[top + column]!;
  for (let row = column + 1; row < size; row += 1) {
    const base = row * size;
    const factor = rows[base + column]! * inverse;
    rows[base + column] = factor;
    // Curve Jacobians are nearly triangular, so most factors are zero.
    if (factor === 0) continue;
    for (let index = column + 1; index < size; index += 1) rows[base + index]! -= factor * rows[top + index]!;
  }
}

/** Solves for one right-hand side, which is left as it is. */
export function luSolve({ size, rows, order }: LuFactors, right: Float64Array): Float64Array {
  const solution = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    let sum = right[order[row]!]!;
    for (let column = 0; column < row; column += 1) sum -= rows[row * size + column]! * solution[column]!;
    solution[row] = sum;
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = solution[row]!;
    for (let column = row + 1; column < size; column += 1)
      sum -= rows[row * size + column]! * solution[column]!;
    solution[row] = sum / rows[row * size + row]!;
  }
  return solution;
}

/** Solves with the transposed matrix: what an adjoint needs. */
export function luSolveTransposed({ size, rows, order }: LuFactors, right: Float64Array): Float64Array {
  const work = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    let sum = work[row]!;
    for (let column = 0; column < row; column += 1) sum -= rows[column * size + row]! * work[column]!;
    work[row] = sum / rows[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = work[row]!;
    for (let column = row + 1; column < size; column += 1) sum -= rows[column * size + row]! * work[column]!;
    work[row] = sum;
  }
  const solution = new Float64Array(size);
  for (let row = 0; row < size; row += 1) solution[order[row]!] = work[row]!;
  return solution;
}
