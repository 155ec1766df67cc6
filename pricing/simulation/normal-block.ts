/**
 * The standard normals of a block of paths: dimension by dimension, paths in antithetic pairs (2j, 2j + 1) = (z, −z).
 *
 * Number (pair, dimension) depends on the seed alone, never on the block or thread that asks for it.
 */
import { normalInverse } from '../math/normal';
import { philox, philoxSeed } from '../math/philox';

export interface BlockShape {
  readonly seed: number;
  /** Index of the block's first pair in the whole run. */
  readonly firstPair: number;
  readonly pairs: number;
}

/** One column per dimension, 2 × pairs long. */
export function normalBlock(shape: BlockShape, dimensions: number): readonly Float64Array[] {
  const key = philoxSeed(shape.seed);
  const words = new Uint32Array(4);
  const columns = Array.from({ length: dimensions }, () => new Float64Array(2 * shape.pairs));
  for (let draw = 0; 4 * draw < dimensions; draw++) {
    const most = Math.min(4, dimensions - 4 * draw);
    for (let pair = 0; pair < shape.pairs; pair++) {
      const index = shape.firstPair + pair;
      words[0] = index >>> 0;
      words[1] = Math.floor(index / 4294967296);
      words[2] = draw;
      words[3] = 0;
      philox(key, words);
      for (let lane = 0; lane < most; lane++) {
        // The middle of one of 2³² equal cells: never 0 or 1, and symmetric.
        const z = normalInverse((words[lane]! + 0.5) / 4294967296);
        const column = columns[4 * draw + lane]!;
        column[2 * pair] = z;
        column[2 * pair + 1] = -z;
      }
    }
  }
  return columns;
}
