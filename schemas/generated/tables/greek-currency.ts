// Generated from schemas/tables/greek-currency.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** A currency that positions are in, by number. */
export interface GreekCurrency {
  /** ISO 4217 code, or the asset's own code. */
  readonly currency: string;
  /** In order of first sight. */
  readonly number: number;
}

export const greekCurrencyCodec: RowsCodec<GreekCurrency> = {
  layout: 'rows',
  record: 'breakwater.risk.GreekCurrency',
  schema:
    '{"type":"record","name":"GreekCurrency","namespace":"breakwater.risk","fields":[{"name":"currency","type":"string"},{"name":"number","type":"int"}]}',
  encode(row, to) {
    to.string(row.currency);
    to.int(row.number);
  },
  decode: (from) => ({
    currency: from.string(),
    number: from.int(),
  }),
};
