// Generated from schemas/firm-total.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { Reason } from '../market/mark';

/** Profit and loss of the whole firm: in one currency, of what is in that currency; and over all currencies, in each base currency of its books. */
export interface FirmTotal {
  /** Currency of the amounts. */
  readonly currency: string;
  /** Whether it is over all currencies, at the rates of the marks, of the accounts whose totals are in this currency; else of what all accounts have in this currency. */
  readonly isOverAll: boolean;
  /** Accounts summed. Unit: accounts. */
  readonly accounts: number;
  /** Accounts among them whose total is unknown. Unit: accounts. */
  readonly unknown: number;
  /** Realised P&L after fees, as far as it has rates. Unit: currency. */
  readonly realisedPnl: number;
  /** Unrealised P&L of what has a price. Unit: currency. */
  readonly unrealisedPnl: number;
  /** Fees, part of realised P&L. Unit: currency. */
  readonly fees: number;
  /** Market value of what has a price. Unit: currency. */
  readonly marketValue: number;
  /** What is known of the total. Unit: currency. */
  readonly knownPnl: number;
  /** Realised and unrealised P&L; NaN while it is unknown of an account: what is known of it is beside it. Unit: currency. */
  readonly totalPnl: number;
  /** Open positions without a price. Unit: positions. */
  readonly unpriced: number;
  /** Currencies without a rate, summed over accounts. Unit: currencies. */
  readonly withoutRate: number;
  /** Open positions whose price is stale. Unit: positions. */
  readonly stale: number;
  /** Why the total is unknown. */
  readonly reason: Reason;
  /** Latest time of what is summed. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
  /** Number of the latest load of reference data by which an account among them was valued since the first total; 0: none. */
  readonly referenceVersion: number;
}

export const firmTotalCodec: RowsCodec<FirmTotal> = {
  layout: 'rows',
  record: 'breakwater.risk.FirmTotal',
  schema:
    '{"type":"record","name":"FirmTotal","namespace":"breakwater.risk","doc":"Profit and loss of the whole firm: in one currency, of what is in that currency; and over all currencies, in each base currency of its books.","fields":[{"name":"currency","type":"string","doc":"Currency of the amounts."},{"name":"isOverAll","type":"boolean","doc":"Whether it is over all currencies, at the rates of the marks, of the accounts whose totals are in this currency; else of what all accounts have in this currency."},{"name":"accounts","type":"int","doc":"Accounts summed.","unit":"accounts"},{"name":"unknown","type":"int","doc":"Accounts among them whose total is unknown.","unit":"accounts"},{"name":"realisedPnl","type":"double","doc":"Realised P&L after fees, as far as it has rates.","unit":"currency"},{"name":"unrealisedPnl","type":"double","doc":"Unrealised P&L of what has a price.","unit":"currency"},{"name":"fees","type":"double","doc":"Fees, part of realised P&L.","unit":"currency"},{"name":"marketValue","type":"double","doc":"Market value of what has a price.","unit":"currency"},{"name":"knownPnl","type":"double","doc":"What is known of the total.","unit":"currency"},{"name":"totalPnl","type":"double","doc":"Realised and unrealised P&L; NaN while it is unknown of an account: what is known of it is beside it.","unit":"currency"},{"name":"unpriced","type":"int","doc":"Open positions without a price.","unit":"positions"},{"name":"withoutRate","type":"int","doc":"Currencies without a rate, summed over accounts.","unit":"currencies"},{"name":"stale","type":"int","doc":"Open positions whose price is stale.","unit":"positions"},{"name":"reason","type":{"type":"enum","name":"Reason","namespace":"breakwater.market","doc":"Why a price or a value is not as good as it could be. None: it is good. NeverQuoted: nothing came. Withdrawn: the venue took both sides back. NoBid, NoAsk: one side was taken back, or never came. StaleBid, StaleAsk, StaleQuote: one or both sides are too old. VenueDown: all venues that quoted are down or recovering. VenueGap: quotes of the venue were lost. WideSpread: far apart. AbsurdSpread: so far apart that it is no market. Crossed: the bid is above the ask. NotPositive: a price of zero or less where the product has none. UnknownSize: a price of zero whose size is not known. NoMark: the instrument has no mark at all. ZeroPrice: an inverse contract has no value at zero. NoRate, StaleRate: the exchange rate is missing or old. PartsUnknown: something that is summed has no value. OtherContract: the mark is of another contract that goes by the same name. OutOfRange: the sum has no room in the digits that there are.","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]},"doc":"Why the total is unknown."},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"Latest time of what is summed.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"},{"name":"referenceVersion","type":"long","default":0,"doc":"Number of the latest load of reference data by which an account among them was valued since the first total; 0: none."}]}',
  encode(row, to) {
    to.string(row.currency);
    to.boolean(row.isOverAll);
    to.int(row.accounts);
    to.int(row.unknown);
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
    currency: from.string(),
    isOverAll: from.boolean(),
    accounts: from.int(),
    unknown: from.int(),
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
