// Black–Scholes–Merton price and five Greeks for many options, two at a time (AssemblyScript, WebAssembly SIMD).
//
// Rebuilt by `node tools/build-wasm.cjs`; the bytes stand in ../vanilla-kernel.ts. The same columns and formulas as
// ../javascript-kernel.ts, which is the fallback and the oracle. Absolute accuracy about 1e-14 of spot.
//
// A node is one (underlying, expiry): ten doubles, written by `nodes`, read by `vanillas`:
//   0 ln F   1 discount   2 S·carried   3 carried   4 1/S   5 √T   6 T   7 r   8 q   9 1/(2T)

import { add, cumulative, exponential, mul, splat, sub, tailRatio } from './lanes';

const NODE_BYTES: usize = 80;
const TIME_MIN: f64 = 1e-10;
const DEVIATION_MIN: f64 = 1e-12;

/** Columns of i32 and f64 addresses; counts may be odd, the columns have room for one more. */
export function nodes(
  count: i32, spotOf: usize, rateOf: usize, yieldOf: usize, expiry: usize,
  spots: usize, logSpots: usize, rates: usize, yields: usize, now: f64, out: usize,
): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    const spotAt = load<u32>(spotOf + at) << 3;
    const spot = load<f64>(spots + spotAt);
    const rate = load<f64>(rates + (load<u32>(rateOf + at) << 3));
    const dividend = load<f64>(yields + (load<u32>(yieldOf + at) << 3));
    const time = max(load<f64>(expiry + (<usize>i << 3)) - now, TIME_MIN);
    const pair = f64x2.replace_lane(splat(-rate * time), 1, -dividend * time);
    const factors = exponential(pair);
    const carried = f64x2.extract_lane(factors, 1);
    const node = out + <usize>i * NODE_BYTES;
    store<f64>(node, load<f64>(logSpots + spotAt) + (rate - dividend) * time);
    store<f64>(node, f64x2.extract_lane(factors, 0), 8);
    store<f64>(node, spot * carried, 16);
    store<f64>(node, carried, 24);
    store<f64>(node, 1 / spot, 32);
    store<f64>(node, sqrt(time), 40);
    store<f64>(node, time, 48);
    store<f64>(node, rate, 56);
    store<f64>(node, dividend, 64);
    store<f64>(node, 0.5 / time, 72);
  }
}

/** Options from `start` (even) to `end`; out is price, delta, gamma, vega, theta, rho, each `stride` bytes apart. */
export function vanillas(
  start: i32, end: i32, nodeOf: usize, signs: usize, strikes: usize, logStrikes: usize,
  volatilities: usize, nodeTable: usize, out: usize, stride: usize,
): void {
  for (let i = start; i < end; i += 2) {
    const at = <usize>i << 3;
    const pair = nodeOf + (<usize>i << 2);
    const a = nodeTable + <usize>load<u32>(pair) * NODE_BYTES;
    const b = nodeTable + <usize>load<u32>(pair, 4) * NODE_BYTES;
    const a01 = v128.load(a), b01 = v128.load(b);
    const a23 = v128.load(a, 16), b23 = v128.load(b, 16);
    const a45 = v128.load(a, 32), b45 = v128.load(b, 32);
    const a67 = v128.load(a, 48), b67 = v128.load(b, 48);
    const a89 = v128.load(a, 64), b89 = v128.load(b, 64);
    const root = v128.shuffle<f64>(a45, b45, 1, 3);
    const asset = v128.shuffle<f64>(a23, b23, 0, 2);
    const carried = v128.shuffle<f64>(a23, b23, 1, 3);
    const time = v128.shuffle<f64>(a67, b67, 0, 2);
    const sign = v128.load(signs + at);
    const deviation = f64x2.max(mul(v128.load(volatilities + at), root), splat(DEVIATION_MIN));
    const inverse = f64x2.div(splat(1), deviation);
    const x = sub(v128.shuffle<f64>(a01, b01, 0, 2), v128.load(logStrikes + at));
    const d1 = add(mul(x, inverse), mul(splat(0.5), deviation));
    const d2 = sub(d1, deviation);
    const density = exponential(mul(splat(-0.5), mul(d1, d1)));
    const density2 = exponential(mul(splat(-0.5), mul(d2, d2)));
    const n1 = cumulative(mul(sign, d1), mul(density, tailRatio(f64x2.abs(d1))));
    const n2 = cumulative(mul(sign, d2), mul(density2, tailRatio(f64x2.abs(d2))));
    const assetPart = mul(mul(sign, asset), n1);
    const cashPart = mul(mul(mul(sign, v128.load(strikes + at)), v128.shuffle<f64>(a01, b01, 1, 3)), n2);
    const scaled = mul(splat(0.3989422804014327), density);
    const vega = mul(mul(asset, scaled), root);
    const decay = mul(mul(mul(asset, scaled), deviation), v128.shuffle<f64>(a89, b89, 1, 3));
    const earned = sub(
      mul(v128.shuffle<f64>(a89, b89, 0, 2), assetPart),
      mul(v128.shuffle<f64>(a67, b67, 1, 3), cashPart),
    );
    let to = out + at;
    v128.store(to, sub(assetPart, cashPart));
    v128.store((to += stride), mul(mul(sign, carried), n1));
    v128.store((to += stride), mul(mul(mul(carried, scaled), inverse), v128.shuffle<f64>(a45, b45, 0, 2)));
    v128.store((to += stride), vega);
    v128.store((to += stride), sub(earned, decay));
    v128.store((to += stride), mul(time, cashPart));
  }
}
