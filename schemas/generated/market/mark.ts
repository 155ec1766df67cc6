// Generated from schemas/mark.avsc by `npm run generate`. Change the schema, not this file.
import type { ColumnsCodec } from '../../../runtime/codec';
import type { Columns } from '../../../runtime/step';
import { readDoubles, readEnums, readInts, readLongs } from '../../frames/read-columns';
import { type Growing, withRoom } from '../../frames/room';
import { repeated, required } from '../../frames/span';
import { writeDoubles, writeEnums, writeInts, writeLongs } from '../../frames/write-columns';

/** Whether there is a price, and whether it may be trusted. */
export const MarkState = { Missing: 0, Priced: 1, Stale: 2 } as const;
export type MarkState = (typeof MarkState)[keyof typeof MarkState];
export const markStateNames = ['Missing', 'Priced', 'Stale'] as const;

/** The price at which an instrument is valued, or that there is none. */
export interface MarkColumns extends Columns {
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Best bid over all venues, as of the last good quote. Unit: currency of the instrument per unit. NaN: the state is Missing. */
  readonly bid: Float64Array;
  /** Best ask over all venues, as of the last good quote. Unit: currency of the instrument per unit. NaN: the state is Missing. */
  readonly ask: Float64Array;
  /** Middle of bid and ask. Unit: currency of the instrument per unit. NaN: the state is Missing. */
  readonly price: Float64Array;
  /** Whether there is a price, and whether it may be trusted. */
  readonly state: Int32Array;
  /** Time of the quote that last changed bid or ask; of the first quote while the state is Missing. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
}

export const markCodec: ColumnsCodec<MarkColumns> = {
  layout: 'columns',
  record: 'breakwater.market.Mark',
  schema:
    '{"type":"record","name":"MarkFrame","namespace":"breakwater.market","doc":"Many records of Mark, one array for each field, all of one length. The price at which an instrument is valued, or that there is none.","fields":[{"name":"instrument","type":{"type":"array","items":"int"},"doc":"Number of the instrument, as reference data allotted it."},{"name":"bid","type":{"type":"array","items":"double"},"default":[],"doc":"Best bid over all venues, as of the last good quote. Empty: all are NaN.","unit":"currency of the instrument per unit","nan":"the state is Missing","absent":"NaN"},{"name":"ask","type":{"type":"array","items":"double"},"default":[],"doc":"Best ask over all venues, as of the last good quote. Empty: all are NaN.","unit":"currency of the instrument per unit","nan":"the state is Missing","absent":"NaN"},{"name":"price","type":{"type":"array","items":"double"},"default":[],"doc":"Middle of bid and ask. Empty: all are NaN.","unit":"currency of the instrument per unit","nan":"the state is Missing","absent":"NaN"},{"name":"state","type":{"type":"array","items":{"type":"enum","name":"MarkState","namespace":"breakwater.market","doc":"Whether there is a price, and whether it may be trusted.","symbols":["Missing","Priced","Stale"]}},"doc":"Whether there is a price, and whether it may be trusted."},{"name":"time","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"doc":"Time of the quote that last changed bid or ask; of the first quote while the state is Missing.","unit":"microseconds since 1970 UTC"}]}',
  allocate: (capacity) => ({
    length: 0,
    instrument: new Int32Array(capacity),
    bid: new Float64Array(capacity),
    ask: new Float64Array(capacity),
    price: new Float64Array(capacity),
    state: new Int32Array(capacity),
    time: new Float64Array(capacity),
  }),
  append(into, from) {
    const start = into.length;
    const instrument = readInts(from, into.instrument, start);
    const bid = readDoubles(from, into.bid, start);
    const ask = readDoubles(from, into.ask, start);
    const price = readDoubles(from, into.price, start);
    const state = readEnums(from, into.state, start, 3);
    const time = readLongs(from, into.time, start);
    const count = Math.max(instrument.count, bid.count, ask.count, price.count, state.count, time.count);
    const frame = { start, count };
    required(instrument, frame, 'instrument');
    repeated(bid, frame, 'bid', NaN);
    repeated(ask, frame, 'ask', NaN);
    repeated(price, frame, 'price', NaN);
    required(state, frame, 'state');
    required(time, frame, 'time');
    const grown: Growing<MarkColumns> = into;
    grown.instrument = instrument.values;
    grown.bid = bid.values;
    grown.ask = ask.values;
    grown.price = price.values;
    grown.state = state.values;
    grown.time = time.values;
    grown.length = start + count;
  },
  encode(columns, start, end, to) {
    writeInts(to, columns.instrument, start, end);
    writeDoubles(to, columns.bid, start, end);
    writeDoubles(to, columns.ask, start, end);
    writeDoubles(to, columns.price, start, end);
    writeEnums(to, columns.state, start, end, 3);
    writeLongs(to, columns.time, start, end);
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
      grown.time = withRoom(into.time, at + 1);
    }
    into.instrument[at] = source.instrument[index]!;
    into.bid[at] = source.bid[index]!;
    into.ask[at] = source.ask[index]!;
    into.price[at] = source.price[index]!;
    into.state[at] = source.state[index]!;
    into.time[at] = source.time[index]!;
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
    time: columns.time[index],
  }),
};
