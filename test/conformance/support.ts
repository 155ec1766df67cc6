/** Messages, topics and epochs as small as they can be, and how to read a topic until it has brought so many. */
import type { Backend, TaskStore, TopicSpec } from '../../runtime/ports/backend';
import type { Epoch, RecordedStep, SnapshotMark } from '../../runtime/ports/epoch';
import type { TableChanges } from '../../runtime/tables/table';
import { type Chunk, MessageCursor, MessageWriter } from '../../runtime/wire/messages';

export const QUOTES: TopicSpec = {
  name: 'market.quotes',
  kind: 'event',
  layout: 'rows',
  partitions: 2,
  retentionHours: 24,
};
export const POSITIONS: TopicSpec = { ...QUOTES, name: 'ledger.positions', kind: 'state', partitions: 1 };
export const MARKS: TopicSpec = { ...POSITIONS, name: 'market.marks', layout: 'columns' };

export interface Message {
  readonly key: string;
  /** None: a tombstone. */
  readonly value: string | undefined;
  readonly headers?: readonly (readonly [string, string])[];
}

export const SCHEMA_ID = 7;

export function chunkOf(...messages: readonly (string | Message)[]): Chunk {
  const writer = new MessageWriter();
  for (const one of messages) {
    const { key, value, headers = [] } = typeof one === 'string' ? { key: one, value: one } : one;
    writer.begin(key, headers, SCHEMA_ID);
    if (value === undefined) writer.endTombstone();
    else {
      writer.to.string(value);
      writer.end();
    }
  }
  return writer.take();
}

export const to = (
  topic: string,
  partition: number,
  messages: Chunk,
): { readonly topic: string; readonly partition: number; readonly messages: Chunk } => ({
  topic,
  partition,
  messages,
});

export interface ReadMessage extends Required<Message> {
  readonly offset: number;
}

export function messagesIn(chunk: Chunk): ReadMessage[] {
  const cursor = new MessageCursor().over(chunk);
  const read: ReadMessage[] = [];
  while (cursor.next()) {
    const { offset, bytes, valueStart, valueEnd } = cursor;
    const text = bytes.subarray(valueStart + 5, valueEnd);
    read.push({
      offset,
      key: cursor.key(),
      headers: cursor.headers(),
      // A long below 64 bytes or not: the zigzag length is one byte or two.
      value: cursor.isTombstone()
        ? undefined
        : text.toString('utf8', text[0]! < 128 ? 1 : text[1]! < 128 ? 2 : 3),
    });
  }
  return read;
}

export interface Place {
  readonly topic: string;
  readonly partition?: number;
  readonly from?: number;
  readonly maxBytes?: number;
}

/** Reads until `count` messages have come. */
export async function read(
  { log }: Pick<Backend, 'log'>,
  count: number,
  { topic, partition = 0, from = 0, maxBytes = 1 << 20 }: Place,
): Promise<ReadMessage[]> {
  const reader = log.reader({ topic, partition, next: from }, 'a test');
  const messages: ReadMessage[] = [];
  while (messages.length < count) {
    const chunk = reader.poll(maxBytes);
    if (chunk) messages.push(...messagesIn(chunk));
    else await reader.whenArrived();
  }
  reader.close();
  return messages;
}

export const keysOf = (messages: readonly ReadMessage[]): readonly string[] => messages.map(({ key }) => key);

export const TASK = { job: 'risk', partition: 0 };

/** An epoch of one step, or of those given. */
export function epoch(
  number: number,
  parts: {
    readonly outputs?: readonly {
      readonly topic: string;
      readonly partition: number;
      readonly messages: Chunk;
    }[];
    readonly tables?: readonly TableChanges[];
    readonly steps?: readonly Partial<RecordedStep>[];
    readonly marks?: readonly SnapshotMark[];
  } = {},
): Epoch {
  const { outputs = [], tables = [], steps = [{}], marks } = parts;
  return {
    task: TASK,
    number,
    build: 'test',
    firstStep: (number - 1) * steps.length,
    steps: steps.map((step) => ({ now: number * 1_000, read: [], dead: [], snapshots: [], ...step })),
    outputs,
    tables,
    marks,
  };
}

/** Rows by slot; undefined is a deletion. */
export function changes(
  rows: ReadonlyMap<number, string | undefined>,
  { table = 'positions', schema = '"string"', nextSlot = Math.max(0, ...rows.keys()) + 1 } = {},
): TableChanges {
  const texts = [...rows.values()].map((text) => Buffer.from(text ?? ''));
  let end = 0;
  return {
    table,
    schema,
    slots: Uint32Array.from(rows.keys()),
    ends: Uint32Array.from(texts, ({ length }) => {
      end += length;
      return end;
    }),
    bytes: Buffer.concat(texts),
    nextSlot,
  };
}

export function rowsOf(
  store: TaskStore,
  table = 'positions',
): readonly (readonly [number, string, string])[] {
  const rows: [number, string, string][] = [];
  store.restored.table(table)?.forEach((slot, record, schema) => {
    rows.push([slot, record.bytes.toString('utf8', record.at, record.end), schema]);
  });
  return rows;
}
