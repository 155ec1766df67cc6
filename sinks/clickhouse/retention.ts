/**
 * How long tables keep what happened. What was known before the first day kept goes; of a state the last record of each key
 * before that day stays, so that what was known at any time since can still be asked, and what holds now is whole. Roll-ups
 * hold what their base supports.
 *
 * Rows go and are counted anew while nobody follows the table. What will be left is noted before, so that a process killed
 * in between goes on where it was, and rows that are missing for another reason are still found missing.
 */
import type { Bookmarks } from '../../runtime/ports/backend';
import type { Clock } from '../../runtime/ports/clock';
import type { Database } from '../../runtime/ports/database';
import type { ClickhouseSink } from './clickhouse';
import { DATABASE } from './create-table';
import { CutLog } from './cut-log';
import { knownTime } from './known-time';
import { type Rollup, repairRollup } from './rollup';
import { sqlName } from './sql-text';
import { NO_SEAL } from './table-content';

/** Days that are kept, by table; a table that is not named keeps everything. */
export type RetentionDays = Readonly<Partial<Record<string, number>>>;

export const RETENTION_DAYS_MAX = 36_500;

/** Tables cut by time may let go of it; names and terms are needed as long as anything that goes by them. */
export const hasRetention = ({ partitionBy }: Pick<ClickhouseSink, 'partitionBy'>): boolean =>
  partitionBy !== 'none';

const DAY_MICROS = 86_400_000_000;

/** The start of the first day that is kept, UTC. */
export const firstKept = (now: number, days: number): number =>
  (Math.floor(now / DAY_MICROS) - days) * DAY_MICROS;

export interface LetGoOptions {
  readonly database: Database;
  readonly bookmarks: Bookmarks;
  readonly clock: Pick<Clock, 'now'>;
  readonly sink: ClickhouseSink;
  /** Those fed by the sink's table. */
  readonly rollups: readonly Rollup[];
  /** Partitions of the topic. */
  readonly partitions: number;
}

/** What is being let go, and what will be left of each topic partition. */
interface Intent {
  readonly before: number;
  readonly left: readonly number[];
}

const intentName = ({ name }: ClickhouseSink): string => `${name}.retention`;

/** Lets go of what was known before a time. Answers how many rows went. */
export async function letGo(options: LetGoOptions, before: number): Promise<number> {
  const { database, sink, bookmarks, partitions } = options;
  const rows = await database.rows<{
    readonly partition: number;
    readonly kept: string;
    readonly gone: string;
  }>(
    `SELECT _partition AS partition, toString(countIf(NOT (${goes(sink, before)}))) AS kept, toString(countIf(${goes(sink, before)})) AS gone FROM ${at(sink)} GROUP BY partition`,
  );
  const gone = rows.reduce((sum, row) => sum + Number(row.gone), 0);
  if (gone === 0) return 0;
  const keptOf = new Map(rows.map((row) => [Number(row.partition), Number(row.kept)]));
  const left = Array.from({ length: partitions }, (_, partition) => keptOf.get(partition) ?? 0);
  const intent: Intent = { before, left };
  await bookmarks.set({ name: intentName(sink), state: Buffer.from(JSON.stringify(intent)), needs: [] });
  await carryOut(options, intent);
  return gone;
}

/** Brings to its end what a process that died had begun. To be called before the table is held against the log of cuts. */
export async function finishLettingGo(options: LetGoOptions): Promise<void> {
  const bookmark = options.bookmarks.get(intentName(options.sink));
  if (bookmark) await carryOut(options, JSON.parse(Buffer.from(bookmark.state).toString('utf8')) as Intent);
}

async function carryOut(options: LetGoOptions, { before, left }: Intent): Promise<void> {
  const { database, sink, rollups, bookmarks } = options;
  await database.command(
    `ALTER TABLE ${at(sink)} DELETE WHERE ${goes(sink, before)} SETTINGS mutations_sync = 2`,
  );
  for (const [partition, rows] of left.entries()) await countAnew(options, partition, rows);
  for (const rollup of rollups) await repairRollup(database, rollup);
  await bookmarks.remove(intentName(sink));
}

/** Where other rows are left than were meant to be, the log of cuts stays as it is: whoever compares finds the difference. */
async function countAnew(
  { database, sink, bookmarks, clock }: LetGoOptions,
  partition: number,
  left: number,
): Promise<void> {
  const cutLog = new CutLog(bookmarks, sink.name, { topic: sink.from.name, partition });
  if (!cutLog.hasBegun) return;
  const state = cutLog.load(clock.now());
  const [held] = await database.rows<{ readonly rows: string; readonly done: string }>(
    `SELECT toString(count()) AS rows, toString(countIf(_offset < ${state.doneOffset})) AS done FROM ${at(sink)} WHERE _partition = ${partition} SETTINGS optimize_trivial_count_query = 0`,
  );
  if (Number(held!.rows) !== left) return;
  await cutLog.save({ ...state, doneRecords: Number(held!.done), seal: NO_SEAL });
}

const at = ({ table }: ClickhouseSink): string => `${DATABASE}.${sqlName(table)}`;

const PLACE = '_partition, _offset, _index';

/** Whether a row goes. Of a state the last that was known before of each key stays. */
function goes(sink: ClickhouseSink, before: number): string {
  const isBefore = `${knownTime(sink.from)} < fromUnixTimestamp64Micro(${before}, 'UTC')`;
  if (sink.from.kind === 'event') return isBefore;
  const key = sink.from.key.map(sqlName).join(', ');
  const last = `SELECT argMax((${PLACE}), (_offset, _index)) FROM ${at(sink)} WHERE ${isBefore} GROUP BY ${key}`;
  return `${isBefore} AND (${PLACE}) NOT IN (${last})`;
}
