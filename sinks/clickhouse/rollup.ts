/**
 * A rollup: a table that a materialized view fills from a base table as rows come, and that can be compared with its
 * base and made again from it. Additive: what two blocks bring may be merged in any order. Each line counts the records
 * it was made of, so a block that is missing or came twice shows as a wrong count.
 *
 * An insert that fails in the view has already filled the base; nothing the engine offers undoes that. Hence `compare`
 * after every trouble, and `rebuild`, which replaces one partition of the rollup at once.
 */
import type { Database } from '../../runtime/ports/database';
import type { ClickhouseSink } from './clickhouse';
import { DATABASE, DURABLE, partitionExpression, partitionFunction } from './create-table';
import { sqlName, sqlText } from './sql-text';
import { tableColumns } from './table-columns';

export interface Rollup {
  readonly name: string;
  readonly doc: string;
  readonly from: ClickhouseSink;
  /** What a line is about; each an expression over the base. The first time among them cuts the table. */
  readonly key: readonly RollupColumn[];
  /** The key column that holds the time: the rollup is cut by it, into days or months as its base is. */
  readonly time: string;
  /** The time of a record of the base, an expression over it. By when something was known, a later change adds lines and rewrites none. */
  readonly clock: string;
  /** Columns of which a line keeps the last values of its records, in the order of the topic. */
  readonly last: readonly string[];
}

export interface RollupColumn {
  readonly name: string;
  readonly type: string;
  readonly expression: string;
  readonly comment: string;
}

const at = (name: string): string => `${DATABASE}.${sqlName(name)}`;
export const stateTable = ({ name }: Rollup): string => `${sqlName(name)}_states`;
export const feedName = ({ name }: Rollup): string => `${sqlName(name)}_feed`;
const stagingTable = ({ name }: Rollup): string => `${sqlName(name)}_staging`;

/** The statements that make it: the table of states, the view that feeds it, the view that people read. */
export function createRollup(
  rollup: Rollup,
): readonly { readonly object: string; readonly statement: string }[] {
  const { name } = rollup;
  return [
    { object: stateTable(rollup), statement: createStates(rollup, stateTable(rollup)) },
    { object: stagingTable(rollup), statement: createStates(rollup, stagingTable(rollup)) },
    {
      object: feedName(rollup),
      statement: `CREATE MATERIALIZED VIEW IF NOT EXISTS ${at(feedName(rollup))} TO ${at(stateTable(rollup))}\nAS ${selectStates(rollup)}`,
    },
    {
      object: name,
      statement: `CREATE OR REPLACE VIEW ${at(name)}\nAS ${selectLines(rollup, at(stateTable(rollup)))}\nCOMMENT ${sqlText(rollup.doc)}`,
    },
  ];
}

function createStates(rollup: Rollup, table: string): string {
  const columns = [
    ...rollup.key.map(({ name, type, comment }) => `${sqlName(name)} ${type} COMMENT ${sqlText(comment)}`),
    `records SimpleAggregateFunction(sum, UInt64) COMMENT 'Records that the line was made of.'`,
    `last AggregateFunction(argMax, ${lastType(rollup)}, Tuple(UInt64, UInt32, UInt16)) COMMENT 'Values of the last record: read them from ${rollup.name}.'`,
  ];
  return (
    `CREATE TABLE IF NOT EXISTS ${at(table)}\n(\n  ${columns.join(',\n  ')}\n)\nENGINE = AggregatingMergeTree\n` +
    `PARTITION BY ${partitionExpression(rolledPartition(rollup))}\nORDER BY (${rollup.key.map(({ name }) => sqlName(name)).join(', ')})\n` +
    `SETTINGS ${DURABLE}\nCOMMENT ${sqlText(`States behind ${rollup.name}.`)}`
  );
}

/** The rollup is cut as its base is, by its own time. */
const rolledPartition = ({ from, time }: Rollup) => ({
  partitionBy: from.partitionBy,
  from: { ...from.from, eventTime: time },
});

function lastType({ from, last }: Rollup): string {
  const columns = tableColumns(from.from, from.manyValued);
  return `Tuple(${last.map((name) => columns.find((column) => column.name === name)!.type).join(', ')})`;
}

function selectStates(rollup: Rollup, where = ''): string {
  const key = rollup.key.map(({ name, expression }) => `${expression} AS ${sqlName(name)}`);
  const columns = [
    ...key,
    'count() AS records',
    `argMaxState(tuple(${rollup.last.map(sqlName).join(', ')}), (_offset, _index, _partition)) AS last`,
  ];
  return `SELECT ${columns.join(', ')} FROM ${at(rollup.from.table)}${where} GROUP BY ${keyNames(rollup)}`;
}

const keyNames = ({ key }: Rollup): string => key.map(({ name }) => sqlName(name)).join(', ');

function selectLines(rollup: Rollup, states: string): string {
  const values = rollup.last.map((name, index) => `merged.${index + 1} AS ${sqlName(name)}`);
  return (
    `SELECT ${keyNames(rollup)}, ${values.join(', ')}, total AS records FROM ` +
    `(SELECT ${keyNames(rollup)}, argMaxMerge(last) AS merged, sum(records) AS total FROM ${states} GROUP BY ${keyNames(rollup)})`
  );
}

