// Generated from schemas/quote.avsc by `npm run generate`. Change the schema, not this file.
import type { ColumnsCodec } from '../../../runtime/stream/codec';
import type { Columns } from '../../../runtime/stream/step';
import { readDoubles, readEnums, readInts, readLongs } from '../../frames/read-columns';
import { type Growing, withRoom } from '../../frames/room';
import { repeated, required } from '../../frames/span';
import { writeDoubles, writeEnums, writeInts, writeLongs } from '../../frames/write-columns';

/** Whether the feed vouches for the quote. */
export const QuoteCondition = { Regular: 0, Suspect: 1, Gap: 2 } as const;
export type QuoteCondition = (typeof QuoteCondition)[keyof typeof QuoteCondition];
export const quoteConditionNames = ['Regular', 'Suspect', 'Gap'] as const;

/** Best bid and ask of one venue. Either side may be missing. */
export interface QuoteColumns extends Columns {
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Number of the venue, as reference data allotted it. */
  readonly venue: Int32Array;
  /** Best bid. Unit: currency of the instrument per unit. NaN: nothing is said of the bid: what the venue said before stands. */
  readonly bid: Float64Array;
  /** Quantity at the best bid. Unit: units. NaN: its size is not known; 0 withdraws the bid. */
  readonly bidSize: Float64Array;
  /** Best ask. Unit: currency of the instrument per unit. NaN: nothing is said of the ask: what the venue said before stands. */
  readonly ask: Float64Array;
  /** Quantity at the best ask. Unit: units. NaN: its size is not known; 0 withdraws the ask. */
  readonly askSize: Float64Array;
  /** Suspect quotes are kept out of marks. Gap: updates of the instrument were lost, neither side counts until the venue quotes it again. */
  readonly condition: Int32Array;
  /** When the venue quoted it. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
  /** Order among quotes of one time, where the venue numbers them: a lower one that comes later is late. Unit: quotes. */
  readonly sequence: Float64Array;
}

