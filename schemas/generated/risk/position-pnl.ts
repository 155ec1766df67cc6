// Generated from schemas/position-pnl.avsc by `npm run generate`. Change the schema, not this file.
import type { ColumnsCodec } from '../../../runtime/stream/codec';
import type { Columns } from '../../../runtime/stream/step';
import { readDoubles, readEnums, readInts, readLongs } from '../../frames/read-columns';
import { type Growing, withRoom } from '../../frames/room';
import { repeated, required } from '../../frames/span';
import { writeDoubles, writeEnums, writeInts, writeLongs } from '../../frames/write-columns';
import { markQualityNames, reasonNames } from '../market/mark';

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
  /** Which of the instrument's contracts is held. */
  readonly contract: Int32Array;
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
  /** Fees paid in the currency of the position, part of realised P&L. Unit: currency of the position. */
  readonly fees: Float64Array;
  /** Realised and unrealised P&L. Unit: currency of the position. NaN: unpriced. */
  readonly totalPnl: Float64Array;
  /** Whether there is a price, and whether it may be trusted. */
  readonly status: Int32Array;
  /** How good the mark is; Good for a flat position, which needs none. */
  readonly quality: Int32Array;
  /** Why it is no better, or why there is no value. */
  readonly reason: Int32Array;
  /** Later of the time of the mark and that of the position. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: Float64Array;
}

export const positionPnlCodec: ColumnsCodec<PositionPnlColumns> = {
  layout: 'columns',
  record: 'breakwater.risk.PositionPnl',
  schema:
    '{"type":"record","name":"PositionPnlFrame","namespace":"breakwater.risk","doc":"Many records of PositionPnl, one array for each field, all of one length. A position valued at its mark.","fields":[{"name":"account","type":{"type":"array","items":"int"},"doc":"Number of the account, as reference data allotted it."},{"name":"instrument","type":{"type":"array","items":"int"},"doc":"Number of the instrument, as reference data allotted it."},{"name":"contract","type":{"type":"array","items":"int"},"default":[],"doc":"Which of the instrument\'s contracts is held. Empty: all are 0.","absent":0},{"name":"quantity","type":{"type":"array","items":"double"},"doc":"Units held; negative when short.","unit":"units"},{"name":"price","type":{"type":"array","items":"double"},"default":[],"doc":"What it is valued at: the middle of the mark, or its bid for a long and its ask for a short position. Empty: all are NaN.","unit":"currency of the instrument per unit","nan":"unpriced, or flat","absent":"NaN"},{"name":"marketValue","type":{"type":"array","items":"double"},"default":[],"doc":"Quantity at the price, times the multiplier; zero when flat, whatever the price. Empty: all are NaN.","unit":"currency of the instrument","nan":"unpriced","absent":"NaN"},{"name":"unrealisedPnl","type":{"type":"array","items":"double"},"default":[],"doc":"Market value less cost. Empty: all are NaN.","unit":"currency of the instrument","nan":"unpriced","absent":"NaN"},{"name":"realisedPnl","type":{"type":"array","items":"double"},"doc":"Profit and loss of what has been closed, less the fees in the currency of the position.","unit":"currency of the instrument"},{"name":"fees","type":{"type":"array","items":"double"},"default":[],"doc":"Fees paid in the currency of the position, part of realised P&L. Empty: all are 0.","unit":"currency of the position","absent":0},{"name":"totalPnl","type":{"type":"array","items":"double"},"default":[],"doc":"Realised and unrealised P&L. Empty: all are NaN.","unit":"currency of the position","nan":"unpriced","absent":"NaN"},{"name":"status","type":{"type":"array","items":{"type":"enum","name":"PnlStatus","namespace":"breakwater.risk","doc":"Whether the position has a price, and whether it may be trusted. A flat one needs none.","symbols":["Unpriced","Priced","Stale"]}},"doc":"Whether there is a price, and whether it may be trusted."},{"name":"quality","type":{"type":"array","items":{"type":"enum","name":"MarkQuality","namespace":"breakwater.market","doc":"How good a mark is. Good: two sides, near one another and young. OneSided: one side, the other is old or gone. Wide: two sides far apart. Stale: nothing young; the price is that of the last two sides. VenueDown: the same, since the venues are down. Missing: no price.","symbols":["Missing","Good","OneSided","Wide","Stale","VenueDown"]}},"default":[],"doc":"How good the mark is; Good for a flat position, which needs none. Empty: all are Good.","absent":"Good"},{"name":"reason","type":{"type":"array","items":{"type":"enum","name":"Reason","namespace":"breakwater.market","doc":"Why a price or a value is not as good as it could be. None: it is good. NeverQuoted: nothing came. Withdrawn: the venue took both sides back. NoBid, NoAsk: one side was taken back, or never came. StaleBid, StaleAsk, StaleQuote: one or both sides are too old. VenueDown: all venues that quoted are down or recovering. VenueGap: quotes of the venue were lost. WideSpread: far apart. AbsurdSpread: so far apart that it is no market. Crossed: the bid is above the ask. NotPositive: a price of zero or less where the product has none. UnknownSize: a price of zero whose size is not known. NoMark: the instrument has no mark at all. ZeroPrice: an inverse contract has no value at zero. NoRate, StaleRate: the exchange rate is missing or old. PartsUnknown: something that is summed has no value. OtherContract: the mark is of another contract that goes by the same name. OutOfRange: the sum has no room in the digits that there are.","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]}},"default":[],"doc":"Why it is no better, or why there is no value. Empty: all are None.","absent":"None"},{"name":"time","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"doc":"Later of the time of the mark and that of the position.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"default":[],"doc":"When the task came to know it: the clock of the step that said it. Empty: all are 0.","unit":"microseconds since 1970 UTC","absent":0}]}',
  allocate: (capacity) => ({
    length: 0,
    account: new Int32Array(capacity),
    instrument: new Int32Array(capacity),
    contract: new Int32Array(capacity),
    quantity: new Float64Array(capacity),
    price: new Float64Array(capacity),
    marketValue: new Float64Array(capacity),
    unrealisedPnl: new Float64Array(capacity),
    realisedPnl: new Float64Array(capacity),
    fees: new Float64Array(capacity),
    totalPnl: new Float64Array(capacity),
    status: new Int32Array(capacity),
    quality: new Int32Array(capacity),
    reason: new Int32Array(capacity),
    time: new Float64Array(capacity),
    knownAt: new Float64Array(capacity),
  }),
  append(into, from) {
    const start = into.length;
    const account = readInts(from, into.account, start);
    const instrument = readInts(from, into.instrument, start);
    const contract = readInts(from, into.contract, start);
    const quantity = readDoubles(from, into.quantity, start);
    const price = readDoubles(from, into.price, start);
    const marketValue = readDoubles(from, into.marketValue, start);
    const unrealisedPnl = readDoubles(from, into.unrealisedPnl, start);
    const realisedPnl = readDoubles(from, into.realisedPnl, start);
    const fees = readDoubles(from, into.fees, start);
    const totalPnl = readDoubles(from, into.totalPnl, start);
    const status = readEnums(from, into.status, start, 3);
    const quality = readEnums(from, into.quality, start, 6);
    const reason = readEnums(from, into.reason, start, 22);
    const time = readLongs(from, into.time, start);
    const knownAt = readLongs(from, into.knownAt, start);
    const count = Math.max(account.count, instrument.count, contract.count, quantity.count, price.count, marketValue.count, unrealisedPnl.count, realisedPnl.count, fees.count, totalPnl.count, status.count, quality.count, reason.count, time.count, knownAt.count);
    const frame = { start, count };
    required(account, frame, 'account');
    required(instrument, frame, 'instrument');
    repeated(contract, frame, 'contract', 0);
    required(quantity, frame, 'quantity');
    repeated(price, frame, 'price', NaN);
    repeated(marketValue, frame, 'marketValue', NaN);
    repeated(unrealisedPnl, frame, 'unrealisedPnl', NaN);
    required(realisedPnl, frame, 'realisedPnl');
    repeated(fees, frame, 'fees', 0);
    repeated(totalPnl, frame, 'totalPnl', NaN);
    required(status, frame, 'status');
    repeated(quality, frame, 'quality', 1);
    repeated(reason, frame, 'reason', 0);
    required(time, frame, 'time');
    repeated(knownAt, frame, 'knownAt', 0);
    const grown: Growing<PositionPnlColumns> = into;
    grown.account = account.values;
    grown.instrument = instrument.values;
    grown.contract = contract.values;
    grown.quantity = quantity.values;
    grown.price = price.values;
    grown.marketValue = marketValue.values;
    grown.unrealisedPnl = unrealisedPnl.values;
    grown.realisedPnl = realisedPnl.values;
    grown.fees = fees.values;
    grown.totalPnl = totalPnl.values;
    grown.status = status.values;
    grown.quality = quality.values;
    grown.reason = reason.values;
    grown.time = time.values;
    grown.knownAt = knownAt.values;
    grown.length = start + count;
  },
  encode(columns, start, end, to) {
    writeInts(to, columns.account, start, end);
    writeInts(to, columns.instrument, start, end);
    writeInts(to, columns.contract, start, end);
    writeDoubles(to, columns.quantity, start, end);
    writeDoubles(to, columns.price, start, end);
    writeDoubles(to, columns.marketValue, start, end);
    writeDoubles(to, columns.unrealisedPnl, start, end);
    writeDoubles(to, columns.realisedPnl, start, end);
    writeDoubles(to, columns.fees, start, end);
    writeDoubles(to, columns.totalPnl, start, end);
    writeEnums(to, columns.status, start, end, 3);
    writeEnums(to, columns.quality, start, end, 6);
    writeEnums(to, columns.reason, start, end, 22);
    writeLongs(to, columns.time, start, end);
    writeLongs(to, columns.knownAt, start, end);
  },
  copy(source, index, into) {
    const at = into.length;
    const grown: Growing<PositionPnlColumns> = into;
    if (at >= into.account.length) {
      grown.account = withRoom(into.account, at + 1);
      grown.instrument = withRoom(into.instrument, at + 1);
      grown.contract = withRoom(into.contract, at + 1);
      grown.quantity = withRoom(into.quantity, at + 1);
      grown.price = withRoom(into.price, at + 1);
      grown.marketValue = withRoom(into.marketValue, at + 1);
      grown.unrealisedPnl = withRoom(into.unrealisedPnl, at + 1);
      grown.realisedPnl = withRoom(into.realisedPnl, at + 1);
      grown.fees = withRoom(into.fees, at + 1);
      grown.totalPnl = withRoom(into.totalPnl, at + 1);
      grown.status = withRoom(into.status, at + 1);
      grown.quality = withRoom(into.quality, at + 1);
      grown.reason = withRoom(into.reason, at + 1);
      grown.time = withRoom(into.time, at + 1);
      grown.knownAt = withRoom(into.knownAt, at + 1);
    }
    into.account[at] = source.account[index]!;
    into.instrument[at] = source.instrument[index]!;
    into.contract[at] = source.contract[index]!;
    into.quantity[at] = source.quantity[index]!;
    into.price[at] = source.price[index]!;
    into.marketValue[at] = source.marketValue[index]!;
    into.unrealisedPnl[at] = source.unrealisedPnl[index]!;
    into.realisedPnl[at] = source.realisedPnl[index]!;
    into.fees[at] = source.fees[index]!;
    into.totalPnl[at] = source.totalPnl[index]!;
    into.status[at] = source.status[index]!;
    into.quality[at] = source.quality[index]!;
    into.reason[at] = source.reason[index]!;
    into.time[at] = source.time[index]!;
    into.knownAt[at] = source.knownAt[index]!;
    grown.length = at + 1;
  },
  clear(columns) {
    const cleared: Growing<PositionPnlColumns> = columns;
    cleared.length = 0;
  },
  rowOf: (columns, index) => ({
    account: columns.account[index],
    instrument: columns.instrument[index],
    contract: columns.contract[index],
    quantity: columns.quantity[index],
    price: columns.price[index],
    marketValue: columns.marketValue[index],
    unrealisedPnl: columns.unrealisedPnl[index],
    realisedPnl: columns.realisedPnl[index],
    fees: columns.fees[index],
    totalPnl: columns.totalPnl[index],
    status: pnlStatusNames[columns.status[index]!],
    quality: markQualityNames[columns.quality[index]!],
    reason: reasonNames[columns.reason[index]!],
    time: columns.time[index],
    knownAt: columns.knownAt[index],
  }),
};
