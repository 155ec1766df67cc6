// Generated from schemas/tables/account-period.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** The trading day, month and year in which an account is. */
export interface AccountPeriod {
  /** Number of the account. */
  readonly account: number;
  /** The trading day, like 2026-03-02. */
  readonly tradingDay: string;
  /** When it began. Unit: microseconds since 1970 UTC. */
  readonly dayFrom: number;
  /** When the first trading day of the month began, as far as it is known. Unit: microseconds since 1970 UTC. */
  readonly monthFrom: number;
  /** When the first trading day of the year began, as far as it is known. Unit: microseconds since 1970 UTC. */
  readonly yearFrom: number;
  /** Since when the account is known here. Unit: microseconds since 1970 UTC. */
  readonly seen: number;
}

export const accountPeriodCodec: RowsCodec<AccountPeriod> = {
  layout: 'rows',
  record: 'breakwater.risk.AccountPeriod',
  schema:
    '{"type":"record","name":"AccountPeriod","namespace":"breakwater.risk","fields":[{"name":"account","type":"int"},{"name":"tradingDay","type":"string"},{"name":"dayFrom","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"monthFrom","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"yearFrom","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"seen","type":{"type":"long","logicalType":"timestamp-micros"}}]}',
  encode(row, to) {
    to.int(row.account);
    to.string(row.tradingDay);
    to.long(row.dayFrom);
    to.long(row.monthFrom);
    to.long(row.yearFrom);
    to.long(row.seen);
  },
  decode: (from) => ({
    account: from.int(),
    tradingDay: from.string(),
    dayFrom: from.long(),
    monthFrom: from.long(),
    yearFrom: from.long(),
    seen: from.long(),
  }),
};
