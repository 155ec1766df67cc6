/**
 * The record of one epoch: everything that went into it besides the tables, what came out, and the hash of the record
 * before it. The task's thread writes the first part, the commit thread the second, where offsets and counts are known.
 */
import { createHash } from 'node:crypto';
import type {
  DeadMessage,
  Epoch,
  EpochOutput,
  EpochTable,
  Progress,
  RecordedEpoch,
  RecordedStep,
  SnapshotSlice,
  TaskId,
} from '../../runtime/ports/epoch';
import { ByteReader, ByteWriter } from '../../runtime/wire/bytes';

/** What an epoch computed: the part that its task's thread encodes. */
export type Computed = Pick<Epoch, 'number' | 'build' | 'firstStep' | 'steps'>;

/** What its commit made of it. */
export interface Committed {
  readonly committedAt: number;
  readonly outputs: readonly EpochOutput[];
  readonly tables: readonly EpochTable[];
  readonly previous: Uint8Array;
}

export const CHAIN_BYTES = 32;
/** The hash before the first epoch. */
export const NO_CHAIN: Uint8Array = new Uint8Array(CHAIN_BYTES);

/** The hash that the next record will name as its previous. */
export const chainOf = (record: Uint8Array): Buffer => createHash('sha256').update(record).digest();

export function encodeComputed(epoch: Computed, to: ByteWriter): void {
  const topics = new Map<string, number>();
  const indexOf = (topic: string): number => {
    const known = topics.get(topic);
    if (known !== undefined) return known;
    topics.set(topic, topics.size);
    return topics.size - 1;
  };
  const body = new ByteWriter(1024);
  for (const step of epoch.steps) encodeStep(step, body, indexOf);
  to.long(epoch.number);
  to.string(epoch.build);
  to.long(epoch.firstStep);
  to.long(topics.size);
  for (const topic of topics.keys()) to.string(topic);
  to.long(epoch.steps.length);
  to.raw(body.take());
}

function encodeStep(step: RecordedStep, to: ByteWriter, indexOf: (topic: string) => number): void {
  to.long(step.now);
  to.long(step.read.length);
  for (const { topic, partition, next } of step.read) {
    to.long(indexOf(topic));
    to.long(partition);
    to.long(next);
  }
  to.long(step.dead.length);
  for (const dead of step.dead) {
    to.long(indexOf(dead.topic));
    to.long(dead.partition);
    to.long(dead.offset);
    to.string(dead.reason);
    to.string(dead.detail);
    to.string(dead.by);
  }
  // Below zero where only one timer fired: entries from before there was such a thing read as they did.
  to.long(step.oneTimer ? -1 - step.snapshots.length : step.snapshots.length);
  for (const { topic, from, to: end } of step.snapshots) {
    // Below zero where a slice follows: earlier versions wrote topics whole.
    to.long(-1 - indexOf(topic));
    to.long(from);
    to.long(end);
  }
}

/** The whole record: the computed part as it came, then what the commit knows. */
export function encodeRecord(computed: Uint8Array, committed: Committed, to: ByteWriter): Buffer {
  to.at = 0;
  to.raw(computed);
  to.long(committed.committedAt);
  to.long(committed.outputs.length);
  for (const output of committed.outputs) {
    to.string(output.topic);
    to.long(output.partition);
    to.long(output.first);
    to.long(output.next);
    to.uint32(output.crc);
    to.boolean(false);
  }
  to.long(committed.tables.length);
  for (const table of committed.tables) {
    to.string(table.table);
    to.long(table.changed);
    to.long(table.live);
    to.long(table.hash);
    to.long(table.nextSlot);
    to.uint32(table.crc);
  }
  to.raw(committed.previous);
  return to.take();
}

export function decodeRecord(task: TaskId, record: Buffer): RecordedEpoch & { readonly previous: Buffer } {
  const from = new ByteReader().over(record);
  const number = from.long();
  const build = from.string();
  const firstStep = from.long();
  const topics = list(from, () => from.string());
  const steps = list(from, () => decodeStep(from, topics));
  const committedAt = from.long();
  const outputs = list(from, () => {
    const output = {
      topic: from.string(),
      partition: from.long(),
      first: from.long(),
      next: from.long(),
      crc: from.uint32(),
    };
    // Earlier versions said here whether it was a snapshot.
    from.boolean();
    return output;
  });
  const tables = list(from, () => ({
    table: from.string(),
    changed: from.long(),
    live: from.long(),
    hash: from.long(),
    nextSlot: from.long(),
    crc: from.uint32(),
  }));
  const previous = record.subarray(from.at, from.at + CHAIN_BYTES);
  return { task, number, build, firstStep, steps, committedAt, outputs, tables, previous };
}

function decodeStep(from: ByteReader, topics: readonly string[]): RecordedStep {
  const now = from.long();
  const read = list(
    from,
    (): Progress => ({ topic: topics[from.long()]!, partition: from.long(), next: from.long() }),
  );
  const dead = list(
    from,
    (): DeadMessage => ({
      topic: topics[from.long()]!,
      partition: from.long(),
      offset: from.long(),
      reason: from.string(),
      detail: from.string(),
      by: from.string(),
    }),
  );
  const count = from.long();
  const snapshots = Array.from({ length: count < 0 ? -1 - count : count }, () => decodeSlice(from, topics));
  return { now, read, ...(count < 0 && { oneTimer: true }), dead, snapshots };
}

function decodeSlice(from: ByteReader, topics: readonly string[]): SnapshotSlice {
  const index = from.long();
  if (index >= 0) return { topic: topics[index]!, from: 0, to: Number.MAX_SAFE_INTEGER };
  return { topic: topics[-1 - index]!, from: from.long(), to: from.long() };
}

function list<T>(from: ByteReader, read: () => T): T[] {
  const count = from.long();
  const items: T[] = [];
  for (let index = 0; index < count; index += 1) items.push(read());
  return items;
}
