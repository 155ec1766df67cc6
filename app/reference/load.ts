/**
 * Writes what a load changes, through the door that all records from outside pass. Every row carries the number of the
 * load; the load itself, with who and why, comes last, so that its number stands for what is all there.
 */
import { versions } from '../../schemas/reference';
import type { FeedRecord } from '../../sources/feed';
import type { Access } from '../access';
import { CommandError } from '../exit-codes';
import type { Change } from './changes';
import { REFERENCE_PRODUCER, type StoredReference } from './stored';

/** A batch is one message to whoever holds the folder: so many records, and about so many characters of terms. */
const BATCH_RECORDS = 2000;
const BATCH_CHARACTERS = 1 << 20;

export interface Load {
  readonly access: Access;
  readonly changes: readonly Change[];
  /** What the changes are changes of. */
  readonly stored: Pick<StoredReference, 'version' | 'sequence'>;
  readonly by: string;
  readonly why: string;
  /** Micros. */
  readonly now: number;
}

/** Answers the number of the load. Throws a CommandError where another load has come between, or a row is refused at the door. */
export async function writeLoad({ access, changes, stored, by, why, now }: Load): Promise<number> {
  const { sequence } = stored;
  const version = stored.version + 1;
  const told = { version, changedBy: by, why };
  const records: FeedRecord[] = changes.map(({ row }, index) => ({
    topic: row.of.topic.name,
    time: 0,
    sequence: index + 1,
    row: { ...row.row, ...told },
  }));
  const load = { ...told, rows: records.length, time: now };
  records.push({ topic: versions.name, time: 0, sequence: records.length + 1, row: load });
  let sent = 0;
  while (sent < records.length) {
    const batch = batchFrom(records, sent);
    const { duplicate } = await access.produce({
      producer: REFERENCE_PRODUCER,
      sequence: sequence + sent + batch.length,
      after: sequence + sent,
      records: batch,
    });
    // Whoever was faster has sent other rows under these numbers.
    if (duplicate)
      throw new CommandError('another load has come between. Nothing of this one was written: run it again.');
    sent += batch.length;
  }
  return version;
}

function batchFrom(records: readonly FeedRecord[], start: number): readonly FeedRecord[] {
  let end = start;
  for (let characters = 0; end < records.length && end - start < BATCH_RECORDS; end += 1) {
    characters += String(records[end]!.row['terms'] ?? '').length;
    if (characters > BATCH_CHARACTERS && end > start) break;
  }
  return records.slice(start, end);
}
