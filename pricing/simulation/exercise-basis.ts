/**
 * Regression functions for continuation values on several assets.
 *
 * Spots are scaled by today's and sorted, because rainbows and baskets of like assets depend on the order and not on
 * the names; powers and products to degree two (three for one asset), and the exercise value itself, are what
 * Longstaff and Schwartz (2001) and Glasserman (2003, section 8.6) find sufficient.
 */
export interface ExerciseBasis {
  readonly size: number;
  /** Writes the functions at one point; `spots` is sorted in place. */
  readonly fill: (spots: Float64Array, exercise: number, out: Float64Array) => void;
}

/** More than this many assets get no cross products. */
const CROSSED_MAX = 5;

export function exerciseBasis(assets: number, exerciseScale: number): ExerciseBasis {
  const crossed = assets <= CROSSED_MAX;
  const squares = crossed ? (assets * (assets + 1)) / 2 : assets;
  const cubes = assets === 1 ? 1 : 0;
  const fill = (spots: Float64Array, exercise: number, out: Float64Array): void => {
    spots.sort();
    let i = 0;
    out[i++] = 1;
    for (let a = 0; a < assets; a++) out[i++] = spots[a]!;
    for (let a = 0; a < assets; a++) {
      for (let b = a; b < (crossed ? assets : a + 1); b++) out[i++] = spots[a]! * spots[b]!;
    }
    if (cubes) out[i++] = spots[0]! ** 3;
    const scaled = exercise / exerciseScale;
    out[i++] = scaled;
    out[i++] = scaled * scaled;
  };
  return { size: 3 + assets + squares + cubes, fill };
}
