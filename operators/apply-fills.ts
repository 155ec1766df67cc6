/**
 * Books fills into positions at signed average cost, exactly, and emits each position that a step changed, once.
 *
 * Executions are told apart by venue (or broker), account, instrument and execution id: one that comes again is refused
 * and changes nothing, and is called an economic difference where it says something else. They count in order of event
 * time, then arrival, so one that comes late restates what follows it; so do busts and corrections, which may even come
 * before what they refer to. The horizon says how far back that goes: older executions are folded into their position's
 * base, and what would change those waits in a queue for a person. What cannot be booked is refused by a rule with a
 * name; nothing is dropped in silence. What a person decides about the queue is carried out once.
 *
 * State: positions; the executions within the horizon, in at most `horizon.bytes` of memory; the ids of those before;
 * a base for each position that has folded some; fees in foreign currencies; contracts; late fills, and
 * decisions on such as have not come; a timer for each position with executions. All have their tables' limits.
 */
import { changesOf } from '../runtime/stream/changes';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Numbered } from '../runtime/tables/numbered';
import type { ReadonlyRows, Rows } from '../runtime/tables/rows';
import type {
  Fill,
  ForeignFee,
  ForeignFeeChanges,
  HorizonChanges,
  LateFill,
  LateFillChanges,
  LateResolution,
  PositionChanges,
  RefusedFill,
} from '../schemas/ledger';
import type { Instrument, InstrumentChanges } from '../schemas/reference';
import type { ContractTerms, RememberedIdColumns } from '../schemas/tables';
import { Contracts } from './ledger/contracts';
import { Decisions } from './ledger/decisions';
import { Exercises } from './ledger/exercises';
import { ForeignFees } from './ledger/foreign-fees';
import { Horizons } from './ledger/horizons';
import { LateFills } from './ledger/late-fills';
import { Ledger, type LedgerLimits } from './ledger/ledger';
import { type Horizon, type LedgerTables, LivePositions } from './ledger/live-positions';
import { RememberedIds } from './ledger/remembered-ids';
import { Restatements, type WaitingLimits } from './ledger/restatements';
import { tradingDaysAfter, tradingDaysBefore } from './ledger/trading-days';

export interface ApplyFillsTables extends LedgerTables {
  readonly instruments: ReadonlyRows<Instrument>;
  readonly foreignFees: Rows<ForeignFee>;
  readonly contracts: Rows<ContractTerms>;
  readonly remembered: Numbered<RememberedIdColumns>;
  readonly lateFills: Rows<LateFill>;
  /** Decisions on late fills that have not come. */
  readonly decisions: Rows<LateResolution>;
}

export interface ApplyFillsOptions {
  readonly horizon: Horizon;
  readonly limits: LedgerLimits &
    WaitingLimits & {
      /** So many ids are remembered after their executions have left the horizon. */
      readonly remembered: number;
    };
}

/** What the fills of a step came to. */
export interface AppliedFills {
  readonly positions: PositionChanges;
  readonly refused: readonly RefusedFill[];
  readonly foreignFees: ForeignFeeChanges;
  readonly lateFills: LateFillChanges;
  readonly horizons: HorizonChanges;
}

interface Inputs {
  readonly instruments: Stream<InstrumentChanges>;
  readonly fills: Stream<readonly Fill[]>;
  readonly resolutions: Stream<readonly LateResolution[]>;
}

const WAITING_TIMER = 0;

/** `instruments` are what a step changed, after they have been kept in the table. */
export function applyFills(
  { instruments, fills, resolutions }: Inputs,
  tables: ApplyFillsTables,
  options: ApplyFillsOptions,
): Stream<AppliedFills> {
  const { timers } = tables;
  return operator('apply-fills', { instruments, fired: timers.fired, fills, resolutions }, () => {
    const { horizon, limits } = options;
    const { executions } = tables;
    const contracts = new Contracts(tables.contracts);
    const remembered = new RememberedIds(tables.remembered, limits.remembered);
    const horizons = new Horizons(executions);
    const late = new LateFills(tables.lateFills);
    const foreignFees = new ForeignFees(tables.foreignFees);
    const positions = new LivePositions(tables, horizon, { contracts, remembered, horizons });
    const exercises = new Exercises(contracts);
    const kept = { executions, positions, foreignFees, remembered, late, exercises };
    const restatements = new Restatements(kept, limits);
    const ledger = new Ledger({ ...kept, contracts, restatements }, limits);
    const decisions = new Decisions(tables.decisions, { ledger, executions, remembered, restatements, late });
    for (const instrument of tables.instruments.values()) contracts.know(instrument);
    let refused: RefusedFill[] = [];
    const armWaiting = (): void => {
      const { oldestArrival, oldestUntold } = restatements.waiting;
      if (oldestArrival === undefined) return;
      const givesUp = tradingDaysAfter(oldestArrival, horizon.tradingDays);
      const tells = oldestUntold === undefined ? givesUp : oldestUntold + limits.patienceMicros;
      const due = Math.min(tells, givesUp);
      const armed = timers.dueOf(WAITING_TIMER);
      // Who waited longer may be waiting for the horizon's end, far behind the patience of one that has just come.
      if (armed === undefined || due < armed) timers.set(WAITING_TIMER, due);
    };
    return {
      on: {
        instruments({ set, removed }, { now }) {
          const changed = set.filter((one) => contracts.know(one)).map(({ instrument }) => instrument);
          if (changed.length > 0) positions.markAgain(new Set(changed), now);
          for (const { instrument, validFrom } of removed) contracts.forget(instrument, validFrom);
        },
        fired({ length, key }, { now }) {
          for (let index = 0; index < length; index += 1) {
            if (key[index] !== WAITING_TIMER) {
              positions.fold(key[index]!, now);
              continue;
            }
            restatements.tell(now);
            refused.push(...restatements.giveUp(tradingDaysBefore(now, horizon.tradingDays) - 1));
          }
          armWaiting();
        },
        fills(rows, { now }) {
          for (const fill of rows) for (const one of decisions.takeFill(fill, now)) refused.push(one);
          armWaiting();
        },
        resolutions(rows, { now }) {
          for (const row of rows) refused.push(...decisions.take(row, now));
        },
      },
      emit({ now }) {
        const applied = {
          positions: changesOf(positions.takeChanged(now)),
          refused: refused.length === 0 ? refused : refused.map((row) => ({ ...row, knownAt: now })),
          foreignFees: changesOf(foreignFees.takeChanged(now)),
          lateFills: changesOf(late.takeChanged(now)),
          horizons: changesOf(horizons.takeChanged(now)),
        };
        refused = [];
        return applied;
      },
    };
  });
}
