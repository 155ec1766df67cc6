/**
 * European options of one expiry under Heston, a strip of strikes at once.
 *
 * Lewis' single integral with a Black control variate (Lewis: Option Valuation under Stochastic Volatility, 2000;
 * Andersen, Piterbarg: Interest Rate Modeling I, section 8.4): with x = ln(F/K) and ψ = φ_Heston − φ_Black,
 *
 *   call = Black(F, K, w) − √(FK)/π ∫₀^∞ Re(e^{iux} ψ(u − i/2)) / (u² + 1/4) du.
 *
 * The poles at ±i/2 are removed by the control variate, so the trapezoidal rule converges exponentially in its step.
 * The characteristic function is evaluated once per node for all strikes, and e^{iux} follows by rotation. The step
 * is halved (old nodes are kept) until two levels agree; the error that is answered comes from that last difference.
 */

import { normalCdf, normalPdf } from '../math/normal.js';
import type { HestonParameters } from './heston.js';
import { hestonExpectedVariance, hestonHalfLine } from './heston.js';

export interface HestonStripRequest {
  readonly parameters: HestonParameters;
  readonly forward: number;
  /** Discount factor to payment. */
  readonly discount: number;
  /** Years to expiry, above zero. */
  readonly expiry: number;
  readonly strikes: ArrayLike<number>;
  /** Largest error wanted, as a fraction of the forward; 1e-10 by default. */
  readonly tolerance?: number;
}

/** One number per strike, all discounted calls; puts follow by parity. */
export interface HestonStrip {
  readonly call: Float64Array;
  /** Sensitivities, when asked for: to the forward, twice to the forward, to v0, and to the expiry at fixed F and df. */
  readonly deltaForward: Float64Array;
  readonly gammaForward: Float64Array;
  readonly vegaV0: Float64Array;
  readonly slopeExpiry: Float64Array;
  /** Estimated error of `call`, in its own units. */
  readonly error: number;
  /** Nodes at which the characteristic function was evaluated. */
  readonly nodes: number;
}

const NODES_MAX = 1 << 17;
const LEVELS_MAX = 12;

/** Weights at the nodes of one level, real and imaginary parts in separate columns, grown when needed. */
interface NodeColumns {
  price: readonly [Float64Array, Float64Array];
  vega: readonly [Float64Array, Float64Array];
  slope: readonly [Float64Array, Float64Array];
  count: number;
}

const columns = (size: number): NodeColumns => {
  const pair = (): readonly [Float64Array, Float64Array] => [new Float64Array(size), new Float64Array(size)];
  return { price: pair(), vega: pair(), slope: pair(), count: 0 };
};

/** Σ Re(e^{iux}(re + i im)) over u = start, start + step, … by rotation: no trigonometry in the loop. */
function rotatedSum(
  w: readonly [Float64Array, Float64Array],
  n: number,
  angle: { start: number; step: number },
): number {
  const [re, im] = w;
  const stepCos = Math.cos(angle.step);
  const stepSin = Math.sin(angle.step);
  let c = Math.cos(angle.start);
  let s = Math.sin(angle.start);
  let sum = 0;
  for (let j = 0; j < n; j++) {
    sum += c * re[j]! - s * im[j]!;
    const turned = c * stepCos - s * stepSin;
    s = s * stepCos + c * stepSin;
    c = turned;
  }
  return sum;
}

interface Grid {
  readonly start: number;
  readonly step: number;
  /** Where the integrand is negligible; infinite while it is being looked for. */
  readonly end: number;
  readonly negligible: number;
  readonly greeks: boolean;
}

/** Fills the columns with ψ/(u² + 1/4) and the v0 and expiry weights; answers the u where it stopped. */
function fillNodes(out: NodeColumns, r: HestonStripRequest, w: number, grid: Grid): number {
  const cell = new Float64Array(6);
  out.count = 0;
  let u = grid.start;
  for (; u <= grid.end && out.count < out.price[0].length; u = grid.start + grid.step * out.count) {
    hestonHalfLine(r.parameters, r.expiry, u, cell);
    const c = u * u + 0.25;
    const black = Math.exp(-0.5 * w * c);
    const half = u === 0 ? 0.5 / c : 1 / c;
    const j = out.count;
    const [re, im] = [cell[0]!, cell[1]!];
    out.price[0][j] = (re - black) * half;
    out.price[1][j] = im * half;
    if (grid.greeks) {
      out.vega[0][j] = (re * cell[2]! - im * cell[3]!) * half;
      out.vega[1][j] = (re * cell[3]! + im * cell[2]!) * half;
      out.slope[0][j] = (re * cell[4]! - im * cell[5]!) * half;
      out.slope[1][j] = (re * cell[5]! + im * cell[4]!) * half;
    }
    out.count++;
    // The tail beyond u is at most about u times its envelope, since both decay at least exponentially.
    const envelope = (Math.sqrt(re * re + im * im) + black) * (grid.greeks ? 1 : 1 / c) * Math.max(u, 1);
    if (grid.end === Number.POSITIVE_INFINITY && envelope < grid.negligible) return u;
  }
  return u;
}

interface Sums {
  readonly price: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly vega: Float64Array;
  readonly slope: Float64Array;
}

