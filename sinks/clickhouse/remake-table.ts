/**
 * Another table in place of one that the engine cannot change: its rows are copied into one that is as declared, which
 * is swapped in at once when it holds as many; or it is put under another name, whole, and an empty one takes its place.
 * Cut short before the swap the old one stands, and after it the new one: the copy is dropped by the next migration.
 */
import type { ClickhouseSink } from './clickhouse';
import { createTable, DATABASE, placeColumns } from './create-table';
import type { Migration } from './migration';
import { sqlName, sqlText } from './sql-text';
import { tableColumns } from './table-columns';

const at = (name: string): string => `${DATABASE}.${sqlName(name)}`;

export const copyName = (table: string): string => `${table}_copy`;

export const dropped = (object: string): Migration => ({
  object,
  statement: `DROP TABLE IF EXISTS ${at(object)} SYNC`,
});

/** `found`: the columns of the table as it is. What is new has its default in the rows there are. */
export function copiedTable(sink: ClickhouseSink, found: readonly string[]): readonly Migration[] {
  const { table } = sink;
  const copy = copyName(table);
  const names = [...tableColumns(sink.from, sink.manyValued), ...placeColumns]
    .map(({ name }) => name)
    .filter((name) => found.includes(name))
    .map(sqlName)
    .join(', ');
  const said = sqlText(`the copy of ${table} does not hold as many rows`);
  return [
    { object: copy, statement: createTable({ ...sink, table: copy }) },
    {
      object: copy,
      statement: `INSERT INTO ${at(copy)} (${names}) SETTINGS async_insert = 0, insert_deduplicate = 0, max_partitions_per_insert_block = 0 SELECT ${names} FROM ${at(table)}`,
    },
    {
      object: copy,
      statement: `SELECT throwIf((SELECT count() FROM ${at(copy)}) != (SELECT count() FROM ${at(table)}), ${said})`,
    },
    { object: table, statement: `EXCHANGE TABLES ${at(copy)} AND ${at(table)}` },
    dropped(copy),
  ];
}

export const setAside = (sink: ClickhouseSink, name: string): readonly Migration[] => [
  { object: name, statement: `RENAME TABLE ${at(sink.table)} TO ${at(name)}` },
  { object: sink.table, statement: createTable(sink) },
];
