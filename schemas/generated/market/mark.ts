// Generated from schemas/mark.avsc by `npm run generate`. Change the schema, not this file.
import type { ColumnsCodec } from '../../../runtime/stream/codec';
import type { Columns } from '../../../runtime/stream/step';
import { readDoubles, readEnums, readInts, readLongs } from '../../frames/read-columns';
import { type Growing, withRoom } from '../../frames/room';
import { repeated, required } from '../../frames/span';
import { writeDoubles, writeEnums, writeInts, writeLongs } from '../../frames/write-columns';

/** Whether there is a price, and whether it may be trusted. */
export const MarkState = { Missing: 0, Priced: 1, Stale: 2 } as const;
export type MarkState = (typeof MarkState)[keyof typeof MarkState];
export const markStateNames = ['Missing', 'Priced', 'Stale'] as const;

/** How good a mark is. Good: two sides, near one another and young. OneSided: one side, the other is old or gone. Wide: two sides far apart. Stale: nothing young; the price is that of the last two sides. VenueDown: the same, since the venues are down. Missing: no price. */
export const MarkQuality = { Missing: 0, Good: 1, OneSided: 2, Wide: 3, Stale: 4, VenueDown: 5 } as const;
export type MarkQuality = (typeof MarkQuality)[keyof typeof MarkQuality];
export const markQualityNames = ['Missing', 'Good', 'OneSided', 'Wide', 'Stale', 'VenueDown'] as const;

/** Why a price or a value is not as good as it could be. None: it is good. NeverQuoted: nothing came. Withdrawn: the venue took both sides back. NoBid, NoAsk: one side was taken back, or never came. StaleBid, StaleAsk, StaleQuote: one or both sides are too old. VenueDown: all venues that quoted are down or recovering. VenueGap: quotes of the venue were lost. WideSpread: far apart. AbsurdSpread: so far apart that it is no market. Crossed: the bid is above the ask. NotPositive: a price of zero or less where the product has none. UnknownSize: a price of zero whose size is not known. NoMark: the instrument has no mark at all. ZeroPrice: an inverse contract has no value at zero. NoRate, StaleRate: the exchange rate is missing or old. PartsUnknown: something that is summed has no value. OtherContract: the mark is of another contract that goes by the same name. OutOfRange: the sum has no room in the digits that there are. */
export const Reason = { None: 0, NeverQuoted: 1, Withdrawn: 2, NoBid: 3, NoAsk: 4, StaleBid: 5, StaleAsk: 6, StaleQuote: 7, VenueDown: 8, VenueGap: 9, WideSpread: 10, AbsurdSpread: 11, Crossed: 12, NotPositive: 13, UnknownSize: 14, NoMark: 15, ZeroPrice: 16, NoRate: 17, StaleRate: 18, PartsUnknown: 19, OtherContract: 20, OutOfRange: 21 } as const;
export type Reason = (typeof Reason)[keyof typeof Reason];
export const reasonNames = ['None', 'NeverQuoted', 'Withdrawn', 'NoBid', 'NoAsk', 'StaleBid', 'StaleAsk', 'StaleQuote', 'VenueDown', 'VenueGap', 'WideSpread', 'AbsurdSpread', 'Crossed', 'NotPositive', 'UnknownSize', 'NoMark', 'ZeroPrice', 'NoRate', 'StaleRate', 'PartsUnknown', 'OtherContract', 'OutOfRange'] as const;

