/** Lists of scenarios that desks ask for: ladders, grids of two ladders, and what happened on days of the past. */
import { failure, type Result, success } from '../contract';
import { type FactorKind, type FactorSet, factorKey } from './factors';
import { type CompiledScenario, MOVES, type MoveKind, type Scenario, type Selection } from './scenario';

export interface Ladder extends Selection {
  readonly how: MoveKind;
  readonly steps: readonly number[];
}

const rung = (step: number, how: MoveKind): string =>
  how === 'relative' ? `${+(step * 100).toPrecision(12)} %` : `${how === 'to' ? '= ' : ''}${step}`;

const titleOf = ({ kind, name, node, tag }: Ladder): string =>
  [kind, name, node, tag].filter((word) => word !== undefined).join(' ') || 'all';

/** One scenario a step, called by what moves and by how much. */
export const ladder = (terms: Ladder): readonly Scenario[] => {
  const { steps, ...move } = terms;
  return steps.map((by) => ({
    name: `${titleOf(terms)} ${rung(by, terms.how)}`,
    moves: [{ ...move, by }],
  }));
};

/** Every step of one ladder with every step of the other, the second running fastest; a spot × volatility grid. */
export const grid = (rows: Ladder, columns: Ladder): readonly Scenario[] =>
  ladder(rows).flatMap((down) =>
    ladder(columns).map((across) => ({
      name: `${down.name}, ${across.name}`,
      moves: [...down.moves, ...across.moves],
    })),
  );

/** One bump up of every factor that is picked, a scenario each: the scenarios of sensitivities by differences. */
export const bumps = (
  { factors }: FactorSet,
  { kind, how, by }: { readonly kind: FactorKind; readonly how: MoveKind; readonly by: number },
): readonly Scenario[] =>
  factors
    .filter((factor) => factor.kind === kind)
    .map(({ name, node }) => ({
      name: `${factorKey({ kind, name, ...(node !== undefined && { node }) })} ${rung(by, how)}`,
      moves: [{ kind, name, ...(node !== undefined && { node }), how, by }],
    }));

/** Values of all factors on one day of the past. */
export interface MarketOfDay {
  readonly day: string;
  readonly values: Float64Array;
}

export interface HistoricalTerms {
  /** How a change of each kind is carried over to today's value: rates by the difference, prices by the share. */
  readonly how: Readonly<Partial<Record<FactorKind, 'absolute' | 'relative'>>>;
  /** Days from the start of each change to its end; 1 unless said otherwise. */
  readonly horizon?: number;
}

export interface HistoricalScenarios {
  readonly scenarios: readonly CompiledScenario[];
  /** Factors of which a day lacks a value, by scenario: they stand still there, and this says so. */
  readonly missing: readonly { readonly scenario: string; readonly factors: readonly string[] }[];
}

const HOWS: Readonly<Record<FactorKind, 'absolute' | 'relative'>> = {
  spot: 'relative',
  fx: 'relative',
  volatility: 'relative',
  rate: 'absolute',
  dividend: 'absolute',
  quote: 'absolute',
  hazard: 'absolute',
};

/**
 * A scenario for each span of days: what every factor did in it. `days` are in order of time.
 *
 * Failures: `history-must-be-long-enough`, `history-must-fit-the-factors`.
 */
export function historicalScenarios(
  set: FactorSet,
  days: readonly MarketOfDay[],
  { how, horizon = 1 }: HistoricalTerms,
): Result<HistoricalScenarios> {
  if (!(Number.isInteger(horizon) && horizon >= 1 && days.length > horizon))
    return failure(
      'history-must-be-long-enough',
      `${days.length} days give no change over ${horizon}. Give more days.`,
    );
  const size = set.factors.length;
  const uneven = days.find(({ values }) => values.length !== size);
  if (uneven)
    return failure(
      'history-must-fit-the-factors',
      `${uneven.day} has ${uneven.values.length} values for ${size} factors. Give one each.`,
    );
  const missing: { scenario: string; factors: string[] }[] = [];
  const codes = set.factors.map(({ kind }) => MOVES.indexOf(how[kind] ?? HOWS[kind]));
  const scenarios = days.slice(horizon).map(({ day, values: after }, index): CompiledScenario => {
    const before = days[index]!.values;
    const name = `${days[index]!.day} to ${day}`;
    const bys = new Float64Array(size);
    const lacking: string[] = [];
    for (let place = 0; place < size; place += 1) {
      const change = codes[place] === 0 ? after[place]! - before[place]! : after[place]! / before[place]! - 1;
      if (Number.isFinite(change)) bys[place] = change;
      else lacking.push(factorKey(set.factors[place]!));
    }
    if (lacking.length > 0) missing.push({ scenario: name, factors: lacking });
    return { name, places: Int32Array.from(bys.keys()), hows: Uint8Array.from(codes), bys };
  });
  return success({ scenarios, missing });
}
