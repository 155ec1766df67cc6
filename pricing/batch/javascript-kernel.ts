/**
 * The vanilla kernel in plain JavaScript: fallback where there is no SIMD, and oracle of the WebAssembly kernel.
 *
 * Formulas as in `models/black-greeks.ts`; an expired option has a time of 1e-10 years, so that its price is the
 * intrinsic value and nothing divides by zero.
 */
import { normalCdf, ONE_OVER_SQRT_2PI } from '../math/normal.js';
import { NODE_WIDTH, type VanillaColumns } from './columns.js';
import type { VanillaKernel } from './kernel.js';

const TIME_MIN = 1e-10;
const DEVIATION_MIN = 1e-12;

/** Larger of two; NaN if either is, where a comparison would drop it. */
const atLeast = (x: number, floor: number): number => (x < floor ? floor : x);

const nodes = (c: VanillaColumns, now: number): void => {
  const { nodeTable: out } = c;
  for (let i = 0; i < c.nodes; i++) {
    const spot = c.spots[c.spotOf[i]!]!;
    const rate = c.rateValues[c.rateOf[i]!]!;
    const dividend = c.yieldValues[c.yieldOf[i]!]!;
    const time = atLeast(c.expiry[i]! - now, TIME_MIN);
    const carried = Math.exp(-dividend * time);
    const at = i * NODE_WIDTH;
    out[at] = c.logSpots[c.spotOf[i]!]! + (rate - dividend) * time;
    out[at + 1] = Math.exp(-rate * time);
    out[at + 2] = spot * carried;
    out[at + 3] = carried;
    out[at + 4] = 1 / spot;
    out[at + 5] = Math.sqrt(time);
    out[at + 6] = time;
    out[at + 7] = rate;
    out[at + 8] = dividend;
    out[at + 9] = 0.5 / time;
  }
};

const vanillas = (c: VanillaColumns, start: number, end: number): void => {
  const { nodeTable: node, price, delta, gamma, vega, theta, rho } = c;
  for (let i = start; i < end; i++) {
    const at = c.nodeOf[i]! * NODE_WIDTH;
    const sign = c.signs[i]!;
    const asset = node[at + 2]!;
    const carried = node[at + 3]!;
    const root = node[at + 5]!;
    const deviation = atLeast(c.volatilities[i]! * root, DEVIATION_MIN);
    const d1 = (node[at]! - c.logStrikes[i]!) / deviation + 0.5 * deviation;
    const n1 = normalCdf(sign * d1);
    const n2 = normalCdf(sign * (d1 - deviation));
    const density = ONE_OVER_SQRT_2PI * Math.exp(-0.5 * d1 * d1);
    const assetPart = sign * asset * n1;
    const cashPart = sign * c.strikes[i]! * node[at + 1]! * n2;
    price[i] = assetPart - cashPart;
    delta[i] = sign * carried * n1;
    gamma[i] = (carried * density * node[at + 4]!) / deviation;
    vega[i] = asset * density * root;
    theta[i] =
      node[at + 8]! * assetPart - node[at + 7]! * cashPart - asset * density * deviation * node[at + 9]!;
    rho[i] = node[at + 6]! * cashPart;
  }
};

export const javascriptKernel = (columns: VanillaColumns): VanillaKernel => ({
  name: 'javascript',
  nodes: (now) => nodes(columns, now),
  vanillas: (start, end) => vanillas(columns, start, end),
});
