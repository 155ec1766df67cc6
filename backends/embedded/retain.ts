/**
 * Drops what has been kept long enough: whole entries of topics, oldest first, and recorded epochs. Never past the
 * slowest reader; of a state topic in frames nothing of the latest snapshot; of a state topic in rows nothing, since
 * compaction keeps it small.
 */
import type { Failpoint } from '../../runtime/failpoint';
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
export const MICROS_AN_HOUR = 3.6e9;
/** How long epochs are recorded: a day can be replayed. */
const EPOCH_HOURS = 24;

/** Answers whether there is more to drop. */
export function retain(tx: Transaction, holds: Holds, failpoint: Failpoint): boolean {
  for (const { key, value } of [...tx.range(prefixed(keyOf(Kind.Topic)))]) {
    const topic = unsealJson<TopicRecord>(key, value);
    if (topic.kind === 'state' && topic.layout === 'rows') continue;
    for (let partition = 0; partition < topic.partitions; partition += 1)
      if (retainPartition(tx, holds, topic, partition, failpoint)) return true;
  }
  for (const { key, value } of [...tx.range(prefixed(keyOf(Kind.Task)))])
    if (retainEpochs(tx, unsealJson<TaskRecord>(key, value))) return true;
  return false;
}

function retainPartition(
  tx: Transaction,
  holds: Holds,
  topic: TopicRecord,
  partition: number,
  failpoint: Failpoint,
): boolean {
  const ends = tx.ends(topic.number, partition);
  const kept = topic.kind === 'event' ? ends.next : (ends.snapshot?.offset ?? ends.first);
  const limit = Math.min(kept, holds.limit(topic.name, partition, ends.next));
  if (ends.first >= limit) return false;
  const oldest = tx.aged - topic.retentionHours * MICROS_AN_HOUR;
  let { first, bytes } = ends;
  const start = logKey(topic.number, partition, first);
  const end = logKey(topic.number, partition, limit);
  const found = [...tx.range({ start, end, limit: SLICE_ENTRIES })];
  let more = found.length === SLICE_ENTRIES;
  for (const { key, value } of found) {
    const entry = openEntry(key, value);
    if (entry.appendedAt >= oldest || entry.next > limit) {
      more = false;
      break;
    }
    tx.remove(key);
    first = entry.next;
    bytes -= value.length;
  }
  if (first === ends.first) return false;
  failpoint('retain.in-transaction');
  tx.setEnds(topic.number, partition, { ...ends, first, bytes });
  return more;
}

function retainEpochs(tx: Transaction, task: TaskRecord): boolean {
  const oldest = tx.aged - EPOCH_HOURS * MICROS_AN_HOUR;
  const start = epochKey(task.number, task.firstEpoch);
  // The last epoch stays: the next one is chained to it.
  const end = epochKey(task.number, task.epoch);
  let { firstEpoch } = task;
  let looked = 0;
  for (const { key, value } of [...tx.range({ start, end, limit: SLICE_ENTRIES })]) {
    if (decodeRecord(task, unseal(key, value)).committedAt >= oldest) break;
    tx.remove(key);
    firstEpoch = longOfKey(key) + 1;
    looked += 1;
  }
  if (firstEpoch === task.firstEpoch) return false;
  tx.putJson(textKey(Kind.Task, taskName(task)), { ...task, firstEpoch } satisfies TaskRecord);
  return looked === SLICE_ENTRIES;
}
