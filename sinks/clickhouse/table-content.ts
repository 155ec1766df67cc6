/**
 * What a table holds, by content. The engine checks each file of a part against the part's own checksums when it is asked
 * to, and not before: a flip in a small file makes it skip rows, or a whole part, without a word. And a value that was
 * changed by a statement passes every such check. Hence a seal: how many rows lie before an offset and the sum of their
 * hashes, kept with the log of cuts. Sums, so that merges and the order of rows do not matter and a seal can be extended.
 */
import type { Database } from '../../runtime/ports/database';
import type { ClickhouseSink } from './clickhouse';
import { DATABASE, placeColumns } from './create-table';
import { sqlName } from './sql-text';
import { tableColumns } from './table-columns';

export interface Seal {
  /** It is over the rows before this offset. */
  readonly offset: number;
  readonly rows: number;
  /** Sum of the rows' hashes, modulo 2⁶⁴, as decimal text. */
  readonly hash: string;
  /** What was hashed, in order, with its types: a seal over other columns, or wider ones, says nothing. */
  readonly columns: readonly string[];
}

export const NO_SEAL: Seal = { offset: 0, rows: 0, hash: '0', columns: [] };

const at = (table: string): string => `${DATABASE}.${sqlName(table)}`;

const columnsOf = (sink: ClickhouseSink) => [...tableColumns(sink.from, sink.manyValued), ...placeColumns];
const sealedColumns = (sink: ClickhouseSink): readonly string[] =>
  columnsOf(sink).map(({ name, type }) => `${name} ${type}`);

function rowHash(sink: ClickhouseSink): string {
  const names = columnsOf(sink).map(({ name }) => sqlName(name));
  return `sipHash64(tuple(${names.join(', ')}))`;
}

/** The seal, if it is over the columns as they are today. */
export const validSeal = (sink: ClickhouseSink, seal: Seal = NO_SEAL): Seal =>
  seal.columns.join('\n') === sealedColumns(sink).join('\n') ? seal : NO_SEAL;

/** Nothing is answered from counts or indexes that might be damaged, or from a cache. */
const HONESTLY =
  'SETTINGS optimize_trivial_count_query = 0, optimize_use_implicit_projections = 0, use_query_cache = 0';

/** The seal, extended to an offset: reads the rows in between. */
export async function extendSeal(
  database: Database,
  sink: ClickhouseSink,
  { partition, before, seal }: { readonly partition: number; readonly before: number; readonly seal: Seal },
): Promise<Seal> {
  const base = { ...validSeal(sink, seal), columns: sealedColumns(sink) };
  const [added] = await database.rows<{ readonly rows: string; readonly hash: string }>(
    `SELECT toString(count()) AS rows, toString(sum(${rowHash(sink)})) AS hash FROM ${at(sink.table)} ` +
      `WHERE _partition = ${partition} AND _offset >= ${base.offset} AND _offset < ${before} ${HONESTLY}`,
  );
  return {
    offset: before,
    rows: base.rows + Number(added!.rows),
    hash: String(BigInt.asUintN(64, BigInt(base.hash) + BigInt(added!.hash))),
    columns: base.columns,
  };
}

export interface Held {
  /** Rows before the done offset, and from it on. */
  readonly rows: number;
  readonly beyond: number;
  /** Of the rows that the seal is over, and their hash. */
  readonly sealedRows: number;
  readonly sealedHash: string;
}

/** What the table holds of a topic partition, row by row. */
export async function heldRows(
  database: Database,
  sink: ClickhouseSink,
  { partition, done, seal }: { readonly partition: number; readonly done: number; readonly seal: Seal },
): Promise<Held> {
  const hash = seal.offset > 0 ? rowHash(sink) : '0';
  const [held] = await database.rows<{ readonly [Key in keyof Held]: string }>(
    `SELECT toString(countIf(_offset < ${done})) AS rows, toString(countIf(_offset >= ${done})) AS beyond, ` +
      `toString(countIf(_offset < ${seal.offset})) AS sealedRows, ` +
      `toString(sumIf(${hash}, _offset < ${seal.offset})) AS sealedHash ` +
      `FROM ${at(sink.table)} WHERE _partition = ${partition} ${HONESTLY}`,
  );
  return {
    rows: Number(held!.rows),
    beyond: Number(held!.beyond),
    sealedRows: Number(held!.sealedRows),
    sealedHash: held!.sealedHash,
  };
}

/** A part whose files are not what they were written as. */
export interface BrokenPart {
  readonly part: string;
  readonly message: string;
}

/** The engine's own check of every file of every part. */
export async function brokenParts(database: Database, table: string): Promise<readonly BrokenPart[]> {
  const checked = await database.rows<{ part_path: string; is_passed: number | string; message: string }>(
    `CHECK TABLE ${at(table)} SETTINGS check_query_single_value_result = 0`,
  );
  return checked
    .filter(({ is_passed }) => Number(is_passed) !== 1)
    .map(({ part_path, message }) => ({ part: part_path, message: message.split('\n')[0]!.slice(0, 200) }));
}

export async function dropParts(
  database: Database,
  table: string,
  parts: readonly BrokenPart[],
): Promise<void> {
  for (const { part } of parts) await database.command(`ALTER TABLE ${at(table)} DROP PART '${part}'`);
}
