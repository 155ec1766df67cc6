/** The cubic of Hermite on one segment: weights of (value left, value right, slope left, slope right). */

export type HermiteWeights = readonly [number, number, number, number];

/** Weights of the value at a share of the segment. */
export function hermite(share: number, width: number): HermiteWeights {
  const square = share * share;
  const cube = square * share;
  return [
    2 * cube - 3 * square + 1,
    3 * square - 2 * cube,
    width * (cube - 2 * square + share),
    width * (cube - square),
  ];
}

/** Weights of the slope there. */
export function hermiteSlope(share: number, width: number): HermiteWeights {
  const square = share * share;
  const rise = (6 * square - 6 * share) / width;
  return [rise, -rise, 3 * square - 4 * share + 1, 3 * square - 2 * share];
}
