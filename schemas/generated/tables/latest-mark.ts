// Generated from schemas/tables/latest-mark.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** The mark by which positions in the instrument whose number is the slot are valued. */
export type LatestMarkColumns = {
  /** Bid of the mark. Unit: currency of the instrument per unit. NaN: there is none. */
  readonly bid: Float64Array;
  /** Ask of the mark. Unit: currency of the instrument per unit. NaN: there is none. */
  readonly ask: Float64Array;
  /** Middle of the mark. Unit: currency of the instrument per unit. NaN: there is none. */
  readonly price: Float64Array;
  /** State of the mark. */
  readonly state: Int32Array;
  /** Quality of the mark. */
  readonly quality: Int32Array;
  /** Why it is no better. */
  readonly reason: Int32Array;
  /** Time of the mark. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
  /** 1 while its change has not been passed on. */
  readonly pending: Int32Array;
};

const latestMarkCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.risk.LatestMark',
  schema:
    '{"type":"record","name":"LatestMark","namespace":"breakwater.risk","fields":[{"name":"bid","type":"double"},{"name":"ask","type":"double"},{"name":"price","type":"double"},{"name":"state","type":{"type":"enum","name":"MarkState","namespace":"breakwater.market","symbols":["Missing","Priced","Stale"]}},{"name":"quality","type":{"type":"enum","name":"MarkQuality","namespace":"breakwater.market","symbols":["Missing","Good","OneSided","Wide","Stale","VenueDown"]},"default":"Missing"},{"name":"reason","type":{"type":"enum","name":"Reason","namespace":"breakwater.market","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]},"default":"NoMark"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"default":-1},{"name":"pending","type":"int"}]}',
  encode(row, to) {
    to.float64(row['bid']!);
    to.float64(row['ask']!);
    to.float64(row['price']!);
    to.index(row['state']!, 3);
    to.index(row['quality']!, 6);
    to.index(row['reason']!, 22);
    to.long(row['time']!);
    to.int(row['pending']!);
  },
  decode: (from) => ({
    bid: from.float64(),
    ask: from.float64(),
    price: from.float64(),
    state: from.index(3),
    quality: from.index(6),
    reason: from.index(22),
    time: from.long(),
    pending: from.int(),
  }),
};

/** For `numberedTable({ name, ...latestMarkNumbered, limit })`. */
export const latestMarkNumbered = {
  codec: latestMarkCodec,
  versions: schemaVersions,
  encodeAt(columns: LatestMarkColumns, slot: number, to: ByteWriter): void {
    to.float64(columns.bid[slot]!);
    to.float64(columns.ask[slot]!);
    to.float64(columns.price[slot]!);
    to.index(columns.state[slot]!, 3);
    to.index(columns.quality[slot]!, 6);
    to.index(columns.reason[slot]!, 22);
    to.long(columns.time[slot]!);
    to.int(columns.pending[slot]!);
  },
  allocate: (capacity: number): LatestMarkColumns => ({
    bid: new Float64Array(capacity),
    ask: new Float64Array(capacity),
    price: new Float64Array(capacity),
    state: new Int32Array(capacity),
    quality: new Int32Array(capacity),
    reason: new Int32Array(capacity),
    time: new Float64Array(capacity),
    pending: new Int32Array(capacity),
  }),
  fillers: {
    bid: NaN,
    ask: NaN,
    price: NaN,
    state: 0,
    quality: 0,
    reason: 15,
    time: -1,
    pending: 0,
  },
} as const;
