/** Writes a run of log entries again as fewer and larger ones, without the messages that are overtaken. */

import { crc32 } from '../../runtime/wire/crc32';
import { MessageCursor } from '../../runtime/wire/messages';
import { logKey } from './keys';
import { Flag, LOG_HEADER_BYTES, messagesOf, NO_TASK, openEntry, sealEntry } from './log-entry';
import type { TopicRecord } from './records';
import type { Transaction } from './transaction';

const MERGED_BYTES = 128 * 1024;

export class EntryMerger {
  private base = -1;
  private next = 0;
  private appendedAt = 0;
  private count = 0;
  private size = 0;
  private parts: Buffer[] = [];
  private writtenBytes = 0;
  private readonly cursor = new MessageCursor();

  constructor(
    private readonly tx: Transaction,
    private readonly run: {
      readonly topic: TopicRecord;
      readonly partition: number;
      /** The last offset of each key; keys that are not in it have none later. */
      readonly lastOf: ReadonlyMap<string, number>;
    },
    /** Deletions from before this instant have been seen by all. */
    private readonly oldest: number,
  ) {}

  /** Takes an entry out of the store; what is worth keeping of it goes into the one being built. */
  take(key: Buffer, value: Buffer): void {
    const entry = openEntry(key, value);
    const chunk = messagesOf(key, entry);
    if (this.base < 0) this.base = entry.base;
    // A deletion is dropped only when it was compacted before: then it has been kept for its time again.
    const mayDrop = (entry.flags & Flag.Compacted) !== 0 && entry.appendedAt < this.oldest;
    const { cursor } = this;
    cursor.over(chunk);
    while (cursor.next()) {
      const last = this.run.lastOf.get(cursor.key()) ?? cursor.offset;
      if (last > cursor.offset || (mayDrop && cursor.isTombstone())) continue;
      const message = Buffer.from(chunk.bytes.subarray(cursor.messageStart, cursor.valueEnd));
      message.writeUInt32LE(cursor.offset - this.base, 0);
      this.parts.push(message);
      this.size += message.length;
      this.count += 1;
    }
    this.tx.remove(key);
    this.next = entry.next;
    this.appendedAt = Math.max(this.appendedAt, entry.appendedAt);
    if (this.size >= MERGED_BYTES) this.flush();
  }

  /** Writes what is left; answers what all entries weigh that were written. */
  finish(): number {
    if (this.base >= 0) this.flush();
    return this.writtenBytes;
  }

  private flush(): void {
    const entry = Buffer.concat([Buffer.alloc(LOG_HEADER_BYTES), ...this.parts]);
    const { topic, partition } = this.run;
    const key = logKey(topic.number, partition, this.base);
    const written = {
      count: this.count,
      span: this.next - this.base,
      crc: crc32(entry.subarray(LOG_HEADER_BYTES)),
      appendedAt: this.appendedAt,
      writer: NO_TASK,
      sequence: 0,
    };
    sealEntry(key, entry, written, Flag.Compacted);
    this.tx.put(key, entry);
    this.writtenBytes += entry.length;
    this.base = -1;
    this.appendedAt = 0;
    this.count = 0;
    this.size = 0;
    this.parts = [];
  }
}
