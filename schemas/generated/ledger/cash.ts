// Generated from schemas/cash.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { Reason } from '../market/mark';

/** What an account has received in a currency less what it has paid, since its first fill: for trades, fees, dividends, funding and expiries. What is settled by difference (futures, perpetuals, forwards and all that is inverse) moves cash by what it realises; everything else is paid in full. Units that come or go by transfer move none. */
export interface Cash {
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** ISO 4217 code, or the asset's own code. */
  readonly currency: string;
  /** The balance, exact; negative where more was paid. The largest that there is room for while reason is OutOfRange. Unit: currency, scale 18. */
  readonly cash: bigint;
  /** OutOfRange while the balance has no room in 38 digits. */
  readonly reason: Reason;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
}

export const cashCodec: RowsCodec<Cash> = {
  layout: 'rows',
  record: 'breakwater.ledger.Cash',
  schema:
    '{"type":"record","name":"Cash","namespace":"breakwater.ledger","doc":"What an account has received in a currency less what it has paid, since its first fill: for trades, fees, dividends, funding and expiries. What is settled by difference (futures, perpetuals, forwards and all that is inverse) moves cash by what it realises; everything else is paid in full. Units that come or go by transfer move none.","fields":[{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"currency","type":"string","doc":"ISO 4217 code, or the asset\'s own code."},{"name":"cash","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"doc":"The balance, exact; negative where more was paid. The largest that there is room for while reason is OutOfRange.","unit":"currency, scale 18"},{"name":"reason","type":{"type":"enum","name":"Reason","namespace":"breakwater.market","doc":"Why a price or a value is not as good as it could be. None: it is good. NeverQuoted: nothing came. Withdrawn: the venue took both sides back. NoBid, NoAsk: one side was taken back, or never came. StaleBid, StaleAsk, StaleQuote: one or both sides are too old. VenueDown: all venues that quoted are down or recovering. VenueGap: quotes of the venue were lost. WideSpread: far apart. AbsurdSpread: so far apart that it is no market. Crossed: the bid is above the ask. NotPositive: a price of zero or less where the product has none. UnknownSize: a price of zero whose size is not known. NoMark: the instrument has no mark at all. ZeroPrice: an inverse contract has no value at zero. NoRate, StaleRate: the exchange rate is missing or old. PartsUnknown: something that is summed has no value. OtherContract: the mark is of another contract that goes by the same name. OutOfRange: the sum has no room in the digits that there are.","symbols":["None","NeverQuoted","Withdrawn","NoBid","NoAsk","StaleBid","StaleAsk","StaleQuote","VenueDown","VenueGap","WideSpread","AbsurdSpread","Crossed","NotPositive","UnknownSize","NoMark","ZeroPrice","NoRate","StaleRate","PartsUnknown","OtherContract","OutOfRange"]},"default":"None","doc":"OutOfRange while the balance has no room in 38 digits."},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.int(row.account);
    to.string(row.currency);
    to.decimal(row.cash);
    to.index(row.reason, 22);
    to.long(row.knownAt);
  },
  decode: (from) => ({
    account: from.int(),
    currency: from.string(),
    cash: from.decimal(),
    reason: from.index(22) as Reason,
    knownAt: from.long(),
  }),
};
