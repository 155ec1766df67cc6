/** Reference data as they are: read from their topics, whoever holds the folder. */
import type { Topic } from '../../runtime/stream/topic';
import { versions } from '../../schemas/reference';
import type { FeedRow } from '../../sources/feed';
import { fieldOfJson } from '../../sources/field-text';
import { recordFields } from '../../sources/record-fields';
import type { Access, TailRecord } from '../access';
import { CommandError } from '../exit-codes';
import type { ShownRow } from '../topic-decoder';
import { REFERENCE_TOPICS } from './kinds';
import { type ReferenceRow, referenceRow } from './reference-row';

export interface StoredReference {
  readonly rows: readonly ReferenceRow[];
  /** That of the last load, 0 before the first. */
  readonly version: number;
  /** How much loads have sent: who sends on from there has seen all of it. */
  readonly sequence: number;
}

/** Under which name loads are counted. */
export const REFERENCE_PRODUCER = 'reference data';

export const NOTHING_STORED: StoredReference = { rows: [], version: 0, sequence: 0 };

export async function storedReference(access: Access, signal: AbortSignal): Promise<StoredReference> {
  // Asked first: a load that comes meanwhile then makes ours refused, and not ours blind.
  const { sequence } = await access.producer(REFERENCE_PRODUCER);
  const rows: ReferenceRow[] = [];
  for (const of of REFERENCE_TOPICS) {
    const last = await lastRecords(access, of.topic, signal);
    for (const shown of last.values()) rows.push(referenceRow(of, rowOf(of.topic, shown)));
  }
  const loads = await lastRecords(access, versions, signal);
  const version = Math.max(0, ...[...loads.values()].map((load) => Number(load['version'])));
  return { rows, version, sequence };
}

/** The last record of each key, without those that were removed, in the order in which they were written. */
async function lastRecords(
  access: Access,
  topic: Topic,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ShownRow>> {
  const last = new Map<string, ShownRow>();
  // All that is not divided by a field lies in the first partition.
  const request = { topic: topic.name, partition: 0, from: 'start', follow: false } as const;
  for await (const records of access.tail(request, signal))
    for (const record of records) {
      last.delete(record.key);
      const shown = readable(record);
      if (shown) last.set(record.key, shown);
    }
  return last;
}

function readable({ topic, offset, record, problem }: TailRecord): ShownRow | null {
  if (problem !== undefined)
    throw new CommandError(
      `${topic}/0 at offset ${offset} ${problem}. Reference data are not compared with what cannot be read: run breakwater check.`,
    );
  return record;
}

const rowOf = (topic: Topic, shown: ShownRow): FeedRow =>
  Object.fromEntries(recordFields(topic).map((field) => [field.name, fieldOfJson(field, shown[field.name])]));
