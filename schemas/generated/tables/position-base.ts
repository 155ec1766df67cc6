// Generated from schemas/tables/position-base.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteReader } from '../../../runtime/wire/byte-reader';

/** A position as of the executions that have left the horizon. */
export interface PositionBase {
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: number;
  /** Which of the instrument's contracts. */
  readonly contract: number;
  /** Units held then. Unit: units, scale 9. */
  readonly quantity: bigint;
  /** Cost then. Unit: currency, scale 18. */
  readonly cost: bigint;
  /** Realised profit and loss until then. Unit: currency, scale 18. */
  readonly realisedPnl: bigint;
  /** Fees until then. Unit: currency, scale 18. */
  readonly fees: bigint;
  /** Fees paid in the units that are traded, by which the quantity is less. Unit: units, scale 9. */
  readonly coinFees: bigint;
  /** Dividends and funding received, part of realised P&L. Unit: currency, scale 18. */
  readonly income: bigint;
  /** Cost of what was transferred in, less that of what was transferred out: no cash was paid for it. Unit: currency, scale 18. */
  readonly transferred: bigint;
  /** Bought until then. Unit: units, scale 18. */
  readonly bought: bigint;
  /** Sold until then. Unit: units, scale 18. */
  readonly sold: bigint;
  /** Executions folded that count. Unit: fills. */
  readonly fills: number;
  /** Time of the first execution that counts; 0 where that is not known. Unit: microseconds since 1970 UTC. */
  readonly since: number;
  /** Time of the last of them that counts. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** Executions up to this event time, inclusive, can no longer be restated. Unit: microseconds since 1970 UTC. */
  readonly foldedUntil: number;
  /** Cost of transfers where the oldest lots go first, scale 18, then quantity (scale 9) and cost (scale 18) of each open lot, oldest first, with spaces between; empty in rows from before lots were kept. */
  readonly openLots: string;
}

export const positionBaseCodec: RowsCodec<PositionBase> = {
  layout: 'rows',
  record: 'breakwater.ledger.PositionBase',
  schema:
    '{"type":"record","name":"PositionBase","namespace":"breakwater.ledger","fields":[{"name":"account","type":"int"},{"name":"instrument","type":"int"},{"name":"contract","type":"int","default":0},{"name":"quantity","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":9}},{"name":"cost","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}},{"name":"realisedPnl","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}},{"name":"fees","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}},{"name":"coinFees","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":9},"default":"\\u0000"},{"name":"income","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"default":"\\u0000"},{"name":"transferred","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"default":"\\u0000"},{"name":"bought","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}},{"name":"sold","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}},{"name":"fills","type":"long"},{"name":"since","type":{"type":"long","logicalType":"timestamp-micros"},"default":0},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"foldedUntil","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"openLots","type":"string","default":""}]}',
  encode(row, to) {
    to.int(row.account);
    to.int(row.instrument);
    to.int(row.contract);
    to.decimal(row.quantity);
    to.decimal(row.cost);
    to.decimal(row.realisedPnl);
    to.decimal(row.fees);
    to.decimal(row.coinFees);
    to.decimal(row.income);
    to.decimal(row.transferred);
    to.decimal(row.bought);
    to.decimal(row.sold);
    to.long(row.fills);
    to.long(row.since);
    to.long(row.time);
    to.long(row.foldedUntil);
    to.string(row.openLots);
  },
  decode: (from) => ({
    account: from.int(),
    instrument: from.int(),
    contract: from.int(),
    quantity: from.decimal(),
    cost: from.decimal(),
    realisedPnl: from.decimal(),
    fees: from.decimal(),
    coinFees: from.decimal(),
    income: from.decimal(),
    transferred: from.decimal(),
    bought: from.decimal(),
    sold: from.decimal(),
    fills: from.long(),
    since: from.long(),
    time: from.long(),
    foldedUntil: from.long(),
    openLots: from.string(),
  }),
};

/** Reads the numbers that a record begins with. */
export const positionBaseLead = (from: ByteReader): Pick<PositionBase, 'account' | 'instrument' | 'contract'> => ({
  account: from.int(),
  instrument: from.int(),
  contract: from.int(),
});