/** A partition of the rollup that is not what its base says. */
export interface RollupDifference {
  readonly rollup: string;
  readonly tablePartition: number;
  /** Lines that are missing, too many, or differ in count or value. */
  readonly lines: number;
}

/** Compares lines with the base, wholly, in the partitions given or in all. */
export async function compareRollup(
  database: Database,
  rollup: Rollup,
  tablePartitions?: readonly number[],
): Promise<readonly RollupDifference[]> {
  const lines = `tuple(${keyNames(rollup)}, ${rollup.last.map(sqlName).join(', ')}, records)`;
  const shown = `SELECT ${lines} AS line, ${partitionOf(rollup, sqlName(rollup.time))} AS place FROM ${at(rollup.name)}${within(rollup, sqlName(rollup.time), tablePartitions)}`;
  const meant = selectMeant(rollup, lines, tablePartitions);
  const rows = await database.rows<{ readonly place: string | number; readonly lines: string | number }>(
    `SELECT place, countIf(sides != 0) AS lines FROM (SELECT place, hash, sum(side) AS sides FROM (` +
      `SELECT place, sipHash128(line) AS hash, 1 AS side FROM (${meant}) UNION ALL SELECT place, sipHash128(line) AS hash, -1 AS side FROM (${shown})` +
      `) GROUP BY place, hash) GROUP BY place HAVING lines > 0 ORDER BY place`,
  );
  return rows.map(({ place, lines }) => ({
    rollup: rollup.name,
    tablePartition: Number(place),
    lines: Number(lines),
  }));
}

/** The partitions whose lines were not made of as many records as their base holds: quickly told, and good enough for a start. */
export async function miscountedPartitions(database: Database, rollup: Rollup): Promise<readonly number[]> {
  const base = `SELECT ${partitionOf(rollup, rollup.clock)} AS place, count() AS held FROM ${at(rollup.from.table)} GROUP BY place`;
  const rolled = `SELECT ${partitionOf(rollup, sqlName(rollup.time))} AS place, sum(records) AS held FROM ${at(stateTable(rollup))} GROUP BY place`;
  const rows = await database.rows<{ readonly place: string | number }>(
    `SELECT place FROM (SELECT place, toInt64(held) AS held FROM (${base}) UNION ALL SELECT place, -toInt64(held) AS held FROM (${rolled})) GROUP BY place HAVING sum(held) != 0 ORDER BY place`,
  );
  return rows.map(({ place }) => Number(place));
}

function selectMeant(rollup: Rollup, lines: string, tablePartitions: readonly number[] | undefined): string {
  const where = within(rollup, rollup.clock, tablePartitions);
  const states = `(${selectStates(rollup, where)})`;
  return `SELECT ${lines} AS line, ${partitionOf(rollup, sqlName(rollup.time))} AS place FROM (${selectLines(rollup, states)})`;
}

/** `time`: an expression. */
const partitionOf = ({ from }: Rollup, time: string): string =>
  from.partitionBy === 'none' ? '0' : `${partitionFunction[from.partitionBy]}(${time})`;

const within = (rollup: Rollup, time: string, tablePartitions: readonly number[] | undefined): string =>
  tablePartitions ? ` WHERE ${partitionOf(rollup, time)} IN (${tablePartitions.join(', ')})` : '';

/** Makes partitions of the rollup anew from the base; readers see the old one or the new one, nothing between. */
export async function rebuildRollup(
  database: Database,
  rollup: Rollup,
  tablePartitions: readonly number[],
): Promise<void> {
  const staging = at(stagingTable(rollup));
  for (const tablePartition of tablePartitions) {
    const id = rollup.from.partitionBy === 'none' ? 'tuple()' : String(tablePartition);
    const where = within(rollup, rollup.clock, [tablePartition]);
    await database.command(`TRUNCATE TABLE ${staging}`);
    await database.command(
      `INSERT INTO ${staging} SETTINGS async_insert = 0, insert_deduplicate = 0 ${selectStates(rollup, where)}`,
    );
    const [made] = await database.rows<{ readonly rows: string }>(`SELECT count() AS rows FROM ${staging}`);
    // The engine refuses to replace a partition by nothing.
    const change =
      Number(made!.rows) > 0 ? `REPLACE PARTITION ${id} FROM ${staging}` : `DROP PARTITION ${id}`;
    await database.command(`ALTER TABLE ${at(stateTable(rollup))} ${change}`);
  }
  await database.command(`TRUNCATE TABLE ${staging}`);
}

/** Empties it, whatever its files are like: made of nothing it differs wherever its base holds something. */
export async function resetRollup(database: Database, rollup: Rollup): Promise<void> {
  await database.command(`DROP TABLE IF EXISTS ${at(stateTable(rollup))} SYNC`);
  await database.command(createStates(rollup, stateTable(rollup)));
}

/** Compares, makes anew what differs and compares again; answers what it found. Rejects if it differs still. */
export async function repairRollup(
  database: Database,
  rollup: Rollup,
  tablePartitions?: readonly number[],
): Promise<readonly RollupDifference[]> {
  const differences = await compareRollup(database, rollup, tablePartitions);
  if (differences.length === 0) return differences;
  const places = differences.map(({ tablePartition }) => tablePartition);
  await rebuildRollup(database, rollup, places);
  if ((await compareRollup(database, rollup, places)).length > 0)
    throw new Error(`${rollup.name} differs from ${rollup.from.table} although it was just made anew`);
  return differences;
}
