// Generated from schemas/position.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteReader } from '../../../runtime/wire/byte-reader';

/** What an account holds of an instrument at average cost, exact. */
export interface Position {
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: number;
  /** Which of the instrument's contracts: 0 for the terms that were known first, and one more whenever its symbol is given others. */
  readonly contract: number;
  /** From when on marks of the instrument are of this contract; 0: since ever. Unit: microseconds since 1970 UTC. */
  readonly markedFrom: number;
  /** From when on marks of the instrument are of another contract; 0: never. Unit: microseconds since 1970 UTC. */
  readonly markedUntil: number;
  /** Currency of cost, realised P&L and fees. */
  readonly currency: string;
  /** Contract multiplier of the instrument when the position was opened; it stays for the position's life. Unit: units per unit of quantity, scale 9. */
  readonly multiplier: bigint;
  /** Whether the instrument is inverse: quantity is then worth -quantity * multiplier / price. */
  readonly inverse: boolean;
  /** Units held; negative when short, zero when flat. Unit: units, scale 9. */
  readonly quantity: bigint;
  /** What the open quantity was bought, or sold short, for: signed like its value. Unit: currency, scale 18. */
  readonly cost: bigint;
  /** Profit and loss of what has been closed, less the fees in the currency of the position. Unit: currency, scale 18. */
  readonly realisedPnl: bigint;
  /** Fees paid in the currency of the position. Unit: currency, scale 18. */
  readonly fees: bigint;
  /** Fees paid in the units that are traded, by which the quantity is less. Unit: units, scale 9. */
  readonly coinFees: bigint;
  /** Dividends and funding received, part of realised P&L. Unit: currency, scale 18. */
  readonly income: bigint;
  /** Cost of what was transferred in, less that of what was transferred out: no cash was paid for it. Unit: currency, scale 18. */
  readonly transferred: bigint;
  /** What the open quantity was bought, or sold short, for where the oldest lots go first; cost is at average cost. Unit: currency, scale 18. */
  readonly fifoCost: bigint;
  /** Realised P&L where the oldest lots go first: less its cost and that of transfers, it is what realisedPnl is less cost. Unit: currency, scale 18. */
  readonly fifoRealisedPnl: bigint;
  /** Open lots; beyond 1024 younger neighbours are taken together, at their joint cost. Unit: lots. */
  readonly lots: number;
  /** Sum of all quantities bought. A decimal, since it only grows. Unit: units, scale 18. */
  readonly bought: bigint;
  /** Sum of all quantities sold, positive. Unit: units, scale 18. */
  readonly sold: bigint;
  /** Number of executions that count. Unit: fills. */
  readonly fills: number;
  /** Time of the first execution that counts; 0 where that is not known. Unit: microseconds since 1970 UTC. */
  readonly since: number;
  /** Time of the latest execution that counts. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
  /** Number of the load of reference data that told its terms first; 0: they came by another way. */
  readonly referenceVersion: number;
}

