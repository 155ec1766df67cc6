// Generated from schemas/tables/venue-quote.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** The last regular quote of a venue in an instrument, side by side. */
export type VenueQuoteColumns = {
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Number of the venue, as reference data allotted it. */
  readonly venue: Int32Array;
  /** The venue's bid. Unit: currency of the instrument per unit. NaN: there is none. */
  readonly bid: Float64Array;
  /** The venue's ask. Unit: currency of the instrument per unit. NaN: there is none. */
  readonly ask: Float64Array;
  /** Time of the quote that told of the bid, at most that of the step which brought it; -1 where none did. Unit: microseconds since 1970 UTC. */
  readonly bidTime: Float64Array;
  /** Its sequence. Unit: quotes. */
  readonly bidSequence: Float64Array;
  /** Why there is no bid. */
  readonly bidWhy: Int32Array;
  /** Time of the quote that told of the ask, at most that of the step which brought it; -1 where none did. Unit: microseconds since 1970 UTC. */
  readonly askTime: Float64Array;
  /** Its sequence. Unit: quotes. */
  readonly askSequence: Float64Array;
  /** Why there is no ask. */
  readonly askWhy: Int32Array;
};

const venueQuoteCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.market.VenueQuote',
  schema:
    '{"type":"record","name":"VenueQuote","namespace":"breakwater.market","fields":[{"name":"instrument","type":"int"},{"name":"venue","type":"int"},{"name":"bid","type":"double"},{"name":"ask","type":"double"},{"name":"bidTime","type":{"type":"long","logicalType":"timestamp-micros"},"default":-1},{"name":"bidSequence","type":"long","default":0},{"name":"bidWhy","type":{"type":"enum","name":"Reason","namespace":"breakwater.market","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]},"default":"None"},{"name":"askTime","type":{"type":"long","logicalType":"timestamp-micros"},"default":-1},{"name":"askSequence","type":"long","default":0},{"name":"askWhy","type":"breakwater.market.Reason","default":"None"}]}',
  encode(row, to) {
    to.int(row['instrument']!);
    to.int(row['venue']!);
    to.float64(row['bid']!);
    to.float64(row['ask']!);
    to.long(row['bidTime']!);
    to.long(row['bidSequence']!);
    to.index(row['bidWhy']!, 22);
    to.long(row['askTime']!);
    to.long(row['askSequence']!);
    to.index(row['askWhy']!, 22);
  },
  decode: (from) => ({
    instrument: from.int(),
    venue: from.int(),
    bid: from.float64(),
    ask: from.float64(),
    bidTime: from.long(),
    bidSequence: from.long(),
    bidWhy: from.index(22),
    askTime: from.long(),
    askSequence: from.long(),
    askWhy: from.index(22),
  }),
};

/** For `numberedTable({ name, ...venueQuoteNumbered, limit })`. */
export const venueQuoteNumbered = {
  codec: venueQuoteCodec,
  versions: schemaVersions,
  encodeAt(columns: VenueQuoteColumns, slot: number, to: ByteWriter): void {
    to.int(columns.instrument[slot]!);
    to.int(columns.venue[slot]!);
    to.float64(columns.bid[slot]!);
    to.float64(columns.ask[slot]!);
    to.long(columns.bidTime[slot]!);
    to.long(columns.bidSequence[slot]!);
    to.index(columns.bidWhy[slot]!, 22);
    to.long(columns.askTime[slot]!);
    to.long(columns.askSequence[slot]!);
    to.index(columns.askWhy[slot]!, 22);
  },
  allocate: (capacity: number): VenueQuoteColumns => ({
    instrument: new Int32Array(capacity),
    venue: new Int32Array(capacity),
    bid: new Float64Array(capacity),
    ask: new Float64Array(capacity),
    bidTime: new Float64Array(capacity),
    bidSequence: new Float64Array(capacity),
    bidWhy: new Int32Array(capacity),
    askTime: new Float64Array(capacity),
    askSequence: new Float64Array(capacity),
    askWhy: new Int32Array(capacity),
  }),
  fillers: {
    instrument: 0,
    venue: 0,
    bid: NaN,
    ask: NaN,
    bidTime: -1,
    bidSequence: 0,
    bidWhy: 0,
    askTime: -1,
    askSequence: 0,
    askWhy: 0,
  },
} as const;
