/**
 * Curve groups: definitions bound to a reference date once, built from quotes, and rebuilt where a quote moved. Curves
 * that read each other are solved as one block; blocks follow one another in the order of what they read.
 */
import type { Day } from '../calendars/date.js';
import { formatDay } from '../calendars/date.js';
import { failure, type Result, success } from '../contract.js';
import {
  type BlockSolution,
  type CurveBlock,
  type CurveDefinition,
  compileBlock,
  solveBlock,
} from './curve-block.js';
import { type DiscountCurve, discountCurve } from './discount-curve.js';
import { curvesOf, quotesOf } from './term.js';

export interface CurveGroupDefinition {
  readonly reference: Day;
  readonly curves: readonly CurveDefinition[];
  /** Curves made elsewhere that the instruments read. */
  readonly given?: readonly DiscountCurve[];
}

export type Quotes = Readonly<Record<string, number>>;

export interface CurveGroup {
  readonly definition: CurveGroupDefinition;
  readonly blocks: readonly CurveBlock[];
  readonly quoteNames: readonly string[];
}

/** Curves of one moment. The set is a value; `rebuildCurves` answers another that shares what did not change. */
export interface CurveSet {
  readonly group: CurveGroup;
  readonly version: number;
  readonly quotes: ReadonlyMap<string, number>;
  readonly curves: ReadonlyMap<string, DiscountCurve>;
  readonly solutions: readonly BlockSolution[];
  /** Largest misfit of any instrument, per unit of notional. */
  readonly misfit: number;
}

/** Orders the curves into blocks and binds their instruments. */
export function compileCurveGroup(definition: CurveGroupDefinition): Result<CurveGroup> {
  const { reference, given = [] } = definition;
  const curves: CurveDefinition[] = [];
  for (const curve of definition.curves) {
    const sorted = [...curve.instruments].sort((a, b) => a.pillar - b.pillar);
    if (sorted.length === 0) {
      return failure(
        'curve-must-have-instruments',
        `curve ${curve.name} has no instruments. Give one at least.`,
      );
    }
    for (let index = 0; index < sorted.length; index += 1) {
      const { label, pillar } = sorted[index]!;
      if (pillar <= reference || pillar === sorted[index - 1]?.pillar) {
        const trouble =
          pillar <= reference ? 'is not after the reference date' : 'is shared with another instrument';
        return failure(
          'curve-pillars-must-rise',
          `curve ${curve.name}: pillar ${formatDay(pillar)} of "${label}" ${trouble}. Leave the instrument out.`,
        );
      }
    }
    curves.push({ ...curve, instruments: sorted });
  }
  const known = new Set([...curves, ...given].map(({ name }) => name));
  for (const curve of curves) {
    for (const name of readsOf(curve)) {
      if (!known.has(name)) {
        return failure(
          'curve-must-be-known',
          `curve ${curve.name} reads curve "${name}", which the group lacks. Add it or give it.`,
        );
      }
    }
  }
  const blocks = blocksOf(curves).map((members) => compileBlock(members, reference));
  const quoteNames = [...new Set(blocks.flatMap(({ terms }) => terms.quoteNames))];
  return success({ definition: { ...definition, curves }, blocks, quoteNames });
}

const readsOf = ({ instruments }: CurveDefinition): ReadonlySet<string> =>
  new Set(instruments.flatMap(({ terms }) => [...curvesOf(terms)]));

