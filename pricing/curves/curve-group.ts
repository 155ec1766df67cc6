/**
 * Curve groups: definitions bound to a reference date once, built from quotes, and rebuilt where a quote moved. Curves
 * that read each other are solved as one block; blocks follow one another in the order of what they read.
 */
import type { Day } from '../calendars/date';
import { formatDay } from '../calendars/date';
import { failure, type Result, success } from '../contract';
import {
  type BlockSolution,
  type CurveBlock,
  type CurveDefinition,
  compileBlock,
  solveBlock,
} from './curve-block';
import { type CurveGap, curveTime, type DiscountCurve, discountCurve } from './discount-curve';
import { type RefusedNode, standingBlock } from './standing-block';
import { curvesOf, quotesOf } from './term';

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
  /** Without the curves that have lost every node. */
  readonly curves: ReadonlyMap<string, DiscountCurve>;
  /** The group's blocks as far as their quotes are there, and their solutions; undefined where nothing is left. */
  readonly blocks: readonly (CurveBlock | undefined)[];
  readonly solutions: readonly (BlockSolution | undefined)[];
  /** Nodes that a missing quote has taken away, and why. */
  readonly refused: readonly RefusedNode[];
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

/**
 * Builds all curves from the quotes that are there. A quote that is absent or NaN takes away its own nodes and what reads
 * them, no more: they are in `refused`, and curves know their gaps. Failure `quote-must-be-present` where no node is left.
 */
export const buildCurves = (group: CurveGroup, quotes: Quotes): Result<CurveSet> =>
  solveGroup(group, quotes, undefined);

/**
 * The set after some quotes moved, came or, by NaN, went: blocks that read none of them, and no curve that changed, keep
 * their very curves.
 */
export const rebuildCurves = (previous: CurveSet, moved: Quotes): Result<CurveSet> =>
  solveGroup(previous.group, moved, previous);

interface MovedQuotes {
  readonly quotes: ReadonlyMap<string, number>;
  readonly moved: ReadonlySet<string>;
  readonly missing: ReadonlySet<string>;
}

function movedQuotes(
  { quoteNames }: CurveGroup,
  given: Quotes,
  previous: CurveSet | undefined,
): Result<MovedQuotes> {
  const quotes = new Map(previous?.quotes);
  const moved = new Set<string>();
  const known = new Set(quoteNames);
  for (const name of Object.keys(given)) {
    if (previous && !known.has(name)) {
      return failure('quote-must-be-known', `no instrument reads quote "${name}". Check its name.`);
    }
    const value = given[name]!;
    if (!Object.is(quotes.get(name), value)) moved.add(name);
    quotes.set(name, value);
  }
  const infinite = quoteNames.find((name) => Math.abs(quotes.get(name) ?? 0) === Number.POSITIVE_INFINITY);
  if (infinite !== undefined)
    return failure('quote-must-be-finite', `quote "${infinite}" is ${quotes.get(infinite)}. Give a number.`);
  const missing = new Set(quoteNames.filter((name) => Number.isNaN(quotes.get(name) ?? Number.NaN)));
  return success({ quotes, moved, missing });
}

function solveGroup(group: CurveGroup, given: Quotes, previous: CurveSet | undefined): Result<CurveSet> {
  const told = movedQuotes(group, given, previous);
  if (!told.ok) return told;
  const { quotes, moved, missing } = told.value;
  const { reference, given: outside = [] } = group.definition;
  const version = (previous?.version ?? 0) + 1;
  const curves = new Map<string, DiscountCurve>(outside.map((curve) => [curve.name, curve]));
  const changed = new Set<string>();
  const blocks: (CurveBlock | undefined)[] = [];
  const solutions: (BlockSolution | undefined)[] = [];
  const refused: RefusedNode[] = [];
  for (let index = 0; index < group.blocks.length; index += 1) {
    const standing = standingBlock(group.blocks[index]!, {
      reference,
      missing,
      stands: (name) => curves.has(name),
    });
    const { block } = standing;
    refused.push(...standing.refused);
    blocks.push(block);
    if (!block) {
      solutions.push(undefined);
      continue;
    }
    const kept = previous?.blocks[index] === block ? previous.solutions[index] : undefined;
    const concerned =
      block.terms.quoteNames.some((name) => moved.has(name)) ||
      block.terms.points.curveNames.some((name) => changed.has(name));
    if (kept && !concerned) {
      solutions.push(kept);
      for (const { definition } of block.curves)
        curves.set(definition.name, previous!.curves.get(definition.name)!);
      continue;
    }
    const solved = solveBlock(block, {
      quote: (name) => quotes.get(name)!,
      outside: (name) => curves.get(name)!,
      previous: kept,
    });
    if (!solved.ok) return solved;
    solutions.push(solved.value);
    for (const curve of curvesFrom(reference, block, { solution: solved.value, version, refused })) {
      curves.set(curve.name, curve);
      changed.add(curve.name);
    }
  }
  if (blocks.every((block) => block === undefined))
    return failure(
      'quote-must-be-present',
      `quote "${[...missing][0]}" and all others are missing. Give them.`,
    );
  const misfit = solutions.reduce((worst, solution) => Math.max(worst, solution?.misfit ?? 0), 0);
  return success({ group, version, quotes, curves, blocks, solutions, refused, misfit });
}

/** The times between the standing neighbours of each node that is missing: what lies there was said by nobody. */
const gapsOf = (
  reference: Day,
  { name, times }: { readonly name: string; readonly times: Float64Array },
  refused: readonly RefusedNode[],
): readonly CurveGap[] =>
  refused
    .filter(({ curve }) => curve === name)
    .map(({ pillar, label }) => {
      const at = curveTime(reference, pillar);
      const after = times.find((time) => time > at) ?? Number.POSITIVE_INFINITY;
      return { label, from: times.findLast((time) => time < at) ?? 0, to: after };
    });

function curvesFrom(
  reference: Day,
  block: CurveBlock,
  {
    solution,
    version,
    refused,
  }: {
    readonly solution: BlockSolution;
    readonly version: number;
    readonly refused: readonly RefusedNode[];
  },
): readonly DiscountCurve[] {
  return block.curves.map(({ definition, times, offset }, index) => {
    const { name, interpolation, instruments } = definition;
    const terms = instruments.flatMap((instrument) => instrument.terms);
    const gaps = gapsOf(reference, { name, times }, refused);
    return discountCurve(
      {
        name,
        reference,
        times,
        zeros: solution.zeros.slice(offset, offset + times.length),
        interpolation,
        labels: instruments.map(({ label }) => label),
        ...(gaps.length > 0 && { gaps }),
      },
      {
        version,
        quotes: [...quotesOf(terms)],
        curves: [...curvesOf(terms)].filter((each) => each !== name),
      },
      solution.interpolants[index]!,
    );
  });
}
