/**
 * All positions of a task, their executions within the horizon, and the tables behind them. What the tables hold is
 * what a restore starts from; the order of executions and the holdings in between are worked out again, for a position that
 * has none when it is first wanted: most of a million are not, for long after a start.
 */
import { grown } from '../../runtime/stream/marker';
import { PairIndex } from '../../runtime/tables/pair-index';
import type { Slotted } from '../../runtime/tables/slotted';
import type { Timers } from '../../runtime/tables/timers';
import { HorizonBound, type Position, positionLead } from '../../schemas/ledger';
import { type Execution, ExecutionState, type PositionBase } from '../../schemas/tables';
import type { Contracts } from './contracts';
import { economicsText } from './economics';
import type { Executions } from './executions';
import type { Horizons } from './horizons';
import { LivePosition, type Terms } from './live-position';
import type { RememberedIds } from './remembered-ids';
import { tradingDaysAfter, tradingDaysBefore } from './trading-days';

export interface LedgerTables {
  readonly positions: Slotted<Position>;
  readonly bases: Slotted<PositionBase>;
  readonly executions: Executions;
  readonly timers: Timers;
}

/** How far back executions may be restated. Beyond either bound they fold into their position's base. */
export interface Horizon {
  /** Executions of today and so many trading days before, by event time. */
  readonly tradingDays: number;
  /** Memory for them in a task: when it is full, the account that takes most of it folds its first to have come. */
  readonly bytes: number;
}

interface Parts {
  readonly contracts: Contracts;
  readonly remembered: RememberedIds;
  readonly horizons: Horizons;
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

const SECOND = 1_000_000;

const NONE = -1;

/** Executions of a position, in order of arrival: those that count, and those that changed others. */
interface SavedSlots {
  readonly booked: readonly number[];
  readonly notes: readonly number[];
}
const NO_SLOTS: SavedSlots = { booked: [], notes: [] };

export class LivePositions {
  size = 0;
  /** Ordinal of the position that an account opened last in an instrument. */
  private readonly index: PairIndex;
  /** By ordinal: undefined until it is wanted. */
  private readonly all: (LivePosition | undefined)[] = [];
  /** By ordinal: its instrument and contract, and the position that the account opened before it in another one, or -1. */
  private instrumentOf = new Int32Array(1024);
  private contractOf = new Int32Array(1024);
  private earlier = new Int32Array(1024);
  private changed: LivePosition[] = [];

  constructor(
    private readonly tables: LedgerTables,
    private readonly horizon: Horizon,
    private readonly parts: Parts,
  ) {
    this.index = new PairIndex(tables.positions.size);
    tables.positions.forEachSavedLead(positionLead, (_, { account, instrument, contract }) =>
      this.know(account, instrument, contract),
    );
    this.restore();
  }

  get(account: number, instrument: number, contract: number): LivePosition | undefined {
    return this.at(this.find(account, instrument, contract));
  }

  /** The position that an account opened last in an instrument, whichever its contract. */
  latest(account: number, instrument: number): LivePosition | undefined {
    return this.at(this.index.get(account, instrument));
  }

  /** The one that the same account opened before it in another contract of the instrument. */
  before(position: LivePosition): LivePosition | undefined {
    return this.at(this.earlier[position.ordinal]!);
  }

  /** The position that a kept execution was booked in. */
  of({
    account,
    instrument,
    contract,
  }: Pick<Execution, 'account' | 'instrument' | 'contract'>): LivePosition {
    return this.get(account, instrument, contract)!;
  }

  /** What would be the next position, if its first execution can be booked. */
  candidate(account: number, instrument: number, terms: Terms): LivePosition {
    return new LivePosition({ ordinal: this.size, account, instrument }, terms, this.tables.executions);
  }

  /** Adds a candidate; it is in the tables once the step has ended. */
  add(position: LivePosition): void {
    this.know(position.account, position.instrument, position.terms.contract);
    this.all[position.ordinal] = position;
  }

  markChanged(position: LivePosition, now: number): void {
    if (!position.isChanged) {
      position.isChanged = true;
      this.changed.push(position);
    }
    if (!position.isTimed) this.arm(position, now);
  }

  /** Instruments whose marks are now of other contracts than before: who holds one says so anew. Looks at all positions. */
  markAgain(instruments: ReadonlySet<number>, now: number): void {
    const found: number[] = [];
    for (let ordinal = 0; ordinal < this.size; ordinal += 1)
      if (instruments.has(this.instrumentOf[ordinal]!)) found.push(ordinal);
    for (const ordinal of found) this.markChanged(this.at(ordinal)!, now);
  }

  /** Folds what has left the horizon, for the positions whose timers fired. */
  fold(timer: number, now: number): void {
    const position = this.at(timer - 1)!;
    position.isTimed = false;
    this.foldUntil(position, tradingDaysBefore(now, this.horizon.tradingDays) - 1, HorizonBound.Calendar);
    this.arm(position, now);
  }

