// Generated from schemas/tables/exposed-position.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** A position as it is exposed. */
export type ExposedPositionColumns = {
  /** Number of the account, as reference data allotted it. */
  readonly account: Int32Array;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Account and contract in one number, by which it is found. */
  readonly holder: Int32Array;
  /** Which of the instrument's contracts is held. */
  readonly contract: Int32Array;
  /** Number of its currency in the table exposure_currencies; -1: not known yet. */
  readonly currency: Int32Array;
  /** 1 where the instrument is inverse. */
  readonly inverse: Int32Array;
  /** Units held; negative when short. Unit: units. */
  readonly quantity: Float64Array;
  /** What one unit is exposed to. Unit: currency of the position per unit. NaN: unpriced. */
  readonly unitWorth: Float64Array;
  /** Rate at which it was valued. Unit: base currency per unit of currency. NaN: there is none. */
  readonly rate: Float64Array;
  /** Its exposure as last summed. Unit: base currency. NaN: unknown. */
  readonly value: Float64Array;
  /** Whether it has a price, and whether that is stale. */
  readonly pricing: Int32Array;
  /** Why its price is no better. */
  readonly pricingReason: Int32Array;
  /** Whether it has a value, as last summed. */
  readonly status: Int32Array;
  /** Why it is no better, as last said. */
  readonly reason: Int32Array;
  /** Time of its P&L. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
  /** When it was last said. Unit: microseconds since 1970 UTC. */
  readonly knownAt: Float64Array;
};

const exposedPositionCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.risk.ExposedPosition',
  schema:
    '{"type":"record","name":"ExposedPosition","namespace":"breakwater.risk","fields":[{"name":"account","type":"int"},{"name":"instrument","type":"int"},{"name":"holder","type":"int","default":-1},{"name":"contract","type":"int","default":0},{"name":"currency","type":"int","default":-1},{"name":"inverse","type":"int"},{"name":"quantity","type":"double"},{"name":"unitWorth","type":"double"},{"name":"rate","type":"double"},{"name":"value","type":"double"},{"name":"pricing","type":{"type":"enum","name":"PnlStatus","namespace":"breakwater.risk","symbols":["Unpriced","Priced","Stale"]}},{"name":"pricingReason","type":{"type":"enum","name":"Reason","namespace":"breakwater.market","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]}},{"name":"status","type":"breakwater.risk.PnlStatus"},{"name":"reason","type":"breakwater.market.Reason"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0}]}',
  encode(row, to) {
    to.int(row['account']!);
    to.int(row['instrument']!);
    to.int(row['holder']!);
    to.int(row['contract']!);
    to.int(row['currency']!);
    to.int(row['inverse']!);
    to.float64(row['quantity']!);
    to.float64(row['unitWorth']!);
    to.float64(row['rate']!);
    to.float64(row['value']!);
    to.index(row['pricing']!, 3);
    to.index(row['pricingReason']!, 22);
    to.index(row['status']!, 3);
    to.index(row['reason']!, 22);
    to.long(row['time']!);
    to.long(row['knownAt']!);
  },
  decode: (from) => ({
    account: from.int(),
    instrument: from.int(),
    holder: from.int(),
    contract: from.int(),
    currency: from.int(),
    inverse: from.int(),
    quantity: from.float64(),
    unitWorth: from.float64(),
    rate: from.float64(),
    value: from.float64(),
    pricing: from.index(3),
    pricingReason: from.index(22),
    status: from.index(3),
    reason: from.index(22),
    time: from.long(),
    knownAt: from.long(),
  }),
};

/** For `numberedTable({ name, ...exposedPositionNumbered, limit })`. */
export const exposedPositionNumbered = {
  codec: exposedPositionCodec,
  versions: schemaVersions,
  encodeAt(columns: ExposedPositionColumns, slot: number, to: ByteWriter): void {
    to.int(columns.account[slot]!);
    to.int(columns.instrument[slot]!);
    to.int(columns.holder[slot]!);
    to.int(columns.contract[slot]!);
    to.int(columns.currency[slot]!);
    to.int(columns.inverse[slot]!);
    to.float64(columns.quantity[slot]!);
    to.float64(columns.unitWorth[slot]!);
    to.float64(columns.rate[slot]!);
    to.float64(columns.value[slot]!);
    to.index(columns.pricing[slot]!, 3);
    to.index(columns.pricingReason[slot]!, 22);
    to.index(columns.status[slot]!, 3);
    to.index(columns.reason[slot]!, 22);
    to.long(columns.time[slot]!);
    to.long(columns.knownAt[slot]!);
  },
  allocate: (capacity: number): ExposedPositionColumns => ({
    account: new Int32Array(capacity),
    instrument: new Int32Array(capacity),
    holder: new Int32Array(capacity),
    contract: new Int32Array(capacity),
    currency: new Int32Array(capacity),
    inverse: new Int32Array(capacity),
    quantity: new Float64Array(capacity),
    unitWorth: new Float64Array(capacity),
    rate: new Float64Array(capacity),
    value: new Float64Array(capacity),
    pricing: new Int32Array(capacity),
    pricingReason: new Int32Array(capacity),
    status: new Int32Array(capacity),
    reason: new Int32Array(capacity),
    time: new Float64Array(capacity),
    knownAt: new Float64Array(capacity),
  }),
  fillers: {
    account: 0,
    instrument: 0,
    holder: -1,
    contract: 0,
    currency: -1,
    inverse: 0,
    quantity: NaN,
    unitWorth: NaN,
    rate: NaN,
    value: NaN,
    pricing: 0,
    pricingReason: 0,
    status: 0,
    reason: 0,
    time: 0,
    knownAt: 0,
  },
} as const;
