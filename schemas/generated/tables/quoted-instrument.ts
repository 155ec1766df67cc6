// Generated from schemas/tables/quoted-instrument.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** By which rules the instrument whose number is the slot is marked, and when its quotes are looked at next. */
export type QuotedInstrumentColumns = {
  /** What sort of instrument it is; an equity until reference data says. */
  readonly kind: Int32Array;
  /** When the first of its best sides is too old; -1 where it has none. Unit: microseconds since 1970 UTC. */
  readonly due: Float64Array;
  /** When its quotes were looked at last. Unit: microseconds since 1970 UTC. */
  readonly looked: Float64Array;
};

const quotedInstrumentCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.market.QuotedInstrument',
  schema:
    '{"type":"record","name":"QuotedInstrument","namespace":"breakwater.market","fields":[{"name":"kind","type":{"type":"enum","name":"InstrumentKind","namespace":"breakwater.reference","symbols":["Equity","Future","Option","Fx","Crypto","Other","Perpetual","Forward","Index","Bond","Swap","Cds"],"default":"Other"},"default":"Equity"},{"name":"due","type":{"type":"long","logicalType":"timestamp-micros"},"default":-1},{"name":"looked","type":{"type":"long","logicalType":"timestamp-micros"},"default":-1}]}',
  encode(row, to) {
    to.index(row['kind']!, 12);
    to.long(row['due']!);
    to.long(row['looked']!);
  },
  decode: (from) => ({
    kind: from.index(12),
    due: from.long(),
    looked: from.long(),
  }),
};

/** For `numberedTable({ name, ...quotedInstrumentNumbered, limit })`. */
export const quotedInstrumentNumbered = {
  codec: quotedInstrumentCodec,
  versions: schemaVersions,
  encodeAt(columns: QuotedInstrumentColumns, slot: number, to: ByteWriter): void {
    to.index(columns.kind[slot]!, 12);
    to.long(columns.due[slot]!);
    to.long(columns.looked[slot]!);
  },
  allocate: (capacity: number): QuotedInstrumentColumns => ({
    kind: new Int32Array(capacity),
    due: new Float64Array(capacity),
    looked: new Float64Array(capacity),
  }),
  fillers: {
    kind: 0,
    due: -1,
    looked: -1,
  },
} as const;
