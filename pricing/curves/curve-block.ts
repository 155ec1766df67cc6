/**
 * A block: curves that must be solved together because their instruments read each other. One Newton iteration with
 * analytic derivatives serves every interpolation; a moved quote is first tried with the factors of the last solution.
 */
import type { Day } from '../calendars/date';
import { failure, type Result, success } from '../contract';
import { type LuFactors, luFactors, luSolve } from '../math/lu-factors';
import { addQuoteGradient, type CompiledTerms, compileTerms, instrumentValue } from './compiled-terms';
import { curveTime, type DiscountCurve } from './discount-curve';
import type { Interpolant, Scheme } from './interpolant';
import { type InterpolationName, schemeNamed } from './interpolation';
import type { CalibrationInstrument } from './term';

export interface CurveDefinition {
  readonly name: string;
  readonly interpolation: InterpolationName;
  /** One node each, in the order of their pillars. */
  readonly instruments: readonly CalibrationInstrument[];
}

interface BlockCurve {
  readonly definition: CurveDefinition;
  readonly times: Float64Array;
  /** Place of its first node among the block's unknowns. */
  readonly offset: number;
  readonly interpolate: ReturnType<Scheme>;
}

export interface CurveBlock {
  readonly curves: readonly BlockCurve[];
  readonly instruments: readonly CalibrationInstrument[];
  readonly terms: CompiledTerms;
  /** For each point the block's curve it stands on, or −1 for a curve from outside. */
  readonly owner: Int32Array;
  readonly size: number;
  /** The same block under log-linear discounts, where the scheme is not linear and wants a start near its solution. */
  readonly starter?: CurveBlock;
}

export interface BlockSolution {
  readonly zeros: Float64Array;
  readonly interpolants: readonly Interpolant[];
  readonly factors: LuFactors;
  readonly iterations: number;
  /** Largest misfit of an instrument, per unit of notional. */
  readonly misfit: number;
}

/** Fit asked for, in units of notional: far inside the 1e-6 that repricing promises, above the noise of doubles. */
const tolerance = 2e-14;
/** A fit that no longer improves is accepted up to here. */
const acceptable = 1e-10;
const iterationLimit = 60;

export function compileBlock(definitions: readonly CurveDefinition[], reference: Day): CurveBlock {
  let offset = 0;
  const curves = definitions.map((definition): BlockCurve => {
    const times = Float64Array.from(definition.instruments, ({ pillar }) => curveTime(reference, pillar));
    const made = { definition, times, offset, interpolate: schemeNamed(definition.interpolation)(times) };
    offset += times.length;
    return made;
  });
  const instruments = definitions.flatMap((definition) => definition.instruments);
  const terms = compileTerms(
    instruments.map((instrument) => instrument.terms),
    reference,
  );
  const owners = terms.points.curveNames.map((name) => definitions.findIndex((curve) => curve.name === name));
  const owner = terms.points.curve.map((curve) => owners[curve]!);
  const block = { curves, instruments, terms, owner, size: offset };
  if (!definitions.some(({ interpolation }) => isNonlinear(interpolation))) return block;
  const simple = curves.map((curve) => ({
    ...curve,
    interpolate: schemeNamed('log-linear-discount')(curve.times),
  }));
  return { ...block, starter: { ...block, curves: simple } };
}

/** Whether the weights of nodes depend on the rates themselves. */
export const isNonlinear = (name: InterpolationName): boolean =>
  name === 'monotone-convex' || name.startsWith('hyman');

/** The numbers at the points for one set of zero rates. */
interface PointMarket {
  readonly quotes: Float64Array;
  readonly integrals: Float64Array;
  readonly discounts: Float64Array;
}

const interpolantsOf = (block: CurveBlock, zeros: Float64Array): readonly Interpolant[] =>
  block.curves.map(({ times, offset, interpolate }) =>
    interpolate(zeros.slice(offset, offset + times.length)),
  );

function fillOwned(block: CurveBlock, interpolants: readonly Interpolant[], market: PointMarket): void {
  const { time } = block.terms.points;
  for (let point = 0; point < time.length; point += 1) {
    const owner = block.owner[point]!;
    if (owner < 0) continue;
    const integral = interpolants[owner]!.integral(time[point]!);
    market.integrals[point] = integral;
    market.discounts[point] = Math.exp(-integral);
  }
}

