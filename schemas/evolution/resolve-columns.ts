/** Frames written with an older schema, read as today's columns. */

import type { ColumnsCodec } from '../../runtime/stream/codec';
import type { Columns } from '../../runtime/stream/step';
import type { ByteReader } from '../../runtime/wire/bytes';
import { type ReadColumn, readBlocks } from '../frames/blocks';
import { repeated, required } from '../frames/span';
import { type ArrayType, avroRecord, type FieldOfRecord, type RecordType } from './avro-types';
import { writtenField } from './compatible';
import { decoderFor, defaultValue, skipperFor } from './decoder';

type Column = Int32Array | Float64Array;
type AnyColumns = Columns & Record<string, Column>;

/** The schemas are compatible: see `incompatibilities`. Undefined if a column was written as anything but an array. */
export function resolvedColumns<C extends Columns>(
  codec: ColumnsCodec<C>,
  writer: string,
): ColumnsCodec<C> | undefined {
  const reader = avroRecord(codec.schema);
  const written = avroRecord(writer);
  if (written.fields.some(({ type }) => type.kind !== 'array')) return undefined;
  const steps = stepsOf(written, reader);
  return {
    ...codec,
    schema: writer,
    encode() {
      throw new Error(`${codec.record} is written with today's schema only.`);
    },
    append: (into, from) => append(into as unknown as AnyColumns, from, { reader, steps }),
  };
}

interface Step {
  /** Today's column that takes the values; undefined where they are dropped. */
  readonly into: string | undefined;
  readonly read: (from: ByteReader, column: Column, start: number) => ReadColumn<Column>;
}

interface Plan {
  readonly reader: RecordType;
  readonly steps: readonly Step[];
}

function append(into: AnyColumns, from: ByteReader, { reader, steps }: Plan): void {
  const start = into.length;
  const columns = new Map<string, ReadColumn<Column>>();
  let count = 0;
  const dropped: ReadColumn<Column>[] = [];
  for (const step of steps) {
    const column = step.read(
      from,
      step.into === undefined ? new Float64Array(0) : into[step.into]!,
      step.into === undefined ? 0 : start,
    );
    count = Math.max(count, column.count);
    if (step.into === undefined) dropped.push(column);
    else columns.set(step.into, column);
  }
  const frame = { start, count };
  for (const column of dropped) if (column.count > 0) required(column, frame, 'a column that is no more');
  for (const field of reader.fields) {
    const column = columns.get(field.name) ?? { values: into[field.name]!, count: 0 };
    columns.set(field.name, column);
    const filler = fillerOf(field);
    if (filler === undefined) required(column, frame, field.name);
    else repeated(column, frame, field.name, filler);
  }
  const grown = into as { length: number } & Record<string, Column | number>;
  for (const [name, { values }] of columns) grown[name] = values;
  grown.length = start + count;
}

/** One step for each column that was written, in the order in which it was. */
function stepsOf(writer: RecordType, reader: RecordType): readonly Step[] {
  return writer.fields.map((written) => {
    const field = reader.fields.find((candidate) => writtenField(candidate, writer) === written);
    const { items } = written.type as ArrayType;
    const decode = field ? decoderFor(items, (field.type as ArrayType).items) : skipperFor(items);
    const keep = field !== undefined;
    const read = (from: ByteReader, into: Column, start: number, count: number): void => {
      for (let index = start; index < start + count; index += 1) {
        const value = decode(from);
        if (keep) into[index] = value as number;
      }
    };
    return {
      into: field?.name,
      read: (from, column, start) => readBlocks(from, column, start, { itemBytesMin: 1, read }),
    };
  });
}

/** The number that stands for the values of a column that was left out; undefined where none may be. */
function fillerOf({ absent, type }: FieldOfRecord): number | undefined {
  if (absent === undefined) return undefined;
  return absent === 'NaN' ? Number.NaN : (defaultValue((type as ArrayType).items, absent) as number);
}
