/**
 * Holds every table against its log of cuts and every rollup against its base, by content, and repairs what differs on
 * request. Nothing may follow the tables meanwhile.
 */
import type { Bookmarks, Log } from '../../runtime/ports/backend';
import type { Clock } from '../../runtime/ports/clock';
import type { Database } from '../../runtime/ports/database';
import type { ClickhouseSink } from './clickhouse';
import { createTable, DATABASE } from './create-table';
import { CutLog, type CutState } from './cut-log';
import { differentKeys, feedName, type Latest, missedKeys, rebuildLatest, rowsTable } from './latest';
import { type MigrationPlan, MigrationRefusedError, migrate, planMigration } from './migrate';
import {
  compareRollup,
  miscountedPartitions,
  type Rollup,
  rebuildRollup,
  resetRollup,
  stateTable,
} from './rollup';
import { sqlName, sqlText } from './sql-text';
import { brokenParts, dropParts, heldRows, NO_SEAL, validSeal } from './table-content';
import type { TableCatalogue } from './tables';

export interface CheckTablesOptions {
  readonly database: Database;
  readonly catalogue: TableCatalogue;
  readonly log: Pick<Log, 'ends' | 'topics'>;
  readonly bookmarks: Bookmarks;
  readonly clock: Pick<Clock, 'now'>;
  readonly repair: boolean;
  /** Whether tables whose rows cannot be kept in what is declared are put under another name and filled anew. */
  readonly setAside?: boolean;
  /** Rollups are counted only, not compared line by line: enough beside the engine's check of their files. */
  readonly countRollups?: boolean;
}

export interface TableFinding {
  readonly object: string;
  /** What is wrong, in a sentence. */
  readonly problem: string;
  /** What was done about it, or what to do. */
  readonly remedy: string;
  /** No damage: what an earlier version made becomes what this one declares. */
  readonly isChange?: boolean;
}

const TO_DO = 'Stop the job and run `breakwater check --repair`; a start repairs it, too.';

export async function checkTables(options: CheckTablesOptions): Promise<readonly TableFinding[]> {
  const { database, catalogue, clock, log, repair, setAside = false } = options;
  const plan = repair
    ? await migrate(database, catalogue, clock, { setAside })
    : await planMigration(database, catalogue).catch(asFindings);
  const findings: TableFinding[] = 'migrations' in plan ? remadeBy(plan, repair) : [...plan];
  const made = 'migrations' in plan ? new Set(plan.migrations.map(({ object }) => object)) : undefined;
  /** What an earlier version left as it was is told of as a whole, and compared when a start has changed it. */
  const isOfBefore = (base: ClickhouseSink, object: string): boolean =>
    !repair && (!made || made.has(base.table) || made.has(object));
  const there = await existing(database);
  const partitionsOf = new Map(log.topics().map(({ name, partitions }) => [name, partitions]));
  for (const sink of catalogue.sinks)
    findings.push(
      ...(await checkTable(options, sink, partitionsOf.get(sink.from.name) ?? 0, there.has(sink.table))),
    );
  for (const rollup of catalogue.rollups)
    if (there.has(rollup.from.table) && !isOfBefore(rollup.from, stateTable(rollup)))
      findings.push(...asMade(await checkRollup(options, rollup), made?.has(stateTable(rollup))));
  // A folder of an older build has none until its next start.
  for (const latest of catalogue.latests)
    if (repair || (there.has(feedName(latest)) && !isOfBefore(latest.from, rowsTable(latest))))
      findings.push(...asMade(await checkLatest(options, latest), made?.has(rowsTable(latest))));
  return findings;
}

function asFindings(error: Error): readonly TableFinding[] {
  if (!(error instanceof MigrationRefusedError)) throw error;
  const [problem, ...rest] = error.message.split('\n');
  return [{ object: 'database "breakwater"', problem: problem!, remedy: rest.join('\n'), isChange: true }];
}

function remadeBy({ migrations, remade }: MigrationPlan, isDone: boolean): TableFinding[] {
  if (isDone)
    return remade.map(({ table, why, aside }) => ({
      object: table,
      problem: `was of an earlier version: ${why.join(' ')}`,
      remedy:
        aside === undefined
          ? 'It is as declared now, with all its rows.'
          : `Its rows are in "${aside}" now, all of them; in its place it is filled anew, as far as its topic is kept.`,
      isChange: true,
    }));
  const objects = [...new Set(migrations.map(({ object }) => object))];
  if (objects.length === 0) return [];
  const problem = `is of an earlier version, ${objects.length} tables and views of it.`;
  return [
    {
      object: 'database "breakwater"',
      problem,
      remedy: 'The next start changes them, and keeps all rows.',
      isChange: true,
    },
  ];
}

