// Generated from schemas/account.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** An account that trades: which book it belongs to and whose it is, from one time on. */
export interface Account {
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** The name as people and files know it. */
  readonly name: string;
  /** Number of the scope that it belongs to, its book; null where nobody said. */
  readonly book: number | undefined;
  /** Number of the scope that stands for who trades it; null where nobody said. */
  readonly trader: number | undefined;
  /** Number of the scope that stands for the strategy it follows; null where nobody said. */
  readonly strategy: number | undefined;
  /** Number of the party whose account it is; null where nobody said. */
  readonly legalEntity: number | undefined;
  /** Number of the party, a broker or clearer, that keeps it; null where nobody said. */
  readonly counterparty: number | undefined;
  /** From when on this holds; 0: since whenever, until told otherwise. Unit: microseconds since 1970 UTC. */
  readonly validFrom: number;
  /** Until when this holds, that time not included; 0: until another version takes its place. Unit: microseconds since 1970 UTC. */
  readonly validTo: number;
  /** Number of the load of reference data that last changed this; 0: it came by another way. */
  readonly version: number;
  /** Who changed it; empty where nobody said. */
  readonly changedBy: string;
  /** Why it was changed; empty where nobody said. */
  readonly why: string;
}

export const accountCodec: RowsCodec<Account> = {
  layout: 'rows',
  record: 'breakwater.reference.Account',
  schema:
    '{"type":"record","name":"Account","namespace":"breakwater.reference","doc":"An account that trades: which book it belongs to and whose it is, from one time on.","fields":[{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"name","type":"string","doc":"The name as people and files know it."},{"name":"book","type":["null","int"],"default":null,"doc":"Number of the scope that it belongs to, its book; null where nobody said."},{"name":"trader","type":["null","int"],"default":null,"doc":"Number of the scope that stands for who trades it; null where nobody said."},{"name":"strategy","type":["null","int"],"default":null,"doc":"Number of the scope that stands for the strategy it follows; null where nobody said."},{"name":"legalEntity","type":["null","int"],"default":null,"doc":"Number of the party whose account it is; null where nobody said."},{"name":"counterparty","type":["null","int"],"default":null,"doc":"Number of the party, a broker or clearer, that keeps it; null where nobody said."},{"name":"validFrom","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"From when on this holds; 0: since whenever, until told otherwise.","unit":"microseconds since 1970 UTC"},{"name":"validTo","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"Until when this holds, that time not included; 0: until another version takes its place.","unit":"microseconds since 1970 UTC"},{"name":"version","type":"long","default":0,"doc":"Number of the load of reference data that last changed this; 0: it came by another way."},{"name":"changedBy","type":"string","default":"","doc":"Who changed it; empty where nobody said."},{"name":"why","type":"string","default":"","doc":"Why it was changed; empty where nobody said."}]}',
  encode(row, to) {
    to.int(row.account);
    to.string(row.name);
    if (row.book === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.int(row.book);
    }
    if (row.trader === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.int(row.trader);
    }
    if (row.strategy === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.int(row.strategy);
    }
    if (row.legalEntity === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.int(row.legalEntity);
    }
    if (row.counterparty === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.int(row.counterparty);
    }
    to.long(row.validFrom);
    to.long(row.validTo);
    to.long(row.version);
    to.string(row.changedBy);
    to.string(row.why);
  },
  decode: (from) => ({
    account: from.int(),
    name: from.string(),
    book: from.index(2) === 1 ? from.int() : undefined,
    trader: from.index(2) === 1 ? from.int() : undefined,
    strategy: from.index(2) === 1 ? from.int() : undefined,
    legalEntity: from.index(2) === 1 ? from.int() : undefined,
    counterparty: from.index(2) === 1 ? from.int() : undefined,
    validFrom: from.long(),
    validTo: from.long(),
    version: from.long(),
    changedBy: from.string(),
    why: from.string(),
  }),
};
