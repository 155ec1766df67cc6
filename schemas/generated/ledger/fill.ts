// Generated from schemas/fill.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/codec';

/** New: an execution. Bust: the execution referred to never was. Correct: it was as told here. */
export const FillKind = { New: 0, Bust: 1, Correct: 2 } as const;
export type FillKind = (typeof FillKind)[keyof typeof FillKind];
export const fillKindNames = ['New', 'Bust', 'Correct'] as const;

/** An execution of ours, or the bust or correction of one. Recognised by its execution id, however often it comes. */
export interface Fill {
  /** The venue's id of this message; unique within account. */
  readonly executionId: string;
  /** Whether this is an execution, or busts or corrects one. */
  readonly kind: FillKind;
  /** The execution that is busted or corrected; null for a new one. */
  readonly refersTo: string | undefined;
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: number;
  /** Positive bought, negative sold. The quantity of the execution busted, for a bust. Unit: units, scale 9. */
  readonly quantity: bigint;
  /** Price of the execution. Unit: currency of the instrument per unit, scale 9. */
  readonly price: bigint;
  /** Fee paid, negative for a rebate. Unit: feeCurrency, scale 18. */
  readonly fee: bigint;
  /** ISO 4217 code, or the asset's own code, that the fee is in. */
  readonly feeCurrency: string;
  /** Number of the venue, as reference data allotted it. */
  readonly venue: number;
  /** When the venue executed it. Unit: microseconds since 1970 UTC. */
  readonly time: number;
}

export const fillCodec: RowsCodec<Fill> = {
  layout: 'rows',
  record: 'breakwater.ledger.Fill',
  schema:
    '{"type":"record","name":"Fill","namespace":"breakwater.ledger","doc":"An execution of ours, or the bust or correction of one. Recognised by its execution id, however often it comes.","fields":[{"name":"executionId","type":"string","doc":"The venue\'s id of this message; unique within account."},{"name":"kind","type":{"type":"enum","name":"FillKind","namespace":"breakwater.ledger","doc":"New: an execution. Bust: the execution referred to never was. Correct: it was as told here.","symbols":["New","Bust","Correct"]},"doc":"Whether this is an execution, or busts or corrects one."},{"name":"refersTo","type":["null","string"],"default":null,"doc":"The execution that is busted or corrected; null for a new one."},{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"instrument","type":"int","doc":"Number of the instrument, as reference data allotted it."},{"name":"quantity","type":{"type":"long","scale":9},"doc":"Positive bought, negative sold. The quantity of the execution busted, for a bust.","unit":"units, scale 9"},{"name":"price","type":{"type":"long","scale":9},"doc":"Price of the execution.","unit":"currency of the instrument per unit, scale 9"},{"name":"fee","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"doc":"Fee paid, negative for a rebate.","unit":"feeCurrency, scale 18"},{"name":"feeCurrency","type":"string","doc":"ISO 4217 code, or the asset\'s own code, that the fee is in."},{"name":"venue","type":"int","doc":"Number of the venue, as reference data allotted it."},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"When the venue executed it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.string(row.executionId);
    to.index(row.kind, 3);
    if (row.refersTo === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.refersTo);
    }
    to.int(row.account);
    to.int(row.instrument);
    to.bigLong(row.quantity);
    to.bigLong(row.price);
    to.decimal(row.fee);
    to.string(row.feeCurrency);
    to.int(row.venue);
    to.long(row.time);
  },
  decode: (from) => ({
    executionId: from.string(),
    kind: from.index(3) as FillKind,
    refersTo: from.index(2) === 1 ? from.string() : undefined,
    account: from.int(),
    instrument: from.int(),
    quantity: from.bigLong(),
    price: from.bigLong(),
    fee: from.decimal(),
    feeCurrency: from.string(),
    venue: from.int(),
    time: from.long(),
  }),
};
