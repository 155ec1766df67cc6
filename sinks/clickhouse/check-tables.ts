/**
 * Holds every table against its log of cuts and every rollup against its base, and repairs what differs on request.
 * Nothing may follow the tables meanwhile.
 */
import type { Bookmarks, Log } from '../../runtime/backend';
import type { Clock } from '../../runtime/clock';
import type { Database } from '../../runtime/database';
import type { ClickhouseSink } from './clickhouse';
import { DATABASE } from './create-table';
import { CutLog } from './cut-log';
import { countPartition } from './insert-statement';
import { compareRollup, rebuildRollup } from './rollup';
import { sqlName } from './sql-text';
import type { TableCatalogue } from './tables';

export interface CheckTablesOptions {
  readonly database: Database;
  readonly catalogue: TableCatalogue;
  readonly log: Pick<Log, 'ends' | 'topics'>;
  readonly bookmarks: Bookmarks;
  readonly clock: Pick<Clock, 'now'>;
  readonly repair: boolean;
}

export interface TableFinding {
  readonly object: string;
  /** What is wrong, in a sentence. */
  readonly problem: string;
  /** What was done about it, or what to do. */
  readonly remedy: string;
}

export async function checkTables(options: CheckTablesOptions): Promise<readonly TableFinding[]> {
  const partitionsOf = new Map(options.log.topics().map(({ name, partitions }) => [name, partitions]));
  const findings: TableFinding[] = [];
  for (const sink of options.catalogue.sinks)
    for (let partition = 0; partition < (partitionsOf.get(sink.from.name) ?? 0); partition += 1) {
      const finding = await checkPartition(options, sink, partition);
      if (finding) findings.push(finding);
    }
  return [...findings, ...(await checkRollups(options))];
}

async function checkPartition(
  options: CheckTablesOptions,
  sink: ClickhouseSink,
  partition: number,
): Promise<TableFinding | undefined> {
  const { database, bookmarks, clock, repair } = options;
  const place = { topic: sink.from.name, partition };
  const { doneRecords, pending } = new CutLog(bookmarks, sink.name, place).load(clock.now());
  const rows = await count(database, countPartition(sink, place));
  const most = doneRecords + (pending?.records ?? 0);
  if (rows === doneRecords || rows === most) return undefined;
  const problem = `holds ${rows} rows of partition ${partition}, and ${most} records were delivered.`;
  if (!repair)
    return { object: sink.table, problem, remedy: 'Stop the job and run `breakwater check --repair`.' };
  const kept = await fillAnew(options, sink, place);
  return {
    object: sink.table,
    problem,
    remedy: `Filled anew from offset ${kept} on, as far as the topic is kept.`,
  };
}

/** Takes out every row that the log can still give, and sets the sink back to where the log begins. */
async function fillAnew(
  { database, bookmarks, clock, log }: CheckTablesOptions,
  sink: ClickhouseSink,
  place: { readonly topic: string; readonly partition: number },
): Promise<number> {
  const { first } = log.ends(place);
  const cutLog = new CutLog(bookmarks, sink.name, place);
  const table = `${DATABASE}.${sqlName(sink.table)}`;
  const ofPlace = `_partition = ${place.partition}`;
  await database.command(
    `ALTER TABLE ${table} DELETE WHERE ${ofPlace} AND _offset >= ${first} SETTINGS mutations_sync = 2`,
  );
  const doneRecords = await count(database, `SELECT count() AS rows FROM ${table} WHERE ${ofPlace}`);
  const before = cutLog.load(clock.now());
  await cutLog.save({
    since: before.since,
    cuts: before.cuts + 1,
    doneOffset: first,
    doneRecords,
    pending: undefined,
  });
  return first;
}

async function checkRollups({
  database,
  catalogue,
  repair,
}: CheckTablesOptions): Promise<readonly TableFinding[]> {
  const findings: TableFinding[] = [];
  for (const rollup of catalogue.rollups) {
    const differences = await compareRollup(database, rollup);
    const places = differences.map(({ tablePartition }) => tablePartition);
    if (repair) await rebuildRollup(database, rollup, places);
    findings.push(
      ...differences.map(({ lines, tablePartition }) => ({
        object: rollup.name,
        problem: `${lines} lines of ${tablePartition} are not what ${rollup.from.table} says.`,
        remedy: repair ? 'Made anew from its base.' : 'Run `breakwater check --repair`.',
      })),
    );
  }
  return findings;
}

async function count(database: Database, sql: string): Promise<number> {
  const [row] = await database.rows<{ readonly rows: string }>(sql);
  return Number(row!.rows);
}
