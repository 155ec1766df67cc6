/**
 * Timers are table rows (due, key): saved with the epoch, restored with it, and fired at the start of the first step
 * whose `now` has reached them, in order of due, then key.
 *
 * Keys are small integers, one timer a key: setting it again moves it. What fires reaches the operator as a batch of
 * the stream `fired`, like any other input. For what is refreshed constantly, do not move the timer: let it fire, look
 * whether it is still wanted, and set it anew.
 */
import type { ByteWriter } from './bytes';
import type { RowsCodec } from './codec';
import { Numbered, type NumberedTable, numberedTable } from './numbered';
import type { Stream } from './operator';
import type { Columns } from './step';
import type { SavedTable, Table, TableChanges, TableDefinition } from './table';

export interface FiredTimers extends Columns {
  readonly key: Int32Array;
  readonly due: Float64Array;
}

interface TimerColumns {
  readonly [name: string]: Float64Array;
  readonly due: Float64Array;
}

const codec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.runtime.Timer',
  schema: JSON.stringify({
    type: 'record',
    name: 'breakwater.runtime.Timer',
    doc: 'A timer; the number of its slot is its key.',
    fields: [
      {
        name: 'due',
        type: 'long',
        doc: 'When it fires, microseconds since 1970 UTC; -1 when it is not set.',
      },
    ],
  }),
  encode: (row, to) => to.long(row['due']!),
  decode: (from) => ({ due: from.long() }),
};

export class Timers implements Table {
  /** What fired in a step; empty in most. Set by the task that opened the table. */
  fired!: Stream<FiredTimers>;
  private readonly table: Numbered<TimerColumns>;
  /** A binary heap of [due, key], with entries that were overtaken still in it. */
  private readonly heap: (readonly [due: number, key: number])[] = [];

  constructor(definition: NumberedTable<TimerColumns>, saved?: SavedTable) {
    this.table = new Numbered(definition, saved);
    const { due } = this.table.columns;
    for (let key = 0; key < this.table.length; key += 1) if (due[key]! >= 0) this.push([due[key]!, key]);
  }

  get work(): Table['work'] {
    return this.table.work;
  }

  get size(): number {
    return this.table.size;
  }

  set(key: number, due: number): void {
    this.table.ensure(key);
    this.table.columns.due[key] = due;
    this.table.touch(key);
    this.push([due, key]);
  }

  cancel(key: number): void {
    if (!this.table.has(key)) return;
    this.table.columns.due[key] = -1;
    this.table.touch(key);
  }

  isSet(key: number): boolean {
    return this.table.has(key) && this.table.columns.due[key]! >= 0;
  }

  nextDue(): number | undefined {
    while (this.heap.length > 0 && !this.stands(this.heap[0]!)) this.pop();
    return this.heap[0]?.[0];
  }

  /** Takes the keys whose time has come. */
  fire(now: number): FiredTimers {
    const keys: number[] = [];
    const dues: number[] = [];
    for (let due = this.nextDue(); due !== undefined && due <= now; due = this.nextDue()) {
      const key = this.pop()[1];
      this.table.columns.due[key] = -1;
      this.table.touch(key);
      keys.push(key);
      dues.push(due);
    }
    return keys.length === 0
      ? NONE_FIRED
      : { length: keys.length, key: Int32Array.from(keys), due: Float64Array.from(dues) };
  }

  takeChanges(scratch: ByteWriter): TableChanges | undefined {
    return this.table.takeChanges(scratch);
  }

  private stands([due, key]: readonly [number, number]): boolean {
    return this.table.columns.due[key] === due;
  }

  private push(entry: readonly [number, number]): void {
    const { heap } = this;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(heap[at]!, heap[parent]!)) return;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  private pop(): readonly [number, number] {
    const { heap } = this;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && isBefore(heap[child]!, heap[least]!)) least = child;
      }
      if (least === at) return first;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }
}

const isBefore = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

export const NONE_FIRED: FiredTimers = {
  length: 0,
  key: new Int32Array(0),
  due: new Float64Array(0),
};

export function timersTable({
  name,
  limit,
}: {
  readonly name: string;
  readonly limit: number;
}): TableDefinition<Timers> {
  const definition = numberedTable<TimerColumns>({
    name,
    codec,
    encodeAt: ({ due }, slot, to) => to.long(due[slot]!),
    limit,
    allocate: (capacity) => ({ due: new Float64Array(capacity) }),
    fillers: { due: -1 },
  });
  return Object.freeze({
    name,
    record: codec.record,
    schema: codec.schema,
    limit,
    open: (saved?: SavedTable) => new Timers(definition, saved),
  });
}
