// Generated from schemas/tables/execution.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { FillKind } from '../ledger/fill';

/** What has become of it: Booked counts, Busted never was, Applied has busted or corrected another, Waiting refers to one that has not come. */
export const ExecutionState = { Booked: 0, Busted: 1, Applied: 2, Waiting: 3 } as const;
export type ExecutionState = (typeof ExecutionState)[keyof typeof ExecutionState];
export const executionStateNames = ['Booked', 'Busted', 'Applied', 'Waiting'] as const;

/** A message about an execution that is still within the horizon: it can be restated, and its duplicates are recognised. */
export interface Execution {
  /** The id of the message; unique for venue or broker, account and instrument, and the trading day where there is one. */
  readonly executionId: string;
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: number;
  /** Number of the venue. */
  readonly venue: number;
  /** Who gave the id, where that is not the venue. */
  readonly broker: string | undefined;
  /** Day within which the id is unique. */
  readonly tradingDay: string | undefined;
  /** What the message was. */
  readonly kind: FillKind;
  /** What has become of it. */
  readonly state: ExecutionState;
  /** The execution that it busts or corrects. */
  readonly refersTo: string | undefined;
  /** Trading day of the execution referred to. */
  readonly refersToDay: string | undefined;
  /** Which of the instrument's contracts it was booked on. */
  readonly contract: number;
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
  /** Of a correction, its version; of what was corrected, that of the correction in force. Unit: versions. */
  readonly version: number;
  /** Of a correction, its time, or that of the correction it refers to, the later; of what was corrected, that of the correction in force. Unit: microseconds since 1970 UTC. */
  readonly asOf: number;
  /** How many corrections of corrections it is away from the execution; 0 for an execution as first told. Unit: corrections. */
  readonly depth: number;
  /** Id of the correction in force. */
  readonly restatedBy: string | undefined;
  /** Quantity, price and fee as first told, where they were corrected: so that it is recognised when it comes again. */
  readonly firstTold: string | undefined;
}

export const executionCodec: RowsCodec<Execution> = {
  layout: 'rows',
  record: 'breakwater.ledger.Execution',
  schema:
    '{"type":"record","name":"Execution","namespace":"breakwater.ledger","fields":[{"name":"executionId","type":"string"},{"name":"account","type":"int"},{"name":"instrument","type":"int"},{"name":"venue","type":"int","default":0},{"name":"broker","type":["null","string"],"default":null},{"name":"tradingDay","type":["null","string"],"default":null},{"name":"kind","type":{"type":"enum","name":"FillKind","namespace":"breakwater.ledger","symbols":["New","Bust","Correct","Transfer","Split","Dividend","Funding","Expiry","Exercise","Assignment","Delivery"]}},{"name":"state","type":{"type":"enum","name":"ExecutionState","namespace":"breakwater.ledger","symbols":["Booked","Busted","Applied","Waiting"]}},{"name":"refersTo","type":["null","string"],"default":null},{"name":"refersToDay","type":["null","string"],"default":null},{"name":"contract","type":"int","default":0},{"name":"quantity","type":{"type":"long","scale":9}},{"name":"price","type":{"type":"long","scale":9}},{"name":"fee","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":18}},{"name":"feeCurrency","type":"string"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"arrived","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"sequence","type":"long"},{"name":"version","type":"long","default":0},{"name":"asOf","type":{"type":"long","logicalType":"timestamp-micros"},"default":0},{"name":"depth","type":"int","default":0},{"name":"restatedBy","type":["null","string"],"default":null},{"name":"firstTold","type":["null","string"],"default":null}]}',
  encode(row, to) {
    to.string(row.executionId);
    to.int(row.account);
    to.int(row.instrument);
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
    to.index(row.kind, 11);
    to.index(row.state, 4);
    if (row.refersTo === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.refersTo);
    }
    if (row.refersToDay === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.refersToDay);
    }
    to.int(row.contract);
    to.bigLong(row.quantity);
    to.bigLong(row.price);
    to.decimal(row.fee);
    to.string(row.feeCurrency);
    to.long(row.time);
    to.long(row.arrived);
    to.long(row.sequence);
    to.long(row.version);
    to.long(row.asOf);
    to.int(row.depth);
    if (row.restatedBy === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.restatedBy);
    }
    if (row.firstTold === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.firstTold);
    }
  },
  decode: (from) => ({
    executionId: from.string(),
    account: from.int(),
    instrument: from.int(),
    venue: from.int(),
    broker: from.index(2) === 1 ? from.string() : undefined,
    tradingDay: from.index(2) === 1 ? from.string() : undefined,
    kind: from.index(11) as FillKind,
    state: from.index(4) as ExecutionState,
    refersTo: from.index(2) === 1 ? from.string() : undefined,
    refersToDay: from.index(2) === 1 ? from.string() : undefined,
    contract: from.int(),
    quantity: from.bigLong(),
    price: from.bigLong(),
    fee: from.decimal(),
    feeCurrency: from.string(),
    time: from.long(),
    arrived: from.long(),
    sequence: from.long(),
    version: from.long(),
    asOf: from.long(),
    depth: from.int(),
    restatedBy: from.index(2) === 1 ? from.string() : undefined,
    firstTold: from.index(2) === 1 ? from.string() : undefined,
  }),
};