/** What was only just made has nothing in it yet. */
const asMade = (findings: readonly TableFinding[], isMade = false): readonly TableFinding[] =>
  isMade ? findings.map((finding) => ({ ...finding, isChange: true })) : findings;

async function checkTable(
  options: CheckTablesOptions,
  sink: ClickhouseSink,
  partitions: number,
  isThere: boolean,
): Promise<readonly TableFinding[]> {
  const problems = await problemsOf(options, sink, partitions, isThere);
  if (problems.every(({ problem }) => problem === undefined)) return [];
  if (!options.repair) return told(sink, problems, () => TO_DO);
  try {
    await dropParts(
      options.database,
      sink.table,
      isThere ? await brokenParts(options.database, sink.table) : [],
    );
    const kept = new Map<number, number>();
    for (const { partition } of problems) kept.set(partition, await fillAnew(options, sink, partition));
    return told(sink, problems, (partition) => refilled(kept.get(partition)!));
  } catch (error) {
    // Whatever the engine cannot mend it can make anew.
    const first = await beginAnew(options, sink, partitions);
    return told(
      sink,
      problems,
      () => `Made anew, for it could not be mended (${(error as Error).message}). ${refilled(first)}`,
    );
  }
}

const refilled = (first: number): string =>
  `Filled anew from offset ${first} on, as far as the topic is kept.`;

interface PartitionProblem {
  readonly partition: number;
  readonly problem: string | undefined;
}

const told = (
  { table }: ClickhouseSink,
  problems: readonly PartitionProblem[],
  remedyOf: (partition: number) => string,
): TableFinding[] =>
  problems.flatMap(({ partition, problem }) =>
    problem === undefined ? [] : [{ object: table, problem, remedy: remedyOf(partition) }],
  );

/** Of every partition of the topic. A part that is broken may hold rows of all of them. */
async function problemsOf(
  { database, bookmarks, clock, log }: CheckTablesOptions,
  sink: ClickhouseSink,
  partitions: number,
  isThere: boolean,
): Promise<readonly PartitionProblem[]> {
  const broken = isThere ? await brokenParts(database, sink.table) : [];
  const problems: PartitionProblem[] = [];
  for (let partition = 0; partition < partitions; partition += 1) {
    const place = { topic: sink.from.name, partition };
    const cuts = new CutLog(bookmarks, sink.name, place).load(clock.now());
    if (broken.length > 0) {
      const [{ part, message }] = broken as [(typeof broken)[0]];
      problems.push({ partition, problem: `has ${broken.length} damaged parts, ${part} first: ${message}.` });
    } else if (!isThere)
      problems.push({
        partition,
        problem:
          cuts.doneRecords > 0
            ? `is gone, and ${cuts.doneRecords} records of partition ${partition} were delivered.`
            : undefined,
      });
    else
      problems.push({
        partition,
        problem: await differenceOf(database, sink, { partition, cuts, end: log.ends(place).next }),
      });
  }
  return problems;
}

async function differenceOf(
  database: Database,
  sink: ClickhouseSink,
  { partition, cuts, end }: { readonly partition: number; readonly cuts: CutState; readonly end: number },
): Promise<string | undefined> {
  const { doneRecords, doneOffset, pending } = cuts;
  const seal = validSeal(sink, cuts.seal);
  const held = await heldRows(database, sink, { partition, done: doneOffset, seal });
  const most = doneRecords + (pending?.records ?? 0);
  const of = `of partition ${partition}`;
  // A cut under way may be in the table, in part, or not: whoever follows brings it to its end.
  if (held.rows !== doneRecords || held.rows + held.beyond > most)
    return `holds ${held.rows + held.beyond} rows ${of}, and ${most} records were delivered.`;
  if (doneOffset > end) return `was filled to offset ${doneOffset} ${of}, and its topic ends at ${end}.`;
  if (held.sealedRows !== seal.rows || held.sealedHash !== seal.hash)
    return `holds other values than were delivered in the ${seal.rows} rows before offset ${seal.offset} ${of}.`;
  return undefined;
}

