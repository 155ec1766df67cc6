// Implied volatilities of Black for many prices, two at a time (AssemblyScript, WebAssembly SIMD).
//
// Rebuilt by `node tools/build-wasm.cjs`; the bytes stand in ../implied-kernel.ts. The scalar solver of
// ../../models/implied-volatility.ts is the oracle, and solves what is marked here as not settled.
//
// With x = −|ln F/K|, s = σ√T, h = x/s and t = s/2 the out-of-the-money price over √(FK) is φ(h, t)·(Y(h + t) − Y(h − t)),
// Y = Φ/φ. Its logarithm needs no exponential where h + t < 0, and its slope in s is 1/ΔY. The start is exact to a few per
// cent: far out by a polynomial of what Bachelier's price says, near the money by a quadratic; two steps of fourth order
// bring it to the last digits (A. S. Householder; P. Jäckel, "Let's be rational", Wilmott 2015, for the objectives).

import { add, exponential, logarithm, mul, splat, sub } from './lanes';

const ROOT_TWO_PI: f64 = 2.5066282746310002;
/** Above this ln(|x|/price) an option is far out. */
const FAR: f64 = 2.4;
/** Largest last step that fourth order takes to rounding. */
const SETTLED: f64 = 1e-3;

@inline function div(a: v128, b: v128): v128 { return f64x2.div(a, b); }

/**
 * N(−a)·e^{a²/2} for a ≥ 0 to 1e-13 of itself: (1 + a√(π/2))⁻¹ times a polynomial in (a − 5.3)/(a + 5.3), by Estrin's
 * scheme.
 */
@inline function scaledTail(a: v128): v128 {
  const q = div(sub(a, splat(5.3)), add(a, splat(5.3)));
  const q2 = mul(q, q);
  const q4 = mul(q2, q2);
  const q8 = mul(q4, q4);
  const p0 = add(add(splat(0.55666479082743869), mul(q, splat(-0.077705502668280163))), mul(q2, add(splat(0.014395986168879939), mul(q, splat(0.027214658097015659)))));
  const p1 = add(add(splat(-0.042409101012438090), mul(q, splat(0.037776967814301184))), mul(q2, add(splat(-0.024601932916993037), mul(q, splat(0.012064549360303546)))));
  const p2 = add(add(splat(-0.0041921129894642731), mul(q, splat(0.00076564809094149594))), mul(q2, add(splat(0.00012408970105363886), mul(q, splat(-0.00012558047813184344)))));
  const p3 = add(add(splat(0.000022559229615868198), mul(q, splat(0.0000097245391723270962))), mul(q2, add(splat(-0.0000048886193469929578), mul(q, splat(-4.7019832556160458e-7)))));
  const p4 = add(add(splat(6.6675583136537559e-7), mul(q, splat(5.4429907131155854e-9))), mul(q2, splat(-5.7144605211521448e-8)));
  const low = add(add(p0, mul(q4, p1)), mul(q8, add(p2, mul(q4, p3))));
  const p = add(low, mul(mul(q8, q8), p4));
  return div(p, add(splat(1), mul(a, splat(1.2533141373155003))));
}

/** The distance in deviations at which Bachelier's price over the distance is e^{−l}, to a few per cent. */
@inline function distance(l: v128): v128 {
  const w = f64x2.sqrt(l);
  let u = splat(-0.0000145648850547019);
  u = add(mul(u, w), splat(0.0009003329848413797));
  u = add(mul(u, w), splat(-0.01968214717522534));
  u = add(mul(u, w), splat(0.17943839907646608));
  u = add(mul(u, w), splat(0.8519025479982796));
  return add(mul(u, w), splat(-0.7301825154427148));
}

