// What the kernels share: arithmetic, exponential, logarithm and the normal distribution on two lanes at once.
//
// Every function treats its lanes alike whatever stands in them: no branch depends on a value.

@inline export function splat(x: f64): v128 { return f64x2.splat(x); }
@inline export function add(a: v128, b: v128): v128 { return f64x2.add(a, b); }
@inline export function sub(a: v128, b: v128): v128 { return f64x2.sub(a, b); }
@inline export function mul(a: v128, b: v128): v128 { return f64x2.mul(a, b); }

/** e^x up to x = 709, flushed below e^−708; NaN stays NaN. Cody–Waite reduction, polynomial of degree 12. */
@inline export function exponential(at: v128): v128 {
  const x = f64x2.max(at, splat(-708));
  // Added to 1.5·2⁵² a number is rounded, and its last bits are the integer.
  const rounded = add(mul(x, splat(1.4426950408889634)), splat(6755399441055744));
  const n = sub(rounded, splat(6755399441055744));
  const r = sub(sub(x, mul(n, splat(0.6931471803691238))), mul(n, splat(1.9082149292705877e-10)));
  const r2 = mul(r, r);
  const r4 = mul(r2, r2);
  // Estrin's scheme: short chains keep the two lanes busy.
  const p01 = add(splat(1), r);
  const p23 = add(splat(0.5), mul(r, splat(0.16666666666666666)));
  const p45 = add(splat(0.041666666666666664), mul(r, splat(0.008333333333333333)));
  const p67 = add(splat(0.001388888888888889), mul(r, splat(0.0001984126984126984)));
  const p89 = add(splat(2.48015873015873e-5), mul(r, splat(2.7557319223985893e-6)));
  const pab = add(splat(2.755731922398589e-7), mul(r, splat(2.505210838544172e-8)));
  const low = add(add(p01, mul(r2, p23)), mul(r4, add(p45, mul(r2, p67))));
  const high = add(add(p89, mul(r2, pab)), mul(r4, splat(2.08767569878681e-9)));
  const e = add(low, mul(mul(r4, r4), high));
  return i64x2.add(e, i64x2.shl(rounded, 52));
}

/** N(−a)·e^{a²/2} for a ≥ 0: the rational of J. F. Hart et al., Computer Approximations (1968), number 5666. */
@inline export function tailRatio(a: v128): v128 {
  let p = add(mul(splat(0.0352624965998911), a), splat(0.700383064443688));
  let q = add(mul(splat(0.0883883476483184), a), splat(1.75566716318264));
  p = add(mul(p, a), splat(6.37396220353165));
  q = add(mul(q, a), splat(16.064177579207));
  p = add(mul(p, a), splat(33.912866078383));
  q = add(mul(q, a), splat(86.7807322029461));
  p = add(mul(p, a), splat(112.079291497871));
  q = add(mul(q, a), splat(296.564248779674));
  p = add(mul(p, a), splat(221.213596169931));
  q = add(mul(q, a), splat(637.333633378831));
  p = add(mul(p, a), splat(220.206867912376));
  q = add(mul(q, a), splat(793.826512519948));
  return f64x2.div(p, add(mul(q, a), splat(440.413735824752)));
}

/** N(z) from z and its tail N(−|z|). */
@inline export function cumulative(z: v128, tail: v128): v128 {
  return v128.bitselect(tail, sub(splat(1), tail), f64x2.lt(z, splat(0)));
}

/** ln x for x above zero and neither subnormal nor infinite: 2 artanh((m − 1)/(m + 1)) with m from √½ to √2. */
@inline export function logarithm(x: v128): v128 {
  const power = i64x2.shr_s(i64x2.sub(x, i64x2.splat(0x3fe6a09e667f3bcd)), 52);
  const m = i64x2.sub(x, i64x2.shl(power, 52));
  const f = f64x2.div(sub(m, splat(1)), add(m, splat(1)));
  const f2 = mul(f, f);
  let sum = add(splat(1.0 / 19), mul(f2, splat(1.0 / 21)));
  sum = add(splat(1.0 / 17), mul(f2, sum));
  sum = add(splat(1.0 / 15), mul(f2, sum));
  sum = add(splat(1.0 / 13), mul(f2, sum));
  sum = add(splat(1.0 / 11), mul(f2, sum));
  sum = add(splat(1.0 / 9), mul(f2, sum));
  sum = add(splat(1.0 / 7), mul(f2, sum));
  sum = add(splat(1.0 / 5), mul(f2, sum));
  sum = add(splat(1.0 / 3), mul(f2, sum));
  const mantissa = mul(add(f, f), add(splat(1), mul(f2, sum)));
  const e = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(power, power, 0, 2, 0, 2));
  return add(mul(e, splat(0.6931471803691238)), add(mantissa, mul(e, splat(1.9082149292705877e-10))));
}
