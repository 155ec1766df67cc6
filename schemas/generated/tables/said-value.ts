// Generated from schemas/tables/said-value.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** That something was said of the instrument whose number is the slot. */
export type SaidValueColumns = {
  /** When it was last said. Unit: microseconds since 1970 UTC. */
  readonly knownAt: Float64Array;
};

const saidValueCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.valuation.SaidValue',
  schema:
    '{"type":"record","name":"SaidValue","namespace":"breakwater.valuation","fields":[{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"}}]}',
  encode(row, to) {
    to.long(row['knownAt']!);
  },
  decode: (from) => ({
    knownAt: from.long(),
  }),
};

/** For `numberedTable({ name, ...saidValueNumbered, limit })`. */
export const saidValueNumbered = {
  codec: saidValueCodec,
  versions: schemaVersions,
  encodeAt(columns: SaidValueColumns, slot: number, to: ByteWriter): void {
    to.long(columns.knownAt[slot]!);
  },
  allocate: (capacity: number): SaidValueColumns => ({
    knownAt: new Float64Array(capacity),
  }),
  fillers: {
    knownAt: 0,
  },
} as const;
