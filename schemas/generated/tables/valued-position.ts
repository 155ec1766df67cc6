// Generated from schemas/tables/valued-position.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** A position as it is valued, in doubles. */
export type ValuedPositionColumns = {
  /** Number of the account, as reference data allotted it. */
  readonly account: Int32Array;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Account and contract in one number, by which it is found. */
  readonly holder: Int32Array;
  /** Which of the instrument's contracts is held. */
  readonly contract: Int32Array;
  /** From when on marks are of it; 0: since ever. Unit: microseconds since 1970 UTC. */
  readonly markedFrom: Float64Array;
  /** From when on marks are of another contract; 0: never. Unit: microseconds since 1970 UTC. */
  readonly markedUntil: Float64Array;
  /** Units held; negative when short. Unit: units. */
  readonly quantity: Float64Array;
  /** Cost of what is open. Unit: currency of the position. */
  readonly cost: Float64Array;
  /** Realised profit and loss. Unit: currency of the position. */
  readonly realisedPnl: Float64Array;
  /** Fees paid in the currency of the position. Unit: currency of the position. */
  readonly fees: Float64Array;
  /** Contract multiplier. Unit: units per unit of quantity. */
  readonly multiplier: Float64Array;
  /** 1 where the instrument is inverse. */
  readonly inverse: Int32Array;
  /** Time of the position. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
  /** When it was last valued. Unit: microseconds since 1970 UTC. */
  readonly knownAt: Float64Array;
};

const valuedPositionCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.risk.ValuedPosition',
  schema:
    '{"type":"record","name":"ValuedPosition","namespace":"breakwater.risk","fields":[{"name":"account","type":"int"},{"name":"instrument","type":"int"},{"name":"holder","type":"int","default":-1},{"name":"contract","type":"int","default":0},{"name":"markedFrom","type":{"type":"long","logicalType":"timestamp-micros"},"default":0},{"name":"markedUntil","type":{"type":"long","logicalType":"timestamp-micros"},"default":0},{"name":"quantity","type":"double"},{"name":"cost","type":"double"},{"name":"realisedPnl","type":"double"},{"name":"fees","type":"double","default":0},{"name":"multiplier","type":"double"},{"name":"inverse","type":"int"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0}]}',
  encode(row, to) {
    to.int(row['account']!);
    to.int(row['instrument']!);
    to.int(row['holder']!);
    to.int(row['contract']!);
    to.long(row['markedFrom']!);
    to.long(row['markedUntil']!);
    to.float64(row['quantity']!);
    to.float64(row['cost']!);
    to.float64(row['realisedPnl']!);
    to.float64(row['fees']!);
    to.float64(row['multiplier']!);
    to.int(row['inverse']!);
    to.long(row['time']!);
    to.long(row['knownAt']!);
  },
  decode: (from) => ({
    account: from.int(),
    instrument: from.int(),
    holder: from.int(),
    contract: from.int(),
    markedFrom: from.long(),
    markedUntil: from.long(),
    quantity: from.float64(),
    cost: from.float64(),
    realisedPnl: from.float64(),
    fees: from.float64(),
    multiplier: from.float64(),
    inverse: from.int(),
    time: from.long(),
    knownAt: from.long(),
  }),
};

/** For `numberedTable({ name, ...valuedPositionNumbered, limit })`. */
export const valuedPositionNumbered = {
  codec: valuedPositionCodec,
  versions: schemaVersions,
  encodeAt(columns: ValuedPositionColumns, slot: number, to: ByteWriter): void {
    to.int(columns.account[slot]!);
    to.int(columns.instrument[slot]!);
    to.int(columns.holder[slot]!);
    to.int(columns.contract[slot]!);
    to.long(columns.markedFrom[slot]!);
    to.long(columns.markedUntil[slot]!);
    to.float64(columns.quantity[slot]!);
    to.float64(columns.cost[slot]!);
    to.float64(columns.realisedPnl[slot]!);
    to.float64(columns.fees[slot]!);
    to.float64(columns.multiplier[slot]!);
    to.int(columns.inverse[slot]!);
    to.long(columns.time[slot]!);
    to.long(columns.knownAt[slot]!);
  },
  allocate: (capacity: number): ValuedPositionColumns => ({
    account: new Int32Array(capacity),
    instrument: new Int32Array(capacity),
    holder: new Int32Array(capacity),
    contract: new Int32Array(capacity),
    markedFrom: new Float64Array(capacity),
    markedUntil: new Float64Array(capacity),
    quantity: new Float64Array(capacity),
    cost: new Float64Array(capacity),
    realisedPnl: new Float64Array(capacity),
    fees: new Float64Array(capacity),
    multiplier: new Float64Array(capacity),
    inverse: new Int32Array(capacity),
    time: new Float64Array(capacity),
    knownAt: new Float64Array(capacity),
  }),
  fillers: {
    account: 0,
    instrument: 0,
    holder: -1,
    contract: 0,
    markedFrom: 0,
    markedUntil: 0,
    quantity: NaN,
    cost: NaN,
    realisedPnl: NaN,
    fees: 0,
    multiplier: NaN,
    inverse: 0,
    time: 0,
    knownAt: 0,
  },
} as const;
