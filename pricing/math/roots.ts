/**
 * A root of a continuous function inside a bracket, by Brent's method.
 *
 * Source: R. Brent, Algorithms for Minimization without Derivatives (1973), chapter 4.
 */
export interface Bracket {
  readonly low: number;
  readonly high: number;
  /** Width at which the bracket counts as a point. */
  readonly tolerance: number;
}

const STEPS_MAX = 200;

/** NaN when the function has one sign at both ends: the caller says what that means. */
export const brentRoot = (f: (x: number) => number, { low, high, tolerance }: Bracket): number => {
  let [a, b] = [low, high];
  let [fa, fb] = [f(a), f(b)];
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa * fb < 0)) return Number.NaN;
  let [c, fc] = [a, fa];
  let step = b - a;
  let before = step;
  for (let i = 0; i < STEPS_MAX; i++) {
    if (fb * fc > 0) {
      [c, fc] = [a, fa];
      step = b - a;
      before = step;
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, b, c] = [b, c, b];
      [fa, fb, fc] = [fb, fc, fb];
    }
    const close = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
    const half = (c - b) / 2;
    if (Math.abs(half) <= close || fb === 0) return b;
    const inverse = interpolated({ a, b, c, fa, fb, fc });
    if (Math.abs(before) >= close && Math.abs(fa) > Math.abs(fb) && inverse.within(half, close, before)) {
      before = step;
      step = inverse.step;
    } else {
      step = half;
      before = half;
    }
    [a, fa] = [b, fb];
    b += Math.abs(step) > close ? step : half > 0 ? close : -close;
    fb = f(b);
  }
  return b;
};

interface Triple {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly fa: number;
  readonly fb: number;
  readonly fc: number;
}

/** The secant or inverse quadratic step, and whether it is to be trusted. */
const interpolated = ({ a, b, c, fa, fb, fc }: Triple) => {
  const s = fb / fa;
  let p: number;
  let q: number;
  if (a === c) {
    p = (c - b) * s;
    q = 1 - s;
  } else {
    const [t, r] = [fa / fc, fb / fc];
    p = s * ((c - b) * t * (t - r) - (b - a) * (r - 1));
    q = (t - 1) * (r - 1) * (s - 1);
  }
  if (p > 0) q = -q;
  p = Math.abs(p);
  return {
    step: p / q,
    within: (half: number, close: number, before: number) =>
      2 * p < Math.min(3 * half * q - Math.abs(close * q), Math.abs(before * q)),
  };
};
