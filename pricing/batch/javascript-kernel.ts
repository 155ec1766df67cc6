/**
 * The vanilla kernel in plain JavaScript: fallback where there is no SIMD, and oracle of the WebAssembly kernel.
 *
 * Formulas as in `models/black-greeks.ts`. What is missing, expired or no rate, mark or volatility at all, is NaN in
 * everything that depends on it.
 */
import { normalCdf, ONE_OVER_SQRT_2PI } from '../math/normal';
import { NODE_WIDTH, type VanillaColumns } from './columns';
import type { VanillaKernel } from './kernel';
import { isWhole, RATE_MAX, UNTOLD } from './reasons';

const DEVIATION_MIN = 1e-12;

/** Larger of two; NaN if either is, where a comparison would drop it. */
const atLeast = (x: number, floor: number): number => (x < floor ? floor : x);
const sane = (rate: number): number => (Math.abs(rate) <= RATE_MAX ? rate : Number.NaN);

const node = (c: VanillaColumns, i: number, now: number): void => {
  const { nodeTable: out } = c;
  const style = c.styleOf[i]!;
  const mark = c.spots[c.spotOf[i]!]!;
  const spot = mark > 0 && mark < Infinity ? mark : Number.NaN;
  const rate = style === 2 ? 0 : sane(c.rateValues[c.rateOf[i]!]!);
  const dividend = style === 0 ? sane(c.yieldValues[c.yieldOf[i]!]!) : rate;
  const left = c.expiry[i]! - now;
  const time = left > 0 ? left : Number.NaN;
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
  out[at + 10] = style === 1 ? time : 0;
  out[at + 11] = style === 2 ? 1 / spot : 1;
};

const vanilla = (c: VanillaColumns, i: number): void => {
  const { nodeTable: node } = c;
  const at = c.nodeOf[i]! * NODE_WIDTH;
  const sign = c.signs[i]!;
  const asset = node[at + 2]!;
  const carried = node[at + 3]!;
  const root = node[at + 5]!;
  const volatility = c.volatilities[i]!;
  const deviation = volatility > 0 ? atLeast(volatility * root, DEVIATION_MIN) : Number.NaN;
  const d1 = (node[at]! - c.logStrikes[i]!) / deviation + 0.5 * deviation;
  const d2 = d1 - deviation;
  const n1 = normalCdf(sign * d1);
  const n2 = normalCdf(sign * d2);
  const density = ONE_OVER_SQRT_2PI * Math.exp(-0.5 * d1 * d1);
  const assetPart = sign * asset * n1;
  const cashPart = sign * c.strikes[i]! * node[at + 1]! * n2;
  const vega = asset * density * root;
  const perVolatility = (d2 * root) / deviation;
  c.price[i] = (assetPart - cashPart) * node[at + 11]!;
  c.delta[i] = sign * carried * n1;
  c.gamma[i] = (carried * density * node[at + 4]!) / deviation;
  c.vega[i] = vega;
  c.theta[i] =
    node[at + 8]! * assetPart - node[at + 7]! * cashPart - asset * density * deviation * node[at + 9]!;
  c.rho[i] = node[at + 6]! * cashPart - node[at + 10]! * assetPart;
  c.vanna[i] = -carried * density * perVolatility;
  c.volga[i] = vega * d1 * perVolatility;
  c.reasons[i] = isWhole(c, i) ? 0 : UNTOLD;
};

export const javascriptKernel = (columns: VanillaColumns): VanillaKernel => ({
  name: 'javascript',
  nodes: (count, now) => {
    for (let i = 0; i < count; i++) node(columns, i, now);
  },
  listedNodes: (count, now) => {
    for (let i = 0; i < count; i++) node(columns, columns.nodeList[i]!, now);
  },
  vanillas: (start, end) => {
    for (let i = start; i < end; i++) vanilla(columns, i);
  },
  listedVanillas: (count) => {
    for (let i = 0; i < count; i++) vanilla(columns, columns.rowList[i]!);
  },
});
