/**
 * Books fills into positions at signed average cost, exactly, and emits each position that a step changed, once.
 *
 * Executions are told apart by account and execution id: one that comes again is refused and changes nothing. They
 * count in order of event time, then arrival, so one that comes late restates what follows it; so do busts and
 * corrections, which may even come before what they refer to. The horizon says how far back that goes: older executions
 * are folded into their position's base, and what would change those is refused as too old. What cannot be booked is
 * refused by a rule with a name; nothing is dropped in silence.
 *
 * State: positions; the executions within the horizon, at most `horizon.executions`; a base for each position that has
 * folded some; fees in foreign currencies; a timer for each position with executions. All have their tables' limits.
 */
import { changesOf } from '../runtime/changes';
import { operator, type Stream } from '../runtime/operator';
import type { ReadonlyRows, Rows } from '../runtime/rows';
import type { Fill, ForeignFee, ForeignFeeChanges, PositionChanges, RefusedFill } from '../schemas/ledger';
import type { Instrument, InstrumentChanges } from '../schemas/reference';
import { ForeignFees } from './ledger/foreign-fees';
import { Ledger, type LedgerLimits } from './ledger/ledger';
import { type Horizon, type LedgerTables, LivePositions } from './ledger/live-positions';
import { Restatements, type WaitingLimits } from './ledger/restatements';

export interface ApplyFillsTables extends LedgerTables {
  readonly instruments: ReadonlyRows<Instrument>;
  readonly foreignFees: Rows<ForeignFee>;
}

export interface ApplyFillsOptions {
  readonly horizon: Horizon;
  readonly limits: LedgerLimits & WaitingLimits;
}

/** What the fills of a step came to. */
export interface AppliedFills {
  readonly positions: PositionChanges;
  readonly refused: readonly RefusedFill[];
  readonly foreignFees: ForeignFeeChanges;
}

interface Inputs {
  readonly instruments: Stream<InstrumentChanges>;
  readonly fills: Stream<readonly Fill[]>;
}

const WAITING_TIMER = 0;

/** `instruments` are what a step changed, after they have been kept in the table. */
export function applyFills(
  { instruments, fills }: Inputs,
  tables: ApplyFillsTables,
  options: ApplyFillsOptions,
): Stream<AppliedFills> {
  const { timers } = tables;
  return operator('apply-fills', { instruments, fired: timers.fired, fills }, () => {
    const positions = new LivePositions(tables, options.horizon);
    const foreignFees = new ForeignFees(tables.foreignFees);
    const { executions } = tables;
    const restatements = new Restatements(executions, positions, foreignFees, options.limits);
    const ledger = new Ledger({ executions, positions, foreignFees, restatements }, options.limits);
    for (const instrument of tables.instruments.values()) ledger.know(instrument);
    let refused: RefusedFill[] = [];
    const armWaiting = (): void => {
      const { oldestArrival } = restatements.waiting;
      if (oldestArrival === undefined || timers.isSet(WAITING_TIMER)) return;
      timers.set(WAITING_TIMER, oldestArrival + options.limits.patienceMicros);
    };
    return {
      on: {
        instruments({ set, removed }) {
          for (const instrument of set) ledger.know(instrument);
          for (const { instrument } of removed) ledger.forget(instrument);
        },
        fired({ length, key }, { now }) {
          for (let index = 0; index < length; index += 1) {
            if (key[index] === WAITING_TIMER) refused.push(...restatements.giveUp(now));
            else positions.fold(key[index]!, now);
          }
          armWaiting();
        },
        fills(rows, { now }) {
          for (const fill of rows) for (const one of ledger.take(fill, now)) refused.push(one);
          armWaiting();
        },
      },
      emit() {
        const applied = {
          positions: changesOf(positions.takeChanged()),
          refused,
          foreignFees: changesOf(foreignFees.takeChanged()),
        };
        refused = [];
        return applied;
      },
    };
  });
}