/** The columns multiplied by iu and by −u²: the weights of the first two derivatives to ln F. */
function derivativeColumns(
  nodes: NodeColumns,
  grid: Grid,
): readonly (readonly [Float64Array, Float64Array])[] {
  const [re, im] = nodes.price;
  const pair = (): [Float64Array, Float64Array] => [
    new Float64Array(nodes.count),
    new Float64Array(nodes.count),
  ];
  const [first, second] = [pair(), pair()];
  for (let j = 0; j < nodes.count; j++) {
    const u = grid.start + grid.step * j;
    first[0][j] = -u * im[j]!;
    first[1][j] = u * re[j]!;
    second[0][j] = -u * u * re[j]!;
    second[1][j] = -u * u * im[j]!;
  }
  return [first, second];
}

/** Adds one level's nodes to the sums of every strike; answers nothing, `sums` is the accumulator. */
function addLevel(sums: Sums, nodes: NodeColumns, grid: Grid, logs: Float64Array): void {
  const derivatives = grid.greeks ? derivativeColumns(nodes, grid) : [];
  for (let k = 0; k < logs.length; k++) {
    const angle = { start: grid.start * logs[k]!, step: grid.step * logs[k]! };
    sums.price[k]! += rotatedSum(nodes.price, nodes.count, angle);
    if (!grid.greeks) continue;
    sums.first[k]! += rotatedSum(derivatives[0]!, nodes.count, angle);
    sums.second[k]! += rotatedSum(derivatives[1]!, nodes.count, angle);
    sums.vega[k]! += rotatedSum(nodes.vega, nodes.count, angle);
    sums.slope[k]! += rotatedSum(nodes.slope, nodes.count, angle);
  }
}

interface Integrals extends Sums {
  /** The last step: integrals are sums times it. */
  readonly step: number;
  readonly error: number;
  readonly nodes: number;
}

/** Trapezoidal sums on halved steps until the price integrals of two levels agree. */
function integrate(r: HestonStripRequest, w: number, logs: Float64Array, greeks: boolean): Integrals {
  const n = logs.length;
  const make = (): Float64Array => new Float64Array(greeks ? n : 0);
  const sums: Sums = {
    price: new Float64Array(n),
    first: make(),
    second: make(),
    vega: make(),
    slope: make(),
  };
  const tolerance = r.tolerance ?? 1e-10;
  const reach = logs.reduce((far, x) => Math.max(far, Math.abs(x)), 0) + 9 * Math.sqrt(w);
  let step = Math.PI / Math.max(reach, 1e-4);
  let level = columns(256);
  let grid: Grid = { start: 0, step, end: Number.POSITIVE_INFINITY, negligible: tolerance * 0.1, greeks };
  let end = fillNodes(level, r, w, grid);
  while (level.count === level.price[0].length && level.count < NODES_MAX) {
    level = columns(4 * level.count);
    end = fillNodes(level, r, w, grid);
  }
  addLevel(sums, level, grid, logs);
  let nodes = level.count;
  let error = Number.POSITIVE_INFINITY;
  for (let depth = 0; depth < LEVELS_MAX && nodes < NODES_MAX; depth++) {
    const before = sums.price.map((s) => s * step);
    grid = { ...grid, start: step / 2, step, end };
    const wanted = Math.ceil(end / step) + 2;
    if (level.price[0].length < wanted) level = columns(wanted);
    fillNodes(level, r, w, grid);
    addLevel(sums, level, grid, logs);
    nodes += level.count;
    step /= 2;
    const change =
      before.reduce((far, s, k) => Math.max(far, Math.abs(sums.price[k]! * step - s)), 0) / Math.PI;
    // Exponential convergence squares the error when the step halves; 3/2 instead of 2 keeps a margin.
    error = Math.min(change, 10 * change ** 1.5) + tolerance * 0.1;
    if (error <= tolerance) break;
  }
  return { ...sums, step, error, nodes };
}

/** Discounted calls with, if wanted, their sensitivities; `expiry` and strikes must be above zero. */
export function hestonStrip(request: HestonStripRequest, greeks = false): HestonStrip {
  const { forward: f, discount, strikes } = request;
  const n = strikes.length;
  const w = Math.max(hestonExpectedVariance(request.parameters, request.expiry), 1e-12);
  const logs = Float64Array.from(strikes, (k) => Math.log(f / k));
  const sums = integrate(request, w, logs, greeks);
  const size = greeks ? n : 0;
  const call = new Float64Array(n);
  const deltaForward = new Float64Array(size);
  const gammaForward = new Float64Array(size);
  const vegaV0 = new Float64Array(size);
  const slopeExpiry = new Float64Array(size);
  const root = Math.sqrt(w);
  for (let k = 0; k < n; k++) {
    const strike = strikes[k]!;
    const d1 = logs[k]! / root + 0.5 * root;
    const black = f * normalCdf(d1) - strike * normalCdf(d1 - root);
    const scale = sums.step / Math.PI;
    const geometric = Math.sqrt(f * strike) * scale;
    // Rounding may leave −1e-15 far out of the money; the bounds of no arbitrage are exact.
    const value = Math.min(Math.max(black - geometric * sums.price[k]!, f - strike, 0), f);
    call[k] = discount * value;
    if (!greeks) continue;
    const slope = Math.sqrt(strike / f) * scale;
    deltaForward[k] = discount * (normalCdf(d1) - slope * (0.5 * sums.price[k]! + sums.first[k]!));
    gammaForward[k] =
      discount * (normalPdf(d1) / (f * root) - (slope / f) * (sums.second[k]! - 0.25 * sums.price[k]!));
    vegaV0[k] = -discount * geometric * sums.vega[k]!;
    slopeExpiry[k] = -discount * geometric * sums.slope[k]!;
  }
  return {
    call,
    deltaForward,
    gammaForward,
    vegaV0,
    slopeExpiry,
    error: sums.error * f * discount,
    nodes: sums.nodes,
  };
}
