// Generated from schemas/account-total.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { Reason } from '../market/mark';

/** Profit and loss of an account over all currencies, in the base currency at the rates of the marks. */
export interface AccountTotal {
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** The base currency. */
  readonly currency: string;
  /** Realised P&L of all currencies that have a rate, after fees. Unit: currency. NaN: nothing of it is known. */
  readonly realisedPnl: number;
  /** Unrealised P&L of what has a price, of all currencies that have a rate. Unit: currency. NaN: nothing of it is known. */
  readonly unrealisedPnl: number;
  /** Fees of all currencies that have a rate, part of realised P&L. Unit: currency. NaN: nothing of it is known. */
  readonly fees: number;
  /** Market value of what has a price, of all currencies that have a rate. Unit: currency. NaN: nothing of it is known. */
  readonly marketValue: number;
  /** What is known of the total. Unit: currency. NaN: nothing of it is known. */
  readonly knownPnl: number;
  /** Realised and unrealised P&L; NaN while a price or a rate is missing. Unit: currency. */
  readonly totalPnl: number;
  /** Open positions without a price. Unit: positions. */
  readonly unpriced: number;
  /** Currencies in which the account made something, and that have no rate. Unit: currencies. */
  readonly withoutRate: number;
  /** Open positions whose price is stale. Unit: positions. */
  readonly stale: number;
  /** Why the total is unknown, or no better. */
  readonly reason: Reason;
  /** Latest time of what is summed. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
  /** Number of the latest load of reference data among what says how the account is valued: the account, its book, the scopes above; 0: none of it is listed. */
  readonly referenceVersion: number;
}

export const accountTotalCodec: RowsCodec<AccountTotal> = {
  layout: 'rows',
  record: 'breakwater.risk.AccountTotal',
  schema:
    '{"type":"record","name":"AccountTotal","namespace":"breakwater.risk","doc":"Profit and loss of an account over all currencies, in the base currency at the rates of the marks.","fields":[{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"currency","type":"string","doc":"The base currency."},{"name":"realisedPnl","type":"double","doc":"Realised P&L of all currencies that have a rate, after fees.","unit":"currency","nan":"nothing of it is known"},{"name":"unrealisedPnl","type":"double","doc":"Unrealised P&L of what has a price, of all currencies that have a rate.","unit":"currency","nan":"nothing of it is known"},{"name":"fees","type":"double","doc":"Fees of all currencies that have a rate, part of realised P&L.","unit":"currency","nan":"nothing of it is known"},{"name":"marketValue","type":"double","doc":"Market value of what has a price, of all currencies that have a rate.","unit":"currency","nan":"nothing of it is known"},{"name":"knownPnl","type":"double","doc":"What is known of the total.","unit":"currency","nan":"nothing of it is known"},{"name":"totalPnl","type":"double","doc":"Realised and unrealised P&L; NaN while a price or a rate is missing.","unit":"currency"},{"name":"unpriced","type":"int","doc":"Open positions without a price.","unit":"positions"},{"name":"withoutRate","type":"int","doc":"Currencies in which the account made something, and that have no rate.","unit":"currencies"},{"name":"stale","type":"int","doc":"Open positions whose price is stale.","unit":"positions"},{"name":"reason","type":{"type":"enum","name":"Reason","namespace":"breakwater.market","doc":"Why a price or a value is not as good as it could be. None: it is good. NeverQuoted: nothing came. Withdrawn: the venue took both sides back. NoBid, NoAsk: one side was taken back, or never came. StaleBid, StaleAsk, StaleQuote: one or both sides are too old. VenueDown: all venues that quoted are down or recovering. VenueGap: quotes of the venue were lost. WideSpread: far apart. AbsurdSpread: so far apart that it is no market. Crossed: the bid is above the ask. NotPositive: a price of zero or less where the product has none. UnknownSize: a price of zero whose size is not known. NoMark: the instrument has no mark at all. ZeroPrice: an inverse contract has no value at zero. NoRate, StaleRate: the exchange rate is missing or old. PartsUnknown: something that is summed has no value. OtherContract: the mark is of another contract that goes by the same name. OutOfRange: the sum has no room in the digits that there are.","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]},"doc":"Why the total is unknown, or no better."},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"Latest time of what is summed.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"},{"name":"referenceVersion","type":"long","default":0,"doc":"Number of the latest load of reference data among what says how the account is valued: the account, its book, the scopes above; 0: none of it is listed."}]}',
  encode(row, to) {
    to.int(row.account);
    to.string(row.currency);
    to.float64(row.realisedPnl);
    to.float64(row.unrealisedPnl);
    to.float64(row.fees);
    to.float64(row.marketValue);
    to.float64(row.knownPnl);
    to.float64(row.totalPnl);
    to.int(row.unpriced);
    to.int(row.withoutRate);
    to.int(row.stale);
    to.index(row.reason, 22);
    to.long(row.time);
    to.long(row.knownAt);
    to.long(row.referenceVersion);
  },
  decode: (from) => ({
    account: from.int(),
    currency: from.string(),
    realisedPnl: from.float64(),
    unrealisedPnl: from.float64(),
    fees: from.float64(),
    marketValue: from.float64(),
    knownPnl: from.float64(),
    totalPnl: from.float64(),
    unpriced: from.int(),
    withoutRate: from.int(),
    stale: from.int(),
    reason: from.index(22) as Reason,
    time: from.long(),
    knownAt: from.long(),
    referenceVersion: from.long(),
  }),
};
