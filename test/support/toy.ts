/**
 * A small job for tests of the runtime: amounts by key are summed, noted, and echoed by a timer.
 *
 *   toy.amounts ── sum [sums] ──┬──► toy.sums (state, rows)
 *   (event, rows)               └── late [echoes] ──► toy.echoes (event, rows): the sum, a second after it changed
 */

import { fuse } from '../../runtime/graph/job';
import { pipeline } from '../../runtime/graph/pipeline';
import type { Clock } from '../../runtime/ports/clock';
import { type Changes, changesOf } from '../../runtime/stream/changes';
import type { RowsCodec } from '../../runtime/stream/codec';
import { operator, type Stream } from '../../runtime/stream/operator';
import { partitioned, topic } from '../../runtime/stream/topic';
import { type Rows, rowsTable } from '../../runtime/tables/rows';
import { type Timers, timersTable } from '../../runtime/tables/timers';
import type { DeadLetterRow } from '../../runtime/task/runner';
import type { ByteReader, ByteWriter } from '../../runtime/wire/bytes';
import { MessageWriter } from '../../runtime/wire/messages';

export interface Amount {
  readonly key: number;
  readonly amount: number;
}

function amountCodec(record: string): RowsCodec<Amount> {
  return {
    layout: 'rows',
    record,
    schema: JSON.stringify({
      type: 'record',
      name: record,
      fields: [
        { name: 'key', type: 'int' },
        { name: 'amount', type: 'long' },
      ],
    }),
    encode: ({ key, amount }: Amount, to: ByteWriter) => {
      to.int(key);
      to.long(amount);
    },
    decode: (from: ByteReader) => ({ key: from.int(), amount: from.long() }),
  };
}

const letterCodec: RowsCodec<DeadLetterRow> = {
  layout: 'rows',
  record: 'toy.DeadLetter',
  schema: '{"type":"record","name":"toy.DeadLetter","fields":[{"name":"json","type":"string"}]}',
  encode: (row, to) => to.string(JSON.stringify({ ...row, key: [...row.key], value: [...row.value] })),
  decode: (from) => {
    const row = JSON.parse(from.string()) as DeadLetterRow;
    return { ...row, key: Uint8Array.from(row.key), value: Uint8Array.from(row.value) };
  },
};

export const amounts = topic({
  name: 'toy.amounts',
  kind: 'event',
  codec: amountCodec('toy.Amount'),
  key: ['key'],
  partitionedBy: 'key',
  numbers: { key: 'toy' },
});
export const sums = topic({
  name: 'toy.sums',
  kind: 'state',
  codec: amountCodec('toy.Sum'),
  key: ['key'],
  partitionedBy: 'key',
});
export const echoes = topic({
  name: 'toy.echoes',
  kind: 'event',
  codec: amountCodec('toy.Echo'),
  key: ['key'],
  partitionedBy: 'key',
});
export const letters = topic({ name: 'toy.dead_letters', kind: 'event', codec: letterCodec, key: ['topic'] });

const sumsTable = rowsTable<Amount>({
  name: 'sums',
  codec: amountCodec('toy.Sum'),
  key: ({ key }) => String(key),
  limit: 1000,
});
const echoTimers = timersTable({ name: 'echo-timers', limit: 1000 });

/** An amount that no operator survives. */
export const POISON = 666;
/** An amount after which there is no sum of its key. */
export const FORGET = -999;

export type Sums = Changes<Amount, 'key'>;

function sum(from: Stream<readonly Amount[]>, table: Rows<Amount>): Stream<Sums> {
  return operator('sum', { from }, () => {
    const changed = new Map<number, Amount | undefined>();
    return {
      on: {
        from(rows) {
          for (const { key, amount } of rows) {
            if (amount === POISON) throw new RangeError('the amount is poison');
            if (amount === FORGET) {
              table.delete(String(key));
              changed.set(key, undefined);
              continue;
            }
            const total = { key, amount: (table.get(String(key))?.amount ?? 0) + amount };
            table.set(total);
            changed.set(key, total);
          }
        },
      },
      emit() {
        const set = [...changed.values()].filter((row) => row !== undefined);
        const removed = [...changed].filter(([, row]) => row === undefined).map(([key]) => ({ key }));
        changed.clear();
        return changesOf(set, removed);
      },
    };
  });
}

function echo(changes: Stream<Sums>, timers: Timers, table: Rows<Amount>): Stream<readonly Amount[]> {
  return operator('echo', { fired: timers.fired, changes }, () => {
    let echoed: Amount[] = [];
    return {
      on: {
        fired({ length, key }) {
          for (let index = 0; index < length; index += 1) {
            const row = table.get(String(key[index]));
            if (row) echoed.push(row);
          }
        },
        changes({ set }, { now }) {
          for (const { key } of set) if (!timers.isSet(key)) timers.set(key, now + 1_000_000);
        },
      },
      emit() {
        const emitted = echoed;
        echoed = [];
        return emitted;
      },
    };
  });
}

const toyOver = (distributed: typeof partitioned) =>
  pipeline({
    name: 'toy',
    reads: { amounts: distributed(amounts) },
    state: { sums: sumsTable, timers: echoTimers },
    writes: { sums, echoes },
    sinks: [],
    build: (from, state) => {
      const summed = sum(from.amounts, state.sums);
      return { sums: summed, echoes: echo(summed, state.timers, state.sums) };
    },
  });

export const toyJob = (partitions = 1, distributed = partitioned) =>
  fuse({ name: 'toy-job', pipelines: [toyOver(distributed)], partitions });

/** Amounts as messages of `toy.amounts`. */
export function amountsAsMessages(rows: readonly Amount[], schemaId: number) {
  const writer = new MessageWriter();
  for (const row of rows) {
    writer.begin(String(row.key), [], schemaId);
    (amounts.codec as RowsCodec<Amount>).encode(row, writer.to);
    writer.end();
  }
  return writer.take();
}

/** A clock that a test sets; `after` fires when it is set past the time. */
export class HandClock implements Clock {
  private lead = 0;
  private waiting: { readonly at: number; readonly callback: () => void }[] = [];

  constructor(private time = 1_700_000_000_000_000) {}

  now(): number {
    return this.time + this.lead;
  }

  elapsed(): number {
    return this.time;
  }

  /** Sets the wall clock so far from the time that passes. */
  mislead(micros: number): void {
    this.lead = micros;
  }

  /** Lets time pass until the wall clock, if nothing misleads it, shows so much. */
  set(time: number): void {
    this.time = time;
    const due = this.waiting.filter(({ at }) => at <= time);
    this.waiting = this.waiting.filter(({ at }) => at > time);
    for (const { callback } of due) callback();
  }

  after(micros: number, callback: () => void): () => void {
    const entry = { at: this.time + micros, callback };
    this.waiting.push(entry);
    return () => {
      this.waiting = this.waiting.filter((one) => one !== entry);
    };
  }

  turn(): Promise<void> {
    return new Promise(setImmediate);
  }
}
