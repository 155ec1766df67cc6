// Generated from schemas/tables/book-settings.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { MarkSide } from '../reference/scope';

/** How an account's positions are valued now: what its book says, or the nearest scope above that says it. */
export interface BookSettings {
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** Which price values its positions; Inherited where no scope says. */
  readonly markSide: MarkSide;
  /** What its totals are in; null where no scope says. */
  readonly baseCurrency: string | undefined;
  /** Calendar whose trading days roll its day; null where no scope says. */
  readonly calendar: string | undefined;
  /** Number of the latest load of reference data among what says so. */
  readonly version: number;
}

export const bookSettingsCodec: RowsCodec<BookSettings> = {
  layout: 'rows',
  record: 'breakwater.risk.BookSettings',
  schema:
    '{"type":"record","name":"BookSettings","namespace":"breakwater.risk","fields":[{"name":"account","type":"int"},{"name":"markSide","type":{"type":"enum","name":"MarkSide","namespace":"breakwater.reference","symbols":["Inherited","Mid","ClosingSide"],"default":"Inherited"}},{"name":"baseCurrency","type":["null","string"],"default":null},{"name":"calendar","type":["null","string"],"default":null},{"name":"version","type":"long","default":0}]}',
  encode(row, to) {
    to.int(row.account);
    to.index(row.markSide, 3);
    if (row.baseCurrency === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.baseCurrency);
    }
    if (row.calendar === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.calendar);
    }
    to.long(row.version);
  },
  decode: (from) => ({
    account: from.int(),
    markSide: from.index(3) as MarkSide,
    baseCurrency: from.index(2) === 1 ? from.string() : undefined,
    calendar: from.index(2) === 1 ? from.string() : undefined,
    version: from.long(),
  }),
};
