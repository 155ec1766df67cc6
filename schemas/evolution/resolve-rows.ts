/** Rows written with an older schema, read as today's record. */
import type { RowsCodec } from '../../runtime/stream/codec';
import { avroRecord, type RecordType } from './avro-types';
import { writtenField } from './compatible';
import { type Decode, decoderFor, defaultValue, skipperFor } from './decoder';

/** The schemas are compatible: see `incompatibilities`. */
export function resolvedRows(codec: RowsCodec<unknown>, writer: string): RowsCodec<unknown> {
  const reader = avroRecord(codec.schema);
  const steps = stepsOf(avroRecord(writer), reader);
  const defaults = reader.fields.map(
    ({ name, type, default: initial }) =>
      [name, initial === undefined ? undefined : defaultValue(type, initial)] as const,
  );
  return {
    ...codec,
    schema: writer,
    encode() {
      throw new Error(`${codec.record} is written with today's schema only.`);
    },
    decode(from) {
      // Fields in today's order, whatever the writer's.
      const row: Record<string, unknown> = Object.fromEntries(defaults);
      for (const { into, decode } of steps) {
        const value = decode(from);
        if (into !== undefined) row[into] = value;
      }
      return row;
    },
  };
}

interface Step {
  /** Today's field that takes the value; undefined where it is dropped. */
  readonly into: string | undefined;
  readonly decode: Decode;
}

/** One step for each field that was written, in the order in which it was. */
function stepsOf(writer: RecordType, reader: RecordType): readonly Step[] {
  return writer.fields.map((written) => {
    const field = reader.fields.find((candidate) => writtenField(candidate, writer) === written);
    return field
      ? { into: field.name, decode: decoderFor(written.type, field.type) }
      : { into: undefined, decode: skipperFor(written.type) };
  });
}
