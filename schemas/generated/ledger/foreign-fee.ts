// Generated from schemas/foreign-fee.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteReader } from '../../../runtime/wire/byte-reader';

/** Fees that an account paid for an instrument in another currency than the position's: they count in the account's P&L in their own currency. */
export interface ForeignFee {
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: number;
  /** ISO 4217 code, or the asset's own code, that the fees are in. */
  readonly currency: string;
  /** Sum of the fees of the executions that count, negative for rebates. Unit: currency, scale 18. */
  readonly fees: bigint;
  /** Time of the execution that changed it last. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
}

export const foreignFeeCodec: RowsCodec<ForeignFee> = {
  layout: 'rows',
  record: 'breakwater.ledger.ForeignFee',
  schema:
    '{"type":"record","name":"ForeignFee","namespace":"breakwater.ledger","doc":"Fees that an account paid for an instrument in another currency than the position\'s: they count in the account\'s P&L in their own currency.","fields":[{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"instrument","type":"int","doc":"Number of the instrument, as reference data allotted it."},{"name":"currency","type":"string","doc":"ISO 4217 code, or the asset\'s own code, that the fees are in."},{"name":"fees","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18},"doc":"Sum of the fees of the executions that count, negative for rebates.","unit":"currency, scale 18"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"Time of the execution that changed it last.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.int(row.account);
    to.int(row.instrument);
    to.string(row.currency);
    to.decimal(row.fees);
    to.long(row.time);
    to.long(row.knownAt);
  },
  decode: (from) => ({
    account: from.int(),
    instrument: from.int(),
    currency: from.string(),
    fees: from.decimal(),
    time: from.long(),
    knownAt: from.long(),
  }),
};

/** Reads the numbers that a record begins with. */
export const foreignFeeLead = (from: ByteReader): Pick<ForeignFee, 'account' | 'instrument'> => ({
  account: from.int(),
  instrument: from.int(),
});
