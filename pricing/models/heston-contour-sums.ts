/**
 * Trapezoidal sums along a bent contour: Σ Re(e^{−iξk} weight(ξ)) over equidistant y, for every strike of one side.
 *
 * The characteristic function is evaluated once per node; a strike then costs one complex exponential a node.
 */
import { type ExponentialColumns, fillExponentials } from '../math/complex-exponentials';
import { TILT_COS, TILT_SIN } from './heston-contour';
import { EXPONENT_SIZE, hestonExponent } from './heston-exponent';
import type { HestonSide } from './heston-sides';

export interface Level {
  readonly start: number;
  readonly step: number;
  /** The last y; infinite while it is being looked for. */
  readonly end: number;
}

export interface FilledLevel {
  readonly count: number;
  /** Where an end was looked for: sum over the nodes of the largest term times its exponent: rounding errors are fractions of it. */
  readonly size: number;
}

/** Sums of a strike: price, first and second derivative to ln F (less the first), v0, expiry. */
export const SUMS = 5;
const NODES_MAX = 1024;
const column = (): Float64Array => new Float64Array(NODES_MAX);
// Scratch of one call, kept because making it costs as much as some nodes.
const nodes: ExponentialColumns = { x: column(), y: column(), cos: column(), sin: column() };
/** Real and imaginary part of each sum's weight at each node. */
const weights = Array.from({ length: 2 * SUMS }, column);
const cell = new Float64Array(EXPONENT_SIZE);

function put(sum: number, node: number, re: number, im: number): void {
  weights[2 * sum]![node] = re;
  weights[2 * sum + 1]![node] = im;
}

/** Writes one node at y: its place, and the weights. */
function putNode(side: HestonSide, node: number, y: number): void {
  const { direction, scale, shift } = side.contour;
  const { parameters, expiry, greeks } = side.request;
  const grow = Math.exp(y);
  const sinh = 0.5 * (grow - 1 / grow);
  const cosh = 0.5 * (grow + 1 / grow);
  const x = scale * sinh * TILT_COS;
  const i = shift + direction * scale * cosh * TILT_SIN;
  hestonExponent(parameters, expiry, x, i, cell);
  // Half of the node at zero belongs to the mirrored half of the contour.
  const size = Math.exp(cell[0]!) * (y === 0 ? 0.5 : 1);
  const phiRe = size * Math.cos(cell[1]!);
  const phiIm = size * Math.sin(cell[1]!);
  const stepRe = scale * cosh * TILT_COS;
  const stepIm = direction * scale * sinh * TILT_SIN;
  const flatRe = stepRe * phiRe - stepIm * phiIm;
  const flatIm = stepRe * phiIm + stepIm * phiRe;
  // φ dξ over ξ(ξ + i).
  const qRe = x * x - i * i - i;
  const qIm = 2 * x * i + x;
  const qNorm = qRe * qRe + qIm * qIm;
  const re = (flatRe * qRe + flatIm * qIm) / qNorm;
  const im = (flatIm * qRe - flatRe * qIm) / qNorm;
  nodes.x[node] = x;
  nodes.y[node] = i;
  put(0, node, re, im);
  if (greeks) {
    put(1, node, -i * re - x * im, x * re - i * im);
    put(2, node, -flatRe, -flatIm);
    put(3, node, re * cell[2]! - im * cell[3]!, re * cell[3]! + im * cell[2]!);
    put(4, node, re * cell[4]! - im * cell[5]!, re * cell[5]! + im * cell[4]!);
  }
}

/** The largest term of a node over the strikes; the second derivative, in the scale of the price, decays last. */
function largestTerm({ lowest, highest, request, variance }: HestonSide, node: number): number {
  const x = nodes.x[node]!;
  const y = nodes.y[node]!;
  const strike = Math.exp(Math.max((y + 1) * lowest, (y + 1) * highest));
  const price = Math.hypot(weights[0]![node]!, weights[1]![node]!);
  const weight = request.greeks ? Math.max(1, Math.hypot(x, y) * Math.hypot(x, y + 1) * variance) : 1;
  return strike * weight * price;
}

/**
 * Fills the nodes y = start, start + step, …; where no end is given, until two in a row are below `negligible`, since
 * what follows decays double-exponentially. Nothing when that does not happen.
 */
export function fillLevel(side: HestonSide, level: Level, negligible: number): FilledLevel | undefined {
  const search = level.end === Number.POSITIVE_INFINITY;
  let quiet = 0;
  let size = 0;
  let count = 0;
  for (let y = level.start; y <= level.end && quiet < 2; y = level.start + level.step * count) {
    if (count === NODES_MAX) return undefined;
    putNode(side, count, y);
    if (search) {
      const largest = largestTerm(side, count);
      size += largest * (1 + Math.abs(cell[0]!) + Math.abs(cell[1]!));
      quiet = y > side.loud && largest < negligible ? quiet + 1 : 0;
    }
    count++;
  }
  return { count, size };
}

function weighted(sum: number, count: number): number {
  const { cos, sin } = nodes;
  const re = weights[2 * sum]!;
  const im = weights[2 * sum + 1]!;
  let total = 0;
  for (let j = 0; j < count; j++) total += re[j]! * cos[j]! + im[j]! * sin[j]!;
  return total;
}

/** Adds the level that was filled last to `sums`, `SUMS` places a strike. */
export function addLevel(side: HestonSide, count: number, sums: Float64Array): void {
  const wanted = side.request.greeks ? SUMS : 1;
  for (let s = 0; s < side.logs.length; s++) {
    fillExponentials(nodes, side.logs[s]!, count);
    for (let sum = 0; sum < wanted; sum++) sums[s * SUMS + sum]! += weighted(sum, count);
  }
}
