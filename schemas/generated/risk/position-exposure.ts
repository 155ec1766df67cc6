// Generated from schemas/position-exposure.avsc by `npm run generate`. Change the schema, not this file.
import type { ColumnsCodec } from '../../../runtime/stream/codec';
import type { Columns } from '../../../runtime/stream/step';
import { readDoubles, readEnums, readInts, readLongs } from '../../frames/read-columns';
import { type Growing, withRoom } from '../../frames/room';
import { repeated, required } from '../../frames/span';
import { writeDoubles, writeEnums, writeInts, writeLongs } from '../../frames/write-columns';
import { reasonNames } from '../market/mark';
import { pnlStatusNames } from '../risk/position-pnl';

/** What a position exposes its account to, in the base currency. */
export interface PositionExposureColumns extends Columns {
  /** Number of the account, as reference data allotted it. */
  readonly account: Int32Array;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Which of the instrument's contracts is held. */
  readonly contract: Int32Array;
  /** Units held; negative when short. Unit: units. */
  readonly quantity: Float64Array;
  /** What one unit is exposed to: price times multiplier, multiplier over price where it is inverse. Unit: currency of the position per unit. NaN: unpriced, or flat. */
  readonly unitWorth: Float64Array;
  /** What one unit of the position's currency is worth. Unit: base currency per unit of currency. NaN: there is no rate. */
  readonly rate: Float64Array;
  /** Quantity times what a unit is exposed to, at the rate; positive for what gains when the price rises. Zero when flat, whatever the price. Unit: base currency. NaN: no price or no rate. */
  readonly value: Float64Array;
  /** Whether there is a value, and whether price and rate may be trusted. */
  readonly status: Int32Array;
  /** Why it is no better, or why there is no value. */
  readonly reason: Int32Array;
  /** Time of the position's P&L. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: Float64Array;
}

export const positionExposureCodec: ColumnsCodec<PositionExposureColumns> = {
  layout: 'columns',
  record: 'breakwater.risk.PositionExposure',
  schema:
    '{"type":"record","name":"PositionExposureFrame","namespace":"breakwater.risk","doc":"Many records of PositionExposure, one array for each field, all of one length. What a position exposes its account to, in the base currency.","fields":[{"name":"account","type":{"type":"array","items":"int"},"doc":"Number of the account, as reference data allotted it."},{"name":"instrument","type":{"type":"array","items":"int"},"doc":"Number of the instrument, as reference data allotted it."},{"name":"contract","type":{"type":"array","items":"int"},"default":[],"doc":"Which of the instrument\'s contracts is held. Empty: all are 0.","absent":0},{"name":"quantity","type":{"type":"array","items":"double"},"doc":"Units held; negative when short.","unit":"units"},{"name":"unitWorth","type":{"type":"array","items":"double"},"default":[],"doc":"What one unit is exposed to: price times multiplier, multiplier over price where it is inverse. Empty: all are NaN.","unit":"currency of the position per unit","nan":"unpriced, or flat","absent":"NaN"},{"name":"rate","type":{"type":"array","items":"double"},"default":[],"doc":"What one unit of the position\'s currency is worth. Empty: all are NaN.","unit":"base currency per unit of currency","nan":"there is no rate","absent":"NaN"},{"name":"value","type":{"type":"array","items":"double"},"default":[],"doc":"Quantity times what a unit is exposed to, at the rate; positive for what gains when the price rises. Zero when flat, whatever the price. Empty: all are NaN.","unit":"base currency","nan":"no price or no rate","absent":"NaN"},{"name":"status","type":{"type":"array","items":{"type":"enum","name":"PnlStatus","namespace":"breakwater.risk","doc":"Whether the position has a price, and whether it may be trusted. A flat one needs none.","symbols":["Unpriced","Priced","Stale"]}},"doc":"Whether there is a value, and whether price and rate may be trusted."},{"name":"reason","type":{"type":"array","items":{"type":"enum","name":"Reason","namespace":"breakwater.market","doc":"Why a price or a value is not as good as it could be. None: it is good. NeverQuoted: nothing came. Withdrawn: the venue took both sides back. NoBid, NoAsk: one side was taken back, or never came. StaleBid, StaleAsk, StaleQuote: one or both sides are too old. VenueDown: all venues that quoted are down or recovering. VenueGap: quotes of the venue were lost. WideSpread: far apart. AbsurdSpread: so far apart that it is no market. Crossed: the bid is above the ask. NotPositive: a price of zero or less where the product has none. UnknownSize: a price of zero whose size is not known. NoMark: the instrument has no mark at all. ZeroPrice: an inverse contract has no value at zero. NoRate, StaleRate: the exchange rate is missing or old. PartsUnknown: something that is summed has no value. OtherContract: the mark is of another contract that goes by the same name. OutOfRange: the sum has no room in the digits that there are.","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]}},"default":[],"doc":"Why it is no better, or why there is no value. Empty: all are None.","absent":"None"},{"name":"time","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"doc":"Time of the position\'s P&L.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"default":[],"doc":"When the task came to know it: the clock of the step that said it. Empty: all are 0.","unit":"microseconds since 1970 UTC","absent":0}]}',
  allocate: (capacity) => ({
    length: 0,
    account: new Int32Array(capacity),
    instrument: new Int32Array(capacity),
    contract: new Int32Array(capacity),
    quantity: new Float64Array(capacity),
    unitWorth: new Float64Array(capacity),
    rate: new Float64Array(capacity),
    value: new Float64Array(capacity),
    status: new Int32Array(capacity),
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
    const unitWorth = readDoubles(from, into.unitWorth, start);
    const rate = readDoubles(from, into.rate, start);
    const value = readDoubles(from, into.value, start);
    const status = readEnums(from, into.status, start, 3);
    const reason = readEnums(from, into.reason, start, 22);
    const time = readLongs(from, into.time, start);
    const knownAt = readLongs(from, into.knownAt, start);
    const count = Math.max(account.count, instrument.count, contract.count, quantity.count, unitWorth.count, rate.count, value.count, status.count, reason.count, time.count, knownAt.count);
    const frame = { start, count };
    required(account, frame, 'account');
    required(instrument, frame, 'instrument');
    repeated(contract, frame, 'contract', 0);
    required(quantity, frame, 'quantity');
    repeated(unitWorth, frame, 'unitWorth', NaN);
    repeated(rate, frame, 'rate', NaN);
    repeated(value, frame, 'value', NaN);
    required(status, frame, 'status');
    repeated(reason, frame, 'reason', 0);
    required(time, frame, 'time');
    repeated(knownAt, frame, 'knownAt', 0);
    const grown: Growing<PositionExposureColumns> = into;
    grown.account = account.values;
    grown.instrument = instrument.values;
    grown.contract = contract.values;
    grown.quantity = quantity.values;
    grown.unitWorth = unitWorth.values;
    grown.rate = rate.values;
    grown.value = value.values;
    grown.status = status.values;
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
    writeDoubles(to, columns.unitWorth, start, end);
    writeDoubles(to, columns.rate, start, end);
    writeDoubles(to, columns.value, start, end);
    writeEnums(to, columns.status, start, end, 3);
    writeEnums(to, columns.reason, start, end, 22);
    writeLongs(to, columns.time, start, end);
    writeLongs(to, columns.knownAt, start, end);
  },
  copy(source, index, into) {
    const at = into.length;
    const grown: Growing<PositionExposureColumns> = into;
    if (at >= into.account.length) {
      grown.account = withRoom(into.account, at + 1);
      grown.instrument = withRoom(into.instrument, at + 1);
      grown.contract = withRoom(into.contract, at + 1);
      grown.quantity = withRoom(into.quantity, at + 1);
      grown.unitWorth = withRoom(into.unitWorth, at + 1);
      grown.rate = withRoom(into.rate, at + 1);
      grown.value = withRoom(into.value, at + 1);
      grown.status = withRoom(into.status, at + 1);
      grown.reason = withRoom(into.reason, at + 1);
      grown.time = withRoom(into.time, at + 1);
      grown.knownAt = withRoom(into.knownAt, at + 1);
    }
    into.account[at] = source.account[index]!;
    into.instrument[at] = source.instrument[index]!;
    into.contract[at] = source.contract[index]!;
    into.quantity[at] = source.quantity[index]!;
    into.unitWorth[at] = source.unitWorth[index]!;
    into.rate[at] = source.rate[index]!;
    into.value[at] = source.value[index]!;
    into.status[at] = source.status[index]!;
    into.reason[at] = source.reason[index]!;
    into.time[at] = source.time[index]!;
    into.knownAt[at] = source.knownAt[index]!;
    grown.length = at + 1;
  },
  clear(columns) {
    const cleared: Growing<PositionExposureColumns> = columns;
    cleared.length = 0;
  },
  rowOf: (columns, index) => ({
    account: columns.account[index],
    instrument: columns.instrument[index],
    contract: columns.contract[index],
    quantity: columns.quantity[index],
    unitWorth: columns.unitWorth[index],
    rate: columns.rate[index],
    value: columns.value[index],
    status: pnlStatusNames[columns.status[index]!],
    reason: reasonNames[columns.reason[index]!],
    time: columns.time[index],
    knownAt: columns.knownAt[index],
  }),
};
