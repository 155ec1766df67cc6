// Generated from schemas/tables/position-base.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/codec';

/** A position as of the executions that have left the horizon. */
export interface PositionBase {
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: number;
  /** Units held then. Unit: units, scale 9. */
  readonly quantity: bigint;
  /** Cost then. Unit: currency, scale 18. */
  readonly cost: bigint;
  /** Realised profit and loss until then. Unit: currency, scale 18. */
  readonly realisedPnl: bigint;
  /** Fees until then. Unit: currency, scale 18. */
  readonly fees: bigint;
  /** Bought until then. Unit: units, scale 18. */
  readonly bought: bigint;
  /** Sold until then. Unit: units, scale 18. */
  readonly sold: bigint;
  /** Executions folded that count. Unit: fills. */
  readonly fills: number;
  /** Time of the last of them that counts. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** Executions up to this event time, inclusive, can no longer be restated. Unit: microseconds since 1970 UTC. */
  readonly foldedUntil: number;
}

export const positionBaseCodec: RowsCodec<PositionBase> = {
  layout: 'rows',
  record: 'breakwater.ledger.PositionBase',
  schema:
    '{"type":"record","name":"PositionBase","namespace":"breakwater.ledger","fields":[{"name":"account","type":"int"},{"name":"instrument","type":"int"},{"name":"quantity","type":{"type":"long","scale":9}},{"name":"cost","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}},{"name":"realisedPnl","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}},{"name":"fees","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}},{"name":"bought","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}},{"name":"sold","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}},{"name":"fills","type":"long"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"foldedUntil","type":{"type":"long","logicalType":"timestamp-micros"}}]}',
  encode(row, to) {
    to.int(row.account);
    to.int(row.instrument);
    to.bigLong(row.quantity);
    to.decimal(row.cost);
    to.decimal(row.realisedPnl);
    to.decimal(row.fees);
    to.decimal(row.bought);
    to.decimal(row.sold);
    to.long(row.fills);
    to.long(row.time);
    to.long(row.foldedUntil);
  },
  decode: (from) => ({
    account: from.int(),
    instrument: from.int(),
    quantity: from.bigLong(),
    cost: from.decimal(),
    realisedPnl: from.decimal(),
    fees: from.decimal(),
    bought: from.decimal(),
    sold: from.decimal(),
    fills: from.long(),
    time: from.long(),
    foldedUntil: from.long(),
  }),
};
