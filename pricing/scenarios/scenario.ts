/**
 * One scenario object for bumps, stress tests, VaR and what-ifs: a name and moves, each of which picks factors and says by how
 * much. It is compiled once against the factors of a market and applied to their column as often as wanted.
 */
import { failure, type Result, success } from '../contract';
import { type Factor, type FactorKind, type FactorSet, factorKey, isPositive } from './factors';

/** `absolute` adds, `relative` adds that share of the value, `to` sets it. */
export const MOVES = ['absolute', 'relative', 'to'] as const;
export type MoveKind = (typeof MOVES)[number];

/** Which factors: all that have everything that is said; nothing said is all of them. */
export interface Selection {
  readonly kind?: FactorKind;
  readonly name?: string;
  readonly node?: string;
  readonly tag?: string;
}

export interface Move extends Selection {
  readonly how: MoveKind;
  /** In the unit of the factor (0.0001 is a basis point of a rate), or a share such as −0.2. */
  readonly by: number;
}

/** Moves are made in their order: two on one factor are made one after the other. */
export interface Scenario {
  readonly name: string;
  readonly moves: readonly Move[];
}

export interface CompiledScenario {
  readonly name: string;
  /** One a step: the factor's place, the number in `MOVES`, and by how much. */
  readonly places: Int32Array;
  readonly hows: Uint8Array;
  readonly bys: Float64Array;
}

const picks = (selection: Selection, { kind, name, node, tags }: Factor): boolean =>
  (selection.kind === undefined || selection.kind === kind) &&
  (selection.name === undefined || selection.name === name) &&
  (selection.node === undefined || selection.node === node) &&
  (selection.tag === undefined || (tags ?? []).includes(selection.tag));

/**
 * Failures: `scenario-must-move-something` where a move picks no factor, which is more often a misspelt name;
 * `move-must-be-finite`; `move-must-be-known`.
 */
export function compileScenario(set: FactorSet, scenario: Scenario): Result<CompiledScenario> {
  const places: number[] = [];
  const hows: number[] = [];
  const bys: number[] = [];
  for (const { how, by, ...selection } of scenario.moves) {
    const code = MOVES.indexOf(how);
    if (code < 0)
      return failure('move-must-be-known', `"${scenario.name}": no move "${how}". Take ${MOVES.join(', ')}.`);
    if (!Number.isFinite(by))
      return failure('move-must-be-finite', `"${scenario.name}": a move is by ${by}. Give a number.`);
    const before = places.length;
    for (const [place, factor] of set.factors.entries()) {
      if (!picks(selection, factor)) continue;
      places.push(place);
      hows.push(code);
      bys.push(by);
    }
    if (places.length === before)
      return failure(
        'scenario-must-move-something',
        `"${scenario.name}": no factor has ${JSON.stringify(selection)}. Check its names.`,
      );
  }
  return success({
    name: scenario.name,
    places: Int32Array.from(places),
    hows: Uint8Array.from(hows),
    bys: Float64Array.from(bys),
  });
}

/** Compiles all or names the first that cannot be. */
export function compileScenarios(
  set: FactorSet,
  scenarios: readonly Scenario[],
): Result<readonly CompiledScenario[]> {
  const compiled: CompiledScenario[] = [];
  for (const scenario of scenarios) {
    const made = compileScenario(set, scenario);
    if (!made.ok) return made;
    compiled.push(made.value);
  }
  return success(compiled);
}

/** Writes the moved values into `moved`; what no move picks is as in `base`, and what is missing stays so. */
export function applyScenario(
  { places, hows, bys }: CompiledScenario,
  base: Float64Array,
  moved: Float64Array,
): void {
  moved.set(base);
  for (let step = 0; step < places.length; step += 1) {
    const place = places[step]!;
    const value = moved[place]!;
    if (Number.isNaN(value)) continue;
    const by = bys[step]!;
    moved[place] = hows[step] === 0 ? value + by : hows[step] === 1 ? value * (1 + by) : by;
  }
}

/**
 * The first factor that a scenario has moved to where no market is, as a failure `factor-must-be-positive`: a spot, FX rate or
 * volatility at or below zero.
 */
export function soundValues(
  { factors }: FactorSet,
  { name, places }: CompiledScenario,
  moved: Float64Array,
): Result<true> {
  for (const place of places) {
    const factor = factors[place]!;
    if (!isPositive(factor.kind) || !(moved[place]! <= 0)) continue;
    return failure(
      'factor-must-be-positive',
      `"${name}" moves ${factorKey(factor)} to ${moved[place]}. Move it by less, or by a share.`,
    );
  }
  return success(true);
}
