/**
 * Records of a file into a topic, resumably: batches are counted by the row that they end with, under the producer's
 * name, so the same command run again goes on behind the last row that was taken.
 */
import type { FeedRecord, Records } from '../sources/feed';
import type { Access } from './access';

const BATCH_RECORDS = 1000;

export interface ProduceOptions {
  readonly access: Access;
  readonly producer: string;
  readonly records: Records;
  readonly signal: AbortSignal;
  readonly onProgress: (taken: number) => void;
}

export interface Produced {
  readonly producer: string;
  /** Records that this run appended. */
  readonly appended: number;
  /** Records that were there from an earlier run. */
  readonly before: number;
  /** The row that was taken last. */
  readonly row: number;
}

export async function produce(options: ProduceOptions): Promise<Produced> {
  const { access, producer, records, signal, onProgress } = options;
  let row = await access.lastSequence(producer);
  let appended = 0;
  let before = 0;
  const send = async (batch: readonly FeedRecord[]): Promise<void> => {
    const { sequence } = batch.at(-1)!;
    const { duplicate } = await access.produce({ producer, sequence, records: batch });
    row = sequence;
    if (!duplicate) appended += batch.length;
    onProgress(appended);
  };
  let batch: FeedRecord[] = [];
  for await (const read of records) {
    for (const record of read) {
      if (record.sequence <= row && batch.length === 0) {
        before += 1;
        continue;
      }
      batch.push(record);
      if (batch.length < BATCH_RECORDS) continue;
      await send(batch);
      batch = [];
    }
    if (signal.aborted) break;
  }
  if (batch.length > 0) await send(batch);
  return { producer, appended, before, row };
}
