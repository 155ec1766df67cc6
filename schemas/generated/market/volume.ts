// Generated from schemas/volume.avsc by `npm run generate`. Change the schema, not this file.
import type { ColumnsCodec } from '../../../runtime/stream/codec';
import type { Columns } from '../../../runtime/stream/step';
import { readDoubles, readInts, readLongs } from '../../frames/read-columns';
import { type Growing, withRoom } from '../../frames/room';
import { repeated, required } from '../../frames/span';
import { writeDoubles, writeInts, writeLongs } from '../../frames/write-columns';

/** What has been traded in an instrument since its first trade. */
export interface VolumeColumns extends Columns {
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Sum of the sizes of all regular trades. Unit: units. */
  readonly volume: Float64Array;
  /** Number of regular trades. Unit: trades. */
  readonly trades: Float64Array;
  /** Number of trades left out: suspect, or without a price or a positive size. Unit: trades. */
  readonly suspect: Float64Array;
  /** Price of the regular trade that is latest in time; of equal times, the last to come. Unit: currency of the instrument per unit. NaN: there was no trade. */
  readonly lastPrice: Float64Array;
  /** Highest price of a regular trade. Unit: currency of the instrument per unit. NaN: there was no trade. */
  readonly high: Float64Array;
  /** Lowest price of a regular trade. Unit: currency of the instrument per unit. NaN: there was no trade. */
  readonly low: Float64Array;
  /** Latest time of a regular trade; -1 before the first. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: Float64Array;
}

export const volumeCodec: ColumnsCodec<VolumeColumns> = {
  layout: 'columns',
  record: 'breakwater.market.Volume',
  schema:
    '{"type":"record","name":"VolumeFrame","namespace":"breakwater.market","doc":"Many records of Volume, one array for each field, all of one length. What has been traded in an instrument since its first trade.","fields":[{"name":"instrument","type":{"type":"array","items":"int"},"doc":"Number of the instrument, as reference data allotted it."},{"name":"volume","type":{"type":"array","items":"double"},"doc":"Sum of the sizes of all regular trades.","unit":"units"},{"name":"trades","type":{"type":"array","items":"long"},"doc":"Number of regular trades.","unit":"trades"},{"name":"suspect","type":{"type":"array","items":"long"},"default":[],"doc":"Number of trades left out: suspect, or without a price or a positive size. Empty: all are 0.","unit":"trades","absent":0},{"name":"lastPrice","type":{"type":"array","items":"double"},"default":[],"doc":"Price of the regular trade that is latest in time; of equal times, the last to come. Empty: all are NaN.","unit":"currency of the instrument per unit","nan":"there was no trade","absent":"NaN"},{"name":"high","type":{"type":"array","items":"double"},"default":[],"doc":"Highest price of a regular trade. Empty: all are NaN.","unit":"currency of the instrument per unit","nan":"there was no trade","absent":"NaN"},{"name":"low","type":{"type":"array","items":"double"},"default":[],"doc":"Lowest price of a regular trade. Empty: all are NaN.","unit":"currency of the instrument per unit","nan":"there was no trade","absent":"NaN"},{"name":"time","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"doc":"Latest time of a regular trade; -1 before the first.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"default":[],"doc":"When the task came to know it: the clock of the step that said it. Empty: all are 0.","unit":"microseconds since 1970 UTC","absent":0}]}',
  allocate: (capacity) => ({
    length: 0,
    instrument: new Int32Array(capacity),
    volume: new Float64Array(capacity),
    trades: new Float64Array(capacity),
    suspect: new Float64Array(capacity),
    lastPrice: new Float64Array(capacity),
    high: new Float64Array(capacity),
    low: new Float64Array(capacity),
    time: new Float64Array(capacity),
    knownAt: new Float64Array(capacity),
  }),
  append(into, from) {
    const start = into.length;
    const instrument = readInts(from, into.instrument, start);
    const volume = readDoubles(from, into.volume, start);
    const trades = readLongs(from, into.trades, start);
    const suspect = readLongs(from, into.suspect, start);
    const lastPrice = readDoubles(from, into.lastPrice, start);
    const high = readDoubles(from, into.high, start);
    const low = readDoubles(from, into.low, start);
    const time = readLongs(from, into.time, start);
    const knownAt = readLongs(from, into.knownAt, start);
    const count = Math.max(instrument.count, volume.count, trades.count, suspect.count, lastPrice.count, high.count, low.count, time.count, knownAt.count);
    const frame = { start, count };
    required(instrument, frame, 'instrument');
    required(volume, frame, 'volume');
    required(trades, frame, 'trades');
    repeated(suspect, frame, 'suspect', 0);
    repeated(lastPrice, frame, 'lastPrice', NaN);
    repeated(high, frame, 'high', NaN);
    repeated(low, frame, 'low', NaN);
    required(time, frame, 'time');
    repeated(knownAt, frame, 'knownAt', 0);
    const grown: Growing<VolumeColumns> = into;
    grown.instrument = instrument.values;
    grown.volume = volume.values;
    grown.trades = trades.values;
    grown.suspect = suspect.values;
    grown.lastPrice = lastPrice.values;
    grown.high = high.values;
    grown.low = low.values;
    grown.time = time.values;
    grown.knownAt = knownAt.values;
    grown.length = start + count;
  },
  encode(columns, start, end, to) {
    writeInts(to, columns.instrument, start, end);
    writeDoubles(to, columns.volume, start, end);
    writeLongs(to, columns.trades, start, end);
    writeLongs(to, columns.suspect, start, end);
    writeDoubles(to, columns.lastPrice, start, end);
    writeDoubles(to, columns.high, start, end);
    writeDoubles(to, columns.low, start, end);
    writeLongs(to, columns.time, start, end);
    writeLongs(to, columns.knownAt, start, end);
  },
  copy(source, index, into) {
    const at = into.length;
    const grown: Growing<VolumeColumns> = into;
    if (at >= into.instrument.length) {
      grown.instrument = withRoom(into.instrument, at + 1);
      grown.volume = withRoom(into.volume, at + 1);
      grown.trades = withRoom(into.trades, at + 1);
      grown.suspect = withRoom(into.suspect, at + 1);
      grown.lastPrice = withRoom(into.lastPrice, at + 1);
      grown.high = withRoom(into.high, at + 1);
      grown.low = withRoom(into.low, at + 1);
      grown.time = withRoom(into.time, at + 1);
      grown.knownAt = withRoom(into.knownAt, at + 1);
    }
    into.instrument[at] = source.instrument[index]!;
    into.volume[at] = source.volume[index]!;
    into.trades[at] = source.trades[index]!;
    into.suspect[at] = source.suspect[index]!;
    into.lastPrice[at] = source.lastPrice[index]!;
    into.high[at] = source.high[index]!;
    into.low[at] = source.low[index]!;
    into.time[at] = source.time[index]!;
    into.knownAt[at] = source.knownAt[index]!;
    grown.length = at + 1;
  },
  clear(columns) {
    const cleared: Growing<VolumeColumns> = columns;
    cleared.length = 0;
  },
  rowOf: (columns, index) => ({
    instrument: columns.instrument[index],
    volume: columns.volume[index],
    trades: columns.trades[index],
    suspect: columns.suspect[index],
    lastPrice: columns.lastPrice[index],
    high: columns.high[index],
    low: columns.low[index],
    time: columns.time[index],
    knownAt: columns.knownAt[index],
  }),
};
