/** Checks one topic partition: every entry, its messages, and that nothing is missing between its ends. */
import { CorruptionError } from '../../runtime/ports/backend';
import { MessageCursor } from '../../runtime/wire/messages';
import type { Tally } from './findings';
import { Kind, keyOf } from './keys';
import { damagedEntry, messagesOf, openEntry } from './log-entry';
import { type EndsRecord, missingEnds, type TopicRecord } from './records';
import { prefixed, type View } from './store';

/** Answers the offset after the last message. Throws CorruptionError. */
export function verifyPartition(view: View, topic: TopicRecord, partition: number, tally: Tally): number {
  const ends = view.json<EndsRecord>(keyOf(Kind.Ends, topic.number, partition));
  if (!ends) throw missingEnds(topic.number, partition);
  const cursor = new MessageCursor();
  let expected = ends.first;
  let bytes = 0;
  for (const { key, value } of view.range(prefixed(keyOf(Kind.Log, topic.number, partition)))) {
    const entry = openEntry(key, value);
    if (entry.base !== expected)
      throw damagedEntry(key, `an entry that begins at ${expected} should come here`);
    cursor.over(messagesOf(key, entry));
    let count = 0;
    for (let before = entry.base - 1; cursor.next(); count += 1) {
      if (cursor.offset <= before || cursor.offset >= entry.next || cursor.valueEnd > entry.bytes.length)
        throw damagedEntry(key, `its message ${count} is out of place`);
      before = cursor.offset;
    }
    if (count !== entry.count)
      throw damagedEntry(key, `it holds ${count} messages instead of ${entry.count}`);
    tally.entries += 1;
    tally.messages += count;
    expected = entry.next;
    bytes += value.length;
  }
  if (expected !== ends.next || bytes !== ends.bytes)
    throw new CorruptionError(
      `topic "${topic.name}", partition ${partition} reaches offset ${expected} with ${bytes} bytes, not ${ends.next} with ${ends.bytes}.`,
    );
  return ends.next;
}
