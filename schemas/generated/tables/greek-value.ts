// Generated from schemas/tables/greek-value.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** What the option whose number is the slot is worth by its model, as positions in it were last valued. */
export type GreekValueColumns = {
  /** Value of a unit. Unit: currency of the price. NaN: there is none. */
  readonly value: Float64Array;
  /** Delta of a unit. Unit: currency per unit of the underlying's price. NaN: there is none. */
  readonly delta: Float64Array;
  /** Gamma of a unit. Unit: delta per unit of the underlying's price. NaN: there is none. */
  readonly gamma: Float64Array;
  /** Vega of a unit. Unit: currency per 1.00 of volatility. NaN: there is none. */
  readonly vega: Float64Array;
  /** Theta of a unit. Unit: currency per year. NaN: there is none. */
  readonly theta: Float64Array;
  /** Mark of the underlying. Unit: currency of the strike. NaN: there is none. */
  readonly spot: Float64Array;
  /** Time to expiry. Unit: years of 365 days. NaN: there is none. */
  readonly years: Float64Array;
  /** What it stands on. */
  readonly quality: Int32Array;
  /** Why it is no better. */
  readonly reason: Int32Array;
  /** Time of the value. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
};

const greekValueCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.risk.GreekValue',
  schema:
    '{"type":"record","name":"GreekValue","namespace":"breakwater.risk","fields":[{"name":"value","type":"double"},{"name":"delta","type":"double"},{"name":"gamma","type":"double"},{"name":"vega","type":"double"},{"name":"theta","type":"double"},{"name":"spot","type":"double"},{"name":"years","type":"double"},{"name":"quality","type":{"type":"enum","name":"ValueQuality","namespace":"breakwater.valuation","symbols":["Missing","Quoted","Modelled"]}},{"name":"reason","type":{"type":"enum","name":"ValueReason","namespace":"breakwater.valuation","symbols":["None","FlatCarry","NoTerms","Unlisted","Expired","NoSpot","StaleSpot","NoVolatility","TooMany","NoModel"]}},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"}}]}',
  encode(row, to) {
    to.float64(row['value']!);
    to.float64(row['delta']!);
    to.float64(row['gamma']!);
    to.float64(row['vega']!);
    to.float64(row['theta']!);
    to.float64(row['spot']!);
    to.float64(row['years']!);
    to.index(row['quality']!, 3);
    to.index(row['reason']!, 10);
    to.long(row['time']!);
  },
  decode: (from) => ({
    value: from.float64(),
    delta: from.float64(),
    gamma: from.float64(),
    vega: from.float64(),
    theta: from.float64(),
    spot: from.float64(),
    years: from.float64(),
    quality: from.index(3),
    reason: from.index(10),
    time: from.long(),
  }),
};

/** For `numberedTable({ name, ...greekValueNumbered, limit })`. */
export const greekValueNumbered = {
  codec: greekValueCodec,
  versions: schemaVersions,
  encodeAt(columns: GreekValueColumns, slot: number, to: ByteWriter): void {
    to.float64(columns.value[slot]!);
    to.float64(columns.delta[slot]!);
    to.float64(columns.gamma[slot]!);
    to.float64(columns.vega[slot]!);
    to.float64(columns.theta[slot]!);
    to.float64(columns.spot[slot]!);
    to.float64(columns.years[slot]!);
    to.index(columns.quality[slot]!, 3);
    to.index(columns.reason[slot]!, 10);
    to.long(columns.time[slot]!);
  },
  allocate: (capacity: number): GreekValueColumns => ({
    value: new Float64Array(capacity),
    delta: new Float64Array(capacity),
    gamma: new Float64Array(capacity),
    vega: new Float64Array(capacity),
    theta: new Float64Array(capacity),
    spot: new Float64Array(capacity),
    years: new Float64Array(capacity),
    quality: new Int32Array(capacity),
    reason: new Int32Array(capacity),
    time: new Float64Array(capacity),
  }),
  fillers: {
    value: NaN,
    delta: NaN,
    gamma: NaN,
    vega: NaN,
    theta: NaN,
    spot: NaN,
    years: NaN,
    quality: 0,
    reason: 0,
    time: 0,
  },
} as const;
