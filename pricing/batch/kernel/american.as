// Exercise premiums of many American puts, two at a time (AssemblyScript, WebAssembly SIMD).
//
// Rebuilt by `node tools/build-wasm.cjs`; the bytes stand in ../american-kernel.ts. The formulas and the scheme are those of
// ../../models/american.ts, which is the fallback and the oracle; exponential and distribution are shorter here, within
// 1e-8 of spot. No branch depends on a value: a premium is a smooth function of its inputs.
//
// Put columns of doubles, `stride` bytes apart: spot, strike, rate, dividend, volatility, time. Result columns likewise:
// value, delta and gamma of the premium, and the price below which to exercise now.
import { add, logarithm, mul, splat, sub } from './lanes';

/** The fast scheme's sizes: boundary nodes, points of the boundary's integrals, iterations, points of the premium's. */
const N: usize = 5;
const L: usize = 7;
const ITERATIONS: i32 = 2;
const P: usize = 20;
/** From above, on a convex function: the fourth step leaves less than the iterations that follow take away. */
const NEWTON: i32 = 4;

/** Bytes in the table, as ../american-solver.ts writes it. */
const HALF: usize = (N + 1) << 3;
const WEIGHT: usize = HALF + (L << 3);
const BOUNDARY_AT: usize = WEIGHT + (L << 3);
const PRICE_HALF: usize = BOUNDARY_AT + (((N + 1) * L * (N + 1)) << 3);
const PRICE_WEIGHT: usize = PRICE_HALF + (P << 3);
const PRICE_BOUNDARY_AT: usize = PRICE_WEIGHT + (P << 3);

const PER_HALF: usize = PRICE_BOUNDARY_AT + ((P * (N + 1)) << 3);
const PRICE_PER_HALF: usize = PER_HALF + (L << 3);

/** Bytes in the work space, of vectors: ln(X/B) at the nodes, its square, and discount factors that do not change. */
const SQUARE: usize = (N + 1) << 4;
const CASH: usize = SQUARE + ((N + 1) << 4);
const ASSET: usize = CASH + (((N + 1) * L) << 4);

/** Of N and its slope a cell, from −8.5 deviations on, as ../wasm-american.ts writes them. */
const NORMAL_AT: usize = 1024;

const ONE_OVER_SQRT_2PI: f64 = 0.3989422804014327;

@inline function div(a: v128, b: v128): v128 { return f64x2.div(a, b); }
@inline function minus(a: v128): v128 { return f64x2.neg(a); }
/** A number of the table in both lanes. */
@inline function number(at: usize): v128 { return v128.load_splat<f64>(at); }

/**
 * e^x with a relative error of 1e-11, flushed below e^−708: the scheme itself errs by 1e-5 of spot, and half of the time
 * is spent here. Taylor to the ninth power of at most ½ ln 2.
 */
@inline function exponential(at: v128): v128 {
  const x = f64x2.max(at, splat(-708));
  // Added to 1.5·2⁵² a number is rounded, and its last bits are the integer.
  const rounded = add(mul(x, splat(1.4426950408889634)), splat(6755399441055744));
  const n = sub(rounded, splat(6755399441055744));
  const r = sub(sub(x, mul(n, splat(0.6931471803691238))), mul(n, splat(1.9082149292705877e-10)));
  const r2 = mul(r, r);
  const r4 = mul(r2, r2);
  const p01 = add(splat(1), r);
  const p23 = add(splat(0.5), mul(r, splat(0.16666666666666666)));
  const p45 = add(splat(0.041666666666666664), mul(r, splat(0.008333333333333333)));
  const p67 = add(splat(0.001388888888888889), mul(r, splat(0.0001984126984126984)));
  const p89 = add(splat(2.48015873015873e-5), mul(r, splat(2.7557319223985893e-6)));
  const low = add(add(p01, mul(r2, p23)), mul(r4, add(p45, mul(r2, p67))));
  const e = add(low, mul(mul(r4, r4), p89));
  return i64x2.add(e, i64x2.shl(rounded, 52));
}

/**
 * N(z) by cubics through a table of N and its slope, 32 cells a deviation from −8.5 to 8.5: within 2e-9, and smooth to the
 * first derivative, which is all that differences over small steps ask. An exponential and a quotient cost twice as much.
 */
