/** Checks one task: the chain of its epochs, where their outputs lie, and its tables. */
import { CorruptionError } from '../../runtime/ports/backend';
import type { Tally } from './findings';
import { Kind, keyOf, logKey, tableKey, textKey } from './keys';
import { damagedEntry, Flag, openEntry } from './log-entry';
import { recorded } from './recorded';
import type { EndsRecord, TaskRecord, TopicRecord } from './records';
import { restoreTable } from './restore';
import { prefixed, type View } from './store';

export function verifyEpochs(view: View, task: TaskRecord, tally: Tally): void {
  for (const epoch of recorded(view, task, task.firstEpoch)) {
    tally.epochs += 1;
    for (const { topic: name, partition, first, next, crc } of epoch.outputs) {
      const topic = view.json<TopicRecord>(textKey(Kind.Topic, name));
      const ends = topic && view.json<EndsRecord>(keyOf(Kind.Ends, topic.number, partition));
      if (!topic || !ends) throw new CorruptionError(`topic "${name}" of epoch ${epoch.number} is missing.`);
      // Dropped by retention, or written again by compaction: the epoch's own entry is no more.
      if (first < Math.max(ends.first, ends.clean)) continue;
      const key = logKey(topic.number, partition, first);
      const value = view.get(key);
      if (!value && (topic.kind === 'event' || topic.layout === 'columns'))
        throw damagedEntry(key, `epoch ${epoch.number} wrote it, and it is missing`);
      if (!value) continue;
      const entry = openEntry(key, value);
      if ((entry.flags & Flag.Compacted) === 0 && (entry.crc !== crc || entry.next !== next))
        throw damagedEntry(key, `it is not what epoch ${epoch.number} wrote`);
    }
  }
}

export function verifyTables(view: View, task: TaskRecord, tally: Tally): void {
  for (const [number, record] of task.tables.entries()) {
    for (const step of restoreTable(view, task.number, number, record)) if (step) tally.records += step.live;
    let entries = 0;
    for (const _ of view.range(prefixed(keyOf(Kind.Table, task.number, number)))) entries += 1;
    if (entries !== record.next - record.first)
      throw new CorruptionError(
        `table "${record.name}" has ${entries} entries instead of ${record.next - record.first}, up to ${tableKey(task.number, number, record.next).toString('hex')}.`,
      );
  }
}
