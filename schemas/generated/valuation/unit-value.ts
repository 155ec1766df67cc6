// Generated from schemas/unit-value.avsc by `npm run generate`. Change the schema, not this file.
import type { ColumnsCodec } from '../../../runtime/stream/codec';
import type { Columns } from '../../../runtime/stream/step';
import { readDoubles, readEnums, readInts, readLongs } from '../../frames/read-columns';
import { type Growing, withRoom } from '../../frames/room';
import { repeated, required } from '../../frames/span';
import { writeDoubles, writeEnums, writeInts, writeLongs } from '../../frames/write-columns';

/** What a value stands on. Missing: there is none. Quoted: the instrument's own quotes. Modelled: the volatilities of other options of its expiry. */
export const ValueQuality = { Missing: 0, Quoted: 1, Modelled: 2 } as const;
export type ValueQuality = (typeof ValueQuality)[keyof typeof ValueQuality];
export const valueQualityNames = ['Missing', 'Quoted', 'Modelled'] as const;

/** Why a value is no better, or why there is none. FlatCarry: the forward is that of a flat rate, since its chain implies none. NoTerms: right, strike, expiry, exercise or underlying are not told, or are no terms that can be priced. Unlisted: it is no longer reference data. Expired. NoSpot: the underlying has no mark above zero. StaleSpot: its mark is stale. NoVolatility: it has no usable quote, and its expiry fewer than five. TooMany: more options than can be valued. NoModel: the model gives no number. */
export const ValueReason = { None: 0, FlatCarry: 1, NoTerms: 2, Unlisted: 3, Expired: 4, NoSpot: 5, StaleSpot: 6, NoVolatility: 7, TooMany: 8, NoModel: 9 } as const;
export type ValueReason = (typeof ValueReason)[keyof typeof ValueReason];
export const valueReasonNames = ['None', 'FlatCarry', 'NoTerms', 'Unlisted', 'Expired', 'NoSpot', 'StaleSpot', 'NoVolatility', 'TooMany', 'NoModel'] as const;

