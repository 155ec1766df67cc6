/**
 * One LMDB write transaction as the operations see it. Whatever they keep in memory besides is undone when it fails, so
 * that the same requests can be run again with the same bytes.
 */
import type { Database } from 'lmdb';
import { BackendError } from '../../runtime/ports/backend';
import { CENSUS_KEYS, type Census, isCounted } from './census';
import { Kind, keyOf, textKey } from './keys';
import type { NewEnds } from './protocol';
import { type EndsRecord, missingEnds, type TopicRecord } from './records';
import { sealJson, unsealJson } from './seal';

export class Transaction {
  /** Writes so far: an operation that is refused must not have made any. */
  writes = 0;
  /** Stamps what is written, micros; never behind what was believed before. */
  readonly now: number;
  /** The time by which things are old enough to be dropped. */
  readonly aged: number;
  private readonly counts: Record<number, number>;
  private stored: number;
  private readonly undos: (() => void)[] = [];
  private readonly changedEnds = new Map<string, NewEnds>();

  constructor(
    private readonly db: Database<Buffer, Buffer>,
    before: Census,
    time: { readonly stamp: number; readonly aged: number },
  ) {
    this.now = time.stamp;
    this.aged = time.aged;
    this.counts = { ...before.counts };
    this.stored = before.stored;
  }

  get(key: Buffer): Buffer | undefined {
    return this.db.getBinary(key);
  }

  json<T>(key: Buffer): T | undefined {
    const value = this.get(key);
    return value && unsealJson<T>(key, value);
  }

  *range(options: {
    readonly start: Buffer;
    readonly end: Buffer;
    readonly limit?: number;
    readonly reverse?: boolean;
  }): Generator<{ readonly key: Buffer; readonly value: Buffer }> {
    for (const { key, value } of this.db.getRange(options)) yield { key: Buffer.from(key), value };
  }

  /** Entries of log, epochs and tables are never overwritten: they are removed first. */
  put(key: Buffer, value: Buffer): void {
    this.writes += 1;
    this.count(key, 1);
    if (isBulk(key)) this.stored += footprint(value.length);
    this.db.putSync(key, value);
  }

  putJson(key: Buffer, value: unknown): void {
    this.put(key, sealJson(key, value));
  }

  remove(key: Buffer): void {
    this.writes += 1;
    this.count(key, -1);
    if (isBulk(key)) this.stored -= footprint(this.db.getBinaryFast(key)?.length ?? 0);
    this.db.removeSync(key);
  }

  /** What entries of log, epochs and tables take of the file by now, bytes, about. */
  get storedBytes(): number {
    return this.stored;
  }

  /** Writes the census under the store's first and last key: the last thing a transaction does. */
  finish(): Census {
    const census: Census = {
      transaction: this.db.getWriteTxnId(),
      now: this.aged,
      counts: this.counts,
      stored: this.stored,
    };
    for (const key of CENSUS_KEYS) this.db.putSync(key, sealJson(key, census));
    return census;
  }

  private count(key: Buffer, change: 1 | -1): void {
    const kind = key[0]!;
    if (!isCounted(kind) || this.db.doesExist(key) === change > 0) return;
    this.counts[kind] = (this.counts[kind] ?? 0) + change;
  }

  /** Says how to take back what was changed in memory, should the transaction fail. */
  onUndo(undo: () => void): void {
    this.undos.push(undo);
  }

  undo(): void {
    for (let index = this.undos.length - 1; index >= 0; index -= 1) this.undos[index]!();
  }

  topic(name: string): TopicRecord {
    const topic = this.json<TopicRecord>(textKey(Kind.Topic, name));
    if (!topic)
      throw new BackendError(`topic "${name}" does not exist. Create it before anything is written to it.`);
    return topic;
  }

  ends(topic: number, partition: number): EndsRecord {
    const ends = this.json<EndsRecord>(keyOf(Kind.Ends, topic, partition));
    if (!ends) throw missingEnds(topic, partition);
    return ends;
  }

  setEnds(topic: number, partition: number, ends: EndsRecord): void {
    this.putJson(keyOf(Kind.Ends, topic, partition), ends);
    const { first, next } = ends;
    this.changedEnds.set(`${topic}/${partition}`, { topic, partition, first, next });
  }

  newEnds(): readonly NewEnds[] {
    return [...this.changedEnds.values()];
  }
}

const isBulk = (key: Buffer): boolean =>
  key[0] === Kind.Log || key[0] === Kind.Epoch || key[0] === Kind.Table;

const PAGE_BYTES = 4096;
/** What LMDB and the key add to a value. */
const NODE_BYTES = 28;
/** Longer values lie on pages of their own. */
const ON_PAGE_MAX = 1978;

/** What a value takes of the file, about. */
function footprint(bytes: number): number {
  if (bytes <= ON_PAGE_MAX) return bytes + NODE_BYTES;
  return Math.ceil((bytes + NODE_BYTES) / PAGE_BYTES) * PAGE_BYTES;
}
