/**
 * Holds limits against the exposures of their scopes, at the end of each step. Emits each limit that was concerned, once,
 * and each phase of an excursion with its cause and its contributors.
 *
 * Only limits concerned are looked at: those on a scope that moved, those that were set, and those whose time came. A
 * reading of which a part is unknown is never within: the limit is unknown, and an open excursion stays open.
 *
 * State: terms and statuses of limits, what each position adds, one timer for the next terms to begin or end.
 */
import { type Changes, changesOf } from '../runtime/stream/changes';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Numbered } from '../runtime/tables/numbered';
import type { ReadonlyRows, Rows } from '../runtime/tables/rows';
import type { Timers } from '../runtime/tables/timers';
import {
  type Exposure,
  type ExposureChanges,
  type PositionExposureColumns,
  scopeKey,
} from '../schemas/exposures';
import {
  type Breach,
  type BreachPart,
  BreachPhase,
  type ContributionColumns,
  type Limit,
  type LimitChanges,
  LimitFault,
  LimitState,
  type LimitStatus,
  type LimitStatusChanges,
  Severity,
} from '../schemas/limits';
import { Contributions } from './risk/contributions';
import { breachOf, phaseOf } from './risk/excursion-phases';
import { statusOf } from './risk/judge';
import { LimitBook } from './risk/limit-book';
import { faultOf } from './risk/limit-terms';
import { LimitsConcerned } from './risk/limits-concerned';

interface Inputs {
  readonly limits: Stream<LimitChanges>;
  readonly positions: Stream<PositionExposureColumns>;
  readonly exposures: Stream<ExposureChanges>;
}

export interface JudgeLimitsTables {
  readonly limits: Rows<Limit>;
  readonly statuses: Rows<LimitStatus>;
  readonly contributions: Numbered<ContributionColumns>;
  /** Kept by who sums them. */
  readonly exposures: ReadonlyRows<Exposure>;
  readonly timers: Timers;
}

export interface JudgedLimits {
  readonly statuses: LimitStatusChanges;
  readonly breaches: readonly Breach[];
  readonly parts: readonly BreachPart[];
}

const TIMER = 0;

export function judgeLimits(
  { limits, positions, exposures }: Inputs,
  tables: JudgeLimitsTables,
  { baseCurrency }: { readonly baseCurrency: string },
): Stream<JudgedLimits> {
  const { timers } = tables;
  return operator('judge-limits', { fired: timers.fired, limits, positions, exposures }, ({ marker }) => {
    const book = new LimitBook(tables.limits);
    const contributions = new Contributions(tables.contributions);
    const concerned = new LimitsConcerned(marker());
    return {
      on: {
        fired({ length, due }, { now }) {
          if (length > 0) for (const limit of book.changing(due[0]!, now)) concerned.due(limit);
        },
        limits({ set, removed }) {
          for (const { limit, validFrom } of removed) {
            book.remove({ limit, validFrom });
            concerned.set(limit);
          }
          for (const row of set) {
            book.set(row);
            concerned.set(row.limit);
          }
        },
        positions: (columns) => contributions.takeAll(columns),
        exposures({ set }) {
          for (const row of set) for (const limit of book.on(row)) concerned.moved(limit, row);
        },
      },
      emit({ now }) {
        if (concerned.needsTimer) setTimer(timers, book.nextChange(now));
        const statuses: LimitStatus[] = [];
        const gone: Pick<LimitStatus, 'limit'>[] = [];
        const breaches: Breach[] = [];
        const parts: BreachPart[] = [];
        for (const { limit, ...change } of concerned.take()) {
          const found = book.termsOf(limit, now);
          const stood = tables.statuses.get(limit);
          const terms = found?.terms ?? (stood && { ...withdrawn(stood) });
          if (!terms) continue;
          const isElsewhere = stood !== undefined && !readsTheSame(stood, terms);
          if (isElsewhere && stood.since !== 0) {
            const gone = leftBehind(stood, now);
            const told = { ...change, before: stood, after: gone, terms, moved: undefined };
            breaches.push(breachOf(told, BreachPhase.Ended, contributions).row);
          }
          // What another reading was says nothing of this one: neither an excursion nor a level that was reached.
          const before = isElsewhere ? undefined : stood;
          const after = statusOf({
            limit,
            terms,
            isInForce: found?.isInForce ?? false,
            fault: faultOf(terms, baseCurrency),
            exposure: tables.exposures.get(scopeKey(terms)),
            before,
            now,
          });
          const phase = phaseOf({ before, after });
          if (phase !== undefined) {
            const said = breachOf({ before, after, terms, ...change }, phase, contributions);
            breaches.push(said.row);
            parts.push(...said.parts);
          }
          if (found) statuses.push(after);
          else gone.push({ limit });
        }
        for (const row of statuses) tables.statuses.set(row);
        for (const { limit } of gone) tables.statuses.delete(limit);
        const changes: Changes<LimitStatus, 'limit'> = changesOf(statuses, gone);
        return { statuses: changes, breaches, parts };
      },
    };
  });
}

type Read = Pick<Limit, 'dimension' | 'account' | 'member' | 'measure' | 'sense'>;

const readsTheSame = (a: Read, b: Read): boolean =>
  scopeKey(a) === scopeKey(b) && a.measure === b.measure && a.sense === b.sense;

/** How a limit stands where it was, once it is set on another scope or measure. */
const leftBehind = (stood: LimitStatus, now: number): LimitStatus => ({
  ...stood,
  state: LimitState.NotInForce,
  fault: LimitFault.None,
  value: Number.NaN,
  known: undefined,
  utilisation: Number.NaN,
  severity: Severity.None,
  breached: false,
  since: 0,
  extreme: Number.NaN,
  knownAt: now,
});

/** Terms of a limit that is there no more: what it last was, in force no longer. */
const withdrawn = ({ limit, dimension, account, member, ...status }: LimitStatus): Limit => ({
  limit,
  dimension,
  account,
  member,
  measure: status.measure,
  sense: status.sense,
  currency: '',
  warning: status.warning,
  breach: status.breach,
  hysteresis: 0,
  version: status.version,
  by: '',
  why: '',
  validFrom: 0,
  validUntil: 0,
});

function setTimer(timers: Timers, next: number): void {
  if (next === Number.POSITIVE_INFINITY) timers.cancel(TIMER);
  else timers.set(TIMER, next);
}