@inline function normal(z: v128): v128 {
  const u = mul(add(f64x2.min(f64x2.max(z, splat(-8.5)), splat(8.5)), splat(8.5)), splat(32));
  // Added to 1.5·2⁵² a number is rounded, and its last bits are the integer: the cell, or the one before at its very edge.
  const rounded = add(sub(u, splat(0.5)), splat(6755399441055744));
  const t = sub(u, sub(rounded, splat(6755399441055744)));
  const a = NORMAL_AT + (<usize>i32x4.extract_lane(rounded, 0) << 4);
  const b = NORMAL_AT + (<usize>i32x4.extract_lane(rounded, 2) << 4);
  const a0 = v128.load(a), a1 = v128.load(a, 16), b0 = v128.load(b), b1 = v128.load(b, 16);
  const from = v128.shuffle<f64>(a0, b0, 0, 2);
  const slope = v128.shuffle<f64>(a0, b0, 1, 3);
  const rise = sub(v128.shuffle<f64>(a1, b1, 0, 2), from);
  const bent = sub(add(slope, v128.shuffle<f64>(a1, b1, 1, 3)), add(rise, rise));
  const curved = sub(sub(rise, slope), bent);
  return add(from, mul(t, add(slope, mul(t, add(curved, mul(t, bent))))));
}

/** 1 − e^{−x} for x above zero, without the loss of 1 − (1 − x). */
@inline function decay(x: v128): v128 {
  const series = mul(x, sub(splat(1), mul(x, sub(splat(0.5), mul(x, sub(splat(1.0 / 6), mul(x, splat(1.0 / 24))))))));
  return v128.bitselect(series, sub(splat(1), exponential(minus(x))), f64x2.lt(x, splat(1e-3)));
}

/** One QD+ boundary point at √τ, by Newton from `start` above it (M. Li 2010, denominator multiplied out). */
function quickBoundary(strike: v128, rate: v128, dividend: v128, volatility: v128, root: v128, start: v128): v128 {
  const tau = mul(root, root);
  const deviation = mul(volatility, root);
  const variance = mul(volatility, volatility);
  const perVariance = div(splat(2), variance);
  const h = decay(mul(rate, tau));
  const alpha = mul(rate, perVariance);
  const omega = mul(sub(rate, dividend), perVariance);
  const below = sub(omega, splat(1));
  const bend = f64x2.sqrt(add(mul(below, below), div(mul(splat(4), alpha), h)));
  const share = div(mul(sub(splat(1), h), alpha), bend);
  const bent = mul(mul(h, h), mul(bend, bend));
  const kappa = add(
    mul(splat(0.5), sub(sub(splat(1), omega), bend)),
    mul(share, sub(div(splat(1), h), div(alpha, bent))),
  );
  const perTheta = div(perVariance, bend);
  const carried = exponential(minus(mul(dividend, tau)));
  const discounted = mul(strike, exponential(minus(mul(rate, tau))));
  const shift = add(mul(sub(rate, dividend), tau), mul(splat(0.5), mul(deviation, deviation)));
  const perDeviation = div(splat(1), deviation);
  const perStrike = div(splat(1), strike);
  const spread = div(volatility, mul(splat(2), root));
  let b = start;
  for (let step = 0; step < NEWTON; step++) {
    const d1 = mul(add(logarithm(mul(b, perStrike)), shift), perDeviation);
    const far = f64x2.min(f64x2.abs(d1), splat(38));
    const bell = exponential(mul(splat(-0.5), mul(far, far)));
    const n1 = mul(carried, normal(minus(d1)));
    const n2 = mul(discounted, normal(sub(deviation, d1)));
    const density = mul(mul(carried, splat(ONE_OVER_SQRT_2PI)), bell);
    const gain = add(sub(sub(strike, b), n2), mul(b, n1));
    const theta = sub(
      sub(mul(rate, n2), mul(mul(dividend, b), n1)),
      mul(mul(b, density), spread),
    );
    const thetaSlope = sub(
      mul(mul(sub(dividend, rate), density), perDeviation),
      add(mul(mul(spread, density), sub(splat(1), mul(d1, perDeviation))), mul(dividend, n1)),
    );
    const kept = sub(splat(1), n1);
    const excess = sub(add(mul(kept, b), mul(kappa, gain)), mul(perTheta, theta));
    const slope = sub(
      add(sub(kept, mul(kappa, kept)), mul(density, perDeviation)),
      mul(perTheta, thetaSlope),
    );
    b = f64x2.max(sub(b, div(excess, slope)), mul(splat(0.5), b));
  }
  return b;
}

