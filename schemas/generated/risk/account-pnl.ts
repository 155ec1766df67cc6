// Generated from schemas/account-pnl.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/codec';

/** Profit and loss of an account in one currency. What is unpriced is counted, and left out of the sums. */
export interface AccountPnl {
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** ISO 4217 code, or the asset's own code. */
  readonly currency: string;
  /** Exact sum over the positions of the account. Unit: currency, scale 18. */
  readonly realisedPnl: bigint;
  /** Sum over the priced and stale positions of the account. Unit: currency. */
  readonly unrealisedPnl: number;
  /** Sum over the priced and stale positions of the account. Unit: currency. */
  readonly marketValue: number;
  /** Positions summed, flat ones included. Unit: positions. */
  readonly positions: number;
  /** Open positions without a price. Unit: positions. */
  readonly unpriced: number;
  /** Open positions whose price is stale. Unit: positions. */
  readonly stale: number;
  /** Latest time of the positions summed. Unit: microseconds since 1970 UTC. */
  readonly time: number;
}

export const accountPnlCodec: RowsCodec<AccountPnl> = {
  layout: 'rows',
  record: 'breakwater.risk.AccountPnl',
  schema:
    '{"type":"record","name":"AccountPnl","namespace":"breakwater.risk","doc":"Profit and loss of an account in one currency. What is unpriced is counted, and left out of the sums.","fields":[{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"currency","type":"string","doc":"ISO 4217 code, or the asset\'s own code."},{"name":"realisedPnl","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"doc":"Exact sum over the positions of the account.","unit":"currency, scale 18"},{"name":"unrealisedPnl","type":"double","doc":"Sum over the priced and stale positions of the account.","unit":"currency"},{"name":"marketValue","type":"double","doc":"Sum over the priced and stale positions of the account.","unit":"currency"},{"name":"positions","type":"int","doc":"Positions summed, flat ones included.","unit":"positions"},{"name":"unpriced","type":"int","doc":"Open positions without a price.","unit":"positions"},{"name":"stale","type":"int","doc":"Open positions whose price is stale.","unit":"positions"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"Latest time of the positions summed.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.int(row.account);
    to.string(row.currency);
    to.decimal(row.realisedPnl);
    to.float64(row.unrealisedPnl);
    to.float64(row.marketValue);
    to.int(row.positions);
    to.int(row.unpriced);
    to.int(row.stale);
    to.long(row.time);
  },
  decode: (from) => ({
    account: from.int(),
    currency: from.string(),
    realisedPnl: from.decimal(),
    unrealisedPnl: from.float64(),
    marketValue: from.float64(),
    positions: from.int(),
    unpriced: from.int(),
    stale: from.int(),
    time: from.long(),
  }),
};
