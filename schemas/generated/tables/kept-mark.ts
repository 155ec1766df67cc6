// Generated from schemas/tables/kept-mark.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** The mark of the instrument whose number is the slot. */
export type KeptMarkColumns = {
  /** Best bid last written to the topic. Unit: currency of the instrument per unit. NaN: there was none. */
  readonly bid: Float64Array;
  /** Best ask last written to the topic. Unit: currency of the instrument per unit. NaN: there was none. */
  readonly ask: Float64Array;
  /** Price last written to the topic. Unit: currency of the instrument per unit. NaN: there was none. */
  readonly price: Float64Array;
  /** Ask of the last two sides that were good. Unit: currency of the instrument per unit. NaN: there were none. */
  readonly goodAsk: Float64Array;
  /** Bid of the last two sides that were good. Unit: currency of the instrument per unit. NaN: there were none. */
  readonly goodBid: Float64Array;
  /** Quality last written to the topic. */
  readonly quality: Int32Array;
  /** Reason last written to the topic. */
  readonly reason: Int32Array;
  /** Time of the quote that last changed bid or ask; -1 before the first quote. Unit: microseconds since 1970 UTC. */
  readonly changed: Float64Array;
  /** When two good sides were seen last; -1 where there were none. Unit: microseconds since 1970 UTC. */
  readonly affirmed: Float64Array;
  /** When it was last written to the topic. Unit: microseconds since 1970 UTC. */
  readonly knownAt: Float64Array;
};

const keptMarkCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.market.KeptMark',
  schema:
    '{"type":"record","name":"KeptMark","namespace":"breakwater.market","fields":[{"name":"bid","type":"double"},{"name":"ask","type":"double"},{"name":"price","type":"double"},{"name":"goodAsk","type":"double"},{"name":"goodBid","type":"double"},{"name":"quality","type":{"type":"enum","name":"MarkQuality","namespace":"breakwater.market","symbols":["Missing","Good","OneSided","Wide","Stale","VenueDown"]},"default":"Missing"},{"name":"reason","type":{"type":"enum","name":"Reason","namespace":"breakwater.market","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]},"default":"None"},{"name":"changed","type":{"type":"long","logicalType":"timestamp-micros"},"default":-1},{"name":"affirmed","type":{"type":"long","logicalType":"timestamp-micros"},"default":-1},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0}]}',
  encode(row, to) {
    to.float64(row['bid']!);
    to.float64(row['ask']!);
    to.float64(row['price']!);
    to.float64(row['goodAsk']!);
    to.float64(row['goodBid']!);
    to.index(row['quality']!, 6);
    to.index(row['reason']!, 22);
    to.long(row['changed']!);
    to.long(row['affirmed']!);
    to.long(row['knownAt']!);
  },
  decode: (from) => ({
    bid: from.float64(),
    ask: from.float64(),
    price: from.float64(),
    goodAsk: from.float64(),
    goodBid: from.float64(),
    quality: from.index(6),
    reason: from.index(22),
    changed: from.long(),
    affirmed: from.long(),
    knownAt: from.long(),
  }),
};

/** For `numberedTable({ name, ...keptMarkNumbered, limit })`. */
export const keptMarkNumbered = {
  codec: keptMarkCodec,
  versions: schemaVersions,
  encodeAt(columns: KeptMarkColumns, slot: number, to: ByteWriter): void {
    to.float64(columns.bid[slot]!);
    to.float64(columns.ask[slot]!);
    to.float64(columns.price[slot]!);
    to.float64(columns.goodAsk[slot]!);
    to.float64(columns.goodBid[slot]!);
    to.index(columns.quality[slot]!, 6);
    to.index(columns.reason[slot]!, 22);
    to.long(columns.changed[slot]!);
    to.long(columns.affirmed[slot]!);
    to.long(columns.knownAt[slot]!);
  },
  allocate: (capacity: number): KeptMarkColumns => ({
    bid: new Float64Array(capacity),
    ask: new Float64Array(capacity),
    price: new Float64Array(capacity),
    goodAsk: new Float64Array(capacity),
    goodBid: new Float64Array(capacity),
    quality: new Int32Array(capacity),
    reason: new Int32Array(capacity),
    changed: new Float64Array(capacity),
    affirmed: new Float64Array(capacity),
    knownAt: new Float64Array(capacity),
  }),
  fillers: {
    bid: NaN,
    ask: NaN,
    price: NaN,
    goodAsk: NaN,
    goodBid: NaN,
    quality: 0,
    reason: 0,
    changed: -1,
    affirmed: -1,
    knownAt: 0,
  },
} as const;