/** QD+ at every node, from expiry outwards, and the discount factors of the boundary's integrals. */
function startBoundary(
  tables: usize, work: usize, strike: v128, rate: v128, dividend: v128, volatility: v128, rootTime: v128, edge: v128,
): void {
  let b = edge;
  v128.store(work, splat(0));
  v128.store(work + SQUARE, splat(0));
  for (let i: usize = 1; i <= N; i++) {
    const root = mul(number(tables + (i << 3)), rootTime);
    b = f64x2.min(quickBoundary(strike, rate, dividend, volatility, root, b), edge);
    const depth = logarithm(div(edge, b));
    v128.store(work + (i << 4), depth);
    v128.store(work + SQUARE + (i << 4), mul(depth, depth));
    for (let k: usize = 0; k < L; k++) {
      const back = mul(root, number(tables + HALF + (k << 3)));
      const s = mul(back, back);
      const at = work + ((i * L + k) << 4);
      v128.store(at + CASH, exponential(minus(mul(rate, s))));
      v128.store(at + ASSET, exponential(minus(mul(dividend, s))));
    }
  }
}

/** ln(X/B) where the polynomial of its squares through the nodes is read off at a row of the table. */
@inline function depthAt(row: usize, squares: usize): v128 {
  let h2 = splat(0);
  for (let j: usize = 1; j <= N; j++) h2 = add(h2, mul(number(row + (j << 3)), v128.load(squares + (j << 4))));
  return f64x2.sqrt(f64x2.max(h2, splat(0)));
}

/** One point of FP-B: K e^{−(r−q)τ}·N/D, as depth below the boundary at expiry. */
function improvedDepth(
  tables: usize, work: usize, i: usize, rate: v128, dividend: v128, volatility: v128, rootTime: v128, logEdge: v128,
): v128 {
  const root = mul(number(tables + (i << 3)), rootTime);
  const tau = mul(root, root);
  const drift = add(sub(rate, dividend), mul(splat(0.5), mul(volatility, volatility)));
  const depth = v128.load(work + (i << 4));
  const deviation = mul(volatility, root);
  const perDeviation = div(splat(1), deviation);
  const slope = mul(div(drift, volatility), root);
  const dPlus = add(mul(sub(logEdge, depth), perDeviation), slope);
  let over = splat(0);
  let under = splat(0);
  for (let k: usize = 0; k < L; k++) {
    const place = i * L + k;
    const then = depthAt(tables + BOUNDARY_AT + ((place * (N + 1)) << 3), work + SQUARE);
    const half = number(tables + HALF + (k << 3));
    const weight = number(tables + WEIGHT + (k << 3));
    const perHalf = mul(perDeviation, number(tables + PER_HALF + (k << 3)));
    const plus = add(mul(sub(then, depth), perHalf), mul(slope, half));
    const cash = v128.load(work + CASH + (place << 4));
    const asset = v128.load(work + ASSET + (place << 4));
    over = add(over, mul(mul(weight, cash), normal(sub(plus, mul(deviation, half)))));
    under = add(under, mul(mul(weight, asset), normal(plus)));
  }
  const numerator = add(
    mul(exponential(minus(mul(rate, tau))), normal(sub(dPlus, deviation))),
    mul(mul(rate, tau), over),
  );
  const denominator = add(
    mul(exponential(minus(mul(dividend, tau))), normal(dPlus)),
    mul(mul(dividend, tau), under),
  );
  return f64x2.max(add(logEdge, logarithm(div(denominator, numerator))), splat(0));
}

