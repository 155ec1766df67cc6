/**
 * Gauss–Legendre quadrature on [−1, 1], nodes by Newton's method on the Legendre recurrence.
 *
 * Source: Press et al., Numerical Recipes, section 4.6 (`gauleg`).
 */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Pₙ(x) and its derivative. */
const legendre = (n: number, x: number): readonly [value: number, slope: number] => {
  let previous = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * previous) / k;
    previous = value;
    value = next;
  }
  return [value, (n * (x * value - previous)) / (x * x - 1)];
};

/** Nodes in rising order; exact for polynomials up to degree 2n − 1. */
export const gaussLegendre = (n: number): Quadrature => {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < Math.ceil(n / 2); i++) {
    let x = n % 2 === 1 && i === (n - 1) / 2 ? 0 : Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    for (let step = 0; step < 8 && x !== 0; step++) {
      const [value, slope] = legendre(n, x);
      x -= value / slope;
    }
    const slope = n === 1 ? 1 : legendre(n, x)[1];
    nodes[i] = -x;
    nodes[n - 1 - i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
    weights[n - 1 - i] = weights[i]!;
  }
  return { nodes, weights };
};

/** ∫ f over [from, to] with the given rule. */
export const integrate = (
  f: (x: number) => number,
  { from, to, rule }: { readonly from: number; readonly to: number; readonly rule: Quadrature },
): number => {
  const half = (to - from) / 2;
  const middle = (to + from) / 2;
  let sum = 0;
  for (let i = 0; i < rule.nodes.length; i++) sum += rule.weights[i]! * f(middle + half * rule.nodes[i]!);
  return half * sum;
};

/** Halvings of a panel; after so many it is narrower than anything that a double can tell apart in a sum. */
const HALVINGS_MAX = 24;

/**
 * ∫ f over [from, to], each panel halved until its halves agree with it to `tolerance`: for bends whose place is not
 * known beforehand, such as a transition that the drift moves when there is next to no volatility.
 */
export const integrateAdaptively = (
  f: (x: number) => number,
  {
    from,
    to,
    rule,
    tolerance,
  }: {
    readonly from: number;
    readonly to: number;
    readonly rule: Quadrature;
    readonly tolerance: number;
  },
): number => {
  const refined = (low: number, high: number, whole: number, depth: number): number => {
    const middle = (low + high) / 2;
    const left = integrate(f, { from: low, to: middle, rule });
    const right = integrate(f, { from: middle, to: high, rule });
    const halves = left + right;
    const close = Math.abs(halves - whole) <= tolerance + 1e-14 * Math.abs(halves);
    // A value that is not a number agrees with nothing: it is the caller's to refuse.
    if (close || Number.isNaN(halves) || depth >= HALVINGS_MAX) return halves;
    return refined(low, middle, left, depth + 1) + refined(middle, high, right, depth + 1);
  };
  return to > from ? refined(from, to, integrate(f, { from, to, rule }), 0) : 0;
};
