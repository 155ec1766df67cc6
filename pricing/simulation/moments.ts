/**
 * Means and co-moments of a payoff and its control variates, merged in a fixed order.
 *
 * A block's moments are central, and blocks are merged by Chan's formulas in block order, so the same blocks give the
 * same bits whatever thread made them, and large payoffs with small spreads lose no digits.
 */
export interface Moments {
  readonly count: number;
  /** The payoff first, then the controls. */
  readonly mean: Float64Array;
  /** Sums of products of deviations, row by row. */
  readonly products: readonly Float64Array[];
}

export function momentsOf(columns: readonly Float64Array[]): Moments {
  const count = columns[0]!.length;
  const mean = Float64Array.from(columns, (column) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += column[i]!;
    return sum / count;
  });
  const products = columns.map((a, j) =>
    Float64Array.from(columns, (b, k) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += (a[i]! - mean[j]!) * (b[i]! - mean[k]!);
      return sum;
    }),
  );
  return { count, mean, products };
}

function merged(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  const off = b.mean.map((m, j) => m - a.mean[j]!);
  const weight = (a.count * b.count) / count;
  return {
    count,
    mean: a.mean.map((m, j) => m + (off[j]! * b.count) / count),
    products: a.products.map((row, j) =>
      row.map((value, k) => value + b.products[j]![k]! + off[j]! * off[k]! * weight),
    ),
  };
}

/** Merges in the order of the list. */
export const mergeMoments = (list: readonly Moments[]): Moments => list.reduce(merged);
