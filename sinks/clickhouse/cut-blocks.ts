/**
 * The blocks of a cut: one for each table partition that its records fall into, in the order of the log. Made again
 * from the same cut they are the same, which is what lets an insert be compared and repeated. Nearly always there is one.
 */
import type { ColumnsCodec } from '../../runtime/stream/codec';
import type { Columns } from '../../runtime/stream/step';
import type { ClickhouseSink, TablePartition } from './clickhouse';
import type { CutRecords } from './cut-records';
import { type NativeColumn, nativeBlock, nativeValues } from './native-block';
import { type TableColumn, tableColumns } from './table-columns';

export interface CutBlock {
  /** Of the table: 20240131 for a day, 202401 for a month, 0 where the table is not cut. */
  readonly tablePartition: number;
  readonly rows: number;
  /** Which records of the cut it holds, counted from 0. */
  readonly members: Iterable<number>;
  /** Made when it is sent: a block that is found in the table already costs nothing. With others behind it, in one. */
  readonly bytes: (others?: readonly CutBlock[]) => readonly Uint8Array[];
}

/** Names of the columns in the order in which blocks carry them. */
export function blockColumns(sink: ClickhouseSink): readonly string[] {
  return [
    ...tableColumns(sink.from, sink.manyValued).map(({ name }) => name),
    '_partition',
    '_offset',
    '_index',
  ];
}

export function cutBlocks(sink: ClickhouseSink, partition: number, records: CutRecords): readonly CutBlock[] {
  const columns = tableColumns(sink.from, sink.manyValued);
  const bytesOf = (part: Part): readonly Uint8Array[] =>
    nativeBlock(part.length, [...dataColumns(columns, part), ...placeColumnsOf(part, partition)]);
  return parts(sink, records).map(
    ({ tablePartition, members, part }): CutBlock => ({
      tablePartition,
      rows: part.length,
      members,
      bytes: (others = []) =>
        others.length === 0
          ? bytesOf(part)
          : bytesOf(somePart(sink, records, [...members, ...others.flatMap((other) => [...other.members])])),
    }),
  );
}

/** Records of one table partition, with typed arrays or rows behind `field`. */
interface Part {
  readonly length: number;
  readonly field: (name: string) => ArrayLike<unknown>;
  readonly offsets: Float64Array;
  readonly indexes: Uint32Array;
}

function parts(
  sink: ClickhouseSink,
  records: CutRecords,
): readonly { readonly tablePartition: number; readonly members: Iterable<number>; readonly part: Part }[] {
  if (records.length === 0) return [];
  const keys = partitionKeys(sink, records);
  const first = keys[0]!;
  if (keys.every((key) => key === first))
    return [{ tablePartition: first, members: keys.keys(), part: wholePart(records) }];
  const all = new Map<number, number[]>();
  keys.forEach((key, index) => {
    const list = all.get(key);
    if (list) list.push(index);
    else all.set(key, [index]);
  });
  return [...all].map(([tablePartition, members]) => ({
    tablePartition,
    members,
    part: somePart(sink, records, members),
  }));
}

/** The table partition of each record. */
function partitionKeys({ from, partitionBy }: ClickhouseSink, records: CutRecords): Float64Array {
  const keys = new Float64Array(records.length);
  if (partitionBy === 'none') return keys;
  const times = wholePart(records).field(from.eventTime!) as ArrayLike<number>;
  let [start, end, key] = [0, 0, 0];
  for (let index = 0; index < keys.length; index += 1) {
    const time = times[index]!;
    if (time < start || time >= end) {
      start = Math.floor(time / DAY_MICROS) * DAY_MICROS;
      end = start + DAY_MICROS;
      key = partitionKey(partitionBy, time);
    }
    keys[index] = key;
  }
  return keys;
}

const DAY_MICROS = 86_400_000_000;

/** As `toYYYYMMDD` and `toYYYYMM` answer for a time in UTC. */
function partitionKey(by: Exclude<TablePartition, 'none'>, micros: number): number {
  const date = new Date(Math.floor(micros / 1000));
  const month = date.getUTCFullYear() * 100 + date.getUTCMonth() + 1;
  return by === 'month' ? month : month * 100 + date.getUTCDate();
}

function wholePart({ rows, columns, length, offsets, indexes }: CutRecords): Part {
  return {
    length,
    field: columns ? (name) => slice(columns, name, length) : (name) => fieldOf(rows, name),
    offsets: offsets.subarray(0, length),
    indexes: indexes.subarray(0, length),
  };
}

function somePart(sink: ClickhouseSink, records: CutRecords, members: readonly number[]): Part {
  const { rows, columns, offsets, indexes } = records;
  const chosen = columns && copied(sink, columns, members);
  const chosenRows = columns ? [] : members.map((index) => rows[index]);
  return {
    length: members.length,
    field: chosen ? (name) => slice(chosen, name, members.length) : (name) => fieldOf(chosenRows, name),
    offsets: Float64Array.from(members, (index) => offsets[index]!),
    indexes: Uint32Array.from(members, (index) => indexes[index]!),
  };
}

function copied(sink: ClickhouseSink, columns: Columns, members: readonly number[]): Columns {
  const codec = sink.from.codec as ColumnsCodec<Columns>;
  const chosen = codec.allocate(members.length);
  for (const index of members) codec.copy(columns, index, chosen);
  return chosen;
}

type TypedArray = Int32Array | Float64Array;
const slice = (columns: Columns, name: string, length: number): TypedArray =>
  (columns as unknown as Record<string, TypedArray>)[name]!.subarray(0, length);
const fieldOf = (rows: readonly unknown[], name: string): readonly unknown[] =>
  rows.map((row) => (row as Record<string, unknown>)[name]);

const dataColumns = (columns: readonly TableColumn[], part: Part): readonly NativeColumn[] =>
  columns.map(({ name, blockType, store }) => ({
    name,
    type: blockType,
    values: nativeValues(store, part.field(name)),
  }));

function placeColumnsOf({ length, offsets, indexes }: Part, partition: number): readonly NativeColumn[] {
  const bytes = (values: ArrayBufferView): Uint8Array =>
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return [
    { name: '_partition', type: 'UInt16', values: bytes(new Uint16Array(length).fill(partition)) },
    { name: '_offset', type: 'UInt64', values: nativeValues('long', offsets) },
    { name: '_index', type: 'UInt32', values: bytes(indexes) },
  ];
}
