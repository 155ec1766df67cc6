/**
 * What holds now of a state topic: a table of its own that a materialized view fills as rows come, sorted by key, of which
 * the engine keeps the last row of each key as it merges. What holds of one account is a few rows of a few parts, however
 * long the history is. Like a rollup it is compared with its base and made again from it.
 */
import type { Database } from '../../runtime/ports/database';
import type { ClickhouseSink } from './clickhouse';
import { columnClause, DATABASE, DURABLE } from './create-table';
import { sqlName, sqlText } from './sql-text';
import { canRemove, REMOVED, tableColumns } from './table-columns';

export interface Latest {
  readonly kind: 'latest';
  /** Of the view that people read. */
  readonly name: string;
  readonly doc: string;
  readonly from: ClickhouseSink;
}

export function latestOf(sink: ClickhouseSink): Latest {
  const { key, name } = sink.from;
  return {
    kind: 'latest',
    name: `${sink.table}_latest`,
    doc: `What holds now of topic ${name}: the last record of each ${key.join(' and ')}${canRemove(sink.from) ? ', unless it was removed' : ''}.`,
    from: sink,
  };
}

const at = (name: string): string => `${DATABASE}.${sqlName(name)}`;
export const rowsTable = ({ name }: Latest): string => `${sqlName(name)}_rows`;
export const feedName = ({ name }: Latest): string => `${sqlName(name)}_feed`;
const stagingTable = ({ name }: Latest): string => `${sqlName(name)}_staging`;

/** Of the record's place: a key is in one partition, and later messages lie at greater offsets. */
const VERSION = 'bitShiftLeft(toUInt64(_offset), 24) + _index';

/** What holds of one account is about a hundred rows: of each part a granule is read, and all that is in it is merged. */
const GRANULE_ROWS = 1024;

const columnNames = ({ from }: Latest): string =>
  tableColumns(from.from, from.manyValued)
    .map(({ name }) => sqlName(name))
    .join(', ');
/** Whether a key was removed is for the view to know. */
const shownNames = ({ from }: Latest): string =>
  tableColumns(from.from, from.manyValued)
    .filter(({ name }) => name !== REMOVED)
    .map(({ name }) => sqlName(name))
    .join(', ');
const keyNames = ({ from }: Latest): string => from.from.key.map(sqlName).join(', ');

export function createLatest(
  latest: Latest,
): readonly { readonly object: string; readonly statement: string }[] {
  const { name, from, doc } = latest;
  return [
    { object: rowsTable(latest), statement: createRows(latest, rowsTable(latest)) },
    {
      object: feedName(latest),
      statement: `CREATE MATERIALIZED VIEW IF NOT EXISTS ${at(feedName(latest))} TO ${at(rowsTable(latest))}\nAS SELECT ${columnNames(latest)}, ${VERSION} AS _version FROM ${at(from.table)}`,
    },
    {
      object: name,
      statement: `CREATE OR REPLACE VIEW ${at(name)}\nAS SELECT ${shownNames(latest)} FROM ${at(rowsTable(latest))} FINAL${canRemove(from.from) ? ` WHERE NOT ${REMOVED}` : ''}\nCOMMENT ${sqlText(doc)}`,
    },
  ];
}

function createRows(latest: Latest, table: string): string {
  const { from, name } = latest;
  const version = {
    name: '_version',
    type: 'UInt64',
    codec: 'ZSTD(1)',
    comment: 'Grows with the place of the record in its topic.',
  };
  const columns = [...tableColumns(from.from, from.manyValued), version].map(columnClause);
  return (
    `CREATE TABLE IF NOT EXISTS ${at(table)}\n(\n  ${columns.join(',\n  ')}\n)\nENGINE = ReplacingMergeTree(_version)\n` +
    `ORDER BY (${keyNames(latest)})\nSETTINGS index_granularity = ${GRANULE_ROWS}, ${DURABLE}\nCOMMENT ${sqlText(`Rows behind ${name}; several of a key until they are merged.`)}`
  );
}

/** How many keys have another last record than their base says, by its place: quickly told. */
export async function missedKeys(database: Database, latest: Latest): Promise<number> {
  const key = keyNames(latest);
  const base = `SELECT ${key}, max(${VERSION}) AS _place FROM ${at(latest.from.table)} GROUP BY ${key}`;
  const held = `SELECT ${key}, max(_version) AS _place FROM ${at(rowsTable(latest))} GROUP BY ${key}`;
  return differing(database, `tuple(${key}, _place)`, base, held);
}

/** How many keys have other values than their base says. */
export async function differentKeys(database: Database, latest: Latest): Promise<number> {
  const names = columnNames(latest);
  const held = `SELECT ${names} FROM ${at(rowsTable(latest))} FINAL`;
  return differing(database, `tuple(${names})`, lastOfBase(latest, names), held);
}

const lastOfBase = (latest: Latest, select: string): string =>
  `SELECT ${select} FROM ${at(latest.from.table)} ORDER BY ${VERSION} DESC LIMIT 1 BY ${keyNames(latest)}`;

async function differing(database: Database, line: string, base: string, held: string): Promise<number> {
  const [row] = await database.rows<{ readonly keys: string }>(
    `SELECT toString(countIf(sides != 0)) AS keys FROM (SELECT hash, sum(side) AS sides FROM (` +
      `SELECT sipHash128(${line}) AS hash, 1 AS side FROM (${base}) UNION ALL SELECT sipHash128(${line}) AS hash, -1 AS side FROM (${held})` +
      `) GROUP BY hash)`,
  );
  return Number(row!.keys);
}

/** Made anew beside the old one and swapped in: readers see one or the other. */
export async function rebuildLatest(database: Database, latest: Latest): Promise<void> {
  const staging = at(stagingTable(latest));
  await database.command(`DROP TABLE IF EXISTS ${staging} SYNC`);
  await database.command(createRows(latest, stagingTable(latest)));
  await database.command(
    `INSERT INTO ${staging} SETTINGS async_insert = 0, insert_deduplicate = 0 ${lastOfBase(latest, `${columnNames(latest)}, ${VERSION} AS _version`)}`,
  );
  await database.command(createRows(latest, rowsTable(latest)));
  await database.command(`EXCHANGE TABLES ${staging} AND ${at(rowsTable(latest))}`);
  await database.command(`DROP TABLE IF EXISTS ${staging} SYNC`);
}
