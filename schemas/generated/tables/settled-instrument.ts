// Generated from schemas/tables/settled-instrument.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** How trades in an instrument are settled; its slot is the number of the instrument. */
export type SettledInstrumentColumns = {
  /** 1 where only gains and losses are paid, as for futures. */
  readonly byDifference: Int32Array;
};

const settledInstrumentCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.ledger.SettledInstrument',
  schema:
    '{"type":"record","name":"SettledInstrument","namespace":"breakwater.ledger","fields":[{"name":"byDifference","type":"int","default":0}]}',
  encode(row, to) {
    to.int(row['byDifference']!);
  },
  decode: (from) => ({
    byDifference: from.int(),
  }),
};

/** For `numberedTable({ name, ...settledInstrumentNumbered, limit })`. */
export const settledInstrumentNumbered = {
  codec: settledInstrumentCodec,
  versions: schemaVersions,
  encodeAt(columns: SettledInstrumentColumns, slot: number, to: ByteWriter): void {
    to.int(columns.byDifference[slot]!);
  },
  allocate: (capacity: number): SettledInstrumentColumns => ({
    byDifference: new Int32Array(capacity),
  }),
  fillers: {
    byDifference: 0,
  },
} as const;
