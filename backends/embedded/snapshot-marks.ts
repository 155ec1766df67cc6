/**
 * From where a state topic in frames can be rebuilt: where the last round of slices that ended had begun. Until another
 * one has ended, nothing behind that place may go.
 */
import type { SnapshotMark } from '../../runtime/ports/epoch';
import type { Transaction } from './transaction';
import { checkPartition } from './write-outputs';

/** Before the epoch's outputs are written: a round begins at or before the first of its slices. */
export function markSnapshots(tx: Transaction, marks: readonly SnapshotMark[]): void {
  for (const { topic: name, partition, mark } of marks) {
    const topic = tx.topic(name);
    checkPartition(topic, partition);
    const { round, ...ends } = tx.ends(topic.number, partition);
    if (mark === 'begins') tx.setEnds(topic.number, partition, { ...ends, round: ends.next });
    else if (round !== undefined)
      tx.setEnds(topic.number, partition, { ...ends, snapshot: { offset: round } });
  }
}
