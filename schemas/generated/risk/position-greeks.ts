// Generated from schemas/position-greeks.avsc by `npm run generate`. Change the schema, not this file.
import type { ColumnsCodec } from '../../../runtime/stream/codec';
import type { Columns } from '../../../runtime/stream/step';
import { readDoubles, readEnums, readInts, readLongs } from '../../frames/read-columns';
import { type Growing, withRoom } from '../../frames/room';
import { repeated, required } from '../../frames/span';
import { writeDoubles, writeEnums, writeInts, writeLongs } from '../../frames/write-columns';
import { reasonNames } from '../market/mark';
import { valueReasonNames } from '../valuation/unit-value';

/** What the sensitivities of a position stand on. Unknown: there are none. Flat: nothing is held. Linear: it moves as its price does. Quoted: an option by the volatility of its own quotes. Modelled: an option by those of others of its expiry. */
export const GreekStatus = { Unknown: 0, Flat: 1, Linear: 2, Quoted: 3, Modelled: 4 } as const;
export type GreekStatus = (typeof GreekStatus)[keyof typeof GreekStatus];
export const greekStatusNames = ['Unknown', 'Flat', 'Linear', 'Quoted', 'Modelled'] as const;

/** How the worth of a position moves with its underlying, its volatility and time, in the base currency. */
export interface PositionGreeksColumns extends Columns {
  /** Number of the account, as reference data allotted it. */
  readonly account: Int32Array;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Which of the instrument's contracts is held. */
  readonly contract: Int32Array;
  /** Units held; negative when short. Unit: units. */
  readonly quantity: Float64Array;
  /** What it is worth: at its price, or where it has none by its model; positive for what gains when the price rises. Unit: base currency. NaN: no price, model or rate. */
  readonly value: Float64Array;
  /** What it is exposed to of its underlying: quantity times multiplier, delta and price of the underlying; of what is no option its value. Unit: base currency. NaN: unknown. */
  readonly delta: Float64Array;
  /** What delta gains when the price of the underlying rises by 1 %, by gamma alone. Unit: base currency per 1 %. NaN: unknown. */
  readonly gamma: Float64Array;
  /** What it gains when volatility rises by one point. Unit: base currency per 0.01 of volatility. NaN: unknown. */
  readonly vega: Float64Array;
  /** What it gains in a day, marks held. Unit: base currency per calendar day. NaN: unknown. */
  readonly theta: Float64Array;
  /** Time to its expiry. Unit: years of 365 days. NaN: it has none, or it is unknown. */
  readonly years: Float64Array;
  /** What they stand on. */
  readonly status: Int32Array;
  /** 1 where a price or rate among them is stale. */
  readonly stale: Int32Array;
  /** Why there are none, or why price and rate are no better. NoMark of an option: no value of it has come. */
  readonly reason: Int32Array;
  /** Of an option, why its model has no value, or is no better. */
  readonly valueReason: Int32Array;
  /** Later of the times of its price and of its model's value. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: Float64Array;
}

export const positionGreeksCodec: ColumnsCodec<PositionGreeksColumns> = {
  layout: 'columns',
  record: 'breakwater.risk.PositionGreeks',
  schema:
    '{"type":"record","name":"PositionGreeksFrame","namespace":"breakwater.risk","doc":"Many records of PositionGreeks, one array for each field, all of one length. How the worth of a position moves with its underlying, its volatility and time, in the base currency.","fields":[{"name":"account","type":{"type":"array","items":"int"},"doc":"Number of the account, as reference data allotted it."},{"name":"instrument","type":{"type":"array","items":"int"},"doc":"Number of the instrument, as reference data allotted it."},{"name":"contract","type":{"type":"array","items":"int"},"default":[],"doc":"Which of the instrument\'s contracts is held. Empty: all are 0.","absent":0},{"name":"quantity","type":{"type":"array","items":"double"},"doc":"Units held; negative when short.","unit":"units"},{"name":"value","type":{"type":"array","items":"double"},"default":[],"doc":"What it is worth: at its price, or where it has none by its model; positive for what gains when the price rises. Empty: all are NaN.","unit":"base currency","nan":"no price, model or rate","absent":"NaN"},{"name":"delta","type":{"type":"array","items":"double"},"default":[],"doc":"What it is exposed to of its underlying: quantity times multiplier, delta and price of the underlying; of what is no option its value. Empty: all are NaN.","unit":"base currency","nan":"unknown","absent":"NaN"},{"name":"gamma","type":{"type":"array","items":"double"},"default":[],"doc":"What delta gains when the price of the underlying rises by 1 %, by gamma alone. Empty: all are NaN.","unit":"base currency per 1 %","nan":"unknown","absent":"NaN"},{"name":"vega","type":{"type":"array","items":"double"},"default":[],"doc":"What it gains when volatility rises by one point. Empty: all are NaN.","unit":"base currency per 0.01 of volatility","nan":"unknown","absent":"NaN"},{"name":"theta","type":{"type":"array","items":"double"},"default":[],"doc":"What it gains in a day, marks held. Empty: all are NaN.","unit":"base currency per calendar day","nan":"unknown","absent":"NaN"},{"name":"years","type":{"type":"array","items":"double"},"default":[],"doc":"Time to its expiry. Empty: all are NaN.","unit":"years of 365 days","nan":"it has none, or it is unknown","absent":"NaN"},{"name":"status","type":{"type":"array","items":{"type":"enum","name":"GreekStatus","namespace":"breakwater.risk","doc":"What the sensitivities of a position stand on. Unknown: there are none. Flat: nothing is held. Linear: it moves as its price does. Quoted: an option by the volatility of its own quotes. Modelled: an option by those of others of its expiry.","symbols":["Unknown","Flat","Linear","Quoted","Modelled"]}},"doc":"What they stand on."},{"name":"stale","type":{"type":"array","items":"int"},"doc":"1 where a price or rate among them is stale."},{"name":"reason","type":{"type":"array","items":{"type":"enum","name":"Reason","namespace":"breakwater.market","doc":"Why a price or a value is not as good as it could be. None: it is good. NeverQuoted: nothing came. Withdrawn: the venue took both sides back. NoBid, NoAsk: one side was taken back, or never came. StaleBid, StaleAsk, StaleQuote: one or both sides are too old. VenueDown: all venues that quoted are down or recovering. VenueGap: quotes of the venue were lost. WideSpread: far apart. AbsurdSpread: so far apart that it is no market. Crossed: the bid is above the ask. NotPositive: a price of zero or less where the product has none. UnknownSize: a price of zero whose size is not known. NoMark: the instrument has no mark at all. ZeroPrice: an inverse contract has no value at zero. NoRate, StaleRate: the exchange rate is missing or old. PartsUnknown: something that is summed has no value. OtherContract: the mark is of another contract that goes by the same name. OutOfRange: the sum has no room in the digits that there are.","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]}},"default":[],"doc":"Why there are none, or why price and rate are no better. NoMark of an option: no value of it has come. Empty: all are None.","absent":"None"},{"name":"valueReason","type":{"type":"array","items":{"type":"enum","name":"ValueReason","namespace":"breakwater.valuation","doc":"Why a value is no better, or why there is none. FlatCarry: the forward is that of a flat rate, since its chain implies none. NoTerms: right, strike, expiry, exercise or underlying are not told, or are no terms that can be priced. Unlisted: it is no longer reference data. Expired. NoSpot: the underlying has no mark above zero. StaleSpot: its mark is stale. NoVolatility: it has no usable quote, and its expiry fewer than five. TooMany: more options than can be valued. NoModel: the model gives no number.","symbols":["None","FlatCarry","NoTerms","Unlisted","Expired","NoSpot","StaleSpot","NoVolatility","TooMany","NoModel"]}},"default":[],"doc":"Of an option, why its model has no value, or is no better. Empty: all are None.","absent":"None"},{"name":"time","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"doc":"Later of the times of its price and of its model\'s value.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"default":[],"doc":"When the task came to know it: the clock of the step that said it. Empty: all are 0.","unit":"microseconds since 1970 UTC","absent":0}]}',
  allocate: (capacity) => ({
    length: 0,
    account: new Int32Array(capacity),
    instrument: new Int32Array(capacity),
    contract: new Int32Array(capacity),
    quantity: new Float64Array(capacity),
    value: new Float64Array(capacity),
    delta: new Float64Array(capacity),
    gamma: new Float64Array(capacity),
    vega: new Float64Array(capacity),
    theta: new Float64Array(capacity),
    years: new Float64Array(capacity),
    status: new Int32Array(capacity),
    stale: new Int32Array(capacity),
    reason: new Int32Array(capacity),
    valueReason: new Int32Array(capacity),
    time: new Float64Array(capacity),
    knownAt: new Float64Array(capacity),
  }),
  append(into, from) {
    const start = into.length;
    const account = readInts(from, into.account, start);
    const instrument = readInts(from, into.instrument, start);
    const contract = readInts(from, into.contract, start);
    const quantity = readDoubles(from, into.quantity, start);
    const value = readDoubles(from, into.value, start);
    const delta = readDoubles(from, into.delta, start);
    const gamma = readDoubles(from, into.gamma, start);
    const vega = readDoubles(from, into.vega, start);
    const theta = readDoubles(from, into.theta, start);
    const years = readDoubles(from, into.years, start);
    const status = readEnums(from, into.status, start, 5);
    const stale = readInts(from, into.stale, start);
    const reason = readEnums(from, into.reason, start, 22);
    const valueReason = readEnums(from, into.valueReason, start, 10);
    const time = readLongs(from, into.time, start);
    const knownAt = readLongs(from, into.knownAt, start);
    const count = Math.max(account.count, instrument.count, contract.count, quantity.count, value.count, delta.count, gamma.count, vega.count, theta.count, years.count, status.count, stale.count, reason.count, valueReason.count, time.count, knownAt.count);
    const frame = { start, count };
    required(account, frame, 'account');
    required(instrument, frame, 'instrument');
    repeated(contract, frame, 'contract', 0);
    required(quantity, frame, 'quantity');
    repeated(value, frame, 'value', NaN);
    repeated(delta, frame, 'delta', NaN);
    repeated(gamma, frame, 'gamma', NaN);
    repeated(vega, frame, 'vega', NaN);
    repeated(theta, frame, 'theta', NaN);
    repeated(years, frame, 'years', NaN);
    required(status, frame, 'status');
    required(stale, frame, 'stale');
    repeated(reason, frame, 'reason', 0);
    repeated(valueReason, frame, 'valueReason', 0);
    required(time, frame, 'time');
    repeated(knownAt, frame, 'knownAt', 0);
    const grown: Growing<PositionGreeksColumns> = into;
    grown.account = account.values;
    grown.instrument = instrument.values;
    grown.contract = contract.values;
    grown.quantity = quantity.values;
    grown.value = value.values;
    grown.delta = delta.values;
    grown.gamma = gamma.values;
    grown.vega = vega.values;
    grown.theta = theta.values;
    grown.years = years.values;
    grown.status = status.values;
    grown.stale = stale.values;
    grown.reason = reason.values;
    grown.valueReason = valueReason.values;
    grown.time = time.values;
    grown.knownAt = knownAt.values;
    grown.length = start + count;
  },
  encode(columns, start, end, to) {
    writeInts(to, columns.account, start, end);
    writeInts(to, columns.instrument, start, end);
    writeInts(to, columns.contract, start, end);
    writeDoubles(to, columns.quantity, start, end);
    writeDoubles(to, columns.value, start, end);
    writeDoubles(to, columns.delta, start, end);
    writeDoubles(to, columns.gamma, start, end);
    writeDoubles(to, columns.vega, start, end);
    writeDoubles(to, columns.theta, start, end);
    writeDoubles(to, columns.years, start, end);
    writeEnums(to, columns.status, start, end, 5);
    writeInts(to, columns.stale, start, end);
    writeEnums(to, columns.reason, start, end, 22);
    writeEnums(to, columns.valueReason, start, end, 10);
    writeLongs(to, columns.time, start, end);
    writeLongs(to, columns.knownAt, start, end);
  },
  copy(source, index, into) {
    const at = into.length;
    const grown: Growing<PositionGreeksColumns> = into;
    if (at >= into.account.length) {
      grown.account = withRoom(into.account, at + 1);
      grown.instrument = withRoom(into.instrument, at + 1);
      grown.contract = withRoom(into.contract, at + 1);
      grown.quantity = withRoom(into.quantity, at + 1);
      grown.value = withRoom(into.value, at + 1);
      grown.delta = withRoom(into.delta, at + 1);
      grown.gamma = withRoom(into.gamma, at + 1);
      grown.vega = withRoom(into.vega, at + 1);
      grown.theta = withRoom(into.theta, at + 1);
      grown.years = withRoom(into.years, at + 1);
      grown.status = withRoom(into.status, at + 1);
      grown.stale = withRoom(into.stale, at + 1);
      grown.reason = withRoom(into.reason, at + 1);
      grown.valueReason = withRoom(into.valueReason, at + 1);
      grown.time = withRoom(into.time, at + 1);
      grown.knownAt = withRoom(into.knownAt, at + 1);
    }
    into.account[at] = source.account[index]!;
    into.instrument[at] = source.instrument[index]!;
    into.contract[at] = source.contract[index]!;
    into.quantity[at] = source.quantity[index]!;
    into.value[at] = source.value[index]!;
    into.delta[at] = source.delta[index]!;
    into.gamma[at] = source.gamma[index]!;
    into.vega[at] = source.vega[index]!;
    into.theta[at] = source.theta[index]!;
    into.years[at] = source.years[index]!;
    into.status[at] = source.status[index]!;
    into.stale[at] = source.stale[index]!;
    into.reason[at] = source.reason[index]!;
    into.valueReason[at] = source.valueReason[index]!;
    into.time[at] = source.time[index]!;
    into.knownAt[at] = source.knownAt[index]!;
    grown.length = at + 1;
  },
  clear(columns) {
    const cleared: Growing<PositionGreeksColumns> = columns;
    cleared.length = 0;
  },
  rowOf: (columns, index) => ({
    account: columns.account[index],
    instrument: columns.instrument[index],
    contract: columns.contract[index],
    quantity: columns.quantity[index],
    value: columns.value[index],
    delta: columns.delta[index],
    gamma: columns.gamma[index],
    vega: columns.vega[index],
    theta: columns.theta[index],
    years: columns.years[index],
    status: greekStatusNames[columns.status[index]!],
    stale: columns.stale[index],
    reason: reasonNames[columns.reason[index]!],
    valueReason: valueReasonNames[columns.valueReason[index]!],
    time: columns.time[index],
    knownAt: columns.knownAt[index],
  }),
};
