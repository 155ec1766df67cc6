/**
 * Brings the tables to what the declarations say, step by step, each step recorded in `breakwater_migrations` with its
 * number, statement and time. What loses nothing is done by itself: a table, a column with a default, a wider type, a
 * comment, a view; and a table that is sorted or cut otherwise is copied. Whatever would lose what is stored is refused,
 * all of it in one message, until a person has such tables set aside.
 *
 * Views that read what changes go first and come again last. So whatever cuts a migration short, the next one finds what
 * is missing: a view that is not there, or a copy that was not swapped in.
 */
import type { Clock } from '../../runtime/ports/clock';
import type { Database } from '../../runtime/ports/database';
import type { ClickhouseSink } from './clickhouse';
import { createTable, DATABASE } from './create-table';
import { createLatest, feedName } from './latest';
import type { Migration } from './migration';
import { copiedTable, copyName, dropped, setAside } from './remake-table';
import { createRollup, feedName as rollupFeedName } from './rollup';
import { sqlText } from './sql-text';
import { differenceOf, type ExistingTable } from './table-difference';
import type { TableCatalogue } from './tables';
import { createView } from './view';

/** The declarations cannot be reached without losing something. Nothing was changed. */
export class MigrationRefusedError extends Error {
  override readonly name = 'MigrationRefusedError';
}

const CREATE_DATABASE = `CREATE DATABASE IF NOT EXISTS ${DATABASE}`;
const CREATE_RECORD = `CREATE TABLE IF NOT EXISTS ${DATABASE}.breakwater_migrations
(
  version UInt32 COMMENT 'Counts the changes of this database, from 1.',
  object String COMMENT 'Table or view that was changed.',
  statement String COMMENT 'What was done.',
  applied DateTime64(6, 'UTC') COMMENT 'When.'
)
ENGINE = MergeTree ORDER BY version
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Every change made to the tables and views of this database, in order.'`;

export interface MigrateOptions {
  /** Whether tables whose rows cannot be kept in what is declared are put under another name, and made anew empty. */
  readonly setAside?: boolean;
}

/** Applies what is missing; answers what was applied. */
export async function migrate(
  database: Database,
  catalogue: TableCatalogue,
  clock: Pick<Clock, 'now'>,
  options: MigrateOptions = {},
): Promise<MigrationPlan> {
  await database.command(CREATE_DATABASE);
  await database.command(CREATE_RECORD);
  const plan = await planMigration(database, catalogue, options);
  let version = await lastVersion(database);
  for (const { object, statement } of plan.migrations) {
    await database.command(statement);
    version += 1;
    await database.command(
      `INSERT INTO ${DATABASE}.breakwater_migrations SETTINGS async_insert = 0 VALUES (${version}, ${sqlText(object)}, ${sqlText(statement)}, fromUnixTimestamp64Micro(${clock.now()}, 'UTC'))`,
    );
  }
  return plan;
}

export interface MigrationPlan {
  readonly migrations: readonly Migration[];
  /** Tables that become others, with all that is to be known of it. */
  readonly remade: readonly RemadeTable[];
}

export interface RemadeTable {
  readonly table: string;
  /** In what it differs, a sentence each. */
  readonly why: readonly string[];
  /** The name under which its rows stay; undefined where they are copied. */
  readonly aside?: string;
}

/** What would be applied. Throws `MigrationRefusedError` with everything that stands in the way. */
export async function planMigration(
  database: Database,
  catalogue: TableCatalogue,
  { setAside = false }: MigrateOptions = {},
): Promise<MigrationPlan> {
  const existing = await existingTables(database);
  const planned = catalogue.sinks.map((sink) => planTable(sink, existing, setAside));
  const refused = planned.flatMap(({ refusals }) => refusals);
  if (refused.length > 0)
    throw new MigrationRefusedError(
      `the tables in ClickHouse cannot become what this build declares:\n${refused.map((refusal) => `  ${refusal}`).join('\n')}\nUse the build that made them, or say "breakwater check --repair": it puts such tables under another name, with all their rows, and fills them anew as far as their topics are kept.`,
    );
  const changed = new Set(planned.filter(({ changes }) => changes).map(({ table }) => table));
  const gone = readersOf(catalogue, changed).filter((name) => existing.has(name));
  const views = await planViews(database, catalogue, (name) => existing.has(name) && !gone.includes(name));
  return {
    migrations: [...gone.map(dropped), ...planned.flatMap(({ migrations }) => migrations), ...views],
    remade: planned.flatMap(({ remade }) => remade ?? []),
  };
}

