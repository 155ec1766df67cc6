// Generated from schemas/refused-fill.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/codec';

/** The rule by which a fill is refused. */
export const FillRefusal = { Duplicate: 0, UnknownInstrument: 1, UnknownExecution: 2, AlreadyBusted: 3, TooOld: 4, OutOfRange: 5, ZeroQuantity: 6, WrongInstrument: 7, InstrumentChanged: 8, LedgerFull: 9 } as const;
export type FillRefusal = (typeof FillRefusal)[keyof typeof FillRefusal];
export const fillRefusalNames = ['Duplicate', 'UnknownInstrument', 'UnknownExecution', 'AlreadyBusted', 'TooOld', 'OutOfRange', 'ZeroQuantity', 'WrongInstrument', 'InstrumentChanged', 'LedgerFull'] as const;

/** A fill that did not change any position, and why. */
export interface RefusedFill {
  /** The venue's id of the fill. */
  readonly executionId: string;
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: number;
  /** The rule by which it is refused. */
  readonly reason: FillRefusal;
  /** What was found, for people. */
  readonly detail: string;
  /** When the venue executed it. Unit: microseconds since 1970 UTC. */
  readonly time: number;
}

export const refusedFillCodec: RowsCodec<RefusedFill> = {
  layout: 'rows',
  record: 'breakwater.ledger.RefusedFill',
  schema:
    '{"type":"record","name":"RefusedFill","namespace":"breakwater.ledger","doc":"A fill that did not change any position, and why.","fields":[{"name":"executionId","type":"string","doc":"The venue\'s id of the fill."},{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"instrument","type":"int","doc":"Number of the instrument, as reference data allotted it."},{"name":"reason","type":{"type":"enum","name":"FillRefusal","namespace":"breakwater.ledger","doc":"The rule by which a fill is refused.","symbols":["Duplicate","UnknownInstrument","UnknownExecution","AlreadyBusted","TooOld","OutOfRange","ZeroQuantity","WrongInstrument","InstrumentChanged","LedgerFull"]},"doc":"The rule by which it is refused."},{"name":"detail","type":"string","doc":"What was found, for people."},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"When the venue executed it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.string(row.executionId);
    to.int(row.account);
    to.int(row.instrument);
    to.index(row.reason, 10);
    to.string(row.detail);
    to.long(row.time);
  },
  decode: (from) => ({
    executionId: from.string(),
    account: from.int(),
    instrument: from.int(),
    reason: from.index(10) as FillRefusal,
    detail: from.string(),
    time: from.long(),
  }),
};