function fillOutside(block: CurveBlock, outside: (name: string) => DiscountCurve, market: PointMarket): void {
  const { time, curve, curveNames } = block.terms.points;
  for (let point = 0; point < time.length; point += 1) {
    if (block.owner[point]! >= 0) continue;
    const integral = outside(curveNames[curve[point]!]!).interpolant.integral(time[point]!);
    market.integrals[point] = integral;
    market.discounts[point] = Math.exp(-integral);
  }
}

/** Visits every point that an instrument touches with its derivative, and leaves the scratch array at zero. */
export function drainSensitivity(
  terms: CompiledTerms,
  index: number,
  scratch: Float64Array,
  visit: (point: number, weight: number) => void,
): void {
  const drain = (point: number): void => {
    if (point < 0 || scratch[point] === 0) return;
    visit(point, scratch[point]!);
    scratch[point] = 0;
  };
  for (let term = terms.first[index]!; term < terms.first[index + 1]!; term += 1) {
    drain(terms.start[term]!);
    drain(terms.end[term]!);
    drain(terms.pay[term]!);
    drain(terms.over[term]!);
    drain(terms.under[term]!);
  }
}

function jacobian(
  block: CurveBlock,
  interpolants: readonly Interpolant[],
  market: PointMarket,
): Float64Array {
  const { terms, owner, size } = block;
  const matrix = new Float64Array(size * size);
  const scratch = new Float64Array(owner.length);
  for (let row = 0; row < size; row += 1) {
    instrumentValue(terms, row, market, scratch);
    drainSensitivity(terms, row, scratch, (point, weight) => {
      const own = owner[point]!;
      if (own < 0) return;
      interpolants[own]!.addGradient(
        terms.points.time[point]!,
        weight,
        matrix,
        row * size + block.curves[own]!.offset,
      );
    });
  }
  return matrix;
}

export interface BlockInput {
  /** The value of a quote that the block reads. */
  readonly quote: (name: string) => number;
  readonly outside: (name: string) => DiscountCurve;
  /** A solution near by, for a warm start. */
  readonly previous?: BlockSolution | undefined;
}

function marketOf(block: CurveBlock, { quote, outside }: BlockInput): PointMarket {
  const points = block.owner.length;
  const market = {
    quotes: Float64Array.from(block.terms.quoteNames, quote),
    integrals: new Float64Array(points),
    discounts: new Float64Array(points),
  };
  fillOutside(block, outside, market);
  return market;
}

/** Solves for the zero rates at all nodes of the block. */
export function solveBlock(block: CurveBlock, input: BlockInput): Result<BlockSolution> {
  if (block.starter && !input.previous) {
    const started = solveBlock(block.starter, input);
    return started.ok ? iterate(block, { ...input, start: started.value.zeros }) : started;
  }
  return iterate(block, input);
}

function iterate(
  block: CurveBlock,
  input: BlockInput & { readonly start?: Float64Array },
): Result<BlockSolution> {
  const market = marketOf(block, input);
  const { size } = block;
  const scales = scalesOf(block, market);
  let zeros = Float64Array.from(input.previous?.zeros ?? input.start ?? new Float64Array(size).fill(0.02));
  let factors = input.previous?.factors;
  let interpolants = interpolantsOf(block, zeros);
  let residual = new Float64Array(size);
  let misfit = evaluate(block, { interpolants, market, scales }, residual);
  for (let iteration = 0; iteration < iterationLimit; iteration += 1) {
    if (misfit <= tolerance && factors)
      return success({ zeros, interpolants, factors, iterations: iteration, misfit });
    let reused = factors !== undefined && (iteration > 0 || input.previous !== undefined);
    // Factors of the last solution serve while they at least quarter the misfit.
    factors ??= luFactors(jacobian(block, interpolants, market), size);
    if (!factors) return singular(block);
    let improved = false;
    for (let share = 1; share > 1e-3; share /= 2) {
      const step = luSolve(factors, residual);
      const tried = zeros.map((zero, index) => zero - share * step[index]!);
      const between = interpolantsOf(block, tried);
      const left = new Float64Array(size);
      const now = evaluate(block, { interpolants: between, market, scales }, left);
      if (now < misfit) {
        const slow = now > misfit / 4;
        [zeros, interpolants, residual, misfit] = [tried, between, left, now];
        improved = true;
        reused = reused && !slow;
        break;
      }
      if (reused) break;
    }
    if (!improved && !reused) {
      // Rounding stops a fit before the tolerance does; what is left is reported, and refused above the limit.
      if (misfit <= acceptable)
        return success({ zeros, interpolants, factors, iterations: iteration, misfit });
      return unfit(block, residual, scales);
    }
    if (!improved || !reused) factors = misfit <= tolerance ? factors : undefined;
  }
  return unfit(block, residual, scales);
}

