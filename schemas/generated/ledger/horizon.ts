// Generated from schemas/horizon.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** Calendar: the trading days that are configured. Memory: the ledger's memory was full, and this account took most of it. */
export const HorizonBound = { Calendar: 0, Memory: 1 } as const;
export type HorizonBound = (typeof HorizonBound)[keyof typeof HorizonBound];
export const horizonBoundNames = ['Calendar', 'Memory'] as const;

/** How far back the executions of an account can still be restated, and what bounds that. */
export interface Horizon {
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** What is later than this can be restated in every position of the account; earlier only in those that have folded nothing yet. Unit: microseconds since 1970 UTC. */
  readonly restatableFrom: number;
  /** Executions of the account that can be restated. Unit: executions. */
  readonly executions: number;
  /** Memory that they take, as it is estimated. Unit: bytes. */
  readonly bytes: number;
  /** What made it fold last. */
  readonly boundBy: HorizonBound;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
}

export const horizonCodec: RowsCodec<Horizon> = {
  layout: 'rows',
  record: 'breakwater.ledger.Horizon',
  schema:
    '{"type":"record","name":"Horizon","namespace":"breakwater.ledger","doc":"How far back the executions of an account can still be restated, and what bounds that.","fields":[{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"restatableFrom","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"What is later than this can be restated in every position of the account; earlier only in those that have folded nothing yet.","unit":"microseconds since 1970 UTC"},{"name":"executions","type":"long","doc":"Executions of the account that can be restated.","unit":"executions"},{"name":"bytes","type":"long","doc":"Memory that they take, as it is estimated.","unit":"bytes"},{"name":"boundBy","type":{"type":"enum","name":"HorizonBound","namespace":"breakwater.ledger","doc":"Calendar: the trading days that are configured. Memory: the ledger\'s memory was full, and this account took most of it.","symbols":["Calendar","Memory"]},"doc":"What made it fold last."},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.int(row.account);
    to.long(row.restatableFrom);
    to.long(row.executions);
    to.long(row.bytes);
    to.index(row.boundBy, 2);
    to.long(row.knownAt);
  },
  decode: (from) => ({
    account: from.int(),
    restatableFrom: from.long(),
    executions: from.long(),
    bytes: from.long(),
    boundBy: from.index(2) as HorizonBound,
    knownAt: from.long(),
  }),
};