export const positionCodec: RowsCodec<Position> = {
  layout: 'rows',
  record: 'breakwater.ledger.Position',
  schema:
    '{"type":"record","name":"Position","namespace":"breakwater.ledger","doc":"What an account holds of an instrument at average cost, exact.","fields":[{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"instrument","type":"int","doc":"Number of the instrument, as reference data allotted it."},{"name":"contract","type":"int","default":0,"doc":"Which of the instrument\'s contracts: 0 for the terms that were known first, and one more whenever its symbol is given others."},{"name":"markedFrom","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"From when on marks of the instrument are of this contract; 0: since ever.","unit":"microseconds since 1970 UTC"},{"name":"markedUntil","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"From when on marks of the instrument are of another contract; 0: never.","unit":"microseconds since 1970 UTC"},{"name":"currency","type":"string","doc":"Currency of cost, realised P&L and fees."},{"name":"multiplier","type":{"type":"long","scale":9},"doc":"Contract multiplier of the instrument when the position was opened; it stays for the position\'s life.","unit":"units per unit of quantity, scale 9"},{"name":"inverse","type":"boolean","doc":"Whether the instrument is inverse: quantity is then worth -quantity * multiplier / price."},{"name":"quantity","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":9},"doc":"Units held; negative when short, zero when flat.","unit":"units, scale 9"},{"name":"cost","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"doc":"What the open quantity was bought, or sold short, for: signed like its value.","unit":"currency, scale 18"},{"name":"realisedPnl","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"doc":"Profit and loss of what has been closed, less the fees in the currency of the position.","unit":"currency, scale 18"},{"name":"fees","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"doc":"Fees paid in the currency of the position.","unit":"currency, scale 18"},{"name":"coinFees","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":9},"default":"\\u0000","doc":"Fees paid in the units that are traded, by which the quantity is less.","unit":"units, scale 9"},{"name":"income","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"default":"\\u0000","doc":"Dividends and funding received, part of realised P&L.","unit":"currency, scale 18"},{"name":"transferred","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"default":"\\u0000","doc":"Cost of what was transferred in, less that of what was transferred out: no cash was paid for it.","unit":"currency, scale 18"},{"name":"fifoCost","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"default":"\\u0000","doc":"What the open quantity was bought, or sold short, for where the oldest lots go first; cost is at average cost.","unit":"currency, scale 18"},{"name":"fifoRealisedPnl","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"default":"\\u0000","doc":"Realised P&L where the oldest lots go first: less its cost and that of transfers, it is what realisedPnl is less cost.","unit":"currency, scale 18"},{"name":"lots","type":"int","default":0,"doc":"Open lots; beyond 1024 younger neighbours are taken together, at their joint cost.","unit":"lots"},{"name":"bought","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"doc":"Sum of all quantities bought. A decimal, since it only grows.","unit":"units, scale 18"},{"name":"sold","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"doc":"Sum of all quantities sold, positive.","unit":"units, scale 18"},{"name":"fills","type":"long","doc":"Number of executions that count.","unit":"fills"},{"name":"since","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"Time of the first execution that counts; 0 where that is not known.","unit":"microseconds since 1970 UTC"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"Time of the latest execution that counts.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"},{"name":"referenceVersion","type":"long","default":0,"doc":"Number of the load of reference data that told its terms first; 0: they came by another way."}]}',
  encode(row, to) {
    to.int(row.account);
    to.int(row.instrument);
    to.int(row.contract);
    to.long(row.markedFrom);
    to.long(row.markedUntil);
    to.string(row.currency);
    to.bigLong(row.multiplier);
    to.boolean(row.inverse);
    to.decimal(row.quantity);
    to.decimal(row.cost);
    to.decimal(row.realisedPnl);
    to.decimal(row.fees);
    to.decimal(row.coinFees);
    to.decimal(row.income);
    to.decimal(row.transferred);
    to.decimal(row.fifoCost);
    to.decimal(row.fifoRealisedPnl);
    to.int(row.lots);
    to.decimal(row.bought);
    to.decimal(row.sold);
    to.long(row.fills);
    to.long(row.since);
    to.long(row.time);
    to.long(row.knownAt);
    to.long(row.referenceVersion);
  },
  decode: (from) => ({
    account: from.int(),
    instrument: from.int(),
    contract: from.int(),
    markedFrom: from.long(),
    markedUntil: from.long(),
    currency: from.string(),
    multiplier: from.bigLong(),
    inverse: from.boolean(),
    quantity: from.decimal(),
    cost: from.decimal(),
    realisedPnl: from.decimal(),
    fees: from.decimal(),
    coinFees: from.decimal(),
    income: from.decimal(),
    transferred: from.decimal(),
    fifoCost: from.decimal(),
    fifoRealisedPnl: from.decimal(),
    lots: from.int(),
    bought: from.decimal(),
    sold: from.decimal(),
    fills: from.long(),
    since: from.long(),
    time: from.long(),
    knownAt: from.long(),
    referenceVersion: from.long(),
  }),
};

/** Reads the numbers that a record begins with. */
export const positionLead = (from: ByteReader): Pick<Position, 'account' | 'instrument' | 'contract'> => ({
  account: from.int(),
  instrument: from.int(),
  contract: from.int(),
});
