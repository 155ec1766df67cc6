// Generated from schemas/tables/greek-position.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** A position with its sensitivities, as last summed. */
export type GreekPositionColumns = {
  /** Number of the account, as reference data allotted it. */
  readonly account: Int32Array;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Account and contract in one number, by which it is found. */
  readonly holder: Int32Array;
  /** Which of the instrument's contracts is held. */
  readonly contract: Int32Array;
  /** Number of its currency in the table greek_currencies; -1: not known yet. */
  readonly currency: Int32Array;
  /** 1 where the instrument is inverse. */
  readonly inverse: Int32Array;
  /** Contract multiplier. Unit: units of the underlying per unit. */
  readonly multiplier: Float64Array;
  /** Units held; negative when short. Unit: units. */
  readonly quantity: Float64Array;
  /** Its exposure at its price. Unit: base currency. NaN: no price or rate. */
  readonly priced: Float64Array;
  /** What one unit of its currency is worth. Unit: base currency per unit of currency. NaN: there is no rate. */
  readonly rate: Float64Array;
  /** Whether it has a price and a rate, and whether they are stale. */
  readonly pricing: Int32Array;
  /** Why they are no better. */
  readonly pricingReason: Int32Array;
  /** Time of its P&L. Unit: microseconds since 1970 UTC. */
  readonly pricedAt: Float64Array;
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
};

const greekPositionCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.risk.GreekPosition',
  schema:
    '{"type":"record","name":"GreekPosition","namespace":"breakwater.risk","fields":[{"name":"account","type":"int"},{"name":"instrument","type":"int"},{"name":"holder","type":"int","default":-1},{"name":"contract","type":"int","default":0},{"name":"currency","type":"int","default":-1},{"name":"inverse","type":"int"},{"name":"multiplier","type":"double"},{"name":"quantity","type":"double"},{"name":"priced","type":"double"},{"name":"rate","type":"double"},{"name":"pricing","type":{"type":"enum","name":"PnlStatus","namespace":"breakwater.risk","symbols":["Unpriced","Priced","Stale"]}},{"name":"pricingReason","type":{"type":"enum","name":"Reason","namespace":"breakwater.market","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]}},{"name":"pricedAt","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"value","type":"double"},{"name":"delta","type":"double"},{"name":"gamma","type":"double"},{"name":"vega","type":"double"},{"name":"theta","type":"double"},{"name":"years","type":"double"},{"name":"status","type":{"type":"enum","name":"GreekStatus","namespace":"breakwater.risk","symbols":["Unknown","Flat","Linear","Quoted","Modelled"]}},{"name":"stale","type":"int"},{"name":"reason","type":"breakwater.market.Reason"},{"name":"valueReason","type":{"type":"enum","name":"ValueReason","namespace":"breakwater.valuation","symbols":["None","FlatCarry","NoTerms","Unlisted","Expired","NoSpot","StaleSpot","NoVolatility","TooMany","NoModel"]}},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"}}]}',
  encode(row, to) {
    to.int(row['account']!);
    to.int(row['instrument']!);
    to.int(row['holder']!);
    to.int(row['contract']!);
    to.int(row['currency']!);
    to.int(row['inverse']!);
    to.float64(row['multiplier']!);
    to.float64(row['quantity']!);
    to.float64(row['priced']!);
    to.float64(row['rate']!);
    to.index(row['pricing']!, 3);
    to.index(row['pricingReason']!, 22);
    to.long(row['pricedAt']!);
    to.float64(row['value']!);
    to.float64(row['delta']!);
    to.float64(row['gamma']!);
    to.float64(row['vega']!);
    to.float64(row['theta']!);
    to.float64(row['years']!);
    to.index(row['status']!, 5);
    to.int(row['stale']!);
    to.index(row['reason']!, 22);
    to.index(row['valueReason']!, 10);
    to.long(row['time']!);
    to.long(row['knownAt']!);
  },
  decode: (from) => ({
    account: from.int(),
    instrument: from.int(),
    holder: from.int(),
    contract: from.int(),
    currency: from.int(),
    inverse: from.int(),
    multiplier: from.float64(),
    quantity: from.float64(),
    priced: from.float64(),
    rate: from.float64(),
    pricing: from.index(3),
    pricingReason: from.index(22),
    pricedAt: from.long(),
    value: from.float64(),
    delta: from.float64(),
    gamma: from.float64(),
    vega: from.float64(),
    theta: from.float64(),
    years: from.float64(),
    status: from.index(5),
    stale: from.int(),
    reason: from.index(22),
    valueReason: from.index(10),
    time: from.long(),
    knownAt: from.long(),
  }),
};

/** For `numberedTable({ name, ...greekPositionNumbered, limit })`. */
export const greekPositionNumbered = {
  codec: greekPositionCodec,
  versions: schemaVersions,
  encodeAt(columns: GreekPositionColumns, slot: number, to: ByteWriter): void {
    to.int(columns.account[slot]!);
    to.int(columns.instrument[slot]!);
    to.int(columns.holder[slot]!);
    to.int(columns.contract[slot]!);
    to.int(columns.currency[slot]!);
    to.int(columns.inverse[slot]!);
    to.float64(columns.multiplier[slot]!);
    to.float64(columns.quantity[slot]!);
    to.float64(columns.priced[slot]!);
    to.float64(columns.rate[slot]!);
    to.index(columns.pricing[slot]!, 3);
    to.index(columns.pricingReason[slot]!, 22);
    to.long(columns.pricedAt[slot]!);
    to.float64(columns.value[slot]!);
    to.float64(columns.delta[slot]!);
    to.float64(columns.gamma[slot]!);
    to.float64(columns.vega[slot]!);
    to.float64(columns.theta[slot]!);
    to.float64(columns.years[slot]!);
    to.index(columns.status[slot]!, 5);
    to.int(columns.stale[slot]!);
    to.index(columns.reason[slot]!, 22);
    to.index(columns.valueReason[slot]!, 10);
    to.long(columns.time[slot]!);
    to.long(columns.knownAt[slot]!);
  },
  allocate: (capacity: number): GreekPositionColumns => ({
    account: new Int32Array(capacity),
    instrument: new Int32Array(capacity),
    holder: new Int32Array(capacity),
    contract: new Int32Array(capacity),
    currency: new Int32Array(capacity),
    inverse: new Int32Array(capacity),
    multiplier: new Float64Array(capacity),
    quantity: new Float64Array(capacity),
    priced: new Float64Array(capacity),
    rate: new Float64Array(capacity),
    pricing: new Int32Array(capacity),
    pricingReason: new Int32Array(capacity),
    pricedAt: new Float64Array(capacity),
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
  fillers: {
    account: 0,
    instrument: 0,
    holder: -1,
    contract: 0,
    currency: -1,
    inverse: 0,
    multiplier: NaN,
    quantity: NaN,
    priced: NaN,
    rate: NaN,
    pricing: 0,
    pricingReason: 0,
    pricedAt: 0,
    value: NaN,
    delta: NaN,
    gamma: NaN,
    vega: NaN,
    theta: NaN,
    years: NaN,
    status: 0,
    stale: 0,
    reason: 0,
    valueReason: 0,
    time: 0,
    knownAt: 0,
  },
} as const;
