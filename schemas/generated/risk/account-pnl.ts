// Generated from schemas/account-pnl.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { Reason } from '../market/mark';

/** Profit and loss of an account in one currency. What is unpriced is counted, and left out of the sums. */
export interface AccountPnl {
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** ISO 4217 code, or the asset's own code. */
  readonly currency: string;
  /** Exact sum over the positions of the account, less fees that it paid in this currency for positions in others. Unit: currency, scale 18. */
  readonly realisedPnl: bigint;
  /** Fees that it paid in this currency, part of realised P&L. Unit: currency. */
  readonly fees: number;
  /** Sum over the priced and stale positions of the account, flat ones included. Unit: currency. NaN: no position has a price. */
  readonly unrealisedPnl: number;
  /** Sum over the priced and stale positions of the account, flat ones included. Unit: currency. NaN: no position has a price. */
  readonly marketValue: number;
  /** Realised P&L, and unrealised of all that has a price. Unit: currency. */
  readonly knownPnl: number;
  /** Realised and unrealised P&L; NaN while something is unpriced: what is known of it is beside it. Unit: currency. */
  readonly totalPnl: number;
  /** The trading day, like 2026-03-02; dayPnl and the others are of this day, its month and its year. */
  readonly tradingDay: string;
  /** What totalPnl has changed by since the trading day began; NaN while something is unpriced, or was when it began: what is known of it is beside it. Unit: currency. */
  readonly dayPnl: number;
  /** Day P&L of all positions that have a price, and had one when the day began. Unit: currency. */
  readonly dayKnownPnl: number;
  /** The same since the first trading day of the month began. Unit: currency. */
  readonly monthPnl: number;
  /** Month P&L of all positions that have a price, and had one when the month began. Unit: currency. */
  readonly monthKnownPnl: number;
  /** The same since the first trading day of the year began. Unit: currency. */
  readonly yearPnl: number;
  /** Year P&L of all positions that have a price, and had one when the year began. Unit: currency. */
  readonly yearKnownPnl: number;
  /** Positions summed, flat ones included. Unit: positions. */
  readonly positions: number;
  /** Open positions without a price. Unit: positions. */
  readonly unpriced: number;
  /** Open positions whose price is stale. Unit: positions. */
  readonly stale: number;
  /** PartsUnknown while something is unpriced; OutOfRange while realisedPnl has no room in 38 digits, and is the largest of its sign. */
  readonly reason: Reason;
  /** Latest time of the positions summed. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
}

export const accountPnlCodec: RowsCodec<AccountPnl> = {
  layout: 'rows',
  record: 'breakwater.risk.AccountPnl',
  schema:
    '{"type":"record","name":"AccountPnl","namespace":"breakwater.risk","doc":"Profit and loss of an account in one currency. What is unpriced is counted, and left out of the sums.","fields":[{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"currency","type":"string","doc":"ISO 4217 code, or the asset\'s own code."},{"name":"realisedPnl","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"doc":"Exact sum over the positions of the account, less fees that it paid in this currency for positions in others.","unit":"currency, scale 18"},{"name":"fees","type":"double","default":0,"doc":"Fees that it paid in this currency, part of realised P&L.","unit":"currency"},{"name":"unrealisedPnl","type":"double","doc":"Sum over the priced and stale positions of the account, flat ones included.","unit":"currency","nan":"no position has a price"},{"name":"marketValue","type":"double","doc":"Sum over the priced and stale positions of the account, flat ones included.","unit":"currency","nan":"no position has a price"},{"name":"knownPnl","type":"double","default":0,"doc":"Realised P&L, and unrealised of all that has a price.","unit":"currency"},{"name":"totalPnl","type":"double","default":0,"doc":"Realised and unrealised P&L; NaN while something is unpriced: what is known of it is beside it.","unit":"currency"},{"name":"tradingDay","type":"string","default":"","doc":"The trading day, like 2026-03-02; dayPnl and the others are of this day, its month and its year."},{"name":"dayPnl","type":"double","default":0,"doc":"What totalPnl has changed by since the trading day began; NaN while something is unpriced, or was when it began: what is known of it is beside it.","unit":"currency"},{"name":"dayKnownPnl","type":"double","default":0,"doc":"Day P&L of all positions that have a price, and had one when the day began.","unit":"currency"},{"name":"monthPnl","type":"double","default":0,"doc":"The same since the first trading day of the month began.","unit":"currency"},{"name":"monthKnownPnl","type":"double","default":0,"doc":"Month P&L of all positions that have a price, and had one when the month began.","unit":"currency"},{"name":"yearPnl","type":"double","default":0,"doc":"The same since the first trading day of the year began.","unit":"currency"},{"name":"yearKnownPnl","type":"double","default":0,"doc":"Year P&L of all positions that have a price, and had one when the year began.","unit":"currency"},{"name":"positions","type":"int","doc":"Positions summed, flat ones included.","unit":"positions"},{"name":"unpriced","type":"int","doc":"Open positions without a price.","unit":"positions"},{"name":"stale","type":"int","doc":"Open positions whose price is stale.","unit":"positions"},{"name":"reason","type":{"type":"enum","name":"Reason","namespace":"breakwater.market","doc":"Why a price or a value is not as good as it could be. None: it is good. NeverQuoted: nothing came. Withdrawn: the venue took both sides back. NoBid, NoAsk: one side was taken back, or never came. StaleBid, StaleAsk, StaleQuote: one or both sides are too old. VenueDown: all venues that quoted are down or recovering. VenueGap: quotes of the venue were lost. WideSpread: far apart. AbsurdSpread: so far apart that it is no market. Crossed: the bid is above the ask. NotPositive: a price of zero or less where the product has none. UnknownSize: a price of zero whose size is not known. NoMark: the instrument has no mark at all. ZeroPrice: an inverse contract has no value at zero. NoRate, StaleRate: the exchange rate is missing or old. PartsUnknown: something that is summed has no value. OtherContract: the mark is of another contract that goes by the same name. OutOfRange: the sum has no room in the digits that there are.","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]},"default":"None","doc":"PartsUnknown while something is unpriced; OutOfRange while realisedPnl has no room in 38 digits, and is the largest of its sign."},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"Latest time of the positions summed.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.int(row.account);
    to.string(row.currency);
    to.decimal(row.realisedPnl);
    to.float64(row.fees);
    to.float64(row.unrealisedPnl);
    to.float64(row.marketValue);
    to.float64(row.knownPnl);
    to.float64(row.totalPnl);
    to.string(row.tradingDay);
    to.float64(row.dayPnl);
    to.float64(row.dayKnownPnl);
    to.float64(row.monthPnl);
    to.float64(row.monthKnownPnl);
    to.float64(row.yearPnl);
    to.float64(row.yearKnownPnl);
    to.int(row.positions);
    to.int(row.unpriced);
    to.int(row.stale);
    to.index(row.reason, 22);
    to.long(row.time);
    to.long(row.knownAt);
  },
  decode: (from) => ({
    account: from.int(),
    currency: from.string(),
    realisedPnl: from.decimal(),
    fees: from.float64(),
    unrealisedPnl: from.float64(),
    marketValue: from.float64(),
    knownPnl: from.float64(),
    totalPnl: from.float64(),
    tradingDay: from.string(),
    dayPnl: from.float64(),
    dayKnownPnl: from.float64(),
    monthPnl: from.float64(),
    monthKnownPnl: from.float64(),
    yearPnl: from.float64(),
    yearKnownPnl: from.float64(),
    positions: from.int(),
    unpriced: from.int(),
    stale: from.int(),
    reason: from.index(22) as Reason,
    time: from.long(),
    knownAt: from.long(),
  }),
};
