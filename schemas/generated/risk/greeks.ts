// Generated from schemas/greeks.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { Reason } from '../market/mark';

/** Sensitivities of a scope: the firm, a desk, book, trader, strategy, counterparty, legal entity, currency, issuer, sector or account. What is unknown is counted, and left out of the sums. */
export interface Greeks {
  /** What sort of scope it is: firm, desk, book, trader, strategy, counterparty, legalEntity, currency, issuer, sector, account. */
  readonly dimension: string;
  /** Number of the account that the scope is, or lies in; -1: the whole firm. */
  readonly account: number;
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
  /** Long and short deltas: what it is exposed to, net. Unit: base currency. NaN: nothing of it is known. */
  readonly delta: number;
  /** Long less short deltas: the sum of their sizes. Unit: base currency. NaN: nothing of it is known. */
  readonly deltaGross: number;
  /** What delta gains when every underlying rises by 1 %, by gamma alone. Unit: base currency per 1 %. NaN: nothing of it is known. */
  readonly gamma: number;
  /** What positions gain in a day, marks held. Unit: base currency per calendar day. NaN: nothing of it is known. */
  readonly theta: number;
  /** Sum over all expiries. Unit: base currency per 0.01 of volatility. NaN: nothing of it is known. */
  readonly vega: number;
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
  /** PartsUnknown while something is unvalued. */
  readonly reason: Reason;
  /** Latest time of the positions that moved it. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
}

export const greeksCodec: RowsCodec<Greeks> = {
  layout: 'rows',
  record: 'breakwater.risk.Greeks',
  schema:
    '{"type":"record","name":"Greeks","namespace":"breakwater.risk","doc":"Sensitivities of a scope: the firm, a desk, book, trader, strategy, counterparty, legal entity, currency, issuer, sector or account. What is unknown is counted, and left out of the sums.","fields":[{"name":"dimension","type":"string","doc":"What sort of scope it is: firm, desk, book, trader, strategy, counterparty, legalEntity, currency, issuer, sector, account."},{"name":"account","type":"int","default":-1,"doc":"Number of the account that the scope is, or lies in; -1: the whole firm."},{"name":"member","type":"string","default":"","doc":"Which of its sort it is, by name; empty where the account, or the firm, says it."},{"name":"currency","type":"string","doc":"The base currency."},{"name":"value","type":"double","doc":"Sum of what positions are worth, at their prices or by their models.","unit":"base currency","nan":"nothing of it is known"},{"name":"deltaLong","type":"double","doc":"Sum of the positive deltas.","unit":"base currency","nan":"nothing of it is known"},{"name":"deltaShort","type":"double","doc":"Sum of the negative deltas; zero or less.","unit":"base currency","nan":"nothing of it is known"},{"name":"delta","type":"double","doc":"Long and short deltas: what it is exposed to, net.","unit":"base currency","nan":"nothing of it is known"},{"name":"deltaGross","type":"double","doc":"Long less short deltas: the sum of their sizes.","unit":"base currency","nan":"nothing of it is known"},{"name":"gamma","type":"double","doc":"What delta gains when every underlying rises by 1 %, by gamma alone.","unit":"base currency per 1 %","nan":"nothing of it is known"},{"name":"theta","type":"double","doc":"What positions gain in a day, marks held.","unit":"base currency per calendar day","nan":"nothing of it is known"},{"name":"vega","type":"double","doc":"Sum over all expiries.","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"vegaWeek","type":"double","doc":"Vega of options that expire within a week.","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"vegaMonth","type":"double","doc":"Vega of options that expire within a month (31 days), not within a week.","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"vegaQuarter","type":"double","doc":"Vega of options that expire within a quarter (92 days), not within a month (31 days).","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"vegaHalf","type":"double","doc":"Vega of options that expire within half a year (183 days), not within a quarter (92 days).","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"vegaYear","type":"double","doc":"Vega of options that expire within a year, not within half a year (183 days).","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"vegaTwoYears","type":"double","doc":"Vega of options that expire within two years, not within a year.","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"vegaBeyond","type":"double","doc":"Vega of options that expire later than in two years.","unit":"base currency per 0.01 of volatility","nan":"nothing of it is known"},{"name":"positions","type":"int","doc":"Open positions.","unit":"positions"},{"name":"unvalued","type":"int","doc":"Open positions whose worth or sensitivities are unknown: they are in no sum.","unit":"positions"},{"name":"modelled","type":"int","doc":"Open positions valued by a model, for want of quotes of their own.","unit":"positions"},{"name":"stale","type":"int","doc":"Open positions with a stale price or rate among what they stand on.","unit":"positions"},{"name":"reason","type":{"type":"enum","name":"Reason","namespace":"breakwater.market","doc":"Why a price or a value is not as good as it could be. None: it is good. NeverQuoted: nothing came. Withdrawn: the venue took both sides back. NoBid, NoAsk: one side was taken back, or never came. StaleBid, StaleAsk, StaleQuote: one or both sides are too old. VenueDown: all venues that quoted are down or recovering. VenueGap: quotes of the venue were lost. WideSpread: far apart. AbsurdSpread: so far apart that it is no market. Crossed: the bid is above the ask. NotPositive: a price of zero or less where the product has none. UnknownSize: a price of zero whose size is not known. NoMark: the instrument has no mark at all. ZeroPrice: an inverse contract has no value at zero. NoRate, StaleRate: the exchange rate is missing or old. PartsUnknown: something that is summed has no value. OtherContract: the mark is of another contract that goes by the same name. OutOfRange: the sum has no room in the digits that there are.","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]},"doc":"PartsUnknown while something is unvalued."},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"Latest time of the positions that moved it.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.string(row.dimension);
    to.int(row.account);
    to.string(row.member);
    to.string(row.currency);
    to.float64(row.value);
    to.float64(row.deltaLong);
    to.float64(row.deltaShort);
    to.float64(row.delta);
    to.float64(row.deltaGross);
    to.float64(row.gamma);
    to.float64(row.theta);
    to.float64(row.vega);
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
    to.index(row.reason, 22);
    to.long(row.time);
    to.long(row.knownAt);
  },
  decode: (from) => ({
    dimension: from.string(),
    account: from.int(),
    member: from.string(),
    currency: from.string(),
    value: from.float64(),
    deltaLong: from.float64(),
    deltaShort: from.float64(),
    delta: from.float64(),
    deltaGross: from.float64(),
    gamma: from.float64(),
    theta: from.float64(),
    vega: from.float64(),
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
    reason: from.index(22) as Reason,
    time: from.long(),
    knownAt: from.long(),
  }),
};
