// Generated from schemas/late-fill.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { FillKind } from '../ledger/fill';

/** Open: a person has to see to it. Waiting: what it refers to has not come, and it is booked by itself if that comes. Booked and Discarded: settled. */
export const LateFillStatus = { Open: 0, Waiting: 1, Booked: 2, Discarded: 3 } as const;
export type LateFillStatus = (typeof LateFillStatus)[keyof typeof LateFillStatus];
export const lateFillStatusNames = ['Open', 'Waiting', 'Booked', 'Discarded'] as const;

/** A fill that came too late to be booked where it belongs, and waits for a person: the whole of it, and what became of it. */
export interface LateFill {
  /** What it is known by: numbers of account and instrument, who gave its id, and the id. */
  readonly identity: string;
  /** The id of this message, as the venue or broker gave it: unique for it, the account and the instrument. */
  readonly executionId: string;
  /** Whether this is an execution, busts or corrects one, or is another event of a position. */
  readonly kind: FillKind;
  /** The execution that is busted or corrected; null for a new one. */
  readonly refersTo: string | undefined;
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: number;
  /** Positive bought, negative sold. The quantity of the execution busted, for a bust. Zero where the kind needs none. Unit: units, scale 9. */
  readonly quantity: bigint;
  /** Price of the execution. Unit: currency of the instrument per unit, scale 9. */
  readonly price: bigint;
  /** Fee paid, negative for a rebate. Unit: feeCurrency, scale 18. */
  readonly fee: bigint;
  /** ISO 4217 code, or the asset's own code, that the fee is in. */
  readonly feeCurrency: string;
  /** Number of the venue, as reference data allotted it. */
  readonly venue: number;
  /** Who gave the execution id, where that is a broker and not the venue. */
  readonly broker: string | undefined;
  /** Day within which the execution id is unique, like 2026-03-02; null unless the source says that its ids restart. */
  readonly tradingDay: string | undefined;
  /** Trading day of the execution referred to, where that is another than this message's. */
  readonly refersToDay: string | undefined;
  /** Order among the corrections of one execution, where the source numbers them: the greatest counts, and among equals the latest time. Unit: versions. */
  readonly version: number;
  /** When the venue executed it. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** What has become of it. */
  readonly status: LateFillStatus;
  /** Why it could not be booked, or by whom and why it was settled. */
  readonly detail: string;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
}

export const lateFillCodec: RowsCodec<LateFill> = {
  layout: 'rows',
  record: 'breakwater.ledger.LateFill',
  schema:
    '{"type":"record","name":"LateFill","namespace":"breakwater.ledger","doc":"A fill that came too late to be booked where it belongs, and waits for a person: the whole of it, and what became of it.","fields":[{"name":"identity","type":"string","doc":"What it is known by: numbers of account and instrument, who gave its id, and the id."},{"name":"executionId","type":"string","doc":"The id of this message, as the venue or broker gave it: unique for it, the account and the instrument."},{"name":"kind","type":{"type":"enum","name":"FillKind","namespace":"breakwater.ledger","doc":"New: an execution. Bust: the execution referred to never was. Correct: it was as told here. Transfer: units that come or go at the cost in the price, without profit or loss. Split: each unit becomes as many as the price says. Dividend: the price is paid for each unit held. Funding: the fee is paid, or received where it is negative. Expiry: all that is held is closed at the price. Exercise: so many contracts of an option that is held are exercised; Assignment: of one that was sold. They settle as reference data say: physically, they close at nothing and the underlying is bought or sold at the strike; in cash, they close at what they are worth where the price is that of the underlying. Delivery: what an exercise delivered, made by the ledger alone.","symbols":["New","Bust","Correct","Transfer","Split","Dividend","Funding","Expiry","Exercise","Assignment","Delivery"]},"doc":"Whether this is an execution, busts or corrects one, or is another event of a position."},{"name":"refersTo","type":["null","string"],"default":null,"doc":"The execution that is busted or corrected; null for a new one."},{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"instrument","type":"int","doc":"Number of the instrument, as reference data allotted it."},{"name":"quantity","type":{"type":"long","scale":9},"doc":"Positive bought, negative sold. The quantity of the execution busted, for a bust. Zero where the kind needs none.","unit":"units, scale 9"},{"name":"price","type":{"type":"long","scale":9},"doc":"Price of the execution.","unit":"currency of the instrument per unit, scale 9"},{"name":"fee","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"doc":"Fee paid, negative for a rebate.","unit":"feeCurrency, scale 18"},{"name":"feeCurrency","type":"string","doc":"ISO 4217 code, or the asset\'s own code, that the fee is in."},{"name":"venue","type":"int","doc":"Number of the venue, as reference data allotted it."},{"name":"broker","type":["null","string"],"default":null,"doc":"Who gave the execution id, where that is a broker and not the venue."},{"name":"tradingDay","type":["null","string"],"default":null,"doc":"Day within which the execution id is unique, like 2026-03-02; null unless the source says that its ids restart."},{"name":"refersToDay","type":["null","string"],"default":null,"doc":"Trading day of the execution referred to, where that is another than this message\'s."},{"name":"version","type":"long","default":0,"doc":"Order among the corrections of one execution, where the source numbers them: the greatest counts, and among equals the latest time.","unit":"versions"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"When the venue executed it.","unit":"microseconds since 1970 UTC"},{"name":"status","type":{"type":"enum","name":"LateFillStatus","namespace":"breakwater.ledger","doc":"Open: a person has to see to it. Waiting: what it refers to has not come, and it is booked by itself if that comes. Booked and Discarded: settled.","symbols":["Open","Waiting","Booked","Discarded"]},"doc":"What has become of it."},{"name":"detail","type":"string","doc":"Why it could not be booked, or by whom and why it was settled."},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.string(row.identity);
    to.string(row.executionId);
    to.index(row.kind, 11);
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
    if (row.broker === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.broker);
    }
    if (row.tradingDay === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.tradingDay);
    }
    if (row.refersToDay === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.refersToDay);
    }
    to.long(row.version);
    to.long(row.time);
    to.index(row.status, 4);
    to.string(row.detail);
    to.long(row.knownAt);
  },
  decode: (from) => ({
    identity: from.string(),
    executionId: from.string(),
    kind: from.index(11) as FillKind,
    refersTo: from.index(2) === 1 ? from.string() : undefined,
    account: from.int(),
    instrument: from.int(),
    quantity: from.bigLong(),
    price: from.bigLong(),
    fee: from.decimal(),
    feeCurrency: from.string(),
    venue: from.int(),
    broker: from.index(2) === 1 ? from.string() : undefined,
    tradingDay: from.index(2) === 1 ? from.string() : undefined,
    refersToDay: from.index(2) === 1 ? from.string() : undefined,
    version: from.long(),
    time: from.long(),
    status: from.index(4) as LateFillStatus,
    detail: from.string(),
    knownAt: from.long(),
  }),
};
