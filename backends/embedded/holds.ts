/** How far everyone who is known to read has come: neither retention nor compaction goes beyond. */
import type { Progress } from '../../runtime/ports/epoch';
import { Kind, keyOf } from './keys';
import type { BookmarkRecord, TaskRecord } from './records';
import { unsealJson } from './seal';
import { prefixed } from './store';
import type { Transaction } from './transaction';

export class Holds {
  private readonly lowest = new Map<string, number>();

  /** Tasks by their committed progress, bookmarks by what they need, open readers by where they stand. */
  constructor(tx: Transaction, open: readonly Progress[]) {
    for (const { topic, partition, next } of open) this.hold(topic, partition, next);
    for (const { key, value } of tx.range(prefixed(keyOf(Kind.Task))))
      for (const place of unsealJson<TaskRecord>(key, value).progress) this.hold(...place);
    for (const { key, value } of tx.range(prefixed(keyOf(Kind.Bookmark))))
      for (const place of unsealJson<BookmarkRecord>(key, value).needs) this.hold(...place);
  }

  /** The lowest offset that anyone still needs, or `end` where nobody needs any. */
  limit(topic: string, partition: number, end: number): number {
    return Math.min(end, this.lowest.get(`${topic}/${partition}`) ?? end);
  }

  private hold(topic: string, partition: number, next: number): void {
    const place = `${topic}/${partition}`;
    this.lowest.set(place, Math.min(next, this.lowest.get(place) ?? next));
  }
}