/** Strongly connected sets in the order of reading: what is read comes first. */
function blocksOf(curves: readonly CurveDefinition[]): readonly (readonly CurveDefinition[])[] {
  const reach = curves.map((curve) => new Set([curve.name, ...readsOf(curve)]));
  const numbers = new Map(curves.map(({ name }, index) => [name, index]));
  for (const middle of curves.keys()) {
    for (const from of reach) {
      if (from.has(curves[middle]!.name)) for (const name of reach[middle]!) from.add(name);
    }
  }
  const together = (a: number, b: number): boolean =>
    reach[a]!.has(curves[b]!.name) && reach[b]!.has(curves[a]!.name);
  const own = (index: number): number => [...reach[index]!].filter((name) => numbers.has(name)).length;
  const order = [...curves.keys()].sort((a, b) => own(a) - own(b) || a - b);
  const placed = new Set<number>();
  const blocks: CurveDefinition[][] = [];
  for (const first of order) {
    if (placed.has(first)) continue;
    const members = order.filter((index) => !placed.has(index) && together(first, index));
    for (const index of members) placed.add(index);
    blocks.push(members.map((index) => curves[index]!));
  }
  return blocks;
}

/** Builds all curves. Every quote that an instrument reads must be there and finite. */
export const buildCurves = (group: CurveGroup, quotes: Quotes): Result<CurveSet> =>
  solveGroup(group, quotes, undefined);

/**
 * The set after some quotes moved: blocks that read none of them, and no curve that changed, keep their very curves.
 */
export const rebuildCurves = (previous: CurveSet, moved: Quotes): Result<CurveSet> =>
  solveGroup(previous.group, moved, previous);

function solveGroup(group: CurveGroup, given: Quotes, previous: CurveSet | undefined): Result<CurveSet> {
  const quotes = new Map(previous?.quotes);
  const moved = new Set<string>();
  for (const name of Object.keys(given)) {
    const value = given[name]!;
    if (previous && !previous.quotes.has(name)) {
      return failure('quote-must-be-known', `no instrument reads quote "${name}". Check its name.`);
    }
    if (quotes.get(name) !== value) moved.add(name);
    quotes.set(name, value);
  }
  for (const name of group.quoteNames) {
    const value = quotes.get(name);
    if (value === undefined || !Number.isFinite(value)) {
      return failure(
        'quote-must-be-present',
        `quote "${name}" is ${value === undefined ? 'missing' : value}. Give its value.`,
      );
    }
  }
  const version = (previous?.version ?? 0) + 1;
  const curves = new Map<string, DiscountCurve>(
    (group.definition.given ?? []).map((curve) => [curve.name, curve]),
  );
  const changed = new Set<string>();
  const solutions: BlockSolution[] = [];
  for (let index = 0; index < group.blocks.length; index += 1) {
    const block = group.blocks[index]!;
    const kept = previous?.solutions[index];
    const concerned =
      block.terms.quoteNames.some((name) => moved.has(name)) ||
      block.terms.points.curveNames.some((name) => changed.has(name));
    if (kept && !concerned) {
      solutions.push(kept);
      for (const { definition } of block.curves)
        curves.set(definition.name, previous.curves.get(definition.name)!);
      continue;
    }
    const solved = solveBlock(block, {
      quote: (name) => quotes.get(name)!,
      outside: (name) => curves.get(name)!,
      previous: kept,
    });
    if (!solved.ok) return solved;
    solutions.push(solved.value);
    for (const curve of curvesFrom(group, block, { solution: solved.value, version })) {
      curves.set(curve.name, curve);
      changed.add(curve.name);
    }
  }
  const misfit = solutions.reduce((worst, solution) => Math.max(worst, solution.misfit), 0);
  return success({ group, version, quotes, curves, solutions, misfit });
}

function curvesFrom(
  { definition: { reference } }: CurveGroup,
  block: CurveBlock,
  { solution, version }: { readonly solution: BlockSolution; readonly version: number },
): readonly DiscountCurve[] {
  return block.curves.map(({ definition, times, offset }, index) => {
    const terms = definition.instruments.flatMap((instrument) => instrument.terms);
    return discountCurve(
      {
        name: definition.name,
        reference,
        times,
        zeros: solution.zeros.slice(offset, offset + times.length),
        interpolation: definition.interpolation,
        labels: definition.instruments.map(({ label }) => label),
      },
      {
        version,
        quotes: [...quotesOf(terms)],
        curves: [...curvesOf(terms)].filter((name) => name !== definition.name),
      },
      solution.interpolants[index]!,
    );
  });
}
