/**
 * Declares how the records of a numbered table are found: by a pair of numbers that they hold, such as account and
 * instrument, and all that share the second of them. That is a join: what comes for a pair finds its record, and what comes for a
 * number finds whom it concerns.
 *
 * State: none of its own. The index and the chains are derived from the table, in which they are built anew.
 */
import type { Numbered, NumberedColumns } from './numbered';
import { PairIndex } from './pair-index';
import { SlotChains } from './slot-chains';

export interface PairColumns<C> {
  readonly first: keyof C & string;
  /** Records that share it are chained. */
  readonly second: keyof C & string;
}

export class Pairs<C extends NumberedColumns> {
  private readonly index: PairIndex;
  private readonly chains = new SlotChains();

  constructor(
    private readonly table: Numbered<C>,
    private readonly names: PairColumns<C>,
  ) {
    this.index = new PairIndex(table.size);
    for (let slot = table.next(0); slot >= 0; slot = table.next(slot + 1)) this.know(slot);
  }

  /** The slot of a pair, or -1. */
  find(first: number, second: number): number {
    return this.index.get(first, second);
  }

  /** The slot of a pair, which is added where there is none, its other columns as where nothing was set. */
  open(first: number, second: number): number {
    const known = this.index.get(first, second);
    if (known >= 0) return known;
    const slot = this.table.add();
    this.table.columns[this.names.first]![slot] = first;
    this.table.columns[this.names.second]![slot] = second;
    this.know(slot);
    return slot;
  }

  /** Removes a record from the table, and from here. */
  remove(slot: number): void {
    const { first, second } = this.names;
    const { columns } = this.table;
    this.index.delete(columns[first]![slot]!, columns[second]![slot]!);
    this.chains.remove(columns[second]![slot]!, slot);
    this.table.remove(slot);
  }

  /** The highest slot whose second number is this one, or -1: `for (let s = firstOf(n); s >= 0; s = nextOf(s))`. */
  firstOf(second: number): number {
    return this.chains.firstOf(second);
  }

  nextOf(slot: number): number {
    return this.chains.nextOf(slot);
  }

  private know(slot: number): void {
    const { columns } = this.table;
    const second = columns[this.names.second]![slot]!;
    this.index.set(columns[this.names.first]![slot]!, second, slot);
    this.chains.add(second, slot);
  }
}