export const quoteCodec: ColumnsCodec<QuoteColumns> = {
  layout: 'columns',
  record: 'breakwater.market.Quote',
  schema:
    '{"type":"record","name":"QuoteFrame","namespace":"breakwater.market","doc":"Many records of Quote, one array for each field, all of one length. Best bid and ask of one venue. Either side may be missing.","fields":[{"name":"instrument","type":{"type":"array","items":"int"},"doc":"Number of the instrument, as reference data allotted it."},{"name":"venue","type":{"type":"array","items":"int"},"doc":"Number of the venue, as reference data allotted it."},{"name":"bid","type":{"type":"array","items":"double"},"default":[],"doc":"Best bid. Empty: all are NaN.","unit":"currency of the instrument per unit","nan":"nothing is said of the bid: what the venue said before stands","absent":"NaN"},{"name":"bidSize","type":{"type":"array","items":"double"},"default":[],"doc":"Quantity at the best bid. Empty: all are NaN.","unit":"units","nan":"its size is not known; 0 withdraws the bid","absent":"NaN"},{"name":"ask","type":{"type":"array","items":"double"},"default":[],"doc":"Best ask. Empty: all are NaN.","unit":"currency of the instrument per unit","nan":"nothing is said of the ask: what the venue said before stands","absent":"NaN"},{"name":"askSize","type":{"type":"array","items":"double"},"default":[],"doc":"Quantity at the best ask. Empty: all are NaN.","unit":"units","nan":"its size is not known; 0 withdraws the ask","absent":"NaN"},{"name":"condition","type":{"type":"array","items":{"type":"enum","name":"QuoteCondition","namespace":"breakwater.market","doc":"Whether the feed vouches for the quote.","symbols":["Regular","Suspect","Gap"]}},"default":[],"doc":"Suspect quotes are kept out of marks. Gap: updates of the instrument were lost, neither side counts until the venue quotes it again. Empty: all are Regular.","absent":"Regular"},{"name":"time","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"doc":"When the venue quoted it.","unit":"microseconds since 1970 UTC"},{"name":"sequence","type":{"type":"array","items":"long"},"default":[],"doc":"Order among quotes of one time, where the venue numbers them: a lower one that comes later is late. Empty: all are 0.","unit":"quotes","absent":0}]}',
  allocate: (capacity) => ({
    length: 0,
    instrument: new Int32Array(capacity),
    venue: new Int32Array(capacity),
    bid: new Float64Array(capacity),
    bidSize: new Float64Array(capacity),
    ask: new Float64Array(capacity),
    askSize: new Float64Array(capacity),
    condition: new Int32Array(capacity),
    time: new Float64Array(capacity),
    sequence: new Float64Array(capacity),
  }),
  append(into, from) {
    const start = into.length;
    const instrument = readInts(from, into.instrument, start);
    const venue = readInts(from, into.venue, start);
    const bid = readDoubles(from, into.bid, start);
    const bidSize = readDoubles(from, into.bidSize, start);
    const ask = readDoubles(from, into.ask, start);
    const askSize = readDoubles(from, into.askSize, start);
    const condition = readEnums(from, into.condition, start, 3);
    const time = readLongs(from, into.time, start);
    const sequence = readLongs(from, into.sequence, start);
    const count = Math.max(instrument.count, venue.count, bid.count, bidSize.count, ask.count, askSize.count, condition.count, time.count, sequence.count);
    const frame = { start, count };
    required(instrument, frame, 'instrument');
    required(venue, frame, 'venue');
    repeated(bid, frame, 'bid', NaN);
    repeated(bidSize, frame, 'bidSize', NaN);
    repeated(ask, frame, 'ask', NaN);
    repeated(askSize, frame, 'askSize', NaN);
    repeated(condition, frame, 'condition', 0);
    required(time, frame, 'time');
    repeated(sequence, frame, 'sequence', 0);
    const grown: Growing<QuoteColumns> = into;
    grown.instrument = instrument.values;
    grown.venue = venue.values;
    grown.bid = bid.values;
    grown.bidSize = bidSize.values;
    grown.ask = ask.values;
    grown.askSize = askSize.values;
    grown.condition = condition.values;
    grown.time = time.values;
    grown.sequence = sequence.values;
    grown.length = start + count;
  },
  encode(columns, start, end, to) {
    writeInts(to, columns.instrument, start, end);
    writeInts(to, columns.venue, start, end);
    writeDoubles(to, columns.bid, start, end);
    writeDoubles(to, columns.bidSize, start, end);
    writeDoubles(to, columns.ask, start, end);
    writeDoubles(to, columns.askSize, start, end);
    writeEnums(to, columns.condition, start, end, 3);
    writeLongs(to, columns.time, start, end);
    writeLongs(to, columns.sequence, start, end);
  },
  copy(source, index, into) {
    const at = into.length;
    const grown: Growing<QuoteColumns> = into;
    if (at >= into.instrument.length) {
      grown.instrument = withRoom(into.instrument, at + 1);
      grown.venue = withRoom(into.venue, at + 1);
      grown.bid = withRoom(into.bid, at + 1);
      grown.bidSize = withRoom(into.bidSize, at + 1);
      grown.ask = withRoom(into.ask, at + 1);
      grown.askSize = withRoom(into.askSize, at + 1);
      grown.condition = withRoom(into.condition, at + 1);
      grown.time = withRoom(into.time, at + 1);
      grown.sequence = withRoom(into.sequence, at + 1);
    }
    into.instrument[at] = source.instrument[index]!;
    into.venue[at] = source.venue[index]!;
    into.bid[at] = source.bid[index]!;
    into.bidSize[at] = source.bidSize[index]!;
    into.ask[at] = source.ask[index]!;
    into.askSize[at] = source.askSize[index]!;
    into.condition[at] = source.condition[index]!;
    into.time[at] = source.time[index]!;
    into.sequence[at] = source.sequence[index]!;
    grown.length = at + 1;
  },
  clear(columns) {
    const cleared: Growing<QuoteColumns> = columns;
    cleared.length = 0;
  },
  rowOf: (columns, index) => ({
    instrument: columns.instrument[index],
    venue: columns.venue[index],
    bid: columns.bid[index],
    bidSize: columns.bidSize[index],
    ask: columns.ask[index],
    askSize: columns.askSize[index],
    condition: quoteConditionNames[columns.condition[index]!],
    time: columns.time[index],
    sequence: columns.sequence[index],
  }),
};
