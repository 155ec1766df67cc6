// Generated from schemas/tables/execution.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/codec';
import type { FillKind } from '../ledger/fill';

/** What has become of it: Booked counts, Busted never was, Applied has busted or corrected another, Waiting refers to one that has not come. */
export const ExecutionState = { Booked: 0, Busted: 1, Applied: 2, Waiting: 3 } as const;
export type ExecutionState = (typeof ExecutionState)[keyof typeof ExecutionState];
export const executionStateNames = ['Booked', 'Busted', 'Applied', 'Waiting'] as const;

/** A message about an execution that is still within the horizon: it can be restated, and its duplicates are recognised. */
export interface Execution {
  /** The venue's id of the message; unique within account. */
  readonly executionId: string;
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: number;
  /** What the message was. */
  readonly kind: FillKind;
  /** What has become of it. */
  readonly state: ExecutionState;
  /** The execution that it busts or corrects. */
  readonly refersTo: string | undefined;
  /** As booked, or as last corrected; positive bought, negative sold. Unit: units, scale 9. */
  readonly quantity: bigint;
  /** As booked, or as last corrected. Unit: currency of the instrument per unit, scale 9. */
  readonly price: bigint;
  /** As booked, or as last corrected. Unit: feeCurrency, scale 18. */
  readonly fee: bigint;
  /** Currency of the fee. */
  readonly feeCurrency: string;
  /** Event time; of a bust or correction that was applied, the time of what it refers to. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** Time of the step that brought it. Unit: microseconds since 1970 UTC. */
  readonly arrived: number;
  /** Grows with each message: the order of arrival, since slots are used again. Unit: messages. */
  readonly sequence: number;
}

export const executionCodec: RowsCodec<Execution> = {
  layout: 'rows',
  record: 'breakwater.ledger.Execution',
  schema:
    '{"type":"record","name":"Execution","namespace":"breakwater.ledger","fields":[{"name":"executionId","type":"string"},{"name":"account","type":"int"},{"name":"instrument","type":"int"},{"name":"kind","type":{"type":"enum","name":"FillKind","namespace":"breakwater.ledger","symbols":["New","Bust","Correct"]}},{"name":"state","type":{"type":"enum","name":"ExecutionState","namespace":"breakwater.ledger","symbols":["Booked","Busted","Applied","Waiting"]}},{"name":"refersTo","type":["null","string"],"default":null},{"name":"quantity","type":{"type":"long","scale":9}},{"name":"price","type":{"type":"long","scale":9}},{"name":"fee","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}},{"name":"feeCurrency","type":"string"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"arrived","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"sequence","type":"long"}]}',
  encode(row, to) {
    to.string(row.executionId);
    to.int(row.account);
    to.int(row.instrument);
    to.index(row.kind, 3);
    to.index(row.state, 4);
    if (row.refersTo === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.refersTo);
    }
    to.bigLong(row.quantity);
    to.bigLong(row.price);
    to.decimal(row.fee);
    to.string(row.feeCurrency);
    to.long(row.time);
    to.long(row.arrived);
    to.long(row.sequence);
  },
  decode: (from) => ({
    executionId: from.string(),
    account: from.int(),
    instrument: from.int(),
    kind: from.index(3) as FillKind,
    state: from.index(4) as ExecutionState,
    refersTo: from.index(2) === 1 ? from.string() : undefined,
    quantity: from.bigLong(),
    price: from.bigLong(),
    fee: from.decimal(),
    feeCurrency: from.string(),
    time: from.long(),
    arrived: from.long(),
    sequence: from.long(),
  }),
};
