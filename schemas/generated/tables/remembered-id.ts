// Generated from schemas/tables/remembered-id.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** An execution that can no longer be restated: known by 128 bits made of its identity, so that it is recognised when it comes again. */
export type RememberedIdColumns = {
  /** Bits 0 to 31 of what is made of its identity. */
  readonly hash0: Int32Array;
  /** Bits 32 to 63 of what is made of its identity. */
  readonly hash1: Int32Array;
  /** Bits 64 to 95 of what is made of its identity. */
  readonly hash2: Int32Array;
  /** Bits 96 to 127 of what is made of its identity. */
  readonly hash3: Int32Array;
  /** 32 bits made of its quantity, price and fee as first told. */
  readonly economics: Int32Array;
  /** Grows with each: the lowest is the first to be forgotten. Unit: executions. */
  readonly place: Float64Array;
};

const rememberedIdCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.ledger.RememberedId',
  schema:
    '{"type":"record","name":"RememberedId","namespace":"breakwater.ledger","fields":[{"name":"hash0","type":"int"},{"name":"hash1","type":"int"},{"name":"hash2","type":"int"},{"name":"hash3","type":"int"},{"name":"economics","type":"int"},{"name":"place","type":"long","default":-1}]}',
  encode(row, to) {
    to.int(row['hash0']!);
    to.int(row['hash1']!);
    to.int(row['hash2']!);
    to.int(row['hash3']!);
    to.int(row['economics']!);
    to.long(row['place']!);
  },
  decode: (from) => ({
    hash0: from.int(),
    hash1: from.int(),
    hash2: from.int(),
    hash3: from.int(),
    economics: from.int(),
    place: from.long(),
  }),
};

/** For `numberedTable({ name, ...rememberedIdNumbered, limit })`. */
export const rememberedIdNumbered = {
  codec: rememberedIdCodec,
  versions: schemaVersions,
  encodeAt(columns: RememberedIdColumns, slot: number, to: ByteWriter): void {
    to.int(columns.hash0[slot]!);
    to.int(columns.hash1[slot]!);
    to.int(columns.hash2[slot]!);
    to.int(columns.hash3[slot]!);
    to.int(columns.economics[slot]!);
    to.long(columns.place[slot]!);
  },
  allocate: (capacity: number): RememberedIdColumns => ({
    hash0: new Int32Array(capacity),
    hash1: new Int32Array(capacity),
    hash2: new Int32Array(capacity),
    hash3: new Int32Array(capacity),
    economics: new Int32Array(capacity),
    place: new Float64Array(capacity),
  }),
  fillers: {
    hash0: 0,
    hash1: 0,
    hash2: 0,
    hash3: 0,
    economics: 0,
    place: -1,
  },
} as const;