/** The price at which an instrument is valued, or that there is none. */
export interface MarkColumns extends Columns {
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Best bid over all venues that are up; of the last two good sides while there is no better. Unit: currency of the instrument per unit. NaN: there is none. */
  readonly bid: Float64Array;
  /** Best ask over all venues that are up; of the last two good sides while there is no better. Unit: currency of the instrument per unit. NaN: there is none. */
  readonly ask: Float64Array;
  /** Middle of bid and ask; the side that is left where one is; of the last two sides where none is. Unit: currency of the instrument per unit. NaN: the state is Missing. */
  readonly price: Float64Array;
  /** Whether there is a price, and whether it may be trusted. */
  readonly state: Int32Array;
  /** How good it is. */
  readonly quality: Int32Array;
  /** Why it is no better. */
  readonly reason: Int32Array;
  /** Time of the quote that last changed bid or ask; of the first quote while the state is Missing. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: Float64Array;
}

export const markCodec: ColumnsCodec<MarkColumns> = {
  layout: 'columns',
  record: 'breakwater.market.Mark',
  schema:
    '{"type":"record","name":"MarkFrame","namespace":"breakwater.market","doc":"Many records of Mark, one array for each field, all of one length. The price at which an instrument is valued, or that there is none.","fields":[{"name":"instrument","type":{"type":"array","items":"int"},"doc":"Number of the instrument, as reference data allotted it."},{"name":"bid","type":{"type":"array","items":"double"},"default":[],"doc":"Best bid over all venues that are up; of the last two good sides while there is no better. Empty: all are NaN.","unit":"currency of the instrument per unit","nan":"there is none","absent":"NaN"},{"name":"ask","type":{"type":"array","items":"double"},"default":[],"doc":"Best ask over all venues that are up; of the last two good sides while there is no better. Empty: all are NaN.","unit":"currency of the instrument per unit","nan":"there is none","absent":"NaN"},{"name":"price","type":{"type":"array","items":"double"},"default":[],"doc":"Middle of bid and ask; the side that is left where one is; of the last two sides where none is. Empty: all are NaN.","unit":"currency of the instrument per unit","nan":"the state is Missing","absent":"NaN"},{"name":"state","type":{"type":"array","items":{"type":"enum","name":"MarkState","namespace":"breakwater.market","doc":"Whether there is a price, and whether it may be trusted.","symbols":["Missing","Priced","Stale"]}},"doc":"Whether there is a price, and whether it may be trusted."},{"name":"quality","type":{"type":"array","items":{"type":"enum","name":"MarkQuality","namespace":"breakwater.market","doc":"How good a mark is. Good: two sides, near one another and young. OneSided: one side, the other is old or gone. Wide: two sides far apart. Stale: nothing young; the price is that of the last two sides. VenueDown: the same, since the venues are down. Missing: no price.","symbols":["Missing","Good","OneSided","Wide","Stale","VenueDown"]}},"default":[],"doc":"How good it is. Empty: all are Good.","absent":"Good"},{"name":"reason","type":{"type":"array","items":{"type":"enum","name":"Reason","namespace":"breakwater.market","doc":"Why a price or a value is not as good as it could be. None: it is good. NeverQuoted: nothing came. Withdrawn: the venue took both sides back. NoBid, NoAsk: one side was taken back, or never came. StaleBid, StaleAsk, StaleQuote: one or both sides are too old. VenueDown: all venues that quoted are down or recovering. VenueGap: quotes of the venue were lost. WideSpread: far apart. AbsurdSpread: so far apart that it is no market. Crossed: the bid is above the ask. NotPositive: a price of zero or less where the product has none. UnknownSize: a price of zero whose size is not known. NoMark: the instrument has no mark at all. ZeroPrice: an inverse contract has no value at zero. NoRate, StaleRate: the exchange rate is missing or old. PartsUnknown: something that is summed has no value. OtherContract: the mark is of another contract that goes by the same name. OutOfRange: the sum has no room in the digits that there are.","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]}},"default":[],"doc":"Why it is no better. Empty: all are None.","absent":"None"},{"name":"time","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"doc":"Time of the quote that last changed bid or ask; of the first quote while the state is Missing.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"default":[],"doc":"When the task came to know it: the clock of the step that said it. Empty: all are 0.","unit":"microseconds since 1970 UTC","absent":0}]}',
  allocate: (capacity) => ({
    length: 0,
    instrument: new Int32Array(capacity),
    bid: new Float64Array(capacity),
    ask: new Float64Array(capacity),
    price: new Float64Array(capacity),
    state: new Int32Array(capacity),
    quality: new Int32Array(capacity),
    reason: new Int32Array(capacity),
    time: new Float64Array(capacity),
    knownAt: new Float64Array(capacity),
  }),
  append(into, from) {
    const start = into.length;
    const instrument = readInts(from, into.instrument, start);
    const bid = readDoubles(from, into.bid, start);
    const ask = readDoubles(from, into.ask, start);
    const price = readDoubles(from, into.price, start);
    const state = readEnums(from, into.state, start, 3);
    const quality = readEnums(from, into.quality, start, 6);
    const reason = readEnums(from, into.reason, start, 22);
    const time = readLongs(from, into.time, start);
    const knownAt = readLongs(from, into.knownAt, start);
    const count = Math.max(instrument.count, bid.count, ask.count, price.count, state.count, quality.count, reason.count, time.count, knownAt.count);
    const frame = { start, count };
    required(instrument, frame, 'instrument');
    repeated(bid, frame, 'bid', NaN);
    repeated(ask, frame, 'ask', NaN);
    repeated(price, frame, 'price', NaN);
    required(state, frame, 'state');
    repeated(quality, frame, 'quality', 1);
    repeated(reason, frame, 'reason', 0);
    required(time, frame, 'time');
    repeated(knownAt, frame, 'knownAt', 0);
    const grown: Growing<MarkColumns> = into;
    grown.instrument = instrument.values;
    grown.bid = bid.values;
    grown.ask = ask.values;
    grown.price = price.values;
    grown.state = state.values;
    grown.quality = quality.values;
    grown.reason = reason.values;
    grown.time = time.values;
    grown.knownAt = knownAt.values;
    grown.length = start + count;
  },
  encode(columns, start, end, to) {
    writeInts(to, columns.instrument, start, end);
    writeDoubles(to, columns.bid, start, end);
    writeDoubles(to, columns.ask, start, end);
    writeDoubles(to, columns.price, start, end);
    writeEnums(to, columns.state, start, end, 3);
    writeEnums(to, columns.quality, start, end, 6);
    writeEnums(to, columns.reason, start, end, 22);
    writeLongs(to, columns.time, start, end);
    writeLongs(to, columns.knownAt, start, end);
  },
  copy(source, index, into) {
    const at = into.length;
    const grown: Growing<MarkColumns> = into;
    if (at >= into.instrument.length) {
      grown.instrument = withRoom(into.instrument, at + 1);
      grown.bid = withRoom(into.bid, at + 1);
      grown.ask = withRoom(into.ask, at + 1);
      grown.price = withRoom(into.price, at + 1);
      grown.state = withRoom(into.state, at + 1);
      grown.quality = withRoom(into.quality, at + 1);
      grown.reason = withRoom(into.reason, at + 1);
      grown.time = withRoom(into.time, at + 1);
      grown.knownAt = withRoom(into.knownAt, at + 1);
    }
    into.instrument[at] = source.instrument[index]!;
    into.bid[at] = source.bid[index]!;
    into.ask[at] = source.ask[index]!;
    into.price[at] = source.price[index]!;
    into.state[at] = source.state[index]!;
    into.quality[at] = source.quality[index]!;
    into.reason[at] = source.reason[index]!;
    into.time[at] = source.time[index]!;
    into.knownAt[at] = source.knownAt[index]!;
    grown.length = at + 1;
  },
  clear(columns) {
    const cleared: Growing<MarkColumns> = columns;
    cleared.length = 0;
  },
  rowOf: (columns, index) => ({
    instrument: columns.instrument[index],
    bid: columns.bid[index],
    ask: columns.ask[index],
    price: columns.price[index],
    state: markStateNames[columns.state[index]!],
    quality: markQualityNames[columns.quality[index]!],
    reason: reasonNames[columns.reason[index]!],
    time: columns.time[index],
    knownAt: columns.knownAt[index],
  }),
};
