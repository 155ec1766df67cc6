// Generated from schemas/tables/cash-part.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** What a position adds to the cash of its account. */
export type CashPartColumns = {
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Account and contract in one number, by which it is found. */
  readonly holder: Int32Array;
  /** Which row of the table cash it is part of, in order of first insertion. */
  readonly group: Int32Array;
  /** 1 where the contract is inverse. */
  readonly inverse: Int32Array;
  /** Realised P&L of scale 18, divided by 2^86 and rounded down. Unit: 2^86 of currency, scale 18. */
  readonly realisedHigh: Float64Array;
  /** What is left of it, divided by 2^43 and rounded down. Unit: 2^43 of currency, scale 18. */
  readonly realisedMiddle: Float64Array;
  /** What is left of it. Unit: currency, scale 18. */
  readonly realisedLow: Float64Array;
  /** Cost of what was bought and not transferred in, scale 18, divided by 2^86 and rounded down. Unit: 2^86 of currency, scale 18. */
  readonly paidHigh: Float64Array;
  /** What is left of it, divided by 2^43 and rounded down. Unit: 2^43 of currency, scale 18. */
  readonly paidMiddle: Float64Array;
  /** What is left of it. Unit: currency, scale 18. */
  readonly paidLow: Float64Array;
};

const cashPartCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.ledger.CashPart',
  schema:
    '{"type":"record","name":"CashPart","namespace":"breakwater.ledger","fields":[{"name":"instrument","type":"int"},{"name":"holder","type":"int","default":-1},{"name":"group","type":"int"},{"name":"inverse","type":"int"},{"name":"realisedHigh","type":"long"},{"name":"realisedMiddle","type":"long"},{"name":"realisedLow","type":"long"},{"name":"paidHigh","type":"long"},{"name":"paidMiddle","type":"long"},{"name":"paidLow","type":"long"}]}',
  encode(row, to) {
    to.int(row['instrument']!);
    to.int(row['holder']!);
    to.int(row['group']!);
    to.int(row['inverse']!);
    to.long(row['realisedHigh']!);
    to.long(row['realisedMiddle']!);
    to.long(row['realisedLow']!);
    to.long(row['paidHigh']!);
    to.long(row['paidMiddle']!);
    to.long(row['paidLow']!);
  },
  decode: (from) => ({
    instrument: from.int(),
    holder: from.int(),
    group: from.int(),
    inverse: from.int(),
    realisedHigh: from.long(),
    realisedMiddle: from.long(),
    realisedLow: from.long(),
    paidHigh: from.long(),
    paidMiddle: from.long(),
    paidLow: from.long(),
  }),
};

/** For `numberedTable({ name, ...cashPartNumbered, limit })`. */
export const cashPartNumbered = {
  codec: cashPartCodec,
  versions: schemaVersions,
  encodeAt(columns: CashPartColumns, slot: number, to: ByteWriter): void {
    to.int(columns.instrument[slot]!);
    to.int(columns.holder[slot]!);
    to.int(columns.group[slot]!);
    to.int(columns.inverse[slot]!);
    to.long(columns.realisedHigh[slot]!);
    to.long(columns.realisedMiddle[slot]!);
    to.long(columns.realisedLow[slot]!);
    to.long(columns.paidHigh[slot]!);
    to.long(columns.paidMiddle[slot]!);
    to.long(columns.paidLow[slot]!);
  },
  allocate: (capacity: number): CashPartColumns => ({
    instrument: new Int32Array(capacity),
    holder: new Int32Array(capacity),
    group: new Int32Array(capacity),
    inverse: new Int32Array(capacity),
    realisedHigh: new Float64Array(capacity),
    realisedMiddle: new Float64Array(capacity),
    realisedLow: new Float64Array(capacity),
    paidHigh: new Float64Array(capacity),
    paidMiddle: new Float64Array(capacity),
    paidLow: new Float64Array(capacity),
  }),
  fillers: {
    instrument: 0,
    holder: -1,
    group: 0,
    inverse: 0,
    realisedHigh: 0,
    realisedMiddle: 0,
    realisedLow: 0,
    paidHigh: 0,
    paidMiddle: 0,
    paidLow: 0,
  },
} as const;