/** The integral of the premium above the boundary, and its derivatives in spot; stores them and the boundary now. */
function premium(
  tables: usize, work: usize, spot: v128, strike: v128, rate: v128, dividend: v128, volatility: v128,
  rootTime: v128, edge: v128, out: usize, stride: usize,
): void {
  const time = mul(rootTime, rootTime);
  const perSpot = div(splat(1), spot);
  const above = logarithm(div(spot, edge));
  const drift = add(sub(rate, dividend), mul(splat(0.5), mul(volatility, volatility)));
  const deviation = mul(volatility, rootTime);
  const perDeviation = div(splat(1), deviation);
  const slope = mul(div(drift, volatility), rootTime);
  let value = splat(0), delta = splat(0), gamma = splat(0);
  for (let k: usize = 0; k < P; k++) {
    const depth = depthAt(tables + PRICE_BOUNDARY_AT + ((k * (N + 1)) << 3), work + SQUARE);
    const half = number(tables + PRICE_HALF + (k << 3));
    const weight = number(tables + PRICE_WEIGHT + (k << 3));
    const s = mul(time, mul(half, half));
    const spread = mul(deviation, half);
    const perSpread = mul(perDeviation, number(tables + PRICE_PER_HALF + (k << 3)));
    const up = add(mul(add(above, depth), perSpread), mul(slope, half));
    const down = sub(up, spread);
    const cash = mul(mul(mul(weight, rate), strike), exponential(minus(mul(rate, s))));
    const asset = mul(mul(weight, dividend), exponential(minus(mul(dividend, s))));
    const farUp = f64x2.min(f64x2.abs(up), splat(38));
    const farDown = f64x2.min(f64x2.abs(down), splat(38));
    const bellUp = exponential(mul(splat(-0.5), mul(farUp, farUp)));
    const bellDown = exponential(mul(splat(-0.5), mul(farDown, farDown)));
    const scaled = mul(splat(ONE_OVER_SQRT_2PI), perSpread);
    const cashDensity = mul(mul(mul(cash, bellDown), scaled), perSpot);
    const assetDensity = mul(mul(asset, bellUp), scaled);
    const assetShare = mul(asset, normal(minus(up)));
    const cashShare = mul(cash, normal(minus(down)));
    value = add(value, sub(cashShare, mul(spot, assetShare)));
    delta = add(delta, sub(sub(assetDensity, cashDensity), assetShare));
    gamma = add(
      gamma,
      mul(
        add(
          mul(cashDensity, add(splat(1), mul(down, perSpread))),
          mul(assetDensity, sub(splat(1), mul(up, perSpread))),
        ),
        perSpot,
      ),
    );
  }
  v128.store(out, mul(time, value));
  v128.store(out + stride, mul(time, delta));
  v128.store(out + 2 * stride, mul(time, gamma));
  v128.store(out + 3 * stride, mul(edge, exponential(minus(v128.load(work + (N << 4))))));
}

/** Loads a pair of puts whose depths stand in the work space, squares them, and stores premium and boundary. */
@inline function finish(tables: usize, work: usize, at: usize, out: usize, stride: usize): void {
  const strike = v128.load(at + stride);
  const rate = v128.load(at + 2 * stride);
  const dividend = v128.load(at + 3 * stride);
  const rootTime = f64x2.sqrt(v128.load(at + 5 * stride));
  const ratio = v128.bitselect(div(rate, dividend), splat(1), f64x2.gt(dividend, rate));
  premium(
    tables, work, v128.load(at), strike, rate, dividend, v128.load(at + 4 * stride), rootTime, mul(strike, ratio), out, stride,
  );
}

/** The squares of the depths in the work space. */
@inline function squareDepths(work: usize): void {
  for (let node: usize = 1; node <= N; node++) {
    const depth = v128.load(work + (node << 4));
    v128.store(work + SQUARE + (node << 4), mul(depth, depth));
  }
}

/**
 * Puts 0 to `count`, which may be odd: the columns have room for one more. Rates and volatilities are above zero. Behind
 * the results the depths of the boundary at its nodes are kept, a column each.
 */
export function premiums(count: i32, tables: usize, work: usize, puts: usize, out: usize, stride: usize): void {
  for (let i = 0; i < count; i += 2) {
    const at = puts + (<usize>i << 3);
    const strike = v128.load(at + stride);
    const rate = v128.load(at + 2 * stride);
    const dividend = v128.load(at + 3 * stride);
    const volatility = v128.load(at + 4 * stride);
    const rootTime = f64x2.sqrt(v128.load(at + 5 * stride));
    const ratio = v128.bitselect(div(rate, dividend), splat(1), f64x2.gt(dividend, rate));
    const logEdge = logarithm(ratio);
    startBoundary(tables, work, strike, rate, dividend, volatility, rootTime, mul(strike, ratio));
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      for (let node: usize = 1; node <= N; node++) {
        const depth = improvedDepth(tables, work, node, rate, dividend, volatility, rootTime, logEdge);
        v128.store(work + (node << 4), depth);
      }
      squareDepths(work);
    }
    const to = out + (<usize>i << 3);
    finish(tables, work, at, to, stride);
    for (let node: usize = 1; node <= N; node++)
      v128.store(to + (3 + node) * stride, v128.load(work + (node << 4)));
  }
}

/** The same from depths that were kept: for puts of which nothing moved but the spot, or the strike with it. */
export function keptPremiums(count: i32, tables: usize, work: usize, puts: usize, out: usize, stride: usize): void {
  for (let i = 0; i < count; i += 2) {
    const to = out + (<usize>i << 3);
    for (let node: usize = 1; node <= N; node++)
      v128.store(work + (node << 4), v128.load(to + (3 + node) * stride));
    squareDepths(work);
    finish(tables, work, puts + (<usize>i << 3), to, stride);
  }
}
