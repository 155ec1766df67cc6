/** Reads one topic partition entry by entry; every entry is verified and must begin where the one before ended. */
import { BackendError, type LogReader } from '../../runtime/ports/backend';
import type { Progress, TopicPartition } from '../../runtime/ports/epoch';
import { type Chunk, MessageCursor } from '../../runtime/wire/messages';
import { Kind, keyOf, logKey } from './keys';
import { damagedEntry, messagesOf, openEntry } from './log-entry';
import type { LogState } from './log-state';

export class EmbeddedReader implements LogReader {
  readonly partition: TopicPartition;
  private readonly topic: number;
  private next: number;
  /** The part of an entry that was too long for the last poll. */
  private rest: Chunk | undefined;
  private stopWaiting: (() => void) | undefined;
  private wake: (() => void) | undefined;
  private closed = false;
  /** It wants whatever is the oldest, and has read nothing yet: what is dropped before it begins is not missed. */
  private fromOldest: boolean;
  private readonly letGo: () => void;

  constructor(
    private readonly state: LogState,
    at: Progress,
    private readonly name: string,
  ) {
    this.partition = { topic: at.topic, partition: at.partition };
    this.topic = state.topic(at).number;
    const { first, next } = this.ends();
    this.fromOldest = at.next === 0;
    this.next = this.fromOldest ? first : at.next;
    if (this.next > next)
      throw new BackendError(
        `reader "${name}" wants offset ${at.next} of ${this.place()}, which ends at ${next}. Has the folder been replaced by an older copy?`,
      );
    this.letGo = state.register(() => ({ ...this.partition, next: this.next }));
  }

  poll(maxBytes: number): Chunk | undefined {
    while (!this.closed) {
      const chunk = this.rest ?? this.load();
      if (!chunk) return undefined;
      const { head, rest } = cut(chunk, this.next, maxBytes);
      this.rest = rest;
      this.next = head.nextOffset;
      this.fromOldest = false;
      if (head.count > 0) return head;
    }
    return undefined;
  }

  atEnd(): boolean {
    return this.closed || (!this.rest && this.next >= this.ends().next);
  }

  whenArrived(): Promise<void> {
    if (this.closed || this.rest || this.next < this.ends().next) return Promise.resolve();
    return new Promise((resolve) => {
      this.wake = resolve;
      this.stopWaiting = this.state.onChange(this.topic, this.partition.partition, resolve);
    });
  }

  close(): void {
    this.closed = true;
    this.letGo();
    this.stopWaiting?.();
    this.wake?.();
  }

  private ends(): { readonly first: number; readonly next: number } {
    return this.state.ends(this.topic, this.partition.partition);
  }

  private place(): string {
    return `topic "${this.partition.topic}", partition ${this.partition.partition}`;
  }

  private load(): Chunk | undefined {
    this.passDropped(this.ends().first);
    if (this.next >= this.ends().next) return undefined;
    return this.entry() ?? this.entryAfterAll();
  }

  /** A reader that is asked for before it is registered may find that retention went first. Throws BackendError. */
  private passDropped(first: number): void {
    if (this.next >= first) return;
    if (!this.fromOldest)
      throw new BackendError(
        `reader "${this.name}" wants offset ${this.next} of ${this.place()}, which is kept from ${first} on. Set a bookmark, or lengthen the retention.`,
      );
    this.next = first;
  }

  /** The entry that begins here, or the last one before, if it covers the offset. */
  private entry(): Chunk | undefined {
    const key = this.key();
    const value = this.state.view.get(key);
    if (value) return messagesOf(key, openEntry(key, value));
    const end = keyOf(Kind.Log, this.topic, this.partition.partition);
    for (const found of this.state.view.range({ start: key, end, reverse: true, limit: 1 })) {
      const entry = openEntry(found.key, found.value);
      if (entry.next > this.next) return messagesOf(found.key, entry);
    }
    return undefined;
  }

  /** Nothing is there: dropped a moment ago, which this thread has not heard yet, or damaged. */
  private entryAfterAll(): Chunk | undefined {
    const { first, next } = this.state.endsNow(this.topic, this.partition.partition);
    this.passDropped(first);
    if (this.next >= next) return undefined;
    const entry = this.entry();
    if (!entry) throw damagedEntry(this.key(), 'no entry begins here or covers it');
    return entry;
  }

  private key(): Buffer {
    return logKey(this.topic, this.partition.partition, this.next);
  }
}

/** The messages of a chunk from an offset on, up to about `maxBytes` but at least one; and what remains. */
export function cut(
  chunk: Chunk,
  from: number,
  maxBytes: number,
): { readonly head: Chunk; readonly rest: Chunk | undefined } {
  if (from <= chunk.baseOffset && chunk.bytes.length <= maxBytes) return { head: chunk, rest: undefined };
  const cursor = new MessageCursor().over(chunk);
  let start = chunk.bytes.length;
  let count = 0;
  let before = 0;
  while (cursor.next()) {
    if (cursor.offset < from) {
      before += 1;
      continue;
    }
    if (count === 0) start = cursor.messageStart;
    else if (cursor.valueEnd - start > maxBytes) {
      const { offset, messageStart } = cursor;
      return {
        head: { ...chunk, nextOffset: offset, count, bytes: chunk.bytes.subarray(start, messageStart) },
        rest: { ...chunk, count: chunk.count - before - count, bytes: chunk.bytes.subarray(messageStart) },
      };
    }
    count += 1;
  }
  return { head: { ...chunk, count, bytes: chunk.bytes.subarray(start) }, rest: undefined };
}