/** What one option is worth and how that moves, once for all who hold it; per one unit of its underlying, before any multiplier. Of an option on a coin, whose price is in the coin, all but the price is in the currency of its strike. */
export interface UnitValueColumns extends Columns {
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Value by the model at the volatility beside it; its mark where it is quoted. Unit: currency of the price. NaN: there is none. */
  readonly value: Float64Array;
  /** What it gains per unit that the mark of the underlying rises. Unit: currency per unit of the underlying's price. NaN: there is none. */
  readonly delta: Float64Array;
  /** What delta gains per unit of the same. Unit: delta per unit of the underlying's price. NaN: there is none. */
  readonly gamma: Float64Array;
  /** What it gains per 1.00 of volatility. Unit: currency per 1.00 of volatility. NaN: there is none. */
  readonly vega: Float64Array;
  /** What it gains per year of 365 days that passes, marks held. Unit: currency per year. NaN: there is none. */
  readonly theta: Float64Array;
  /** What it gains per 1.00 of the continuous rate. Unit: currency per 1.00. NaN: there is none. */
  readonly rho: Float64Array;
  /** Implied by its own quotes, or by those of its expiry. Unit: per year. NaN: there is none. */
  readonly volatility: Float64Array;
  /** Forward of the underlying to the expiry. Unit: currency of the strike. NaN: there is none. */
  readonly forward: Float64Array;
  /** Mark of the underlying at which it was valued. Unit: currency of the strike. NaN: there is none. */
  readonly spot: Float64Array;
  /** Time to expiry, as of the minute in which it was valued. Unit: years of 365 days. NaN: it has no expiry. */
  readonly years: Float64Array;
  /** What it stands on. */
  readonly quality: Int32Array;
  /** Why it is no better. */
  readonly reason: Int32Array;
  /** Later of the times of its mark and of that of its underlying. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: Float64Array;
}

export const unitValueCodec: ColumnsCodec<UnitValueColumns> = {
  layout: 'columns',
  record: 'breakwater.valuation.UnitValue',
  schema:
    '{"type":"record","name":"UnitValueFrame","namespace":"breakwater.valuation","doc":"Many records of UnitValue, one array for each field, all of one length. What one option is worth and how that moves, once for all who hold it; per one unit of its underlying, before any multiplier. Of an option on a coin, whose price is in the coin, all but the price is in the currency of its strike.","fields":[{"name":"instrument","type":{"type":"array","items":"int"},"doc":"Number of the instrument, as reference data allotted it."},{"name":"value","type":{"type":"array","items":"double"},"default":[],"doc":"Value by the model at the volatility beside it; its mark where it is quoted. Empty: all are NaN.","unit":"currency of the price","nan":"there is none","absent":"NaN"},{"name":"delta","type":{"type":"array","items":"double"},"default":[],"doc":"What it gains per unit that the mark of the underlying rises. Empty: all are NaN.","unit":"currency per unit of the underlying\'s price","nan":"there is none","absent":"NaN"},{"name":"gamma","type":{"type":"array","items":"double"},"default":[],"doc":"What delta gains per unit of the same. Empty: all are NaN.","unit":"delta per unit of the underlying\'s price","nan":"there is none","absent":"NaN"},{"name":"vega","type":{"type":"array","items":"double"},"default":[],"doc":"What it gains per 1.00 of volatility. Empty: all are NaN.","unit":"currency per 1.00 of volatility","nan":"there is none","absent":"NaN"},{"name":"theta","type":{"type":"array","items":"double"},"default":[],"doc":"What it gains per year of 365 days that passes, marks held. Empty: all are NaN.","unit":"currency per year","nan":"there is none","absent":"NaN"},{"name":"rho","type":{"type":"array","items":"double"},"default":[],"doc":"What it gains per 1.00 of the continuous rate. Empty: all are NaN.","unit":"currency per 1.00","nan":"there is none","absent":"NaN"},{"name":"volatility","type":{"type":"array","items":"double"},"default":[],"doc":"Implied by its own quotes, or by those of its expiry. Empty: all are NaN.","unit":"per year","nan":"there is none","absent":"NaN"},{"name":"forward","type":{"type":"array","items":"double"},"default":[],"doc":"Forward of the underlying to the expiry. Empty: all are NaN.","unit":"currency of the strike","nan":"there is none","absent":"NaN"},{"name":"spot","type":{"type":"array","items":"double"},"default":[],"doc":"Mark of the underlying at which it was valued. Empty: all are NaN.","unit":"currency of the strike","nan":"there is none","absent":"NaN"},{"name":"years","type":{"type":"array","items":"double"},"default":[],"doc":"Time to expiry, as of the minute in which it was valued. Empty: all are NaN.","unit":"years of 365 days","nan":"it has no expiry","absent":"NaN"},{"name":"quality","type":{"type":"array","items":{"type":"enum","name":"ValueQuality","namespace":"breakwater.valuation","doc":"What a value stands on. Missing: there is none. Quoted: the instrument\'s own quotes. Modelled: the volatilities of other options of its expiry.","symbols":["Missing","Quoted","Modelled"]}},"doc":"What it stands on."},{"name":"reason","type":{"type":"array","items":{"type":"enum","name":"ValueReason","namespace":"breakwater.valuation","doc":"Why a value is no better, or why there is none. FlatCarry: the forward is that of a flat rate, since its chain implies none. NoTerms: right, strike, expiry, exercise or underlying are not told, or are no terms that can be priced. Unlisted: it is no longer reference data. Expired. NoSpot: the underlying has no mark above zero. StaleSpot: its mark is stale. NoVolatility: it has no usable quote, and its expiry fewer than five. TooMany: more options than can be valued. NoModel: the model gives no number.","symbols":["None","FlatCarry","NoTerms","Unlisted","Expired","NoSpot","StaleSpot","NoVolatility","TooMany","NoModel"]}},"default":[],"doc":"Why it is no better. Empty: all are None.","absent":"None"},{"name":"time","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"doc":"Later of the times of its mark and of that of its underlying.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-micros"}},"default":[],"doc":"When the task came to know it: the clock of the step that said it. Empty: all are 0.","unit":"microseconds since 1970 UTC","absent":0}]}',
  allocate: (capacity) => ({
    length: 0,
    instrument: new Int32Array(capacity),
    value: new Float64Array(capacity),
    delta: new Float64Array(capacity),
    gamma: new Float64Array(capacity),
    vega: new Float64Array(capacity),
    theta: new Float64Array(capacity),
    rho: new Float64Array(capacity),
    volatility: new Float64Array(capacity),
    forward: new Float64Array(capacity),
    spot: new Float64Array(capacity),
    years: new Float64Array(capacity),
    quality: new Int32Array(capacity),
    reason: new Int32Array(capacity),
    time: new Float64Array(capacity),
    knownAt: new Float64Array(capacity),
  }),
  append(into, from) {
    const start = into.length;
    const instrument = readInts(from, into.instrument, start);
    const value = readDoubles(from, into.value, start);
    const delta = readDoubles(from, into.delta, start);
    const gamma = readDoubles(from, into.gamma, start);
    const vega = readDoubles(from, into.vega, start);
    const theta = readDoubles(from, into.theta, start);
    const rho = readDoubles(from, into.rho, start);
    const volatility = readDoubles(from, into.volatility, start);
    const forward = readDoubles(from, into.forward, start);
    const spot = readDoubles(from, into.spot, start);
    const years = readDoubles(from, into.years, start);
    const quality = readEnums(from, into.quality, start, 3);
    const reason = readEnums(from, into.reason, start, 10);
    const time = readLongs(from, into.time, start);
    const knownAt = readLongs(from, into.knownAt, start);
    const count = Math.max(instrument.count, value.count, delta.count, gamma.count, vega.count, theta.count, rho.count, volatility.count, forward.count, spot.count, years.count, quality.count, reason.count, time.count, knownAt.count);
    const frame = { start, count };
    required(instrument, frame, 'instrument');
    repeated(value, frame, 'value', NaN);
    repeated(delta, frame, 'delta', NaN);
    repeated(gamma, frame, 'gamma', NaN);
    repeated(vega, frame, 'vega', NaN);
    repeated(theta, frame, 'theta', NaN);
    repeated(rho, frame, 'rho', NaN);
    repeated(volatility, frame, 'volatility', NaN);
    repeated(forward, frame, 'forward', NaN);
    repeated(spot, frame, 'spot', NaN);
    repeated(years, frame, 'years', NaN);
    required(quality, frame, 'quality');
    repeated(reason, frame, 'reason', 0);
    required(time, frame, 'time');
    repeated(knownAt, frame, 'knownAt', 0);
    const grown: Growing<UnitValueColumns> = into;
    grown.instrument = instrument.values;
    grown.value = value.values;
    grown.delta = delta.values;
    grown.gamma = gamma.values;
    grown.vega = vega.values;
    grown.theta = theta.values;
    grown.rho = rho.values;
    grown.volatility = volatility.values;
    grown.forward = forward.values;
    grown.spot = spot.values;
    grown.years = years.values;
    grown.quality = quality.values;
    grown.reason = reason.values;
    grown.time = time.values;
    grown.knownAt = knownAt.values;
    grown.length = start + count;
  },
  encode(columns, start, end, to) {
    writeInts(to, columns.instrument, start, end);
    writeDoubles(to, columns.value, start, end);
    writeDoubles(to, columns.delta, start, end);
    writeDoubles(to, columns.gamma, start, end);
    writeDoubles(to, columns.vega, start, end);
    writeDoubles(to, columns.theta, start, end);
    writeDoubles(to, columns.rho, start, end);
    writeDoubles(to, columns.volatility, start, end);
    writeDoubles(to, columns.forward, start, end);
    writeDoubles(to, columns.spot, start, end);
    writeDoubles(to, columns.years, start, end);
    writeEnums(to, columns.quality, start, end, 3);
    writeEnums(to, columns.reason, start, end, 10);
    writeLongs(to, columns.time, start, end);
    writeLongs(to, columns.knownAt, start, end);
  },
  copy(source, index, into) {
    const at = into.length;
    const grown: Growing<UnitValueColumns> = into;
    if (at >= into.instrument.length) {
      grown.instrument = withRoom(into.instrument, at + 1);
      grown.value = withRoom(into.value, at + 1);
      grown.delta = withRoom(into.delta, at + 1);
      grown.gamma = withRoom(into.gamma, at + 1);
      grown.vega = withRoom(into.vega, at + 1);
      grown.theta = withRoom(into.theta, at + 1);
      grown.rho = withRoom(into.rho, at + 1);
      grown.volatility = withRoom(into.volatility, at + 1);
      grown.forward = withRoom(into.forward, at + 1);
      grown.spot = withRoom(into.spot, at + 1);
      grown.years = withRoom(into.years, at + 1);
      grown.quality = withRoom(into.quality, at + 1);
      grown.reason = withRoom(into.reason, at + 1);
      grown.time = withRoom(into.time, at + 1);
      grown.knownAt = withRoom(into.knownAt, at + 1);
    }
    into.instrument[at] = source.instrument[index]!;
    into.value[at] = source.value[index]!;
    into.delta[at] = source.delta[index]!;
    into.gamma[at] = source.gamma[index]!;
    into.vega[at] = source.vega[index]!;
    into.theta[at] = source.theta[index]!;
    into.rho[at] = source.rho[index]!;
    into.volatility[at] = source.volatility[index]!;
    into.forward[at] = source.forward[index]!;
    into.spot[at] = source.spot[index]!;
    into.years[at] = source.years[index]!;
    into.quality[at] = source.quality[index]!;
    into.reason[at] = source.reason[index]!;
    into.time[at] = source.time[index]!;
    into.knownAt[at] = source.knownAt[index]!;
    grown.length = at + 1;
  },
  clear(columns) {
    const cleared: Growing<UnitValueColumns> = columns;
    cleared.length = 0;
  },
  rowOf: (columns, index) => ({
    instrument: columns.instrument[index],
    value: columns.value[index],
    delta: columns.delta[index],
    gamma: columns.gamma[index],
    vega: columns.vega[index],
    theta: columns.theta[index],
    rho: columns.rho[index],
    volatility: columns.volatility[index],
    forward: columns.forward[index],
    spot: columns.spot[index],
    years: columns.years[index],
    quality: valueQualityNames[columns.quality[index]!],
    reason: valueReasonNames[columns.reason[index]!],
    time: columns.time[index],
    knownAt: columns.knownAt[index],
  }),
};