/** Takes out every row that the log can still give, and sets the sink back to where the log begins. */
async function fillAnew(
  { database, bookmarks, clock, log }: CheckTablesOptions,
  sink: ClickhouseSink,
  partition: number,
): Promise<number> {
  const place = { topic: sink.from.name, partition };
  const { first } = log.ends(place);
  const table = `${DATABASE}.${sqlName(sink.table)}`;
  const ofPlace = `_partition = ${partition}`;
  await database.command(
    `ALTER TABLE ${table} DELETE WHERE ${ofPlace} AND _offset >= ${first} SETTINGS mutations_sync = 2`,
  );
  const [row] = await database.rows<{ readonly rows: string }>(
    `SELECT count() AS rows FROM ${table} WHERE ${ofPlace} SETTINGS optimize_trivial_count_query = 0`,
  );
  await setBack(new CutLog(bookmarks, sink.name, place), clock, first, Number(row!.rows));
  return first;
}

async function beginAnew(
  { database, bookmarks, clock, log }: CheckTablesOptions,
  sink: ClickhouseSink,
  partitions: number,
): Promise<number> {
  await database.command(`DROP TABLE IF EXISTS ${DATABASE}.${sqlName(sink.table)} SYNC`);
  await database.command(createTable(sink));
  let least = Number.MAX_SAFE_INTEGER;
  for (let partition = 0; partition < partitions; partition += 1) {
    const place = { topic: sink.from.name, partition };
    const { first } = log.ends(place);
    least = Math.min(least, first);
    await setBack(new CutLog(bookmarks, sink.name, place), clock, first, 0);
  }
  return least;
}

async function setBack(
  cutLog: CutLog,
  clock: Pick<Clock, 'now'>,
  doneOffset: number,
  doneRecords: number,
): Promise<void> {
  const { since, cuts } = cutLog.load(clock.now());
  await cutLog.save({ since, cuts: cuts + 1, doneOffset, doneRecords, pending: undefined, seal: NO_SEAL });
}

async function checkRollup(
  { database, repair, countRollups = false }: CheckTablesOptions,
  rollup: Rollup,
): Promise<readonly TableFinding[]> {
  const finding = (problem: string): TableFinding => ({
    object: rollup.name,
    problem,
    remedy: repair ? 'Made anew from its base.' : TO_DO,
  });
  const findings: TableFinding[] = [];
  const broken = await brokenParts(database, stateTable(rollup)).catch(() => undefined);
  if (broken === undefined || broken.length > 0) {
    findings.push(
      finding(
        broken ? `has damaged parts, ${broken[0]!.part} first: ${broken[0]!.message}.` : 'cannot be read.',
      ),
    );
    if (!repair) return findings;
    await resetRollup(database, rollup);
  }
  const differences = countRollups
    ? (await miscountedPartitions(database, rollup)).map((tablePartition) => ({ tablePartition, lines: 0 }))
    : await compareRollup(database, rollup);
  if (repair && differences.length > 0)
    await rebuildRollup(
      database,
      rollup,
      differences.map(({ tablePartition }) => tablePartition),
    );
  if (findings.length > 0) return findings;
  return differences.map(({ lines, tablePartition }) =>
    finding(
      lines > 0
        ? `${lines} lines of ${tablePartition} are not what ${rollup.from.table} says.`
        : `${tablePartition} was not made of as many records as ${rollup.from.table} holds.`,
    ),
  );
}

async function checkLatest(
  { database, repair, countRollups = false }: CheckTablesOptions,
  latest: Latest,
): Promise<readonly TableFinding[]> {
  const broken = await brokenParts(database, rowsTable(latest)).catch(() => undefined);
  const isWhole = broken?.length === 0;
  const keys = isWhole
    ? await (countRollups ? missedKeys(database, latest) : differentKeys(database, latest))
    : 0;
  if (isWhole && keys === 0) return [];
  if (repair) {
    if (!isWhole) await database.command(`DROP TABLE IF EXISTS ${DATABASE}.${rowsTable(latest)} SYNC`);
    await rebuildLatest(database, latest);
  }
  const problem = isWhole
    ? `has another last record of ${keys} keys than ${latest.from.table}, or none.`
    : broken
      ? `has damaged parts, ${broken[0]!.part} first: ${broken[0]!.message}.`
      : 'cannot be read.';
  return [{ object: latest.name, problem, remedy: repair ? 'Made anew from its base.' : TO_DO }];
}

async function existing(database: Database): Promise<ReadonlySet<string>> {
  const tables = await database.rows<{ readonly name: string }>(
    `SELECT name FROM system.tables WHERE database = ${sqlText(DATABASE)}`,
  );
  return new Set(tables.map(({ name }) => name));
}
