/**
 * The forward that a chain itself implies, by put–call parity over its strikes: C − P = D (F − K).
 *
 * A line through the pairs near the money: first by medians (Theil 1950, Sen 1968), which stale quotes cannot bend, then
 * by least squares over the pairs that lie near it. `scatter` tells how well the pairs agree, in price.
 */
export interface ParityPair {
  readonly strike: number;
  readonly call: number;
  readonly put: number;
}

export interface ImpliedForward {
  readonly forward: number;
  readonly discount: number;
  /** Root mean square distance of the pairs used, in price. */
  readonly scatter: number;
  readonly pairs: number;
}

interface Line {
  readonly level: number;
  readonly slope: number;
}

const lineThrough = (pairs: readonly ParityPair[], discount?: number): Line => {
  const n = pairs.length;
  const meanK = pairs.reduce((sum, p) => sum + p.strike, 0) / n;
  const meanY = pairs.reduce((sum, p) => sum + p.call - p.put, 0) / n;
  const spread = pairs.reduce((sum, p) => sum + (p.strike - meanK) ** 2, 0);
  const cross = pairs.reduce((sum, p) => sum + (p.strike - meanK) * (p.call - p.put - meanY), 0);
  const slope = discount === undefined ? cross / spread : -discount;
  return { level: meanY - slope * meanK, slope };
};

const offOf = ({ level, slope }: Line, p: ParityPair): number => p.call - p.put - level - slope * p.strike;
const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1]!;

/** The median of all slopes between two pairs, and the median level at it. */
function robustLine(pairs: readonly ParityPair[], discount?: number): Line {
  const slopes = pairs.flatMap((a, i) =>
    pairs
      .slice(i + 1)
      .filter((b) => b.strike !== a.strike)
      .map((b) => (b.call - b.put - a.call + a.put) / (b.strike - a.strike)),
  );
  const slope = discount === undefined ? median(slopes) : -discount;
  return { slope, level: median(pairs.map((p) => p.call - p.put - slope * p.strike)) };
}

/**
 * The pairs with the smallest |C − P| are used, at most 41. `discount` fixes the slope where the rate is known;
 * without it at least three pairs are needed. Undefined when there are too few or they make no sense.
 */
export function impliedForward(pairs: readonly ParityPair[], discount?: number): ImpliedForward | undefined {
  const least = discount === undefined ? 3 : 1;
  const near = [...pairs].sort((a, b) => Math.abs(a.call - a.put) - Math.abs(b.call - b.put)).slice(0, 41);
  if (near.length < least) return undefined;
  const robust = robustLine(near, discount);
  const limit = 4 * Math.max(median(near.map((p) => Math.abs(offOf(robust, p)))), 1e-9);
  const used = near.filter((p) => Math.abs(offOf(robust, p)) <= limit);
  if (used.length < least) return undefined;
  const line = lineThrough(used, discount);
  const implied = { forward: -line.level / line.slope, discount: -line.slope };
  if (!(implied.forward > 0 && implied.discount > 0)) return undefined;
  const scatter = Math.sqrt(used.reduce((sum, p) => sum + offOf(line, p) ** 2, 0) / used.length);
  return { ...implied, scatter, pairs: used.length };
}
