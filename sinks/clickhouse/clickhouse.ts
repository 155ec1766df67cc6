/**
 * Declares that a committed topic is kept in a ClickHouse table: one row a record, columns and comments from the topic's
 * Avro schema, and the place of each record in its topic (`_partition`, `_offset`, `_index`). Law 8 holds of it: after
 * any crash or retry the table holds exactly what the topic committed, once.
 */
import type { SinkDefinition } from '../../runtime/graph/sink';
import { sqlName } from './sql-text';

/** By what a table is cut into partitions: a block of rows lies in one. */
export type TablePartition = 'day' | 'month' | 'none';

export interface ClickhouseSink extends SinkDefinition {
  readonly kind: 'clickhouse';
  readonly table: string;
  /** Columns by which rows are sorted: what queries ask by. */
  readonly orderBy: readonly string[];
  /** Of the event time. */
  readonly partitionBy: TablePartition;
  /** Text columns with so many different values that a dictionary of them does not pay. */
  readonly manyValued: readonly string[];
}

type ClickhouseOptions = Pick<ClickhouseSink, 'from' | 'table'> &
  Partial<Pick<ClickhouseSink, 'orderBy' | 'partitionBy' | 'manyValued'>>;

/** Sorted by key and time, cut by day of event time unless said otherwise. */
export function clickhouse(options: ClickhouseOptions): ClickhouseSink {
  const { key, eventTime } = options.from;
  const { partitionBy } = options;
  if (partitionBy !== undefined && partitionBy !== 'none' && eventTime === undefined)
    throw new Error(
      `table "${options.table}" cannot be cut by ${partitionBy}: topic "${options.from.name}" has no event time. Use 'none'.`,
    );
  return Object.freeze({
    kind: 'clickhouse',
    name: `clickhouse.${sqlName(options.table)}`,
    orderBy: eventTime === undefined || key.includes(eventTime) ? key : [...key, eventTime],
    partitionBy: eventTime === undefined ? 'none' : 'day',
    manyValued: [],
    ...options,
  });
}
