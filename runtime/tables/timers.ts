/**
 * Timers are table rows (due, key): saved with the epoch, restored with it, and fired at the start of the first step
 * whose `now` has reached them, in order of due, then key.
 *
 * Keys are small integers, one timer a key: setting it again moves it. What fires reaches the operator as a batch of
 * the stream `fired`, like any other input. For what is refreshed constantly, do not move the timer: let it fire, look
 * whether it is still wanted, and set it anew.
 */

import type { RowsCodec } from '../stream/codec';
import type { Stream } from '../stream/operator';
import type { Columns } from '../stream/step';
import type { ByteWriter } from '../wire/bytes';
import { DueQueue } from './due-queue';
import { Numbered, type NumberedTable, numberedTable } from './numbered';
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
  private readonly queue = new DueQueue();

  constructor(definition: NumberedTable<TimerColumns>, saved?: SavedTable) {
    this.table = new Numbered(definition, saved);
    const { table } = this;
    for (let key = table.next(0); key >= 0; key = table.next(key + 1)) {
      const due = table.columns.due[key]!;
      if (due >= 0) this.queue.set(key, due);
    }
  }

  get work(): Table['work'] {
    return this.table.work;
  }

  get size(): number {
    return this.table.size;
  }

  set(key: number, due: number): void {
    this.table.touch(key);
    this.table.columns.due[key] = due;
    this.queue.set(key, due);
  }

  cancel(key: number): void {
    this.table.remove(key);
    this.queue.remove(key);
  }

  isSet(key: number): boolean {
    return this.queue.has(key);
  }

  /** When a timer fires, micros; undefined where it is not set. */
  dueOf(key: number): number | undefined {
    return this.isSet(key) ? this.table.columns.due[key] : undefined;
  }

  nextDue(): number | undefined {
    return this.queue.nextDue();
  }

  /** The key of the timer that falls due first; one must be set. */
  firstKey(): number {
    return this.queue.first();
  }

  /** Takes a timer away that was set for just then; answers whether it was. */
  putAside(key: number, due: number): boolean {
    if (!this.isSet(key) || this.table.columns.due[key] !== due) return false;
    this.cancel(key);
    return true;
  }

  /** Takes the keys whose time has come, at most so many. */
  fire(now: number, most = Number.POSITIVE_INFINITY): FiredTimers {
    const keys: number[] = [];
    const dues: number[] = [];
    for (
      let due = this.nextDue();
      due !== undefined && due <= now && keys.length < most;
      due = this.nextDue()
    ) {
      const key = this.queue.first();
      this.cancel(key);
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
}

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
