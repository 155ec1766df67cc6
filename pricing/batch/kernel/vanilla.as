// Black–Scholes–Merton price and seven Greeks for many options, two at a time (AssemblyScript, WebAssembly SIMD).
//
// Rebuilt by `node tools/build-wasm.cjs`; the bytes stand in ../vanilla-kernel.ts. The same columns and formulas as
// ../javascript-kernel.ts, which is the fallback and the oracle. Absolute accuracy about 1e-14 of spot.
//
// A node is twelve doubles, written by `nodes`, read by `vanillas`:
//   0 ln F   1 discount   2 S·carried   3 carried   4 1/S   5 √T   6 T   7 r   8 q   9 1/(2T)   10 T of a future   11 coin
// Addresses of the columns stand in a header, in the order of ../wasm-kernel.ts.

import { add, cumulative, exponential, mul, splat, sub, tailRatio } from './lanes';

const NODE_BYTES: usize = 96;
const DEVIATION_MIN: f64 = 1e-12;
const RATE_MAX: f64 = 10;
const HEADER: usize = 1024;
/** Where the results of a pair of scattered rows are put down. */
const PAIR: usize = 1536;

@inline function column(number: usize): usize { return load<u32>(HEADER + (number << 2)); }

@inline function place(address: usize, number: usize): f64 { return load<f64>(address + (number << 3)); }

/** NaN where the rate is no rate. */
@inline function sane(rate: f64): f64 { return abs(rate) <= RATE_MAX ? rate : NaN; }

/** Forward, discount and the rest of one node; NaN throughout where an input is missing or the expiry is past. */
@inline function node(i: usize, now: f64): void {
  const at = i << 2;
  const spotAt = load<u32>(column(0) + at);
  const style = load<u32>(column(3) + at);
  const mark = place(column(5), spotAt);
  const spot = mark > 0 && mark < Infinity ? mark : NaN;
  const rate = style == 2 ? 0 : sane(place(column(7), load<u32>(column(1) + at)));
  const dividend = style == 0 ? sane(place(column(8), load<u32>(column(2) + at))) : rate;
  const left = place(column(4), i) - now;
  const time = left > 0 ? left : NaN;
  const factors = exponential(f64x2.replace_lane(splat(-rate * time), 1, -dividend * time));
  const carried = f64x2.extract_lane(factors, 1);
  const to = column(9) + i * NODE_BYTES;
  store<f64>(to, place(column(6), spotAt) + (rate - dividend) * time);
  store<f64>(to, f64x2.extract_lane(factors, 0), 8);
  store<f64>(to, spot * carried, 16);
  store<f64>(to, carried, 24);
  store<f64>(to, 1 / spot, 32);
  store<f64>(to, sqrt(time), 40);
  store<f64>(to, time, 48);
  store<f64>(to, rate, 56);
  store<f64>(to, dividend, 64);
  store<f64>(to, 0.5 / time, 72);
  store<f64>(to, style == 1 ? time : 0, 80);
  store<f64>(to, style == 2 ? 1 / spot : 1, 88);
}

/** Nodes 0 to before `count`, `now` in years after the book's origin. */
export function nodes(count: i32, now: f64): void {
  for (let i = 0; i < count; i++) node(<usize>i, now);
}

/** The first `count` nodes of the list. */
export function listedNodes(count: i32, now: f64): void {
  const list = column(10);
  for (let i = 0; i < count; i++) node(<usize>load<u32>(list + (<usize>i << 2)), now);
}

/**
 * A pair of rows with nodes at `a` and `b`; results go to `out`, each `stride` bytes after the one before. Answers which
 * of the two lacks a value: the byte that `reasons` gets until a row's reason is told.
 */
