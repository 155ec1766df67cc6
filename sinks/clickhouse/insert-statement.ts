/** The insert of one block of a cut, up to where its data is named, and the queries that tell what became of it. */

import type { Cut } from '../../runtime/graph/sink';
import type { TopicPartition } from '../../runtime/ports/epoch';
import type { ClickhouseSink } from './clickhouse';
import { DATABASE, partitionExpression } from './create-table';
import { blockColumns } from './cut-blocks';
import { sqlName, sqlText } from './sql-text';

/** The same for every attempt with the same rows: the engine drops what it has seen. The second net. */
export const insertToken = (
  sink: ClickhouseSink,
  { since, cut, number, tablePartition, others = 0, generation }: InsertName,
): string => {
  const place = others === 0 ? `${tablePartition}` : `${tablePartition}+${others}`;
  return `${sink.name}/${since}/${cut.partition}/${number}/${cut.firstOffset}/${place}/${generation}`;
};

export interface InsertName {
  /** When the sink began. */
  readonly since: number;
  readonly cut: Cut;
  /** Of the cut, from its log. */
  readonly number: number;
  /** The first of those that it fills, and how many more. */
  readonly tablePartition: number;
  readonly others?: number;
  /** Grows when rows under the token before had to be taken out again. */
  readonly generation: number;
}

/** Table partitions that one insert may fill. Each becomes a part, and the engine makes them one after the other. */
export const PARTITIONS_TOGETHER = 250;

/**
 * Settings stand in the statement itself: given beside it they would stay with the session and a token would silently
 * swallow the next insert. The block must stay one block, hence the sizes: one block is one part, there or not.
 */
export function insertInto(sink: ClickhouseSink, token: string, rows: number): string {
  const size = Math.max(rows, 1);
  const settings = [
    `insert_deduplication_token = ${sqlText(token)}`,
    'async_insert = 0',
    'deduplicate_blocks_in_dependent_materialized_views = 1',
    `max_insert_block_size = ${size}`,
    `min_insert_block_size_rows = ${size}`,
    'min_insert_block_size_bytes = 0',
    `max_block_size = ${size}`,
    `max_partitions_per_insert_block = ${PARTITIONS_TOGETHER}`,
    'max_insert_threads = 1',
    'max_threads = 1',
  ];
  return `INSERT INTO ${DATABASE}.${sqlName(sink.table)} (${blockColumns(sink).map(sqlName).join(', ')}) SETTINGS ${settings.join(', ')}`;
}

/** Which rows of the table a block of a cut is. */
export function blockFilter(sink: ClickhouseSink, cut: Cut, tablePartition: number): string {
  return sink.partitionBy === 'none'
    ? placeFilter(cut)
    : `${partitionExpression(sink)} = ${tablePartition} AND ${placeFilter(cut)}`;
}

const placeFilter = ({ partition, firstOffset, nextOffset }: Cut): string =>
  `_partition = ${partition} AND _offset >= ${firstOffset} AND _offset < ${nextOffset}`;

export const countBlock = (sink: ClickhouseSink, cut: Cut, tablePartition: number): string =>
  `SELECT count() AS rows, uniqExact(_offset, _index) AS places FROM ${DATABASE}.${sqlName(sink.table)} WHERE ${blockFilter(sink, cut, tablePartition)}`;

/** What the table holds of a cut, by table partition: only where it is cut by time. */
export const countBlocks = (sink: ClickhouseSink, cut: Cut, tablePartitions: readonly number[]): string =>
  `SELECT ${partitionExpression(sink)} AS place, count() AS rows, uniqExact(_offset, _index) AS places FROM ${DATABASE}.${sqlName(sink.table)} WHERE ${partitionExpression(sink)} IN (${tablePartitions.join(', ')}) AND ${placeFilter(cut)} GROUP BY place`;

export const deleteBlock = (sink: ClickhouseSink, cut: Cut, tablePartition: number): string =>
  `ALTER TABLE ${DATABASE}.${sqlName(sink.table)} DELETE WHERE ${blockFilter(sink, cut, tablePartition)} SETTINGS mutations_sync = 2`;

/** Everything the table holds of a topic partition. */
export const countPartition = (sink: ClickhouseSink, { partition }: TopicPartition): string =>
  `SELECT count() AS rows, max(_offset) AS last FROM ${DATABASE}.${sqlName(sink.table)} WHERE _partition = ${partition}`;
