/**
 * How records become bytes and come back. Codecs are generated from the Avro schemas in `schemas/`; the runtime knows
 * only these shapes. Bytes here are bare Avro: the Confluent prefix (magic byte 0, schema id) is the topic edge's.
 */
import type { ByteReader, ByteWriter } from '../wire/bytes';
import type { Columns } from './step';

/** One record a message, one object a record. */
export interface RowsCodec<Row> {
  readonly layout: 'rows';
  /** Full name of the Avro record, for example `breakwater.ledger.Fill`. */
  readonly record: string;
  /** The Avro schema as canonical JSON, as it is registered. */
  readonly schema: string;
  encode(row: Row, to: ByteWriter): void;
  /** Throws `MalformedError`. */
  decode(from: ByteReader): Row;
}

/** Many records a message: an Avro record of equal-length arrays. */
export interface ColumnsCodec<C extends Columns> {
  readonly layout: 'columns';
  /** Full name of the record that one entry of the columns is. */
  readonly record: string;
  /** The Avro schema of the frame as canonical JSON, as it is registered. */
  readonly schema: string;
  /** Columns with room for `capacity` records, `length` 0. */
  allocate(capacity: number): C;
  /**
   * Appends a frame's records behind `into.length`, which grows; columns without room are replaced by wider ones.
   * Accepts any legal Avro blocking. An absent column is its default repeated; other unequal lengths throw
   * `MalformedError`, and then `into.length` is as before.
   */
  append(into: C, from: ByteReader): void;
  /** Writes the records from `start` to before `end` as one frame. */
  encode(columns: C, start: number, end: number, to: ByteWriter): void;
  /** Appends record `index` of `source` to `into`: how records are filtered and routed. */
  copy(source: C, index: number, into: C): void;
  /** Drops all records, keeps the room. */
  clear(columns: C): void;
  /** One record as an object with names for enums, for people, dead letters and tests. */
  rowOf(columns: C, index: number): Record<string, unknown>;
}

// biome-ignore lint/suspicious/noExplicitAny: a codec of whatever data; variance makes unknown useless here.
export type AnyCodec = RowsCodec<any> | ColumnsCodec<any>;

/** Decoders for records written with older schemas, found by the writer's schema. */
export interface SchemaVersions {
  /** A codec that reads what was written with `writer` (a schema JSON) as today's record; undefined if it cannot. */
  resolve(codec: AnyCodec, writer: string): AnyCodec | undefined;
}
