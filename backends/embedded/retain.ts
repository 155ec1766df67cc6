/**
 * Drops what has been kept long enough: whole entries of topics, oldest first, and recorded epochs. Never past the
 * slowest reader; of a state topic in frames nothing of the latest snapshot; of a state topic in rows nothing, since
 * compaction keeps it small.
 *
 * When room runs short the rest goes by size: first whatever has had the largest share of its time, so that a day of
 * quotes gives way before a month of dead letters, and the books, which are kept for years, last of all. That they do is
 * told.
 */
import type { Failpoint } from '../../runtime/ports/failpoint';
import { decodeRecord } from './epoch-entry';
import type { Holds } from './holds';
import { epochKey, Kind, keyOf, logKey, longOfKey, textKey } from './keys';
import { openEntry } from './log-entry';
import { type TaskRecord, type TopicRecord, taskName } from './records';
import { unseal, unsealJson } from './seal';
import { prefixed } from './store';
import type { Transaction } from './transaction';

/** Values looked at in one transaction at most. */
const SLICE_ENTRIES = 256;
/** And so many bytes of them: when room runs short a slice should not take more than is wanted. */
const SLICE_BYTES = 4 * 2 ** 20;
export const MICROS_AN_HOUR = 3.6e9;
/** How long epochs are recorded: a day can be replayed. */
const EPOCH_HOURS = 24;
/** What is to be kept for longer is missed when it is gone. */
const BOOKS_HOURS = 24 * 365;

export interface RetainOptions {
  readonly holds: Holds;
  readonly failpoint: Failpoint;
  /** Room runs short: one slice of what is not yet old goes as well. */
  readonly squeezed: boolean;
  /** Told of books that room ran short for. */
  readonly onCut: (topic: string, hours: number) => void;
}

/** What may be dropped from one end, oldest first. */
interface Droppable {
  readonly hours: number;
  readonly name: string;
  /** When the oldest of it was written; undefined where nothing may be dropped. */
  oldest(): number | undefined;
  /** Drops what was written before, a slice of it; answers whether there is more. */
  drop(before: number): boolean;
}

/** Answers whether there is more to drop. */
export function retain(tx: Transaction, options: RetainOptions): boolean {
  const all = droppables(tx, options);
  for (const one of all) if (one.drop(tx.aged - one.hours * MICROS_AN_HOUR)) return true;
  return options.squeezed && squeeze(tx, all, options.onCut);
}

/** Drops from whatever has had the largest share of its time. */
function squeeze(tx: Transaction, all: readonly Droppable[], onCut: RetainOptions['onCut']): boolean {
  let first: Droppable | undefined;
  let share = Number.NEGATIVE_INFINITY;
  for (const one of all) {
    const oldest = one.oldest();
    if (oldest === undefined) continue;
    const had = (tx.now - oldest) / one.hours;
    if (had <= share) continue;
    share = had;
    first = one;
  }
  if (!first) return false;
  first.drop(Number.POSITIVE_INFINITY);
  if (first.hours > BOOKS_HOURS) onCut(first.name, first.hours);
  return true;
}

function droppables(tx: Transaction, options: RetainOptions): readonly Droppable[] {
  const all: Droppable[] = [];
  for (const { key, value } of [...tx.range(prefixed(keyOf(Kind.Topic)))]) {
    const topic = unsealJson<TopicRecord>(key, value);
    if (topic.kind === 'state' && topic.layout === 'rows') continue;
    for (let partition = 0; partition < topic.partitions; partition += 1)
      all.push(new Entries(tx, options, topic, partition));
  }
  for (const { key, value } of [...tx.range(prefixed(keyOf(Kind.Task)))])
    all.push(new Epochs(tx, unsealJson<TaskRecord>(key, value)));
  return all;
}

/** Entries of one topic partition that nobody needs. */
class Entries implements Droppable {
  readonly hours: number;
  readonly name: string;

  constructor(
    private readonly tx: Transaction,
    private readonly options: RetainOptions,
    private readonly topic: TopicRecord,
    private readonly partition: number,
  ) {
    this.hours = topic.retentionHours;
    this.name = topic.name;
  }

  oldest(): number | undefined {
    for (const { key, value } of this.found(1)) {
      const { appendedAt, next } = openEntry(key, value);
      return next <= this.limit() ? appendedAt : undefined;
    }
    return undefined;
  }

  drop(before: number): boolean {
    const { tx, topic, partition } = this;
    const ends = tx.ends(topic.number, partition);
    const limit = this.limit();
    let { first, bytes } = ends;
    let more = false;
    let looked = 0;
    for (const { key, value } of [...this.found(SLICE_ENTRIES)]) {
      const entry = openEntry(key, value);
      more = entry.appendedAt < before && entry.next <= limit;
      if (!more || ends.bytes - bytes > SLICE_BYTES) break;
      tx.remove(key);
      first = entry.next;
      bytes -= value.length;
      looked += 1;
    }
    if (first === ends.first) return false;
    this.options.failpoint('retain.in-transaction');
    tx.setEnds(topic.number, partition, { ...ends, first, bytes });
    return more && looked > 0;
  }

  private found(limit: number): Iterable<{ readonly key: Buffer; readonly value: Buffer }> {
    const { tx, topic, partition } = this;
    const { first } = tx.ends(topic.number, partition);
    const end = this.limit();
    if (first >= end) return [];
    const start = logKey(topic.number, partition, first);
    return tx.range({ start, end: logKey(topic.number, partition, end), limit });
  }

  private limit(): number {
    const { tx, topic, partition } = this;
    const ends = tx.ends(topic.number, partition);
    const kept = topic.kind === 'event' ? ends.next : (ends.snapshot?.offset ?? ends.first);
    return Math.min(kept, this.options.holds.limit(topic.name, partition, ends.next));
  }
}

/** Recorded epochs of one task. The last one stays: the next one is chained to it. */
class Epochs implements Droppable {
  readonly hours = EPOCH_HOURS;
  readonly name = 'epochs';

  constructor(
    private readonly tx: Transaction,
    private readonly task: TaskRecord,
  ) {}

  oldest(): number | undefined {
    for (const { key, value } of this.found(1))
      return decodeRecord(this.task, unseal(key, value)).committedAt;
    return undefined;
  }

  drop(before: number): boolean {
    const { tx, task } = this;
    let { firstEpoch } = task;
    let looked = 0;
    for (const { key, value } of [...this.found(SLICE_ENTRIES)]) {
      if (decodeRecord(task, unseal(key, value)).committedAt >= before) break;
      tx.remove(key);
      firstEpoch = longOfKey(key) + 1;
      looked += 1;
    }
    if (firstEpoch === task.firstEpoch) return false;
    tx.putJson(textKey(Kind.Task, taskName(task)), { ...task, firstEpoch } satisfies TaskRecord);
    return looked === SLICE_ENTRIES;
  }

  private found(limit: number): Iterable<{ readonly key: Buffer; readonly value: Buffer }> {
    const { number, firstEpoch, epoch } = this.task;
    if (firstEpoch >= epoch) return [];
    return this.tx.range({ start: epochKey(number, firstEpoch), end: epochKey(number, epoch), limit });
  }
}
