/** Appends entries to the log within a transaction: offsets are allotted here and nowhere else. */
import { BackendError } from '../../runtime/ports/backend';
import type { EpochOutput } from '../../runtime/ports/epoch';
import { logKey } from './keys';
import { type Origin, sealEntry } from './log-entry';
import type { EntryPlace } from './protocol';
import type { Transaction } from './transaction';

export function writeOutputs(
  tx: Transaction,
  buffer: ArrayBuffer,
  outputs: readonly EntryPlace[],
  origin: Omit<Origin, 'appendedAt'>,
): readonly EpochOutput[] {
  return outputs.map(({ topic: name, partition, at, length, count, span, crc }) => {
    const topic = tx.topic(name);
    checkPartition(topic, partition);
    const ends = tx.ends(topic.number, partition);
    const key = logKey(topic.number, partition, ends.next);
    const entry = Buffer.from(buffer, at, length);
    sealEntry(key, entry, { count, span, crc, ...origin, appendedAt: tx.now }, 0);
    tx.put(key, entry);
    const next = ends.next + span;
    tx.setEnds(topic.number, partition, { ...ends, next, bytes: ends.bytes + length });
    return { topic: name, partition, first: ends.next, next, crc };
  });
}

export function checkPartition(
  { name, partitions }: { readonly name: string; readonly partitions: number },
  partition: number,
): void {
  if (!Number.isInteger(partition) || partition < 0 || partition >= partitions)
    throw new BackendError(`topic "${name}" has ${partitions} partitions, and no partition ${partition}.`);
}

/** Refuses whatever could not be written, before anything is. */
export function checkOutputs(tx: Transaction, outputs: readonly EntryPlace[]): void {
  for (const { topic, partition } of outputs) checkPartition(tx.topic(topic), partition);
}
