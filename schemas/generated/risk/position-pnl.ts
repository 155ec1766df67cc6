// Generated from schemas/position-pnl.avsc by `npm run generate`. Change the schema, not this file.
import type { ColumnsCodec } from '../../../runtime/codec';
import type { Columns } from '../../../runtime/step';
import { readDoubles, readEnums, readInts, readLongs } from '../../frames/read-columns';
import { type Growing, withRoom } from '../../frames/room';
import { repeated, required } from '../../frames/span';
import { writeDoubles, writeEnums, writeInts, writeLongs } from '../../frames/write-columns';

/** Whether the position has a price, and whether it may be trusted. A flat one needs none. */
export const PnlStatus = { Unpriced: 0, Priced: 1, Stale: 2 } as const;
export type PnlStatus = (typeof PnlStatus)[keyof typeof PnlStatus];
export const pnlStatusNames = ['Unpriced', 'Priced', 'Stale'] as const;

/** A position valued at its mark. */
export interface PositionPnlColumns extends Columns {
  /** Number of the account, as reference data allotted it. */
  readonly account: Int32Array;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Units held; negative when short. Unit: units. */
  readonly quantity: Float64Array;
  /** What it is valued at: the middle of the mark, or its bid for a long and its ask for a short position. Unit: currency of the instrument per unit. NaN: unpriced, or flat. */
  readonly price: Float64Array;
  /** Quantity at the price, times the multiplier; zero when flat, whatever the price. Unit: currency of the instrument. NaN: unpriced. */
  readonly marketValue: Float64Array;
  /** Market value less cost. Unit: currency of the instrument. NaN: unpriced. */
  readonly unrealisedPnl: Float64Array;
  /** Profit and loss of what has been closed, less the fees in the currency of the position. Unit: currency of the instrument. */
  readonly realisedPnl: Float64Array;
  /** Whether there is a price, and whether it may be trusted. */
  readonly status: Int32Array;
  /** Later of the time of the mark and that of the position. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
}

export const positionPnlCodec: ColumnsCodec<PositionPnlColumns> = {
  layout: 'columns',
  record: 'breakwater.risk.PositionPnl',
  schema:
    '{"type":"record","name":"PositionPnlFrame","namespace":"breakwater.risk","doc":"Many records of PositionPnl, one array for each field, all of one length. A position valued at its mark.","fields":[{"name":"account","type":{"type":"array","items":"int"},"doc":"Number of the account, as reference data allotted it."},{"name":"instrument","type":{"type":"array","items":"int"},"doc":"Number of the instrument, as reference data allotted it."},{"name":"quantity","type":{"type":"array","items":"double"},"doc":"Units held; negative when short.","unit":"units"},{"name":"price","type":{"type":"array","items":"double"},"default":[],"doc":"What it is valued at: the middle of the mark, or its bid for a long and its ask for a short position. Empty: all are NaN.","unit":"currency of the instrument per unit","nan":"unpriced, or flat","absent":"NaN"},{"name":"marketValue","type":{"type":"array","items":"double"},"default":[],"doc":"Quantity at the price, times the multiplier; zero when flat, whatever the price. Empty: all are NaN.","unit":"currency of the instrument","nan":"unpriced","absent":"NaN"},{"name":"unrealisedPnl","type":{"type":"array","items":"double"},"default":[],"doc":"Market value less cost. Empty: all are NaN.","unit":"currency of the instrument","nan":"unpriced","absent":"NaN"},{"name":"realisedPnl","type":{"type":"array","items":"double"},"doc":"Profit and loss of what has been closed, less the fees in the currency of the position.","unit":"currency of the instrument"},{"name":"status","type":{"type":"array","items":{"type":"enum","name":"PnlStatus","namespace":"breakwater.risk","doc":"Whether the position has a price, and whether it may be trusted. A flat one needs none.","symbols":["Unpriced","Priced","Stale"]}},"doc":"Whether there is a price, and whether it may be trusted."},{"name":"time","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"doc":"Later of the time of the mark and that of the position.","unit":"microseconds since 1970 UTC"}]}',
  allocate: (capacity) => ({
    length: 0,
    account: new Int32Array(capacity),
    instrument: new Int32Array(capacity),
    quantity: new Float64Array(capacity),
    price: new Float64Array(capacity),
    marketValue: new Float64Array(capacity),
    unrealisedPnl: new Float64Array(capacity),
    realisedPnl: new Float64Array(capacity),
    status: new Int32Array(capacity),
    time: new Float64Array(capacity),
  }),
  append(into, from) {
    const start = into.length;
    const account = readInts(from, into.account, start);
    const instrument = readInts(from, into.instrument, start);
    const quantity = readDoubles(from, into.quantity, start);
    const price = readDoubles(from, into.price, start);
    const marketValue = readDoubles(from, into.marketValue, start);
    const unrealisedPnl = readDoubles(from, into.unrealisedPnl, start);
    const realisedPnl = readDoubles(from, into.realisedPnl, start);
    const status = readEnums(from, into.status, start, 3);
    const time = readLongs(from, into.time, start);
    const count = Math.max(account.count, instrument.count, quantity.count, price.count, marketValue.count, unrealisedPnl.count, realisedPnl.count, status.count, time.count);
    const frame = { start, count };
    required(account, frame, 'account');
    required(instrument, frame, 'instrument');
    required(quantity, frame, 'quantity');
    repeated(price, frame, 'price', NaN);
    repeated(marketValue, frame, 'marketValue', NaN);
    repeated(unrealisedPnl, frame, 'unrealisedPnl', NaN);
    required(realisedPnl, frame, 'realisedPnl');
    required(status, frame, 'status');
    required(time, frame, 'time');
    const grown: Growing<PositionPnlColumns> = into;
    grown.account = account.values;
    grown.instrument = instrument.values;
    grown.quantity = quantity.values;
    grown.price = price.values;
    grown.marketValue = marketValue.values;
    grown.unrealisedPnl = unrealisedPnl.values;
    grown.realisedPnl = realisedPnl.values;
    grown.status = status.values;
    grown.time = time.values;
    grown.length = start + count;
  },
  encode(columns, start, end, to) {
    writeInts(to, columns.account, start, end);
    writeInts(to, columns.instrument, start, end);
    writeDoubles(to, columns.quantity, start, end);
    writeDoubles(to, columns.price, start, end);
    writeDoubles(to, columns.marketValue, start, end);
    writeDoubles(to, columns.unrealisedPnl, start, end);
    writeDoubles(to, columns.realisedPnl, start, end);
    writeEnums(to, columns.status, start, end, 3);
    writeLongs(to, columns.time, start, end);
  },
  copy(source, index, into) {
    const at = into.length;
    const grown: Growing<PositionPnlColumns> = into;
    if (at >= into.account.length) {
      grown.account = withRoom(into.account, at + 1);
      grown.instrument = withRoom(into.instrument, at + 1);
      grown.quantity = withRoom(into.quantity, at + 1);
      grown.price = withRoom(into.price, at + 1);
      grown.marketValue = withRoom(into.marketValue, at + 1);
      grown.unrealisedPnl = withRoom(into.unrealisedPnl, at + 1);
      grown.realisedPnl = withRoom(into.realisedPnl, at + 1);
      grown.status = withRoom(into.status, at + 1);
      grown.time = withRoom(into.time, at + 1);
    }
    into.account[at] = source.account[index]!;
    into.instrument[at] = source.instrument[index]!;
    into.quantity[at] = source.quantity[index]!;
    into.price[at] = source.price[index]!;
    into.marketValue[at] = source.marketValue[index]!;
    into.unrealisedPnl[at] = source.unrealisedPnl[index]!;
    into.realisedPnl[at] = source.realisedPnl[index]!;
    into.status[at] = source.status[index]!;
    into.time[at] = source.time[index]!;
    grown.length = at + 1;
  },
  clear(columns) {
    const cleared: Growing<PositionPnlColumns> = columns;
    cleared.length = 0;
  },
  rowOf: (columns, index) => ({
    account: columns.account[index],
    instrument: columns.instrument[index],
    quantity: columns.quantity[index],
    price: columns.price[index],
    marketValue: columns.marketValue[index],
    unrealisedPnl: columns.unrealisedPnl[index],
    realisedPnl: columns.realisedPnl[index],
    status: pnlStatusNames[columns.status[index]!],
    time: columns.time[index],
  }),
};
