// Generated from schemas/trade.avsc by `npm run generate`. Change the schema, not this file.
import type { ColumnsCodec } from '../../../runtime/stream/codec';
import type { Columns } from '../../../runtime/stream/step';
import { readDoubles, readEnums, readInts, readLongs } from '../../frames/read-columns';
import { type Growing, withRoom } from '../../frames/room';
import { repeated, required } from '../../frames/span';
import { writeDoubles, writeEnums, writeInts, writeLongs } from '../../frames/write-columns';

/** Whether the feed vouches for the trade. */
export const TradeCondition = { Regular: 0, Suspect: 1 } as const;
export type TradeCondition = (typeof TradeCondition)[keyof typeof TradeCondition];
export const tradeConditionNames = ['Regular', 'Suspect'] as const;

/** A trade on a venue. */
export interface TradeColumns extends Columns {
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Number of the venue, as reference data allotted it. */
  readonly venue: Int32Array;
  /** Price traded. Unit: currency of the instrument per unit. */
  readonly price: Float64Array;
  /** Quantity traded, always positive. Unit: units. */
  readonly size: Float64Array;
  /** Suspect trades are kept out of volumes. */
  readonly condition: Int32Array;
  /** When the venue matched it. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
  /** The venue's id of the trade, by which one that is sent twice counts once; 0 where it gives none. */
  readonly tradeId: Float64Array;
}

export const tradeCodec: ColumnsCodec<TradeColumns> = {
  layout: 'columns',
  record: 'breakwater.market.Trade',
  schema:
    '{"type":"record","name":"TradeFrame","namespace":"breakwater.market","doc":"Many records of Trade, one array for each field, all of one length. A trade on a venue.","fields":[{"name":"instrument","type":{"type":"array","items":"int"},"doc":"Number of the instrument, as reference data allotted it."},{"name":"venue","type":{"type":"array","items":"int"},"doc":"Number of the venue, as reference data allotted it."},{"name":"price","type":{"type":"array","items":"double"},"doc":"Price traded.","unit":"currency of the instrument per unit"},{"name":"size","type":{"type":"array","items":"double"},"doc":"Quantity traded, always positive.","unit":"units"},{"name":"condition","type":{"type":"array","items":{"type":"enum","name":"TradeCondition","namespace":"breakwater.market","doc":"Whether the feed vouches for the trade.","symbols":["Regular","Suspect"]}},"default":[],"doc":"Suspect trades are kept out of volumes. Empty: all are Regular.","absent":"Regular"},{"name":"time","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"doc":"When the venue matched it.","unit":"microseconds since 1970 UTC"},{"name":"tradeId","type":{"type":"array","items":"long"},"default":[],"doc":"The venue\'s id of the trade, by which one that is sent twice counts once; 0 where it gives none. Empty: all are 0.","absent":0}]}',
  allocate: (capacity) => ({
    length: 0,
    instrument: new Int32Array(capacity),
    venue: new Int32Array(capacity),
    price: new Float64Array(capacity),
    size: new Float64Array(capacity),
    condition: new Int32Array(capacity),
    time: new Float64Array(capacity),
    tradeId: new Float64Array(capacity),
  }),
  append(into, from) {
    const start = into.length;
    const instrument = readInts(from, into.instrument, start);
    const venue = readInts(from, into.venue, start);
    const price = readDoubles(from, into.price, start);
    const size = readDoubles(from, into.size, start);
    const condition = readEnums(from, into.condition, start, 2);
    const time = readLongs(from, into.time, start);
    const tradeId = readLongs(from, into.tradeId, start);
    const count = Math.max(instrument.count, venue.count, price.count, size.count, condition.count, time.count, tradeId.count);
    const frame = { start, count };
    required(instrument, frame, 'instrument');
    required(venue, frame, 'venue');
    required(price, frame, 'price');
    required(size, frame, 'size');
    repeated(condition, frame, 'condition', 0);
    required(time, frame, 'time');
    repeated(tradeId, frame, 'tradeId', 0);
    const grown: Growing<TradeColumns> = into;
    grown.instrument = instrument.values;
    grown.venue = venue.values;
    grown.price = price.values;
    grown.size = size.values;
    grown.condition = condition.values;
    grown.time = time.values;
    grown.tradeId = tradeId.values;
    grown.length = start + count;
  },
  encode(columns, start, end, to) {
    writeInts(to, columns.instrument, start, end);
    writeInts(to, columns.venue, start, end);
    writeDoubles(to, columns.price, start, end);
    writeDoubles(to, columns.size, start, end);
    writeEnums(to, columns.condition, start, end, 2);
    writeLongs(to, columns.time, start, end);
    writeLongs(to, columns.tradeId, start, end);
  },
  copy(source, index, into) {
    const at = into.length;
    const grown: Growing<TradeColumns> = into;
    if (at >= into.instrument.length) {
      grown.instrument = withRoom(into.instrument, at + 1);
      grown.venue = withRoom(into.venue, at + 1);
      grown.price = withRoom(into.price, at + 1);
      grown.size = withRoom(into.size, at + 1);
      grown.condition = withRoom(into.condition, at + 1);
      grown.time = withRoom(into.time, at + 1);
      grown.tradeId = withRoom(into.tradeId, at + 1);
    }
    into.instrument[at] = source.instrument[index]!;
    into.venue[at] = source.venue[index]!;
    into.price[at] = source.price[index]!;
    into.size[at] = source.size[index]!;
    into.condition[at] = source.condition[index]!;
    into.time[at] = source.time[index]!;
    into.tradeId[at] = source.tradeId[index]!;
    grown.length = at + 1;
  },
  clear(columns) {
    const cleared: Growing<TradeColumns> = columns;
    cleared.length = 0;
  },
  rowOf: (columns, index) => ({
    instrument: columns.instrument[index],
    venue: columns.venue[index],
    price: columns.price[index],
    size: columns.size[index],
    condition: tradeConditionNames[columns.condition[index]!],
    time: columns.time[index],
    tradeId: columns.tradeId[index],
  }),
};
