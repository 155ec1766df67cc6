/**
 * European calls under Heston on a straight contour: slow where the characteristic function decays slowly, but it
 * settles for every parameter. The judge of the bent contour, and what is used where that one cannot promise its error.
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

import { normalCdf, normalPdf } from '../math/normal';
import { hestonExpectedVariance } from './heston';
import { EXPONENT_SIZE, hestonExponent } from './heston-exponent';
import { type HestonUnitPrices, type HestonUnitRequest, unitPrices } from './heston-units';

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

/** Fills the columns with ψ/(u² + 1/4) and the v0 and expiry weights; answers where it stopped and what lies beyond. */
function fillNodes(
  out: NodeColumns,
  r: HestonUnitRequest,
  w: number,
  grid: Grid,
): { readonly end: number; readonly tail: number } {
  const cell = new Float64Array(EXPONENT_SIZE);
  out.count = 0;
  let u = grid.start;
  let tail = 0;
  for (; u <= grid.end && out.count < out.price[0].length; u = grid.start + grid.step * out.count) {
    hestonExponent(r.parameters, r.expiry, u, -0.5, cell);
    const c = u * u + 0.25;
    const black = Math.exp(-0.5 * w * c);
    const half = u === 0 ? 0.5 / c : 1 / c;
    const j = out.count;
    const size = Math.exp(cell[0]!);
    const re = size * Math.cos(cell[1]!);
    const im = size * Math.sin(cell[1]!);
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
    tail = (size + black) * (grid.greeks ? 1 : 1 / c) * Math.max(u, 1);
    if (grid.end === Number.POSITIVE_INFINITY && tail < grid.negligible) break;
  }
  return { end: u, tail };
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
function integrate(r: HestonUnitRequest, w: number, logs: Float64Array): Integrals {
  const { greeks, tolerance } = r;
  const n = logs.length;
  const make = (): Float64Array => new Float64Array(greeks ? n : 0);
  const sums: Sums = {
    price: new Float64Array(n),
    first: make(),
    second: make(),
    vega: make(),
    slope: make(),
  };
  const rounding = 2e-15 * Math.exp(-0.5 * logs.reduce((least, x) => Math.min(least, x), 0));
  const reach = logs.reduce((far, x) => Math.max(far, Math.abs(x)), 0) + 9 * Math.sqrt(w);
  let step = Math.PI / Math.max(reach, 1e-4);
  let level = columns(256);
  let grid: Grid = { start: 0, step, end: Number.POSITIVE_INFINITY, negligible: tolerance * 0.1, greeks };
  let { end, tail } = fillNodes(level, r, w, grid);
  while (level.count === level.price[0].length && level.count < NODES_MAX) {
    level = columns(4 * level.count);
    ({ end, tail } = fillNodes(level, r, w, grid));
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
      before.reduce((far, s, k) => {
        const size = Math.exp(-0.5 * logs[k]!);
        return Math.max(far, size * Math.abs(sums.price[k]! * step - s));
      }, 0) / Math.PI;
    // The change is the error of the level before; far strikes are rounded in units of √(FK).
    error = change + Math.max(tolerance * 0.1, tail) + rounding;
    if (error <= tolerance) break;
  }
  return { ...sums, step, error, nodes };
}

/** Calls for a forward of one with, if wanted, their sensitivities. */
export function hestonLinePrices(request: HestonUnitRequest): HestonUnitPrices {
  const { greeks, logStrikes } = request;
  const w = Math.max(hestonExpectedVariance(request.parameters, request.expiry), 1e-12);
  const sums = integrate(
    request,
    w,
    logStrikes.map((k) => -k),
  );
  const out = unitPrices(logStrikes.length, greeks);
  const root = Math.sqrt(w);
  const scale = sums.step / Math.PI;
  for (let i = 0; i < logStrikes.length; i++) {
    const k = logStrikes[i]!;
    const d1 = 0.5 * root - k / root;
    const slope = Math.exp(0.5 * k) * scale;
    out.call[i] = normalCdf(d1) - Math.exp(k) * normalCdf(d1 - root) - slope * sums.price[i]!;
    if (!greeks) continue;
    out.delta[i] = normalCdf(d1) - slope * (0.5 * sums.price[i]! + sums.first[i]!);
    out.gamma[i] = normalPdf(d1) / root - slope * (sums.second[i]! - 0.25 * sums.price[i]!);
    out.vegaV0[i] = -slope * sums.vega[i]!;
    out.slopeExpiry[i] = -slope * sums.slope[i]!;
  }
  return { ...out, error: sums.error, nodes: sums.nodes };
}
