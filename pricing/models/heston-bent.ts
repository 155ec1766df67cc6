/**
 * European calls under Heston on contours bent towards the decay of the integrand: some forty nodes give 1e-6, ninety
 * 1e-12, whatever the parameters.
 *
 * With k = ln(K/F) and φ(ξ) = E exp(iξX), a forward of one, and a contour in one of three gaps of the imaginary axis,
 *
 *   call = residue − (e^k / 2π) ∫ e^{−iξk} φ(ξ) / (ξ(ξ + i)) dξ
 *
 * (Lewis: A Simple Option Formula for General Jump-Diffusion and Other Exponential Lévy Processes, 2001). On the sinh
 * contour (Boyarchenko, Levendorskiĭ: Sinh-acceleration, 2019) the integrand decays double-exponentially, and the
 * trapezoidal rule in y converges exponentially in its step. Each half step keeps the old nodes. The change that it
 * makes is the error of the step before; its own is the square of that, and usually thousands of times smaller, but the
 * change is what is answered: strikes near the drift converge slower than others, and a bound must hold for them.
 */

import { addLevel, fillLevel, SUMS } from './heston-contour-sums';
import { type HestonSide, hestonSides } from './heston-sides';
import { type HestonUnitPrices, type HestonUnitRequest, unitPrices } from './heston-units';

const LEVELS_MAX = 4;
/** Terms below this fraction of the tolerance end the sum. */
const NEGLIGIBLE = 0.01;
/** Rounding of a term against its size times its exponent. */
const ROUNDING = 2e-15;

interface Integrals {
  readonly sums: Float64Array;
  readonly step: number;
  readonly error: number;
  readonly nodes: number;
}

/** Largest change of a price, or tenth of a change of gamma in the scale of prices, that the last half step made. */
function changeOf(side: HestonSide, before: Float64Array, after: Float64Array, step: number): number {
  const { request, variance, logs } = side;
  let change = 0;
  for (let s = 0; s < logs.length; s++) {
    const at = s * SUMS;
    const price = Math.abs(after[at]! - 2 * before[at]!);
    const gamma = request.greeks ? 0.1 * variance * Math.abs(after[at + 2]! - 2 * before[at + 2]!) : 0;
    // Math.max keeps a NaN, which then is no error that could pass.
    change = Math.max(change, (Math.max(price, gamma) * Math.exp(logs[s]!) * step) / Math.PI);
  }
  return change;
}

/** Half steps until two levels agree; nothing when they do not within the levels allowed. */
function integrate(side: HestonSide): Integrals | undefined {
  const { tolerance } = side.request;
  const negligible = NEGLIGIBLE * tolerance;
  const sums = new Float64Array(side.logs.length * SUMS);
  // For nine parameter sets of ten the first half of this step changes less than what is allowed.
  let step = 2.6 / Math.log(1 / Math.min(Math.max(tolerance, 1e-15), 1e-3));
  const first = fillLevel(side, { start: 0, step, end: Number.POSITIVE_INFINITY }, negligible);
  if (!first) return undefined;
  addLevel(side, first.count, sums);
  const end = (first.count - 1) * step;
  // A put becomes a call by adding F − K: its rounding is a fraction of the strike.
  const parity = side.contour.gap === 'put' ? Math.exp(side.highest) : 1;
  const rounding = ROUNDING * (parity + first.size * step);
  let nodes = first.count;
  for (let level = 0; level < LEVELS_MAX; level++) {
    const before = sums.slice();
    const added = fillLevel(side, { start: step / 2, step, end }, negligible);
    if (!added) return undefined;
    addLevel(side, added.count, sums);
    nodes += added.count;
    step /= 2;
    const error = changeOf(side, before, sums, step) + 0.1 * tolerance + rounding;
    if (error <= tolerance) return { sums, step, error, nodes };
  }
  return undefined;
}

/** Writes the prices of one side. */
function settle(side: HestonSide, found: Integrals, out: ReturnType<typeof unitPrices>): void {
  const { gap } = side.contour;
  const held = gap === 'call' ? 0 : 1;
  side.places.forEach((place, s) => {
    const strike = Math.exp(side.logs[s]!);
    const scale = (-strike * found.step) / Math.PI;
    const at = s * SUMS;
    out.call[place] = held - (gap === 'put' ? strike : 0) + scale * found.sums[at]!;
    if (!side.request.greeks) return;
    out.delta[place] = held + scale * found.sums[at + 1]!;
    out.gamma[place] = scale * found.sums[at + 2]!;
    out.vegaV0[place] = scale * found.sums[at + 3]!;
    out.slopeExpiry[place] = scale * found.sums[at + 4]!;
  });
}

/** Calls for a forward of one with, if wanted, their sensitivities; nothing when the tolerance is not reached. */
export function hestonBentPrices(request: HestonUnitRequest): HestonUnitPrices | undefined {
  const sides = hestonSides(request, NEGLIGIBLE * request.tolerance);
  if (!sides) return undefined;
  const out = unitPrices(request.logStrikes.length, request.greeks);
  let error = 0;
  let nodes = 0;
  for (const side of sides) {
    const found = integrate(side);
    if (!found) return undefined;
    settle(side, found, out);
    error = Math.max(error, found.error);
    nodes += found.nodes;
  }
  return { ...out, error, nodes };
}
