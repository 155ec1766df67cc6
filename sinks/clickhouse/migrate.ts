/**
 * Brings the tables to what the declarations say, step by step, each step recorded in `breakwater_migrations` with its
 * number, statement and time. Adding is all that is done by itself: a table, a column with a default, a name at the end
 * of an enum, a comment, a view. Whatever would change or drop what is stored is refused, all of it in one message.
 */
import type { Clock } from '../../runtime/clock';
import type { Database } from '../../runtime/database';
import type { ClickhouseSink } from './clickhouse';
import { addColumn, columnClause, createTable, DATABASE, placeColumns } from './create-table';
import { createLatest } from './latest';
import { createRollup } from './rollup';
import { sqlName, sqlText } from './sql-text';
import { type TableColumn, tableColumns } from './table-columns';
import type { TableCatalogue } from './tables';
import { createView } from './view';

export interface Migration {
  readonly object: string;
  readonly statement: string;
}

/** The declarations cannot be reached by adding. Nothing was changed. */
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

/** Applies what is missing; answers what was applied. */
export async function migrate(
  database: Database,
  catalogue: TableCatalogue,
  clock: Pick<Clock, 'now'>,
): Promise<readonly Migration[]> {
  await database.command(CREATE_DATABASE);
  await database.command(CREATE_RECORD);
  const migrations = await planMigration(database, catalogue);
  let version = await lastVersion(database);
  for (const { object, statement } of migrations) {
    await database.command(statement);
    version += 1;
    await database.command(
      `INSERT INTO ${DATABASE}.breakwater_migrations SETTINGS async_insert = 0 VALUES (${version}, ${sqlText(object)}, ${sqlText(statement)}, fromUnixTimestamp64Micro(${clock.now()}, 'UTC'))`,
    );
  }
  return migrations;
}

/** What would be applied. Throws `MigrationRefusedError` with everything that stands in the way. */
export async function planMigration(
  database: Database,
  catalogue: TableCatalogue,
): Promise<readonly Migration[]> {
  const existing = await existingTables(database);
  const refusals: string[] = [];
  const tables = catalogue.sinks.flatMap((sink) => planTable(sink, existing.get(sink.table), refusals));
  if (refusals.length > 0)
    throw new MigrationRefusedError(
      `the tables in ClickHouse cannot become what this build declares:\n${refusals.map((refusal) => `  ${refusal}`).join('\n')}\nUse the build that made them, give the table another name, or drop it and have it filled anew.`,
    );
  const views = await planViews(database, catalogue);
  return [...tables, ...views];
}

interface ExistingTable {
  readonly sortingKey: string;
  readonly columns: ReadonlyMap<string, { readonly type: string; readonly comment: string }>;
}

function planTable(
  sink: ClickhouseSink,
  existing: ExistingTable | undefined,
  refusals: string[],
): readonly Migration[] {
  if (!existing) return [{ object: sink.table, statement: createTable(sink) }];
  const declared = tableColumns(sink.from, sink.manyValued);
  const expected = new Set([...declared, ...placeColumns].map(({ name }) => name));
  for (const name of existing.columns.keys())
    if (!expected.has(name)) refusals.push(`${sink.table}: column "${name}" is not declared any more.`);
  const sortingKey = sink.orderBy.join(', ');
  if (existing.sortingKey !== sortingKey)
    refusals.push(`${sink.table}: sorted by (${existing.sortingKey}), declared by (${sortingKey}).`);
  return declared.flatMap((column) => planColumn(sink, column, existing, refusals));
}

function planColumn(
  { table }: ClickhouseSink,
  column: TableColumn,
  { columns }: ExistingTable,
  refusals: string[],
): readonly Migration[] {
  const found = columns.get(column.name);
  if (!found) {
    if (column.fallback !== undefined) return [{ object: table, statement: addColumn(table, column) }];
    refusals.push(`${table}: column "${column.name}" is new and has no default for the rows there are.`);
    return [];
  }
  if (found.type !== column.type && !isWider(found.type, column.type)) {
    refusals.push(`${table}: column "${column.name}" is ${found.type}, declared as ${column.type}.`);
    return [];
  }
  if (found.type === column.type && found.comment === column.comment) return [];
  const statement = `ALTER TABLE ${DATABASE}.${sqlName(table)} MODIFY COLUMN ${columnClause(column)}`;
  return [{ object: table, statement }];
}

/** Names were added behind those there are, or digits before the point. */
function isWider(found: string, declared: string): boolean {
  const [from, to] = [found, declared].map((type) => /^Decimal\((\d+), (\d+)\)$/.exec(type));
  if (from && to) return from[2] === to[2] && Number(from[1]) < Number(to[1]);
  return found.startsWith('Enum8(') && declared.startsWith(`${found.slice(0, -1)}, `);
}

/** Views and rollups hold nothing of their own: one that is declared otherwise is made anew. */
async function planViews(
  database: Database,
  { rollups, latests, views }: TableCatalogue,
): Promise<readonly Migration[]> {
  const applied = await database.rows<Migration>(
    `SELECT object, argMax(statement, version) AS statement FROM ${DATABASE}.breakwater_migrations GROUP BY object`,
  );
  const last = new Map(applied.map(({ object, statement }) => [object, statement]));
  const isNew = ({ object, statement }: Migration): boolean => last.get(object) !== statement;
  const changed = [...rollups.map(createRollup), ...latests.map(createLatest)].filter((parts) =>
    parts.some(isNew),
  );
  return [
    ...changed.flatMap((parts) => [
      ...parts
        .filter(({ object }) => last.has(object))
        .map(dropped)
        .reverse(),
      ...parts,
    ]),
    ...views.map((view) => ({ object: view.name, statement: createView(view) })).filter(isNew),
  ];
}

const dropped = ({ object }: Migration): Migration => ({
  object,
  statement: `DROP TABLE IF EXISTS ${DATABASE}.${sqlName(object)}`,
});

async function existingTables(database: Database): Promise<ReadonlyMap<string, ExistingTable>> {
  const tables = await database.rows<{ name: string; sorting_key: string }>(
    `SELECT name, sorting_key FROM system.tables WHERE database = ${sqlText(DATABASE)}`,
  );
  const columns = await database.rows<{ table: string; name: string; type: string; comment: string }>(
    `SELECT table, name, type, comment FROM system.columns WHERE database = ${sqlText(DATABASE)}`,
  );
  return new Map(
    tables.map(({ name, sorting_key }) => [
      name,
      {
        // One column is given back in brackets, several are not.
        sortingKey: sorting_key.replace(/^\((.*)\)$/, '$1'),
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
