/**
 * All positions of a task, their executions within the horizon, and the tables behind them. What the tables hold is
 * what a restore starts from; the order of executions and the holdings in between are worked out again.
 */
import { PairIndex } from '../../runtime/pair-index';
import type { Slotted } from '../../runtime/slotted';
import type { Timers } from '../../runtime/timers';
import type { Position } from '../../schemas/ledger';
import { ExecutionState, type PositionBase } from '../../schemas/tables';
import type { Executions } from './executions';
import { LivePosition, type Terms } from './live-position';

export interface LedgerTables {
  readonly positions: Slotted<Position>;
  readonly bases: Slotted<PositionBase>;
  readonly executions: Executions;
  readonly timers: Timers;
}

/** How far back executions may be restated. Beyond either bound they fold into their position's base. */
export interface Horizon {
  /** Executions of the last so many microseconds, by event time. */
  readonly micros: number;
  /** At most so many executions in a task; the first to have come go first. */
  readonly executions: number;
}

/** What was saved of a position does not follow from what was saved of its executions. */
export class LedgerMismatchError extends Error {
  override readonly name = 'LedgerMismatchError';
  constructor({ account, instrument }: Position) {
    super(
      `position of account ${account} in instrument ${instrument} does not follow from its saved executions. Check the data folder, and rebuild the job's tables from ledger.fills.`,
    );
  }
}

export class LivePositions {
  private readonly index = new PairIndex();
  private readonly all: LivePosition[] = [];
  private changed: LivePosition[] = [];

  constructor(
    private readonly tables: LedgerTables,
    private readonly horizon: Horizon,
  ) {
    for (const [, row] of tables.positions.entries())
      this.add(this.candidate(row.account, row.instrument, row));
    this.restore();
  }

  get size(): number {
    return this.all.length;
  }

  get(account: number, instrument: number): LivePosition | undefined {
    return this.all[this.index.get(account, instrument)];
  }

  /** What would be the next position, if its first execution can be booked. */
  candidate(account: number, instrument: number, terms: Terms): LivePosition {
    return new LivePosition({ ordinal: this.all.length, account, instrument }, terms, this.tables.executions);
  }

  /** Adds a candidate; it is in the tables once the step has ended. */
  add(position: LivePosition): void {
    this.index.set(position.account, position.instrument, position.ordinal);
    this.all.push(position);
  }

  markChanged(position: LivePosition, now: number): void {
    if (!position.isChanged) {
      position.isChanged = true;
      this.changed.push(position);
    }
    if (!position.isTimed) this.arm(position, now);
  }

  /** Folds what has left the horizon, for the positions whose timers fired. */
  fold(timer: number, now: number): void {
    const position = this.all[timer - 1]!;
    position.isTimed = false;
    this.foldUntil(position, now - this.horizon.micros);
    this.arm(position, now);
  }

  /** Makes room for one more execution by folding the first to have come; false if none can be folded. */
  makeRoom(): boolean {
    const { executions } = this.tables;
    const most = this.horizon.executions;
    if (executions.size < most) return true;
    let wanted = Math.max(1, most >> 8);
    // Each position once, however many of its executions go: folding moves all that stay.
    const until = new Map<LivePosition, number>();
    for (const slot of executions.inOrderOfArrival()) {
      if (wanted === 0) break;
      if (executions.state[slot] === ExecutionState.Waiting) continue;
      const position = this.get(executions.account[slot]!, executions.instrument[slot]!)!;
      until.set(position, Math.max(until.get(position) ?? 0, executions.time[slot]!));
      wanted -= 1;
    }
    for (const [position, time] of until) this.foldUntil(position, time);
    return executions.size < most;
  }

  /** The positions that the step changed, in the order in which it first changed them. */
  takeChanged(): readonly Position[] {
    const rows = this.changed.map((position) => position.row());
    for (let index = 0; index < rows.length; index += 1) {
      const position = this.changed[index]!;
      this.tables.positions.set(position.ordinal, rows[index]!);
      position.isChanged = false;
    }
    this.changed = [];
    return rows;
  }

  private foldUntil(position: LivePosition, time: number): void {
    const { executions, bases } = this.tables;
    const folded = position.foldUntil(time);
    if (folded.length === 0) return;
    for (const slot of folded) executions.remove(slot);
    bases.set(position.ordinal, position.baseRow());
  }

  // Not for each execution: a busy position is folded a sixteenth of the horizon at a time.
  private arm(position: LivePosition, now: number): void {
    const { oldestTime } = position;
    if (oldestTime === undefined) return;
    const { micros } = this.horizon;
    const due = Math.max(oldestTime + micros, now + Math.max(1, Math.floor(micros / 16)));
    position.isTimed = true;
    this.tables.timers.set(position.timer, due);
  }

  private restore(): void {
    const { positions, bases, executions, timers } = this.tables;
    for (const position of this.all) position.isTimed = timers.isSet(position.timer);
    const slotsOf = new Map<LivePosition, { readonly booked: number[]; readonly notes: number[] }>();
    for (const slot of executions.inOrderOfArrival()) {
      const state = executions.state[slot];
      if (state === ExecutionState.Waiting) continue;
      const position = this.get(executions.account[slot]!, executions.instrument[slot]!)!;
      const slots = slotsOf.get(position) ?? { booked: [], notes: [] };
      slotsOf.set(position, slots);
      (state === ExecutionState.Applied ? slots.notes : slots.booked).push(slot);
    }
    for (const [ordinal, base] of bases.entries()) this.all[ordinal]!.restoreBase(base);
    for (const [position, { booked, notes }] of slotsOf) position.restore(booked, notes);
    for (const [ordinal, row] of positions.entries())
      if (!this.all[ordinal]!.isAsSaid(row)) throw new LedgerMismatchError(row);
  }
}
