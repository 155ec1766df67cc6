// Generated from schemas/exposure.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { Reason } from '../market/mark';

/** Exposure of a scope: the firm, an account. What has no price or rate is counted, and left out of the sums. */
export interface Exposure {
  /** What sort of scope it is: firm, account. */
  readonly dimension: string;
  /** Number of the account that the scope is, or lies in; -1: the whole firm. */
  readonly account: number;
  /** Which of its sort it is; empty where the account, or the firm, says it. */
  readonly member: string;
  /** The base currency. */
  readonly currency: string;
  /** Sum of the positive values of what has a price and a rate. Unit: base currency. NaN: nothing of it is known. */
  readonly long: number;
  /** Sum of the negative values of what has a price and a rate; zero or less. Unit: base currency. NaN: nothing of it is known. */
  readonly short: number;
  /** Long less short: the sum of the sizes of all values. Unit: base currency. NaN: nothing of it is known. */
  readonly gross: number;
  /** Long and short. Unit: base currency. NaN: nothing of it is known. */
  readonly net: number;
  /** Open positions. Unit: positions. */
  readonly positions: number;
  /** Open positions without a price or a rate: what they are exposed to is unknown, and not in the sums. Unit: positions. */
  readonly unpriced: number;
  /** Open positions whose price or rate is stale. Unit: positions. */
  readonly stale: number;
  /** PartsUnknown while something is unpriced. */
  readonly reason: Reason;
  /** What fills and restatements changed of the net value since it was said before. Unit: base currency. */
  readonly netByFills: number;
  /** What prices changed of it. Unit: base currency. */
  readonly netByPrices: number;
  /** What exchange rates changed of it. Unit: base currency. */
  readonly netByRates: number;
  /** What fills and restatements changed of the gross value since it was said before. Unit: base currency. */
  readonly grossByFills: number;
  /** What prices changed of it. Unit: base currency. */
  readonly grossByPrices: number;
  /** What exchange rates changed of it. Unit: base currency. */
  readonly grossByRates: number;
  /** Latest time of the positions that moved it. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
}

export const exposureCodec: RowsCodec<Exposure> = {
  layout: 'rows',
  record: 'breakwater.risk.Exposure',
  schema:
    '{"type":"record","name":"Exposure","namespace":"breakwater.risk","doc":"Exposure of a scope: the firm, an account. What has no price or rate is counted, and left out of the sums.","fields":[{"name":"dimension","type":"string","doc":"What sort of scope it is: firm, account."},{"name":"account","type":"int","default":-1,"doc":"Number of the account that the scope is, or lies in; -1: the whole firm."},{"name":"member","type":"string","default":"","doc":"Which of its sort it is; empty where the account, or the firm, says it."},{"name":"currency","type":"string","doc":"The base currency."},{"name":"long","type":"double","doc":"Sum of the positive values of what has a price and a rate.","unit":"base currency","nan":"nothing of it is known"},{"name":"short","type":"double","doc":"Sum of the negative values of what has a price and a rate; zero or less.","unit":"base currency","nan":"nothing of it is known"},{"name":"gross","type":"double","doc":"Long less short: the sum of the sizes of all values.","unit":"base currency","nan":"nothing of it is known"},{"name":"net","type":"double","doc":"Long and short.","unit":"base currency","nan":"nothing of it is known"},{"name":"positions","type":"int","doc":"Open positions.","unit":"positions"},{"name":"unpriced","type":"int","doc":"Open positions without a price or a rate: what they are exposed to is unknown, and not in the sums.","unit":"positions"},{"name":"stale","type":"int","doc":"Open positions whose price or rate is stale.","unit":"positions"},{"name":"reason","type":{"type":"enum","name":"Reason","namespace":"breakwater.market","doc":"Why a price or a value is not as good as it could be. None: it is good. NeverQuoted: nothing came. Withdrawn: the venue took both sides back. NoBid, NoAsk: one side was taken back, or never came. StaleBid, StaleAsk, StaleQuote: one or both sides are too old. VenueDown: all venues that quoted are down or recovering. VenueGap: quotes of the venue were lost. WideSpread: far apart. AbsurdSpread: so far apart that it is no market. Crossed: the bid is above the ask. NotPositive: a price of zero or less where the product has none. UnknownSize: a price of zero whose size is not known. NoMark: the instrument has no mark at all. ZeroPrice: an inverse contract has no value at zero. NoRate, StaleRate: the exchange rate is missing or old. PartsUnknown: something that is summed has no value. OtherContract: the mark is of another contract that goes by the same name. OutOfRange: the sum has no room in the digits that there are.","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]},"doc":"PartsUnknown while something is unpriced."},{"name":"netByFills","type":"double","default":0,"doc":"What fills and restatements changed of the net value since it was said before.","unit":"base currency"},{"name":"netByPrices","type":"double","default":0,"doc":"What prices changed of it.","unit":"base currency"},{"name":"netByRates","type":"double","default":0,"doc":"What exchange rates changed of it.","unit":"base currency"},{"name":"grossByFills","type":"double","default":0,"doc":"What fills and restatements changed of the gross value since it was said before.","unit":"base currency"},{"name":"grossByPrices","type":"double","default":0,"doc":"What prices changed of it.","unit":"base currency"},{"name":"grossByRates","type":"double","default":0,"doc":"What exchange rates changed of it.","unit":"base currency"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"Latest time of the positions that moved it.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.string(row.dimension);
    to.int(row.account);
    to.string(row.member);
    to.string(row.currency);
    to.float64(row.long);
    to.float64(row.short);
    to.float64(row.gross);
    to.float64(row.net);
    to.int(row.positions);
    to.int(row.unpriced);
    to.int(row.stale);
    to.index(row.reason, 22);
    to.float64(row.netByFills);
    to.float64(row.netByPrices);
    to.float64(row.netByRates);
    to.float64(row.grossByFills);
    to.float64(row.grossByPrices);
    to.float64(row.grossByRates);
    to.long(row.time);
    to.long(row.knownAt);
  },
  decode: (from) => ({
    dimension: from.string(),
    account: from.int(),
    member: from.string(),
    currency: from.string(),
    long: from.float64(),
    short: from.float64(),
    gross: from.float64(),
    net: from.float64(),
    positions: from.int(),
    unpriced: from.int(),
    stale: from.int(),
    reason: from.index(22) as Reason,
    netByFills: from.float64(),
    netByPrices: from.float64(),
    netByRates: from.float64(),
    grossByFills: from.float64(),
    grossByPrices: from.float64(),
    grossByRates: from.float64(),
    time: from.long(),
    knownAt: from.long(),
  }),
};
