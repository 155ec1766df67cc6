/**
 * Keys that a state topic held and that its pipeline, made anew, does not know any more: their tombstones. Both are read
 * from the log, so that a run that was cut short finds the same.
 *
 * State: the keys of one partition at a time.
 */
import type { Log } from '../ports/backend';
import type { Output, Progress } from '../ports/epoch';
import { MessageCursor, MessageWriter, REMOVED_AT } from '../wire/messages';

export interface VanishedOptions {
  readonly backend: { readonly log: Pick<Log, 'reader' | 'ends'> };
  readonly schemaIds: ReadonlyMap<string, number>;
  /** When they are removed: the task's clock, micros. */
  readonly now: number;
}

/** Tombstones for keys that were there below `next` of a place, and have not been written since. */
export function vanished(
  replaced: readonly Progress[],
  { backend: { log }, schemaIds, now }: VanishedOptions,
  /** What is written from here on is not looked at. */
  end = Number.POSITIVE_INFINITY,
): Output[] {
  return replaced.flatMap((place) => {
    const { topic, partition } = place;
    const keys = keysGone(log, place, end);
    if (keys.size === 0) return [];
    const writer = new MessageWriter();
    for (const key of keys) {
      writer.begin(key, [[REMOVED_AT, String(now)]], schemaIds.get(topic)!);
      writer.endTombstone();
    }
    return [{ topic, partition, messages: writer.take() }];
  });
}

function keysGone(
  log: VanishedOptions['backend']['log'],
  { topic, partition, next }: Progress,
  until: number,
): Set<string> {
  const keys = new Set<string>();
  const { first, next: last } = log.ends({ topic, partition });
  const end = Math.min(last, until);
  const reader = log.reader({ topic, partition, next: first }, 'fill');
  const cursor = new MessageCursor();
  for (let chunk = reader.poll(POLL_BYTES); chunk; chunk = reader.poll(POLL_BYTES)) {
    cursor.over(chunk);
    while (cursor.next()) {
      if (cursor.offset >= end) break;
      if (cursor.offset >= next || cursor.isTombstone()) keys.delete(cursor.key());
      else keys.add(cursor.key());
    }
    if (chunk.nextOffset >= end) break;
  }
  reader.close();
  return keys;
}

const POLL_BYTES = 1 << 20;
