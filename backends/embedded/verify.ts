/**
 * The core of `breakwater check DIR`: walks everything that is stored and says what does not fit. It changes nothing.
 *
 * What it holds against each other: meta pages, file length and witness; the census; every checksum; ends, entries and
 * offsets of each topic partition without gaps; every epoch's hash chain, its outputs and how it left each table; what
 * bookmarks and tasks have read against what there is.
 */
import { CorruptionError } from '../../runtime/ports/backend';
import { takeCensus } from './census';
import { checkOwnerFile } from './claim';
import type { Findings, Tally } from './findings';
import { checkDataFile, prepareFolder } from './folder';
import { Kind, keyOf } from './keys';
import type { BookmarkRecord, TaskRecord, TopicRecord } from './records';
import { unsealJson } from './seal';
import { lastTransactionOf, openLmdb, prefixed, View } from './store';
import { verifyPartition } from './verify-log';
import { verifyEpochs, verifyTables } from './verify-task';

/** Throws BackendError where the folder cannot be read at all: in use, of a later format, not there. */
export async function verify(dir: string): Promise<Findings> {
  const damage: string[] = [];
  const tally: Tally = { topics: 0, entries: 0, messages: 0, tasks: 0, epochs: 0, records: 0 };
  const attempt = (part: () => void): boolean => {
    try {
      part();
      return true;
    } catch (error) {
      // LMDB finds damage of its own: its errors are findings too.
      if (error instanceof CorruptionError || isOfLmdb(error)) damage.push((error as Error).message);
      else throw error;
      return false;
    }
  };
  checkOwnerFile(dir);
  const mayBeMapped = attempt(() => {
    prepareFolder(dir, false);
    checkDataFile(dir, { mayExtend: false, every: true });
  });
  if (mayBeMapped) {
    const db = openLmdb({ dir, mapBytes: 2 ** 30, readOnly: true });
    const view = new View(db);
    attempt(() => takeCensus(view, lastTransactionOf(db)));
    attempt(() => walk(view, tally, attempt));
    await db.close();
  }
  return { damage, ...tally };
}

const isOfLmdb = (error: unknown): boolean =>
  error instanceof Error && (error.message.startsWith('MDB_') || 'code' in error);

function walk(view: View, tally: Tally, attempt: (part: () => void) => boolean): void {
  const topics = list<TopicRecord>(view, Kind.Topic);
  const ends = new Map<string, number>();
  for (const topic of topics) {
    tally.topics += 1;
    for (let partition = 0; partition < topic.partitions; partition += 1)
      attempt(() => ends.set(`${topic.name}/${partition}`, verifyPartition(view, topic, partition, tally)));
  }
  const checkRead = (who: string, [topic, partition, next]: readonly [string, number, number]): void => {
    if (next > (ends.get(`${topic}/${partition}`) ?? 0))
      throw new CorruptionError(
        `${who} has read topic "${topic}", partition ${partition} up to ${next}, beyond its end.`,
      );
  };
  for (const task of list<TaskRecord>(view, Kind.Task)) {
    tally.tasks += 1;
    attempt(() => verifyEpochs(view, task, tally));
    attempt(() => verifyTables(view, task, tally));
    for (const place of task.progress) attempt(() => checkRead(`task ${task.job}/${task.partition}`, place));
  }
  for (const { needs } of list<BookmarkRecord>(view, Kind.Bookmark))
    for (const place of needs) attempt(() => checkRead('a bookmark', place));
}

const list = <T>(view: View, kind: Kind): readonly T[] =>
  [...view.range(prefixed(keyOf(kind)))].map(({ key, value }) => unsealJson<T>(key, value));

export type { Findings } from './findings';
