// Generated from schemas/tables/fee-start.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** Fees that an account had paid in a currency for positions in others when its trading day, month and year began. */
export interface FeeStart {
  /** Number of the account. */
  readonly account: number;
  /** Currency of the fees. */
  readonly currency: string;
  /** When the day began. Unit: currency. */
  readonly day: number;
  /** When the month began. Unit: currency. */
  readonly month: number;
  /** When the year began. Unit: currency. */
  readonly year: number;
}

export const feeStartCodec: RowsCodec<FeeStart> = {
  layout: 'rows',
  record: 'breakwater.risk.FeeStart',
  schema:
    '{"type":"record","name":"FeeStart","namespace":"breakwater.risk","fields":[{"name":"account","type":"int"},{"name":"currency","type":"string"},{"name":"day","type":"double"},{"name":"month","type":"double"},{"name":"year","type":"double"}]}',
  encode(row, to) {
    to.int(row.account);
    to.string(row.currency);
    to.float64(row.day);
    to.float64(row.month);
    to.float64(row.year);
  },
  decode: (from) => ({
    account: from.int(),
    currency: from.string(),
    day: from.float64(),
    month: from.float64(),
    year: from.float64(),
  }),
};