@inline function pair(
  a: usize, b: usize, sign: v128, strike: v128, logStrike: v128, volatility: v128, out: usize, stride: usize,
): v128 {
  const a01 = v128.load(a), b01 = v128.load(b);
  const a23 = v128.load(a, 16), b23 = v128.load(b, 16);
  const a45 = v128.load(a, 32), b45 = v128.load(b, 32);
  const a67 = v128.load(a, 48), b67 = v128.load(b, 48);
  const a89 = v128.load(a, 64), b89 = v128.load(b, 64);
  const aEnd = v128.load(a, 80), bEnd = v128.load(b, 80);
  const root = v128.shuffle<f64>(a45, b45, 1, 3);
  const asset = v128.shuffle<f64>(a23, b23, 0, 2);
  const carried = v128.shuffle<f64>(a23, b23, 1, 3);
  const time = v128.shuffle<f64>(a67, b67, 0, 2);
  // No volatility, or one that is none, is missing.
  const positive = v128.bitselect(volatility, splat(NaN), f64x2.gt(volatility, splat(0)));
  const deviation = f64x2.max(mul(positive, root), splat(DEVIATION_MIN));
  const inverse = f64x2.div(splat(1), deviation);
  const x = sub(v128.shuffle<f64>(a01, b01, 0, 2), logStrike);
  const d1 = add(mul(x, inverse), mul(splat(0.5), deviation));
  const d2 = sub(d1, deviation);
  const density = exponential(mul(splat(-0.5), mul(d1, d1)));
  // φ(d₂)·K·discount = φ(d₁)·asset: a quotient in place of an exponential.
  const cash = mul(strike, v128.shuffle<f64>(a01, b01, 1, 3));
  const density2 = mul(density, f64x2.div(asset, cash));
  const n1 = cumulative(mul(sign, d1), mul(density, tailRatio(f64x2.abs(d1))));
  const n2 = cumulative(mul(sign, d2), mul(density2, tailRatio(f64x2.abs(d2))));
  const assetPart = mul(mul(sign, asset), n1);
  const cashPart = mul(mul(sign, cash), n2);
  const scaled = mul(splat(0.3989422804014327), density);
  const vega = mul(mul(asset, scaled), root);
  const decay = mul(mul(mul(asset, scaled), deviation), v128.shuffle<f64>(a89, b89, 1, 3));
  const earned = sub(
    mul(v128.shuffle<f64>(a89, b89, 0, 2), assetPart),
    mul(v128.shuffle<f64>(a67, b67, 1, 3), cashPart),
  );
  // d₂/σ, of vanna and volga.
  const perVolatility = mul(mul(d2, root), inverse);
  const bell = mul(carried, scaled);
  const price = mul(sub(assetPart, cashPart), v128.shuffle<f64>(aEnd, bEnd, 1, 3));
  const delta = mul(mul(sign, carried), n1);
  const gamma = mul(mul(bell, inverse), v128.shuffle<f64>(a45, b45, 0, 2));
  const theta = sub(earned, decay);
  const rho = sub(mul(time, cashPart), mul(v128.shuffle<f64>(aEnd, bEnd, 0, 2), assetPart));
  const vanna = f64x2.neg(mul(bell, perVolatility));
  const volga = mul(mul(vega, d1), perVolatility);
  let to = out;
  v128.store(to, price);
  v128.store((to += stride), delta);
  v128.store((to += stride), gamma);
  v128.store((to += stride), vega);
  v128.store((to += stride), theta);
  v128.store((to += stride), rho);
  v128.store((to += stride), vanna);
  v128.store((to += stride), volga);
  const sum = add(add(add(price, delta), add(gamma, vega)), add(add(theta, rho), add(vanna, volga)));
  // Ones where a value is none: what is not finite is not equal to itself after its own size was taken off.
  return f64x2.ne(sub(sum, sum), splat(0));
}

/** Rows from `start` (even) to before `end`. */
export function vanillas(start: i32, end: i32): void {
  const nodeTable = column(9), nodeOf = column(11), signs = column(12), strikes = column(13);
  const logStrikes = column(14), volatilities = column(15), price = column(16), stride = column(17), reasons = column(19);
  for (let i = start; i < end; i += 2) {
    const at = <usize>i << 3;
    const link = nodeOf + (<usize>i << 2);
    const lacks = pair(
      nodeTable + <usize>load<u32>(link) * NODE_BYTES,
      nodeTable + <usize>load<u32>(link, 4) * NODE_BYTES,
      v128.load(signs + at), v128.load(strikes + at), v128.load(logStrikes + at), v128.load(volatilities + at),
      price + at, stride,
    );
    store<u16>(reasons + <usize>i, <u16>i16x8.extract_lane_u(v128.shuffle<i8>(lacks, lacks, 0, 8, 0, 8, 0, 8, 0, 8, 0, 8, 0, 8, 0, 8, 0, 8), 0));
  }
}

@inline function two(address: usize, a: usize, b: usize): v128 {
  return v128.load64_lane(address + b, v128.load64_zero(address + a), 1);
}

/** The first `count` rows of the list, which is even: an odd one ends with its last row twice. */
export function listedVanillas(count: i32): void {
  const nodeTable = column(9), nodeOf = column(11), signs = column(12), strikes = column(13);
  const logStrikes = column(14), volatilities = column(15), price = column(16), stride = column(17), reasons = column(19);
  const list = column(18);
  for (let i = 0; i < count; i += 2) {
    const first = <usize>load<u32>(list + (<usize>i << 2)), second = <usize>load<u32>(list + (<usize>i << 2), 4);
    const a = first << 3, b = second << 3;
    const lacks = pair(
      nodeTable + <usize>load<u32>(nodeOf + (first << 2)) * NODE_BYTES,
      nodeTable + <usize>load<u32>(nodeOf + (second << 2)) * NODE_BYTES,
      two(signs, a, b), two(strikes, a, b), two(logStrikes, a, b), two(volatilities, a, b),
      PAIR, 16,
    );
    store<u8>(reasons + first, <u8>i8x16.extract_lane_u(lacks, 0));
    store<u8>(reasons + second, <u8>i8x16.extract_lane_u(lacks, 8));
    let to = price;
    for (let m = 0; m < 8; m++) {
      const got = v128.load(PAIR + (<usize>m << 4));
      store<f64>(to + a, f64x2.extract_lane(got, 0));
      store<f64>(to + b, f64x2.extract_lane(got, 1));
      to += stride;
    }
  }
}