  /** Makes room for one more execution; false if none can be folded. The account that has most gives way. */
  makeRoom(): boolean {
    const { executions } = this.tables;
    if (executions.bytes < this.horizon.bytes) return true;
    const account = executions.largestAccount();
    let wanted = Math.max(1, executions.size >> 5);
    // Each position once, however many of its executions go: folding moves all that stay.
    const until = new Map<LivePosition, number>();
    for (const slot of executions.inOrderOfArrival()) {
      if (wanted === 0) break;
      if (executions.account[slot] !== account || executions.state[slot] === ExecutionState.Waiting) continue;
      const position = this.at(this.ordinalOf(slot))!;
      until.set(position, Math.max(until.get(position) ?? 0, executions.time[slot]!));
      wanted -= 1;
    }
    for (const [position, time] of until) this.foldUntil(position, time, HorizonBound.Memory);
    return executions.bytes < this.horizon.bytes;
  }

  /** The positions that the step changed, in the order in which it first changed them. */
  takeChanged(now: number): readonly Position[] {
    const { contracts } = this.parts;
    const rows = this.changed.map((position) =>
      position.row(now, contracts.markedSpan(position.instrument, position.terms.contract)),
    );
    for (let index = 0; index < rows.length; index += 1) {
      const position = this.changed[index]!;
      this.tables.positions.set(position.ordinal, rows[index]!);
      position.isChanged = false;
    }
    this.changed = [];
    return rows;
  }

  /** Of the position that a kept execution was booked in. */
  private ordinalOf(slot: number): number {
    const { account, instrument, contract } = this.tables.executions;
    return this.find(account[slot]!, instrument[slot]!, contract[slot]!);
  }

  private find(account: number, instrument: number, contract: number): number {
    let ordinal = this.index.get(account, instrument);
    while (ordinal !== NONE && this.contractOf[ordinal] !== contract) ordinal = this.earlier[ordinal]!;
    return ordinal;
  }

  /** The next position, by what finds it. */
  private know(account: number, instrument: number, contract: number): void {
    const ordinal = this.size;
    if (ordinal >= this.earlier.length) {
      this.earlier = grown(this.earlier, ordinal, NONE);
      this.contractOf = grown(this.contractOf, ordinal, 0);
      this.instrumentOf = grown(this.instrumentOf, ordinal, 0);
    }
    this.instrumentOf[ordinal] = instrument;
    this.earlier[ordinal] = this.index.get(account, instrument);
    this.contractOf[ordinal] = contract;
    this.index.set(account, instrument, ordinal);
    this.all.push(undefined);
    this.size += 1;
  }

  private at(ordinal: number): LivePosition | undefined {
    if (ordinal === NONE) return undefined;
    return this.all[ordinal] ?? this.restored(ordinal, NO_SLOTS);
  }

  private foldUntil(position: LivePosition, time: number, boundBy: HorizonBound): void {
    const { executions, bases } = this.tables;
    const folded = position.foldUntil(time);
    if (folded.length === 0) return;
    for (const slot of folded) {
      const row = executions.row(slot);
      this.parts.remembered.add(row, row.firstTold ?? economicsText(row));
      executions.remove(slot);
    }
    bases.set(position.ordinal, position.baseRow());
    this.parts.horizons.folded(position.account, position.foldedUntil, boundBy);
  }

  // Not all positions at midnight: each has a second of its own in the hour after it. What came when it was older than the
  // horizon stays as long from then on: its correction cannot have come before it, and may be told right behind it.
  private arm(position: LivePosition, now: number): void {
    const { oldestTime } = position;
    if (oldestTime === undefined) return;
    const { tradingDays } = this.horizon;
    const isOld = tradingDaysAfter(oldestTime, tradingDays) <= now;
    const due = tradingDaysAfter(isOld ? now : oldestTime, tradingDays) + (position.ordinal % 3600) * SECOND;
    position.isTimed = true;
    this.tables.timers.set(position.timer, Math.max(due, now + SECOND));
  }

  /** Positions with executions, at once: those are in order of arrival, each position's among all. */
  private restore(): void {
    const { executions, bases } = this.tables;
    const slotsOf = new Map<number, { readonly booked: number[]; readonly notes: number[] }>();
    for (const slot of executions.inOrderOfArrival()) {
      const state = executions.state[slot];
      if (state === ExecutionState.Waiting) continue;
      const ordinal = this.ordinalOf(slot);
      const slots = slotsOf.get(ordinal) ?? { booked: [], notes: [] };
      slotsOf.set(ordinal, slots);
      (state === ExecutionState.Applied ? slots.notes : slots.booked).push(slot);
    }
    for (const [ordinal, slots] of slotsOf) this.restored(ordinal, slots);
    // One with neither executions nor a base was never anything, or something of it is lost.
    for (let ordinal = 0; ordinal < this.size; ordinal += 1)
      if (!bases.has(ordinal) && !slotsOf.has(ordinal)) this.restored(ordinal, NO_SLOTS);
  }

  /** Works out a position anew from what is saved of it. Throws a LedgerMismatchError. */
  private restored(ordinal: number, { booked, notes }: SavedSlots): LivePosition {
    const { positions, bases, timers, executions } = this.tables;
    const row = positions.saved(ordinal)!;
    const { account, instrument, contract } = row;
    const terms = this.parts.contracts.get(instrument, contract);
    const position = new LivePosition({ ordinal, account, instrument }, terms, executions);
    position.isTimed = timers.isSet(position.timer);
    const base = bases.saved(ordinal);
    if (base) position.restoreBase(base);
    if (booked.length + notes.length > 0) position.restore(booked, notes);
    if (!position.isAsSaid(row)) throw new LedgerMismatchError(row);
    this.all[ordinal] = position;
    return position;
  }
}
