/**
 * The fixed part of the spectral collocation for American boundaries: nodes, weights and interpolation matrices.
 *
 * The boundary is a polynomial in √τ through n + 1 Chebyshev points; every integral runs over fixed Gauss–Legendre
 * points, so the values of the polynomial there are fixed linear combinations of its values at the nodes: matrices
 * that are made once for all options.
 */
import { gaussLegendre } from '../math/gauss-legendre';

export interface AmericanScheme {
  /** Boundary nodes besides expiry: node i has √τ = √T·scale[i]. */
  readonly n: number;
  readonly scale: Float64Array;
  /** Points of the boundary equation's integrals, (1 + y)/2, and weights already times (1 + y)/2. */
  readonly l: number;
  readonly half: Float64Array;
  readonly weight: Float64Array;
  /** √u/√τ at those points, and [node][point][boundary node] interpolation. */
  readonly within: Float64Array;
  readonly boundaryAt: Float64Array;
  readonly iterations: number;
  /** The same for the integral of the premium, which starts from √T. */
  readonly p: number;
  readonly priceHalf: Float64Array;
  readonly priceWeight: Float64Array;
  readonly priceBoundaryAt: Float64Array;
}

export interface SchemeSize {
  readonly nodes: number;
  readonly points: number;
  readonly iterations: number;
  readonly pricePoints: number;
}

/** Barycentric weights of interpolation at x from the Chebyshev extrema of [0, 1], the first (expiry) included. */
export const interpolationAt = (x: number, scale: Float64Array, n: number, row: Float64Array): void => {
  let sum = 0;
  for (let j = 0; j <= n; j++) {
    const gap = x - scale[j]!;
    if (Math.abs(gap) < 1e-15) {
      row.fill(0);
      row[j] = 1;
      return;
    }
    row[j] = ((j % 2 === 0 ? 1 : -1) * (j === 0 || j === n ? 0.5 : 1)) / gap;
    sum += row[j]!;
  }
  for (let j = 0; j <= n; j++) row[j] = row[j]! / sum;
};

export const americanScheme = (size: SchemeSize): AmericanScheme => {
  const { nodes: n, points: l, pricePoints: p } = size;
  const scale = Float64Array.from({ length: n + 1 }, (_, i) => 0.5 * (1 - Math.cos((Math.PI * i) / n)));
  const halves = (count: number) => {
    const rule = gaussLegendre(count);
    const half = rule.nodes.map((y) => (1 + y) / 2);
    return { half, weight: rule.weights.map((w, i) => w * half[i]!) };
  };
  const [inner, outer] = [halves(l), halves(p)];
  const within = inner.half.map((h) => Math.sqrt(1 - h * h));
  const boundaryAt = new Float64Array((n + 1) * l * (n + 1));
  for (let i = 0; i <= n; i++)
    for (let k = 0; k < l; k++) {
      const row = boundaryAt.subarray((i * l + k) * (n + 1), (i * l + k + 1) * (n + 1));
      interpolationAt(scale[i]! * within[k]!, scale, n, row);
    }
  const priceBoundaryAt = new Float64Array(p * (n + 1));
  outer.half.forEach((h, k) => {
    const row = priceBoundaryAt.subarray(k * (n + 1), (k + 1) * (n + 1));
    interpolationAt(Math.sqrt(1 - h * h), scale, n, row);
  });
  return {
    n,
    scale,
    l,
    ...inner,
    within,
    boundaryAt,
    iterations: size.iterations,
    p,
    priceHalf: outer.half,
    priceWeight: outer.weight,
    priceBoundaryAt,
  };
};

/** Error below 5e-5 of spot for volatilities to 80 %, yields to 12 % and three years; for books. */
export const FAST_SCHEME = americanScheme({ nodes: 5, points: 7, iterations: 2, pricePoints: 20 });

/** Error below 5e-6 of spot or strike, the larger, while the drift stays within `DRIFT_SHARP` deviations. */
export const ACCURATE_SCHEME = americanScheme({ nodes: 16, points: 24, iterations: 8, pricePoints: 48 });

let fine: AmericanScheme | undefined;
/** Where the drift outruns the volatility by many deviations the boundary bends sharply: more nodes, made on first use. */
export const fineScheme = (): AmericanScheme => {
  fine ??= americanScheme({ nodes: 32, points: 56, iterations: 16, pricePoints: 128 });
  return fine;
};
