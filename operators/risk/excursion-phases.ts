/** What is said of an excursion when it begins, gets worse or ends: cause, contributors, cure. */

import type { Exposure } from '../../schemas/exposures';
import {
  type Breach,
  BreachCause,
  type BreachPart,
  BreachPhase,
  type Limit,
  LimitState,
  type LimitStatus,
  Severity,
} from '../../schemas/limits';
import { type Contributions, cureOf } from './contributions';
import { excessOf, leastOf, movesOf, severityOf } from './limit-reading';

const CONTRIBUTORS_MAX = 5;
const UNMOVED = { byFills: 0, byPrices: 0, byRates: 0 };

export interface Change {
  readonly before: LimitStatus | undefined;
  readonly after: LimitStatus;
  readonly terms: Limit;
  /** What was set, or whose time came, in this step. */
  readonly isSet: boolean;
  readonly isDue: boolean;
  /** Where the scope moved in this step. */
  readonly moved: Exposure | undefined;
}

/** The phase that a change begins; undefined where the excursion only goes on, or there is none. */
export function phaseOf({ before, after }: Pick<Change, 'before' | 'after'>): BreachPhase | undefined {
  const wasOpen = before !== undefined && before.since !== 0;
  if (after.since === 0) return wasOpen ? BreachPhase.Ended : undefined;
  if (after.breached) return wasOpen && before.breached ? undefined : BreachPhase.Breached;
  return wasOpen ? undefined : BreachPhase.Warned;
}

export function breachOf(change: Change, phase: BreachPhase, contributions: Contributions) {
  const { before, after, terms } = change;
  const isOver = phase === BreachPhase.Ended;
  const { limit, dimension, account, member, measure, sense, warning, breach, version, knownAt } = after;
  const reading = leastOf(after);
  const largest = isOver
    ? []
    : contributions.largest({ ...after, value: reading, dimension, account, member }, CONTRIBUTORS_MAX);
  const level = phase === BreachPhase.Breached ? breach : warning;
  const moves = change.moved ? movesOf(change.moved, measure) : UNMOVED;
  const excursion = isOver ? before!.since : after.since;
  const row: Breach = {
    limit,
    excursion,
    phase,
    dimension,
    account,
    member,
    measure,
    sense,
    warning,
    breach,
    version,
    before: leastOf(before),
    after: reading,
    extreme: isOver ? before!.extreme : after.extreme,
    cause: causeOf(change, moves),
    ...moves,
    unpriced: after.unpriced,
    // While a part is unknown no trade brings back what nobody can read.
    ...cureOf(largest[0], isOver || after.unpriced > 0 ? Number.NaN : excessOf(reading, level, terms)),
    by: terms.by,
    time: after.time,
    knownAt,
  };
  const parts = largest.map(
    ({ quantity: _, ...of }, index): BreachPart => ({
      limit,
      excursion,
      phase,
      rank: index + 1,
      ...of,
      share: of.part / Math.abs(reading),
      knownAt,
    }),
  );
  return { row, parts };
}

/**
 * The reading before: of a limit that was not read until now, what it was before this step moved it. Where parts were
 * unknown nobody can say.
 */
function priorOf({ before, after }: Change, reading: number, moves: typeof UNMOVED): number {
  const wasRead = before !== undefined && before.state !== LimitState.NotInForce;
  if (wasRead || after.unpriced > 0) return leastOf(before);
  return reading - moves.byFills - moves.byPrices - moves.byRates;
}

/** Terms that would judge the reading before as they judge this one are the cause; else what moved the reading most. */
function causeOf(change: Change, moves: typeof UNMOVED): BreachCause {
  const { before, after, terms, isSet, isDue } = change;
  if (after.state === LimitState.NotInForce) return isSet ? BreachCause.Limit : BreachCause.Time;
  const reading = leastOf(after);
  const value = priorOf(change, reading, moves);
  const wouldBe = severityOf(value, terms, before?.severity ?? Severity.None);
  if (isSet && (wouldBe === after.severity || Number.isNaN(value))) return BreachCause.Limit;
  if (isDue && (wouldBe === after.severity || Number.isNaN(value))) return BreachCause.Time;
  if (Number.isNaN(value) || Number.isNaN(reading)) return BreachCause.Data;
  const way = Math.sign(reading - value);
  const by = [way * moves.byFills, way * moves.byPrices, way * moves.byRates];
  const most = Math.max(...by);
  const causes = [BreachCause.Fill, BreachCause.Price, BreachCause.Rate];
  return most > 0 ? causes[by.indexOf(most)]! : BreachCause.Data;
}
