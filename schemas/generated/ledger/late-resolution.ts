// Generated from schemas/late-resolution.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** Book: it counts from the time of the decision on, at its own price; a bust takes back its quantity at its price. Discard: it never counts. */
export const LateAction = { Book: 0, Discard: 1 } as const;
export type LateAction = (typeof LateAction)[keyof typeof LateAction];
export const lateActionNames = ['Book', 'Discard'] as const;

/** What a person decided about a fill in ledger.late_fills. The fill is told by what it is known by; the first decision that can be carried out counts. */
export interface LateResolution {
  /** The id of the late message, as the venue or broker gave it. */
  readonly executionId: string;
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: number;
  /** Number of the venue, as reference data allotted it. */
  readonly venue: number;
  /** Who gave the execution id, where that is a broker and not the venue. */
  readonly broker: string | undefined;
  /** Day within which the execution id is unique; null unless the source says that its ids restart. */
  readonly tradingDay: string | undefined;
  /** What is to become of it. */
  readonly action: LateAction;
  /** Who decided. */
  readonly by: string;
  /** The reason. */
  readonly why: string;
  /** When it was decided: what is booked counts from then on. Unit: microseconds since 1970 UTC. */
  readonly time: number;
}

export const lateResolutionCodec: RowsCodec<LateResolution> = {
  layout: 'rows',
  record: 'breakwater.ledger.LateResolution',
  schema:
    '{"type":"record","name":"LateResolution","namespace":"breakwater.ledger","doc":"What a person decided about a fill in ledger.late_fills. The fill is told by what it is known by; the first decision that can be carried out counts.","fields":[{"name":"executionId","type":"string","doc":"The id of the late message, as the venue or broker gave it."},{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"instrument","type":"int","doc":"Number of the instrument, as reference data allotted it."},{"name":"venue","type":"int","doc":"Number of the venue, as reference data allotted it."},{"name":"broker","type":["null","string"],"default":null,"doc":"Who gave the execution id, where that is a broker and not the venue."},{"name":"tradingDay","type":["null","string"],"default":null,"doc":"Day within which the execution id is unique; null unless the source says that its ids restart."},{"name":"action","type":{"type":"enum","name":"LateAction","namespace":"breakwater.ledger","doc":"Book: it counts from the time of the decision on, at its own price; a bust takes back its quantity at its price. Discard: it never counts.","symbols":["Book","Discard"]},"doc":"What is to become of it."},{"name":"by","type":"string","doc":"Who decided."},{"name":"why","type":"string","doc":"The reason."},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"When it was decided: what is booked counts from then on.","unit":"microseconds since 1970 UTC"}]}',
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
    to.index(row.action, 2);
    to.string(row.by);
    to.string(row.why);
    to.long(row.time);
  },
  decode: (from) => ({
    executionId: from.string(),
    account: from.int(),
    instrument: from.int(),
    venue: from.int(),
    broker: from.index(2) === 1 ? from.string() : undefined,
    tradingDay: from.index(2) === 1 ? from.string() : undefined,
    action: from.index(2) as LateAction,
    by: from.string(),
    why: from.string(),
    time: from.long(),
  }),
};
