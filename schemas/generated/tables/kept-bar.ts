// Generated from schemas/tables/kept-bar.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** One of the latest bars of an instrument: eight slots in a row for each interval, a bar in that of its number modulo eight. */
export type KeptBarColumns = {
  /** Number of the instrument. */
  readonly instrument: Int32Array;
  /** Its length: 0 a second, 1 a minute, 2 a day. */
  readonly interval: Int32Array;
  /** When it begins; -1 where the slot holds none. Unit: microseconds since 1970 UTC. */
  readonly begins: Float64Array;
  /** Time of the earliest trade. Unit: microseconds since 1970 UTC. */
  readonly openTime: Float64Array;
  /** Time of the latest trade. Unit: microseconds since 1970 UTC. */
  readonly closeTime: Float64Array;
  /** Price of the earliest trade. Unit: currency of the instrument per unit. */
  readonly open: Float64Array;
  /** Highest price. Unit: currency of the instrument per unit. */
  readonly high: Float64Array;
  /** Lowest price. Unit: currency of the instrument per unit. */
  readonly low: Float64Array;
  /** Price of the latest trade. Unit: currency of the instrument per unit. */
  readonly close: Float64Array;
  /** Sum of price times size. Unit: currency of the instrument. */
  readonly turnover: Float64Array;
  /** What rounding took from the sum. Unit: currency of the instrument. */
  readonly turnoverRest: Float64Array;
  /** Sum of the sizes, the whole units of it. Unit: units. */
  readonly whole: Float64Array;
  /** Sum of the sizes, what is beyond the whole units. Unit: units, scale 9. */
  readonly parts: Float64Array;
  /** Number of trades. Unit: trades. */
  readonly trades: Float64Array;
  /** Trades that came too late for theirs while this was the latest. Unit: trades. */
  readonly tooLate: Float64Array;
  /** When it was last written to the topic. Unit: microseconds since 1970 UTC. */
  readonly knownAt: Float64Array;
};

const keptBarCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.market.KeptBar',
  schema:
    '{"type":"record","name":"KeptBar","namespace":"breakwater.market","fields":[{"name":"instrument","type":"int"},{"name":"interval","type":"int"},{"name":"begins","type":{"type":"long","logicalType":"timestamp-micros"},"default":-1},{"name":"openTime","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"closeTime","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"open","type":"double"},{"name":"high","type":"double"},{"name":"low","type":"double"},{"name":"close","type":"double"},{"name":"turnover","type":"double"},{"name":"turnoverRest","type":"double"},{"name":"whole","type":"long"},{"name":"parts","type":"long"},{"name":"trades","type":"long"},{"name":"tooLate","type":"long"},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"}}]}',
  encode(row, to) {
    to.int(row['instrument']!);
    to.int(row['interval']!);
    to.long(row['begins']!);
    to.long(row['openTime']!);
    to.long(row['closeTime']!);
    to.float64(row['open']!);
    to.float64(row['high']!);
    to.float64(row['low']!);
    to.float64(row['close']!);
    to.float64(row['turnover']!);
    to.float64(row['turnoverRest']!);
    to.long(row['whole']!);
    to.long(row['parts']!);
    to.long(row['trades']!);
    to.long(row['tooLate']!);
    to.long(row['knownAt']!);
  },
  decode: (from) => ({
    instrument: from.int(),
    interval: from.int(),
    begins: from.long(),
    openTime: from.long(),
    closeTime: from.long(),
    open: from.float64(),
    high: from.float64(),
    low: from.float64(),
    close: from.float64(),
    turnover: from.float64(),
    turnoverRest: from.float64(),
    whole: from.long(),
    parts: from.long(),
    trades: from.long(),
    tooLate: from.long(),
    knownAt: from.long(),
  }),
};

/** For `numberedTable({ name, ...keptBarNumbered, limit })`. */
export const keptBarNumbered = {
  codec: keptBarCodec,
  versions: schemaVersions,
  encodeAt(columns: KeptBarColumns, slot: number, to: ByteWriter): void {
    to.int(columns.instrument[slot]!);
    to.int(columns.interval[slot]!);
    to.long(columns.begins[slot]!);
    to.long(columns.openTime[slot]!);
    to.long(columns.closeTime[slot]!);
    to.float64(columns.open[slot]!);
    to.float64(columns.high[slot]!);
    to.float64(columns.low[slot]!);
    to.float64(columns.close[slot]!);
    to.float64(columns.turnover[slot]!);
    to.float64(columns.turnoverRest[slot]!);
    to.long(columns.whole[slot]!);
    to.long(columns.parts[slot]!);
    to.long(columns.trades[slot]!);
    to.long(columns.tooLate[slot]!);
    to.long(columns.knownAt[slot]!);
  },
  allocate: (capacity: number): KeptBarColumns => ({
    instrument: new Int32Array(capacity),
    interval: new Int32Array(capacity),
    begins: new Float64Array(capacity),
    openTime: new Float64Array(capacity),
    closeTime: new Float64Array(capacity),
    open: new Float64Array(capacity),
    high: new Float64Array(capacity),
    low: new Float64Array(capacity),
    close: new Float64Array(capacity),
    turnover: new Float64Array(capacity),
    turnoverRest: new Float64Array(capacity),
    whole: new Float64Array(capacity),
    parts: new Float64Array(capacity),
    trades: new Float64Array(capacity),
    tooLate: new Float64Array(capacity),
    knownAt: new Float64Array(capacity),
  }),
  fillers: {
    instrument: 0,
    interval: 0,
    begins: -1,
    openTime: 0,
    closeTime: 0,
    open: NaN,
    high: NaN,
    low: NaN,
    close: NaN,
    turnover: NaN,
    turnoverRest: NaN,
    whole: 0,
    parts: 0,
    trades: 0,
    tooLate: 0,
    knownAt: 0,
  },
} as const;
