// Generated from schemas/tables/currency-pair.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** An instrument whose price is what one currency or coin is worth in another. */
export interface CurrencyPair {
  /** Number of the instrument. */
  readonly instrument: number;
  /** What one unit is. */
  readonly base: string;
  /** What its price is in. */
  readonly quote: string;
}

export const currencyPairCodec: RowsCodec<CurrencyPair> = {
  layout: 'rows',
  record: 'breakwater.risk.CurrencyPair',
  schema:
    '{"type":"record","name":"CurrencyPair","namespace":"breakwater.risk","fields":[{"name":"instrument","type":"int"},{"name":"base","type":"string"},{"name":"quote","type":"string"}]}',
  encode(row, to) {
    to.int(row.instrument);
    to.string(row.base);
    to.string(row.quote);
  },
  decode: (from) => ({
    instrument: from.int(),
    base: from.string(),
    quote: from.string(),
  }),
};
