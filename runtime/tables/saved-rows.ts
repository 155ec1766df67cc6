/** Reads a table's saved records, in order of slots, with the schema that each was written with. */

import type { RowsCodec, SchemaVersions } from '../stream/codec';
import type { ByteReader } from '../wire/bytes';
import { type SavedTable, TableSchemaError } from './table';

export interface RowsReading<Row> {
  readonly name: string;
  readonly codec: RowsCodec<Row>;
  readonly versions: SchemaVersions | undefined;
}

/** Decodes each record. Throws a TableSchemaError for one that this version of the program cannot read. */
export function forEachSaved<Row>(
  reading: RowsReading<Row>,
  saved: SavedTable | undefined,
  visit: (slot: number, row: Row) => void,
): void {
  forEachRecord(reading, saved, (slot, record, codec) => visit(slot, codec.decode(record)));
}

/** Gives each record undecoded, with the codec that reads it. Throws as `forEachSaved` does. */
export function forEachRecord<Row>(
  { name, codec, versions }: RowsReading<Row>,
  saved: SavedTable | undefined,
  visit: (slot: number, record: ByteReader, codec: RowsCodec<Row>) => void,
): void {
  let written = codec.schema;
  let reader = codec;
  saved?.forEach((slot, record, schema) => {
    // Records of one schema come in runs: it is looked up when it changes.
    if (schema !== written) {
      const found = schema === codec.schema ? codec : versions?.resolve(codec, schema);
      if (!found) throw new TableSchemaError(name);
      reader = found as RowsCodec<Row>;
      written = schema;
    }
    visit(slot, record, reader);
  });
}
