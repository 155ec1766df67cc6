/** The statements that make a table, and add a column to it. */
import type { ClickhouseSink, TablePartition } from './clickhouse';
import { sqlName, sqlText } from './sql-text';
import { type TableColumn, tableColumns } from './table-columns';

export const DATABASE = 'breakwater';

/** So many blocks are remembered by their token: the second net under the comparison with the log. */
const TOKENS_REMEMBERED = 10_000;

const place = (
  name: string,
  type: string,
  codec: string,
  comment: string,
): Omit<TableColumn, 'store' | 'blockType' | 'fallback'> => ({ name, type, codec, comment });

/** The place of a record in its topic comes last in every table. */
export const placeColumns = [
  place('_partition', 'UInt16', 'ZSTD(1)', 'Partition of the topic that the record was committed to.'),
  place('_offset', 'UInt64', 'Delta, ZSTD(1)', 'Offset of the message in its partition.'),
  place('_index', 'UInt32', 'Delta, ZSTD(1)', 'Place of the record in its message, from 0.'),
] as const;

/** Settings of every table whose rows must be there after power is lost: parts are flushed before an insert answers. */
export const DURABLE =
  `fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, ` +
  `non_replicated_deduplication_window = ${TOKENS_REMEMBERED}`;

export function createTable(sink: ClickhouseSink): string {
  const columns = [...tableColumns(sink.from, sink.manyValued), ...placeColumns];
  const lines = columns.map((column) => `  ${columnClause(column)}`);
  return (
    `CREATE TABLE IF NOT EXISTS ${DATABASE}.${sqlName(sink.table)}\n(\n${lines.join(',\n')}\n)\n` +
    `ENGINE = MergeTree\nPARTITION BY ${partitionExpression(sink)}\nORDER BY (${sink.orderBy.map(sqlName).join(', ')})\n` +
    `SETTINGS ${DURABLE}\nCOMMENT ${sqlText(tableComment(sink))}`
  );
}

export const addColumn = (table: string, column: TableColumn): string =>
  `ALTER TABLE ${DATABASE}.${sqlName(table)} ADD COLUMN IF NOT EXISTS ${columnClause(column)}`;

export function columnClause(
  column: Pick<TableColumn, 'name' | 'type' | 'codec' | 'comment'> & {
    readonly fallback?: string | undefined;
  },
): string {
  const fallback = column.fallback === undefined ? '' : ` DEFAULT ${column.fallback}`;
  const codec = column.codec === '' ? '' : ` CODEC(${column.codec})`;
  return `${sqlName(column.name)} ${column.type}${fallback} COMMENT ${sqlText(column.comment)}${codec}`;
}

/** What the table's rows are cut by, in SQL; `cut-blocks.ts` says the same in TypeScript. */
export function partitionExpression({
  from,
  partitionBy,
}: Pick<ClickhouseSink, 'from' | 'partitionBy'>): string {
  return partitionBy === 'none'
    ? 'tuple()'
    : `${partitionFunction[partitionBy]}(${sqlName(from.eventTime ?? '')})`;
}

export const partitionFunction: Readonly<Record<Exclude<TablePartition, 'none'>, string>> = {
  day: 'toYYYYMMDD',
  month: 'toYYYYMM',
};

export function tableComment({ from }: ClickhouseSink): string {
  const { doc } = JSON.parse(from.codec.schema) as { readonly doc: string };
  const records = doc.replace(/^Many records of \w+, one array for each field, all of one length\. /, '');
  const kind =
    from.kind === 'event' ? 'Every record counts.' : 'A history: the last record of a key is what holds.';
  return `Topic ${from.name}. ${records} ${kind}`;
}