function evaluate(
  block: CurveBlock,
  {
    interpolants,
    market,
    scales,
  }: {
    readonly interpolants: readonly Interpolant[];
    readonly market: PointMarket;
    readonly scales: Float64Array;
  },
  residual: Float64Array,
): number {
  fillOwned(block, interpolants, market);
  let worst = 0;
  for (let row = 0; row < block.size; row += 1) {
    residual[row] = instrumentValue(block.terms, row, market);
    const misfit = Math.abs(residual[row]!) / scales[row]!;
    if (!(misfit <= worst)) worst = Number.isFinite(misfit) ? misfit : Number.POSITIVE_INFINITY;
  }
  return worst;
}

/** The size of an instrument's largest flow, one at least: the notional in the unit that its terms count in. */
function scalesOf({ terms, size }: CurveBlock, { quotes }: PointMarket): Float64Array {
  const scales = new Float64Array(size).fill(1);
  for (let row = 0; row < size; row += 1) {
    for (let term = terms.first[row]!; term < terms.first[row + 1]!; term += 1) {
      const quoted = terms.quote[term]!;
      const amount = terms.amount[term]! + (quoted < 0 ? 0 : terms.quoteFactor[term]! * quotes[quoted]!);
      scales[row] = Math.max(scales[row]!, Math.abs(amount));
    }
  }
  return scales;
}

const namesOf = (block: CurveBlock): string =>
  block.curves.map(({ definition }) => definition.name).join(', ');

const singular = (block: CurveBlock): Result<never> =>
  failure(
    'curve-instruments-must-determine-nodes',
    `cannot bootstrap ${namesOf(block)}: some node is fixed by no instrument. Give each node an instrument that pays at its date.`,
  );

function unfit(block: CurveBlock, residual: Float64Array, scales: Float64Array): Result<never> {
  let worst = 0;
  for (let row = 1; row < block.size; row += 1) {
    if (Math.abs(residual[row]! / scales[row]!) > Math.abs(residual[worst]! / scales[worst]!)) worst = row;
  }
  const { label, quote } = block.instruments[worst]!;
  return failure(
    'curve-must-fit-its-quotes',
    `cannot bootstrap ${namesOf(block)}: instrument "${label}" misses by ${residual[worst]} of notional. Check quote ${quote} and its neighbours.`,
  );
}

/** First-order changes of the block's residuals: in its own zero rates, its quotes, and the curves outside. */
export interface BlockDerivatives {
  readonly factors: LuFactors;
  /** Row by instrument, column by the block's quote number. */
  readonly quotes: Float64Array;
  /** For each instrument the derivative in zero rates of outside curves, by curve name. */
  readonly outside: readonly ReadonlyMap<string, Float64Array>[];
}

export function blockDerivatives(
  block: CurveBlock,
  solution: BlockSolution,
  input: BlockInput,
): Result<BlockDerivatives> {
  const market = marketOf(block, input);
  fillOwned(block, solution.interpolants, market);
  const factors = luFactors(jacobian(block, solution.interpolants, market), block.size);
  if (!factors) return singular(block);
  const { terms, owner } = block;
  const quoteCount = terms.quoteNames.length;
  const quotes = new Float64Array(block.size * quoteCount);
  const scratch = new Float64Array(owner.length);
  const outside = block.instruments.map((_, row) => {
    addQuoteGradient(terms, row, market, quotes.subarray(row * quoteCount, (row + 1) * quoteCount));
    const rows = new Map<string, Float64Array>();
    instrumentValue(terms, row, market, scratch);
    drainSensitivity(terms, row, scratch, (point, weight) => {
      if (owner[point]! >= 0) return;
      const curve = input.outside(terms.points.curveNames[terms.points.curve[point]!]!);
      const gradient = rows.get(curve.name) ?? new Float64Array(curve.times.length);
      rows.set(curve.name, gradient);
      curve.interpolant.addGradient(terms.points.time[point]!, weight, gradient, 0);
    });
    return rows;
  });
  return success({ factors, quotes, outside });
}
