// Generated from schemas/tables/traded-volume.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** What has been traded of the instrument whose number is the slot. */
export type TradedVolumeColumns = {
  /** Sum of the sizes, the whole units of it. Unit: units. */
  readonly whole: Float64Array;
  /** Sum of the sizes, what is beyond the whole units. Unit: units, scale 9. */
  readonly parts: Float64Array;
  /** Number of regular trades. Unit: trades. */
  readonly trades: Float64Array;
  /** Number of trades left out. Unit: trades. */
  readonly suspect: Float64Array;
  /** Price of the latest regular trade. Unit: currency of the instrument per unit. NaN: there was none. */
  readonly lastPrice: Float64Array;
  /** Highest price of a regular trade. Unit: currency of the instrument per unit. NaN: there was none. */
  readonly high: Float64Array;
  /** Lowest price of a regular trade. Unit: currency of the instrument per unit. NaN: there was none. */
  readonly low: Float64Array;
  /** Latest time of a trade; -1 before the first. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
  /** When it was last written to the topic. Unit: microseconds since 1970 UTC. */
  readonly knownAt: Float64Array;
};

const tradedVolumeCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.market.TradedVolume',
  schema:
    '{"type":"record","name":"TradedVolume","namespace":"breakwater.market","fields":[{"name":"whole","type":"long"},{"name":"parts","type":"long"},{"name":"trades","type":"long"},{"name":"suspect","type":"long"},{"name":"lastPrice","type":"double"},{"name":"high","type":"double"},{"name":"low","type":"double"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"default":-1},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0}]}',
  encode(row, to) {
    to.long(row['whole']!);
    to.long(row['parts']!);
    to.long(row['trades']!);
    to.long(row['suspect']!);
    to.float64(row['lastPrice']!);
    to.float64(row['high']!);
    to.float64(row['low']!);
    to.long(row['time']!);
    to.long(row['knownAt']!);
  },
  decode: (from) => ({
    whole: from.long(),
    parts: from.long(),
    trades: from.long(),
    suspect: from.long(),
    lastPrice: from.float64(),
    high: from.float64(),
    low: from.float64(),
    time: from.long(),
    knownAt: from.long(),
  }),
};

/** For `numberedTable({ name, ...tradedVolumeNumbered, limit })`. */
export const tradedVolumeNumbered = {
  codec: tradedVolumeCodec,
  versions: schemaVersions,
  encodeAt(columns: TradedVolumeColumns, slot: number, to: ByteWriter): void {
    to.long(columns.whole[slot]!);
    to.long(columns.parts[slot]!);
    to.long(columns.trades[slot]!);
    to.long(columns.suspect[slot]!);
    to.float64(columns.lastPrice[slot]!);
    to.float64(columns.high[slot]!);
    to.float64(columns.low[slot]!);
    to.long(columns.time[slot]!);
    to.long(columns.knownAt[slot]!);
  },
  allocate: (capacity: number): TradedVolumeColumns => ({
    whole: new Float64Array(capacity),
    parts: new Float64Array(capacity),
    trades: new Float64Array(capacity),
    suspect: new Float64Array(capacity),
    lastPrice: new Float64Array(capacity),
    high: new Float64Array(capacity),
    low: new Float64Array(capacity),
    time: new Float64Array(capacity),
    knownAt: new Float64Array(capacity),
  }),
  fillers: {
    whole: 0,
    parts: 0,
    trades: 0,
    suspect: 0,
    lastPrice: NaN,
    high: NaN,
    low: NaN,
    time: -1,
    knownAt: 0,
  },
} as const;
