// Generated from schemas/bar.avsc by `npm run generate`. Change the schema, not this file.
import type { ColumnsCodec } from '../../../runtime/stream/codec';
import type { Columns } from '../../../runtime/stream/step';
import { readDoubles, readEnums, readInts, readLongs } from '../../frames/read-columns';
import { type Growing, withRoom } from '../../frames/room';
import { repeated, required } from '../../frames/span';
import { writeDoubles, writeEnums, writeInts, writeLongs } from '../../frames/write-columns';

/** How long a bar is: from a full second, minute or day in UTC to before the next. */
export const BarInterval = { Second: 0, Minute: 1, Day: 2 } as const;
export type BarInterval = (typeof BarInterval)[keyof typeof BarInterval];
export const barIntervalNames = ['Second', 'Minute', 'Day'] as const;

/** What was traded in an instrument in a stretch of time, by the times of the venues. It is told again when a trade comes late. */
export interface BarColumns extends Columns {
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** How long it is. */
  readonly interval: Int32Array;
  /** When it begins; that time is part of it. Unit: microseconds since 1970 UTC. */
  readonly begins: Float64Array;
  /** Price of the trade that is earliest in time; of equal times, the first to come. Unit: currency of the instrument per unit. */
  readonly open: Float64Array;
  /** Highest price. Unit: currency of the instrument per unit. */
  readonly high: Float64Array;
  /** Lowest price. Unit: currency of the instrument per unit. */
  readonly low: Float64Array;
  /** Price of the trade that is latest in time; of equal times, the last to come. Unit: currency of the instrument per unit. */
  readonly close: Float64Array;
  /** Average price, weighted by size. Unit: currency of the instrument per unit. */
  readonly vwap: Float64Array;
  /** Sum of the sizes. Unit: units. */
  readonly volume: Float64Array;
  /** Number of trades. Unit: trades. */
  readonly trades: Float64Array;
  /** While this was the latest bar: trades of bars eight or more before it, which are in no bar. Unit: trades. */
  readonly tooLate: Float64Array;
  /** Time of the latest trade in it. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: Float64Array;
}

export const barCodec: ColumnsCodec<BarColumns> = {
  layout: 'columns',
  record: 'breakwater.market.Bar',
  schema:
    '{"type":"record","name":"BarFrame","namespace":"breakwater.market","doc":"Many records of Bar, one array for each field, all of one length. What was traded in an instrument in a stretch of time, by the times of the venues. It is told again when a trade comes late.","fields":[{"name":"instrument","type":{"type":"array","items":"int"},"doc":"Number of the instrument, as reference data allotted it."},{"name":"interval","type":{"type":"array","items":{"type":"enum","name":"BarInterval","namespace":"breakwater.market","doc":"How long a bar is: from a full second, minute or day in UTC to before the next.","symbols":["Second","Minute","Day"]}},"doc":"How long it is."},{"name":"begins","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"doc":"When it begins; that time is part of it.","unit":"microseconds since 1970 UTC"},{"name":"open","type":{"type":"array","items":"double"},"doc":"Price of the trade that is earliest in time; of equal times, the first to come.","unit":"currency of the instrument per unit"},{"name":"high","type":{"type":"array","items":"double"},"doc":"Highest price.","unit":"currency of the instrument per unit"},{"name":"low","type":{"type":"array","items":"double"},"doc":"Lowest price.","unit":"currency of the instrument per unit"},{"name":"close","type":{"type":"array","items":"double"},"doc":"Price of the trade that is latest in time; of equal times, the last to come.","unit":"currency of the instrument per unit"},{"name":"vwap","type":{"type":"array","items":"double"},"doc":"Average price, weighted by size.","unit":"currency of the instrument per unit"},{"name":"volume","type":{"type":"array","items":"double"},"doc":"Sum of the sizes.","unit":"units"},{"name":"trades","type":{"type":"array","items":"long"},"doc":"Number of trades.","unit":"trades"},{"name":"tooLate","type":{"type":"array","items":"long"},"default":[],"doc":"While this was the latest bar: trades of bars eight or more before it, which are in no bar. Empty: all are 0.","unit":"trades","absent":0},{"name":"time","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"doc":"Time of the latest trade in it.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"default":[],"doc":"When the task came to know it: the clock of the step that said it. Empty: all are 0.","unit":"microseconds since 1970 UTC","absent":0}]}',
  allocate: (capacity) => ({
    length: 0,
    instrument: new Int32Array(capacity),
    interval: new Int32Array(capacity),
    begins: new Float64Array(capacity),
    open: new Float64Array(capacity),
    high: new Float64Array(capacity),
    low: new Float64Array(capacity),
    close: new Float64Array(capacity),
    vwap: new Float64Array(capacity),
    volume: new Float64Array(capacity),
    trades: new Float64Array(capacity),
    tooLate: new Float64Array(capacity),
    time: new Float64Array(capacity),
    knownAt: new Float64Array(capacity),
  }),
  append(into, from) {
    const start = into.length;
    const instrument = readInts(from, into.instrument, start);
    const interval = readEnums(from, into.interval, start, 3);
    const begins = readLongs(from, into.begins, start);
    const open = readDoubles(from, into.open, start);
    const high = readDoubles(from, into.high, start);
    const low = readDoubles(from, into.low, start);
    const close = readDoubles(from, into.close, start);
    const vwap = readDoubles(from, into.vwap, start);
    const volume = readDoubles(from, into.volume, start);
    const trades = readLongs(from, into.trades, start);
    const tooLate = readLongs(from, into.tooLate, start);
    const time = readLongs(from, into.time, start);
    const knownAt = readLongs(from, into.knownAt, start);
    const count = Math.max(instrument.count, interval.count, begins.count, open.count, high.count, low.count, close.count, vwap.count, volume.count, trades.count, tooLate.count, time.count, knownAt.count);
    const frame = { start, count };
    required(instrument, frame, 'instrument');
    required(interval, frame, 'interval');
    required(begins, frame, 'begins');
    required(open, frame, 'open');
    required(high, frame, 'high');
    required(low, frame, 'low');
    required(close, frame, 'close');
    required(vwap, frame, 'vwap');
    required(volume, frame, 'volume');
    required(trades, frame, 'trades');
    repeated(tooLate, frame, 'tooLate', 0);
    required(time, frame, 'time');
    repeated(knownAt, frame, 'knownAt', 0);
    const grown: Growing<BarColumns> = into;
    grown.instrument = instrument.values;
    grown.interval = interval.values;
    grown.begins = begins.values;
    grown.open = open.values;
    grown.high = high.values;
    grown.low = low.values;
    grown.close = close.values;
    grown.vwap = vwap.values;
    grown.volume = volume.values;
    grown.trades = trades.values;
    grown.tooLate = tooLate.values;
    grown.time = time.values;
    grown.knownAt = knownAt.values;
    grown.length = start + count;
  },
  encode(columns, start, end, to) {
    writeInts(to, columns.instrument, start, end);
    writeEnums(to, columns.interval, start, end, 3);
    writeLongs(to, columns.begins, start, end);
    writeDoubles(to, columns.open, start, end);
    writeDoubles(to, columns.high, start, end);
    writeDoubles(to, columns.low, start, end);
    writeDoubles(to, columns.close, start, end);
    writeDoubles(to, columns.vwap, start, end);
    writeDoubles(to, columns.volume, start, end);
    writeLongs(to, columns.trades, start, end);
    writeLongs(to, columns.tooLate, start, end);
    writeLongs(to, columns.time, start, end);
    writeLongs(to, columns.knownAt, start, end);
  },
  copy(source, index, into) {
    const at = into.length;
    const grown: Growing<BarColumns> = into;
    if (at >= into.instrument.length) {
      grown.instrument = withRoom(into.instrument, at + 1);
      grown.interval = withRoom(into.interval, at + 1);
      grown.begins = withRoom(into.begins, at + 1);
      grown.open = withRoom(into.open, at + 1);
      grown.high = withRoom(into.high, at + 1);
      grown.low = withRoom(into.low, at + 1);
      grown.close = withRoom(into.close, at + 1);
      grown.vwap = withRoom(into.vwap, at + 1);
      grown.volume = withRoom(into.volume, at + 1);
      grown.trades = withRoom(into.trades, at + 1);
      grown.tooLate = withRoom(into.tooLate, at + 1);
      grown.time = withRoom(into.time, at + 1);
      grown.knownAt = withRoom(into.knownAt, at + 1);
    }
    into.instrument[at] = source.instrument[index]!;
    into.interval[at] = source.interval[index]!;
    into.begins[at] = source.begins[index]!;
    into.open[at] = source.open[index]!;
    into.high[at] = source.high[index]!;
    into.low[at] = source.low[index]!;
    into.close[at] = source.close[index]!;
    into.vwap[at] = source.vwap[index]!;
    into.volume[at] = source.volume[index]!;
    into.trades[at] = source.trades[index]!;
    into.tooLate[at] = source.tooLate[index]!;
    into.time[at] = source.time[index]!;
    into.knownAt[at] = source.knownAt[index]!;
    grown.length = at + 1;
  },
  clear(columns) {
    const cleared: Growing<BarColumns> = columns;
    cleared.length = 0;
  },
  rowOf: (columns, index) => ({
    instrument: columns.instrument[index],
    interval: barIntervalNames[columns.interval[index]!],
    begins: columns.begins[index],
    open: columns.open[index],
    high: columns.high[index],
    low: columns.low[index],
    close: columns.close[index],
    vwap: columns.vwap[index],
    volume: columns.volume[index],
    trades: columns.trades[index],
    tooLate: columns.tooLate[index],
    time: columns.time[index],
    knownAt: columns.knownAt[index],
  }),
};
