// Generated from schemas/tables/exposure-currency.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** A currency that positions are in, by number. */
export interface ExposureCurrency {
  /** ISO 4217 code, or the asset's own code. */
  readonly currency: string;
  /** In order of first sight. */
  readonly number: number;
  /** What one unit is worth, as positions in it were last valued. Unit: base currency. NaN: there is no rate. */
  readonly rate: number;
  /** Whether that is by a stale mark. */
  readonly stale: boolean;
}

export const exposureCurrencyCodec: RowsCodec<ExposureCurrency> = {
  layout: 'rows',
  record: 'breakwater.risk.ExposureCurrency',
  schema:
    '{"type":"record","name":"ExposureCurrency","namespace":"breakwater.risk","fields":[{"name":"currency","type":"string"},{"name":"number","type":"int"},{"name":"rate","type":"double"},{"name":"stale","type":"boolean"}]}',
  encode(row, to) {
    to.string(row.currency);
    to.int(row.number);
    to.float64(row.rate);
    to.boolean(row.stale);
  },
  decode: (from) => ({
    currency: from.string(),
    number: from.int(),
    rate: from.float64(),
    stale: from.boolean(),
  }),
};