/** One step of fourth order for ln price, or for its inverse where the option is far out. */
@inline function step(x: v128, s: v128, l: v128, isFar: v128): v128 {
  const h = div(x, s);
  const t = mul(splat(0.5), s);
  const above = sub(t, h);
  const near = sub(h, f64x2.neg(t));
  const isAbove = f64x2.gt(near, splat(0));
  const tail = scaledTail(f64x2.abs(near));
  const clamped = f64x2.max(near, splat(0));
  const bell = exponential(mul(splat(0.5), mul(clamped, clamped)));
  const dt = sub(v128.bitselect(sub(bell, tail), tail, isAbove), scaledTail(above));
  const square = mul(h, h);
  const level = sub(logarithm(div(dt, f64x2.neg(x))), mul(splat(0.5), add(square, mul(t, t))));
  // Slope of ln price, and second and third derivatives of the price over the first.
  const slope = div(splat(1 / ROOT_TWO_PI), dt);
  const inverse = div(splat(1), s);
  const bend2 = sub(mul(square, inverse), mul(splat(0.5), t));
  const bend3 = sub(sub(mul(bend2, bend2), mul(splat(3), mul(square, mul(inverse, inverse)))), splat(0.25));
  let second = sub(bend2, slope);
  let third = add(sub(bend3, mul(splat(3), mul(slope, bend2))), mul(splat(2), mul(slope, slope)));
  const q = v128.bitselect(div(slope, level), splat(0), isFar);
  third = add(sub(third, mul(splat(6), mul(q, second))), mul(splat(6), mul(q, q)));
  second = sub(second, mul(splat(2), q));
  const scale = v128.bitselect(div(level, f64x2.neg(l)), splat(1), isFar);
  const newton = f64x2.neg(mul(div(add(level, l), slope), scale));
  const half = mul(splat(0.5), mul(second, newton));
  const under = add(splat(1), mul(newton, add(second, mul(third, mul(newton, splat(1.0 / 6))))));
  return mul(newton, div(add(splat(1), half), under));
}

/** Six columns of a portion in, volatility and a mark (0 where settled) out; `stride` bytes from column to column. */
export function implied(count: i32, columns: usize, stride: usize): void {
  for (let i = 0; i < count; i += 2) {
    let at = columns + (<usize>i << 3);
    const sign = v128.load(at);
    const price = v128.load((at += stride));
    const forward = v128.load((at += stride));
    const strike = v128.load((at += stride));
    const discount = v128.load((at += stride));
    const time = v128.load((at += stride));
    const intrinsic = mul(discount, f64x2.max(mul(sign, sub(forward, strike)), splat(0)));
    const root = f64x2.sqrt(mul(forward, strike));
    const target = div(sub(price, intrinsic), mul(discount, root));
    const x = f64x2.min(f64x2.neg(f64x2.abs(logarithm(div(forward, strike)))), splat(-1e-18));
    const far = f64x2.neg(x);
    const l = logarithm(div(far, target));
    const isFar = f64x2.gt(l, splat(FAR));
    const clamped = f64x2.max(l, splat(FAR));
    const first = div(far, distance(clamped));
    const mended = sub(clamped, mul(splat(0.125), mul(first, first)));
    const outer = div(far, distance(f64x2.max(mended, mul(splat(0.5), clamped))));
    const level = add(target, mul(splat(0.5), far));
    const spread = f64x2.max(sub(mul(level, level), mul(mul(far, far), splat(0.3183098861837907))), splat(0));
    const inner = mul(splat(ROOT_TWO_PI / 2), add(level, f64x2.sqrt(spread)));
    let s = v128.bitselect(outer, inner, isFar);
    s = add(s, step(x, s, l, isFar));
    const last = step(x, s, l, isFar);
    s = add(s, last);
    // Prices near their upper bound, and whatever is no number or no price, are for the scalar solver.
    const most = mul(splat(0.6), div(f64x2.min(forward, strike), root));
    const settled = v128.and(
      v128.and(f64x2.gt(target, splat(1e-200)), f64x2.lt(target, most)),
      v128.and(f64x2.le(f64x2.abs(last), mul(splat(SETTLED), s)), f64x2.gt(time, splat(0))),
    );
    v128.store((at += stride), div(s, f64x2.sqrt(time)));
    v128.store((at += stride), v128.bitselect(splat(0), splat(1), settled));
  }
}
