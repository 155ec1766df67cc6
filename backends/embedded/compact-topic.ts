/**
 * Compacts a state topic in rows: of each key only the last record stays, at the offset it always had. Two passes in
 * small transactions: the first learns the last offset of each key among what is new, the second writes everything
 * before again without what is overtaken. A record is left alone until it has been kept for the topic's retention and
 * every known reader has passed it, or until room runs short; a deletion stays that long again, so that slow readers see it.
 *
 * State: the keys of what is being compacted, at most KEYS_MAX; forgotten when the process ends, and begun anew.
 */
import type { Failpoint } from '../../runtime/ports/failpoint';
import { MessageCursor } from '../../runtime/wire/messages';
import { EntryMerger } from './entry-merger';
import type { Holds } from './holds';
import { Kind, keyOf, logKey } from './keys';
import { damagedEntry, messagesOf, openEntry } from './log-entry';
import type { TopicRecord } from './records';
import { MICROS_AN_HOUR } from './retain';
import { unsealJson } from './seal';
import { prefixed } from './store';
import type { Transaction } from './transaction';

const DIRTY_BYTES_MIN = 2 ** 20;
const SLICE_BYTES = 512 * 1024;
const SLICE_ENTRIES = 256;
const KEYS_MAX = 1_000_000;

interface Pass {
  readonly topic: TopicRecord;
  readonly partition: number;
  readonly lastOf: Map<string, number>;
  /** Everything below was appended long enough ago, and read. */
  end: number;
  /** Learning: how far; then writing: how far. */
  at: number;
  writing: boolean;
  cleanBytes: number;
}

export class TopicCompactor {
  private pass: Pass | undefined;
  private squeezed = false;

  constructor(private readonly failpoint: Failpoint) {}

  /** Does one slice of work; answers whether there is more. */
  slice(tx: Transaction, holds: Holds, squeezed = false): boolean {
    const before = this.pass && { ...this.pass };
    tx.onUndo(() => {
      this.pass = before;
    });
    this.squeezed = squeezed;
    this.pass ??= this.choose(tx, holds);
    if (!this.pass) return false;
    if (this.pass.writing) this.write(tx, this.pass);
    else this.learn(tx, this.pass);
    return true;
  }

  private choose(tx: Transaction, holds: Holds): Pass | undefined {
    for (const { key, value } of [...tx.range(prefixed(keyOf(Kind.Topic)))]) {
      const topic = unsealJson<TopicRecord>(key, value);
      if (topic.kind !== 'state' || topic.layout !== 'rows') continue;
      for (let partition = 0; partition < topic.partitions; partition += 1) {
        const { bytes, clean, cleanBytes, next, first } = tx.ends(topic.number, partition);
        if (bytes - cleanBytes < Math.max(DIRTY_BYTES_MIN, cleanBytes)) continue;
        const end = holds.limit(topic.name, partition, next);
        const at = Math.max(first, clean);
        if (end > at && this.isReady(tx, topic, partition, { at, end }))
          return { topic, partition, lastOf: new Map(), end, at, writing: false, cleanBytes: 0 };
      }
    }
    return undefined;
  }

  /** Whether at least the first new entry may be compacted: else there is nothing to do yet. */
  private isReady(
    tx: Transaction,
    topic: TopicRecord,
    partition: number,
    { at, end }: { readonly at: number; readonly end: number },
  ): boolean {
    const key = logKey(topic.number, partition, at);
    const value = tx.get(key);
    if (!value) throw damagedEntry(key, 'it is missing');
    const { appendedAt, next } = openEntry(key, value);
    return appendedAt < this.leftAlone(tx, topic) && next <= end;
  }

  private learn(tx: Transaction, pass: Pass): void {
    const { topic, partition, lastOf } = pass;
    const cursor = new MessageCursor();
    const oldest = this.leftAlone(tx, topic);
    let bytes = 0;
    for (const { key, value } of tx.range(this.region(pass))) {
      const entry = openEntry(key, value);
      if (entry.appendedAt >= oldest || entry.next > pass.end || lastOf.size >= KEYS_MAX) {
        pass.end = entry.base;
        break;
      }
      cursor.over(messagesOf(key, entry));
      while (cursor.next()) lastOf.set(cursor.key(), cursor.offset);
      pass.at = entry.next;
      bytes += value.length;
      if (bytes > SLICE_BYTES) break;
    }
    if (pass.at < pass.end) {
      if (bytes === 0) throw damagedEntry(logKey(topic.number, partition, pass.at), 'it is missing');
      return;
    }
    pass.writing = true;
    pass.at = tx.ends(topic.number, partition).first;
  }

  private write(tx: Transaction, pass: Pass): void {
    const { topic, partition } = pass;
    const before = tx.ends(topic.number, partition);
    const merger = new EntryMerger(tx, pass, oldestOf(tx, topic));
    let read = 0;
    for (const { key, value } of [...tx.range(this.region(pass))]) {
      merger.take(key, value);
      read += value.length;
      pass.at = openEntry(key, value).next;
      if (read > SLICE_BYTES) break;
    }
    const written = merger.finish();
    this.failpoint('compact.topic');
    pass.cleanBytes += written;
    if (read === 0) throw damagedEntry(logKey(topic.number, partition, pass.at), 'it is missing');
    const isDone = pass.at >= pass.end;
    tx.setEnds(topic.number, partition, {
      ...before,
      bytes: before.bytes - read + written,
      ...(isDone && { clean: pass.end, cleanBytes: pass.cleanBytes }),
    });
    if (isDone) this.pass = undefined;
  }

  /** Records from then on are left alone: none when room runs short, for what is overtaken tells nobody anything new. */
  private leftAlone(tx: Transaction, topic: TopicRecord): number {
    return this.squeezed ? Number.POSITIVE_INFINITY : oldestOf(tx, topic);
  }

  private region({ topic, partition, at, end }: Pass): { start: Buffer; end: Buffer; limit: number } {
    return {
      start: logKey(topic.number, partition, at),
      end: logKey(topic.number, partition, end),
      limit: SLICE_ENTRIES,
    };
  }
}

const oldestOf = (tx: Transaction, topic: TopicRecord): number =>
  tx.aged - topic.retentionHours * MICROS_AN_HOUR;
