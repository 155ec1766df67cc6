// Generated from schemas/greek-part.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** What one account adds to the sensitivities of a scope. It takes the place of what it said before. */
export interface GreekPart {
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** What sort of scope it is: account, currency, issuer, sector. */
  readonly dimension: string;
  /** Which of its sort it is, by name; empty where the account, or the firm, says it. */
  readonly member: string;
  /** The base currency. */
  readonly currency: string;
  /** Sum of what positions are worth, at their prices or by their models. Unit: base currency. NaN: nothing of it is known. */
  readonly value: number;
  /** Sum of the positive deltas. Unit: base currency. NaN: nothing of it is known. */
  readonly deltaLong: number;
  /** Sum of the negative deltas; zero or less. Unit: base currency. NaN: nothing of it is known. */
  readonly deltaShort: number;
  /** What delta gains when every underlying rises by 1 %, by gamma alone. Unit: base currency per 1 %. NaN: nothing of it is known. */
  readonly gamma: number;
  /** What positions gain in a day, marks held. Unit: base currency per calendar day. NaN: nothing of it is known. */
  readonly theta: number;
  /** Vega of options that expire within a week. Unit: base currency per 0.01 of volatility. NaN: nothing of it is known. */
  readonly vegaWeek: number;
  /** Vega of options that expire within a month (31 days), not within a week. Unit: base currency per 0.01 of volatility. NaN: nothing of it is known. */
  readonly vegaMonth: number;
  /** Vega of options that expire within a quarter (92 days), not within a month (31 days). Unit: base currency per 0.01 of volatility. NaN: nothing of it is known. */
  readonly vegaQuarter: number;
  /** Vega of options that expire within half a year (183 days), not within a quarter (92 days). Unit: base currency per 0.01 of volatility. NaN: nothing of it is known. */
  readonly vegaHalf: number;
  /** Vega of options that expire within a year, not within half a year (183 days). Unit: base currency per 0.01 of volatility. NaN: nothing of it is known. */
  readonly vegaYear: number;
  /** Vega of options that expire within two years, not within a year. Unit: base currency per 0.01 of volatility. NaN: nothing of it is known. */
  readonly vegaTwoYears: number;
  /** Vega of options that expire later than in two years. Unit: base currency per 0.01 of volatility. NaN: nothing of it is known. */
  readonly vegaBeyond: number;
  /** Open positions. Unit: positions. */
  readonly positions: number;
  /** Open positions whose worth or sensitivities are unknown: they are in no sum. Unit: positions. */
  readonly unvalued: number;
  /** Open positions valued by a model, for want of quotes of their own. Unit: positions. */
  readonly modelled: number;
  /** Open positions with a stale price or rate among what they stand on. Unit: positions. */
  readonly stale: number;
  /** Latest time of the positions that moved it. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
}

export const greekPartCodec: RowsCodec<GreekPart> = {
  layout: 'rows',
  record: 'breakwater.risk.GreekPart',
  schema:
    '{"type":"record","name":"GreekPart","namespace":"breakwater.risk","doc":"What one account adds to the sensitivities of a scope. It takes the place of what it said before.","fields":[{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"dimension","type":"string","doc":"What sort of scope it is: account, currency, issuer, sector."},{"name":"member","type":"string","default":"","doc":"Which of its sort it is, by name; empty where the account, or the firm, says it."},{"name":"currency","type":"string","doc":"The base currency."},{"name":"value","type":"double","doc":"Sum of what positions are worth, at their prices or by their models.","unit":"base currency","nan":"nothing of it is known"},{"name":"deltaLong","type":"double","doc":"Sum of the positive deltas.","unit":"base currency","nan":"nothing of it is known"},{"name":"deltaShort","type":"double","doc":"Sum of the negative deltas; zero or less.","unit":"base currency","nan":"nothing of it is known"},{"name":"gamma","type":"double","doc":"What delta gains when every underlying rises by 1 %, by gamma alone.","unit":"base currency per 1 %","nan":"nothing of it is known"},{"name":"theta","type":"double","doc":"What positions gain in a day, marks held.","unit":"base currency per calendar day","nan":"nothing of it is known"},{"name":"vegaWeek","type":"double","doc":"Vega of options that expire within a week.","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"vegaMonth","type":"double","doc":"Vega of options that expire within a month (31 days), not within a week.","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"vegaQuarter","type":"double","doc":"Vega of options that expire within a quarter (92 days), not within a month (31 days).","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"vegaHalf","type":"double","doc":"Vega of options that expire within half a year (183 days), not within a quarter (92 days).","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"vegaYear","type":"double","doc":"Vega of options that expire within a year, not within half a year (183 days).","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"vegaTwoYears","type":"double","doc":"Vega of options that expire within two years, not within a year.","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"vegaBeyond","type":"double","doc":"Vega of options that expire later than in two years.","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"positions","type":"int","doc":"Open positions.","unit":"positions"},{"name":"unvalued","type":"int","doc":"Open positions whose worth or sensitivities are unknown: they are in no sum.","unit":"positions"},{"name":"modelled","type":"int","doc":"Open positions valued by a model, for want of quotes of their own.","unit":"positions"},{"name":"stale","type":"int","doc":"Open positions with a stale price or rate among what they stand on.","unit":"positions"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"Latest time of the positions that moved it.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.int(row.account);
    to.string(row.dimension);
    to.string(row.member);
    to.string(row.currency);
    to.float64(row.value);
    to.float64(row.deltaLong);
    to.float64(row.deltaShort);
    to.float64(row.gamma);
    to.float64(row.theta);
    to.float64(row.vegaWeek);
    to.float64(row.vegaMonth);
    to.float64(row.vegaQuarter);
    to.float64(row.vegaHalf);
    to.float64(row.vegaYear);
    to.float64(row.vegaTwoYears);
    to.float64(row.vegaBeyond);
    to.int(row.positions);
    to.int(row.unvalued);
    to.int(row.modelled);
    to.int(row.stale);
    to.long(row.time);
    to.long(row.knownAt);
  },
  decode: (from) => ({
    account: from.int(),
    dimension: from.string(),
    member: from.string(),
    currency: from.string(),
    value: from.float64(),
    deltaLong: from.float64(),
    deltaShort: from.float64(),
    gamma: from.float64(),
    theta: from.float64(),
    vegaWeek: from.float64(),
    vegaMonth: from.float64(),
    vegaQuarter: from.float64(),
    vegaHalf: from.float64(),
    vegaYear: from.float64(),
    vegaTwoYears: from.float64(),
    vegaBeyond: from.float64(),
    positions: from.int(),
    unvalued: from.int(),
    modelled: from.int(),
    stale: from.int(),
    time: from.long(),
    knownAt: from.long(),
  }),
};
