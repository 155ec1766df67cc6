// Generated from schemas/tables/contribution.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** What a position adds to the exposures that limits are held against. */
export type ContributionColumns = {
  /** Number of the account, as reference data allotted it. */
  readonly account: Int32Array;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Account and contract in one number, by which it is found. */
  readonly holder: Int32Array;
  /** Which of the instrument's contracts is held. */
  readonly contract: Int32Array;
  /** Units held; negative when short. Unit: units. */
  readonly quantity: Float64Array;
  /** Its exposure. Unit: base currency. NaN: unknown. */
  readonly value: Float64Array;
};

const contributionCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.risk.Contribution',
  schema:
    '{"type":"record","name":"Contribution","namespace":"breakwater.risk","fields":[{"name":"account","type":"int"},{"name":"instrument","type":"int"},{"name":"holder","type":"int","default":-1},{"name":"contract","type":"int","default":0},{"name":"quantity","type":"double"},{"name":"value","type":"double"}]}',
  encode(row, to) {
    to.int(row['account']!);
    to.int(row['instrument']!);
    to.int(row['holder']!);
    to.int(row['contract']!);
    to.float64(row['quantity']!);
    to.float64(row['value']!);
  },
  decode: (from) => ({
    account: from.int(),
    instrument: from.int(),
    holder: from.int(),
    contract: from.int(),
    quantity: from.float64(),
    value: from.float64(),
  }),
};

/** For `numberedTable({ name, ...contributionNumbered, limit })`. */
export const contributionNumbered = {
  codec: contributionCodec,
  versions: schemaVersions,
  encodeAt(columns: ContributionColumns, slot: number, to: ByteWriter): void {
    to.int(columns.account[slot]!);
    to.int(columns.instrument[slot]!);
    to.int(columns.holder[slot]!);
    to.int(columns.contract[slot]!);
    to.float64(columns.quantity[slot]!);
    to.float64(columns.value[slot]!);
  },
  allocate: (capacity: number): ContributionColumns => ({
    account: new Int32Array(capacity),
    instrument: new Int32Array(capacity),
    holder: new Int32Array(capacity),
    contract: new Int32Array(capacity),
    quantity: new Float64Array(capacity),
    value: new Float64Array(capacity),
  }),
  fillers: {
    account: 0,
    instrument: 0,
    holder: -1,
    contract: 0,
    quantity: NaN,
    value: NaN,
  },
} as const;