interface TablePlan {
  readonly table: string;
  readonly migrations: readonly Migration[];
  /** Whether the table was there and becomes another. */
  readonly changes: boolean;
  readonly remade?: RemadeTable;
  readonly refusals: readonly string[];
}

function planTable(
  sink: ClickhouseSink,
  tables: ReadonlyMap<string, ExistingTable>,
  aside: boolean,
): TablePlan {
  const { table } = sink;
  const left = tables.has(copyName(table)) ? [dropped(copyName(table))] : [];
  const plan = { table, changes: false, refusals: [], migrations: left };
  const existing = tables.get(table);
  if (!existing) return { ...plan, migrations: [...left, { object: table, statement: createTable(sink) }] };
  const { lost, copied, altered } = differenceOf(sink, existing);
  if (lost.length > 0 && !aside) return { ...plan, refusals: lost.map((one) => `${table}: ${one}`) };
  if (lost.length > 0) {
    const name = freeName(`${table}_before`, tables);
    const remade = { table, why: [...lost, ...copied], aside: name };
    return { ...plan, changes: true, remade, migrations: [...left, ...setAside(sink, name)] };
  }
  if (copied.length > 0) {
    const migrations = [...left, ...copiedTable(sink, [...existing.columns.keys()])];
    return { ...plan, changes: true, remade: { table, why: copied }, migrations };
  }
  return { ...plan, changes: altered.length > 0, migrations: [...left, ...altered] };
}

function freeName(wanted: string, tables: ReadonlyMap<string, unknown>): string {
  let number = 1;
  while (tables.has(`${wanted}_${number}`)) number += 1;
  return `${wanted}_${number}`;
}

/** Views keep the columns that they were made with, and those that feed others would stay with what was swapped out. */
function readersOf({ rollups, latests, views }: TableCatalogue, changed: ReadonlySet<string>): string[] {
  if (changed.size === 0) return [];
  return [
    ...views.map(({ name }) => name),
    ...rollups.filter(({ from }) => changed.has(from.table)).map(rollupFeedName),
    ...latests.filter(({ from }) => changed.has(from.table)).map(feedName),
  ];
}

/** Views and rollups hold nothing of their own: one that is declared otherwise, or is gone, is made anew. */
async function planViews(
  database: Database,
  { rollups, latests, views }: TableCatalogue,
  isThere: (object: string) => boolean,
): Promise<readonly Migration[]> {
  const applied = !isThere('breakwater_migrations')
    ? []
    : await database.rows<Migration>(
        `SELECT object, argMax(statement, version) AS statement FROM ${DATABASE}.breakwater_migrations GROUP BY object`,
      );
  const last = new Map(applied.map(({ object, statement }) => [object, statement]));
  const isNew = ({ object, statement }: Migration): boolean =>
    last.get(object) !== statement || !isThere(object);
  const changed = [...rollups.map(createRollup), ...latests.map(createLatest)].filter((parts) =>
    parts.some(isNew),
  );
  return [
    ...changed.flatMap((parts) => [
      ...parts
        .filter(({ object }) => isThere(object))
        .map(({ object }) => dropped(object))
        .reverse(),
      ...parts,
    ]),
    ...views.map((view) => ({ object: view.name, statement: createView(view) })).filter(isNew),
  ];
}

async function existingTables(database: Database): Promise<ReadonlyMap<string, ExistingTable>> {
  const tables = await database.rows<{ name: string; sorting_key: string; partition_key: string }>(
    `SELECT name, sorting_key, partition_key FROM system.tables WHERE database = ${sqlText(DATABASE)}`,
  );
  const columns = await database.rows<{ table: string; name: string; type: string; comment: string }>(
    `SELECT table, name, type, comment FROM system.columns WHERE database = ${sqlText(DATABASE)}`,
  );
  return new Map(
    tables.map(({ name, sorting_key, partition_key }) => [
      name,
      {
        // One column is given back in brackets, several are not.
        sortingKey: sorting_key.replace(/^\((.*)\)$/, '$1'),
        partitionKey: partition_key,
        columns: new Map(
          columns.filter(({ table }) => table === name).map((column) => [column.name, column]),
        ),
      },
    ]),
  );
}

async function lastVersion(database: Database): Promise<number> {
  const [row] = await database.rows<{ version: number }>(
    `SELECT max(version) AS version FROM ${DATABASE}.breakwater_migrations`,
  );
  return Number(row!.version);
}
