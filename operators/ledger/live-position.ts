/**
 * A position with its executions within the horizon, in order of event time, then arrival, and the holding after each.
 * What is older is folded into a base. An execution in order is one booking; one that comes late, is busted or
 * corrected restates what follows it, and nothing else.
 */

import { QUANTITY_ONE } from '../../schemas/decimals';
import type { Position } from '../../schemas/ledger';
import { type Execution, ExecutionState, type PositionBase } from '../../schemas/tables';
import { booked, FLAT, type Holding } from './average-cost';
import type { Contract } from './contract';
import { isInRange } from './range';

interface Entry {
  execution: Execution;
  /** The holding once this execution is in effect. */
  after: Holding;
}

/** Nothing is folded yet. */
const NEVER = Number.NEGATIVE_INFINITY;

/** What an instrument says of the money in it. */
export type ContractTerms = Pick<Position, 'currency' | 'multiplier' | 'inverse'>;

/** What stays for the life of a position. */
export interface PositionTerms {
  /** Its place in order of first insertion. */
  readonly ordinal: number;
  readonly account: number;
  readonly instrument: number;
  readonly currency: string;
  readonly contract: Contract;
}

export class LivePosition {
  base: Holding = FLAT;
  /** Executions up to and including this event time are folded into the base, and cannot be restated. */
  foldedUntil = NEVER;
  current: Holding = FLAT;
  /** Whether the step has changed it. */
  isChanged = false;
  private entries: Entry[] = [];
  /** The row of reference data that was last found to agree with the terms. */
  private seenTerms: ContractTerms | undefined;
  /** Busts and corrections that were applied here: kept to be recognised, as long as what they refer to. */
  private notes: Execution[] = [];

  constructor(readonly terms: PositionTerms) {}

  /** Key of the timer that folds it. */
  get timer(): number {
    return this.terms.ordinal + 1;
  }

  isOnTerms(terms: ContractTerms): boolean {
    if (terms === this.seenTerms) return true;
    const { currency, contract } = this.terms;
    if (terms.currency !== currency || terms.multiplier !== contract.multiplier) return false;
    if (terms.inverse !== contract.inverse) return false;
    this.seenTerms = terms;
    return true;
  }

  /** Event time of the oldest execution that is not folded. */
  get oldestTime(): number | undefined {
    return this.entries[0]?.execution.time;
  }

  /** Books an execution where it belongs; false if the outcome has no room in the ledger's types, then nothing changed. */
  book(execution: Execution): boolean {
    const { entries } = this;
    const last = entries.length - 1;
    if (last >= 0 && entries[last]!.execution.time > execution.time) return this.insert(execution);
    const after = this.next(this.current, execution);
    if (!isInRange(after)) return false;
    entries.push({ execution, after });
    this.current = after;
    return true;
  }

  /** The execution with this id, if it is not folded. */
  find(executionId: string): Execution | undefined {
    return this.entries[this.indexOf(executionId)]?.execution;
  }

  /** Puts `execution` in the place of the one with the same id, which keeps its place in time. */
  restate(execution: Execution): boolean {
    const index = this.indexOf(execution.executionId);
    const before = this.entries[index]!.execution;
    this.entries[index]!.execution = execution;
    if (this.refold(index)) return true;
    this.entries[index]!.execution = before;
    this.refold(index);
    return false;
  }

  /** Folds whatever is not younger than `time`; gives the executions that the ledger may now forget. */
  foldUntil(time: number): readonly Execution[] {
    const { entries } = this;
    let count = 0;
    while (count < entries.length && entries[count]!.execution.time <= time) count += 1;
    if (count === 0) return [];
    const folded = entries.slice(0, count);
    this.entries = entries.slice(count);
    const last = folded[count - 1]!;
    this.base = last.after;
    this.foldedUntil = last.execution.time;
    const notes = this.notes.filter((note) => note.time <= this.foldedUntil);
    if (notes.length > 0) this.notes = this.notes.filter((note) => note.time > this.foldedUntil);
    return [...folded.map(({ execution }) => execution), ...notes];
  }

  note(execution: Execution): void {
    this.notes.push(execution);
  }

  restoreBase(row: PositionBase): void {
    const { quantity, cost, realisedPnl, fees, fills, time } = row;
    const turnover = { bought: row.bought / QUANTITY_ONE, sold: row.sold / QUANTITY_ONE };
    this.base = { quantity, cost, realisedPnl, fees, ...turnover, fills, time };
    this.current = this.base;
    this.foldedUntil = row.foldedUntil;
  }

  /** Takes saved executions, in order of arrival, and works out the holdings after each. */
  restore(executions: readonly Execution[], notes: readonly Execution[]): void {
    this.notes = [...notes];
    // A stable sort: equal times stay in order of arrival.
    this.entries = [...executions]
      .sort((a, b) => a.time - b.time)
      .map((execution) => ({ execution, after: this.base }));
    this.refold(0);
  }

  row(): Position {
    const { account, instrument, currency, contract } = this.terms;
    const { quantity, cost, realisedPnl, fees, bought, sold, fills, time } = this.current;
    return {
      account,
      instrument,
      currency,
      multiplier: contract.multiplier,
      inverse: contract.inverse,
      quantity,
      cost,
      realisedPnl,
      fees,
      bought: bought * QUANTITY_ONE,
      sold: sold * QUANTITY_ONE,
      fills,
      time,
    };
  }

  baseRow(): PositionBase {
    const { account, instrument } = this.terms;
    const { bought, sold, ...rest } = this.base;
    const turnover = { bought: bought * QUANTITY_ONE, sold: sold * QUANTITY_ONE };
    return { account, instrument, ...rest, ...turnover, foldedUntil: this.foldedUntil };
  }

  private insert(execution: Execution): boolean {
    const { entries } = this;
    let index = entries.length;
    while (index > 0 && entries[index - 1]!.execution.time > execution.time) index -= 1;
    entries.splice(index, 0, { execution, after: this.base });
    if (this.refold(index)) return true;
    entries.splice(index, 1);
    this.refold(index);
    return false;
  }

  /** Works out the holdings from an entry on; says whether the last of them is within range. */
  private refold(from: number): boolean {
    const { entries } = this;
    let holding = from === 0 ? this.base : entries[from - 1]!.after;
    for (let index = from; index < entries.length; index += 1) {
      const entry = entries[index]!;
      holding = this.next(holding, entry.execution);
      entry.after = holding;
    }
    this.current = holding;
    return isInRange(holding);
  }

  private next(before: Holding, execution: Execution): Holding {
    // A busted execution stays, so that its duplicates are recognised, but does not count.
    if (execution.state !== ExecutionState.Booked) return before;
    return booked(before, execution, this.terms.currency, this.terms.contract);
  }

  // From the end: what is busted or corrected is mostly young.
  private indexOf(executionId: string): number {
    let index = this.entries.length - 1;
    while (index >= 0 && this.entries[index]!.execution.executionId !== executionId) index -= 1;
    return index;
  }
}
