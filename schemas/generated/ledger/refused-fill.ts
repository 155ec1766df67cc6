// Generated from schemas/refused-fill.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** The rule by which a fill is refused. */
export const FillRefusal = { Duplicate: 0, UnknownInstrument: 1, UnknownExecution: 2, AlreadyBusted: 3, TooOld: 4, OutOfRange: 5, ZeroQuantity: 6, WrongInstrument: 7, InstrumentChanged: 8, LedgerFull: 9, EconomicDifference: 10, Superseded: 11, BadContract: 12, NotSettled: 13, NotExercisable: 14 } as const;
export type FillRefusal = (typeof FillRefusal)[keyof typeof FillRefusal];
export const fillRefusalNames = ['Duplicate', 'UnknownInstrument', 'UnknownExecution', 'AlreadyBusted', 'TooOld', 'OutOfRange', 'ZeroQuantity', 'WrongInstrument', 'InstrumentChanged', 'LedgerFull', 'EconomicDifference', 'Superseded', 'BadContract', 'NotSettled', 'NotExercisable'] as const;

/** A fill that did not change any position, and why. */
export interface RefusedFill {
  /** The venue's id of the fill. */
  readonly executionId: string;
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: number;
  /** Number of the venue, as reference data allotted it. */
  readonly venue: number;
  /** The rule by which it is refused. */
  readonly reason: FillRefusal;
  /** What was found, for people. */
  readonly detail: string;
  /** When the venue executed it. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
}

export const refusedFillCodec: RowsCodec<RefusedFill> = {
  layout: 'rows',
  record: 'breakwater.ledger.RefusedFill',
  schema:
    '{"type":"record","name":"RefusedFill","namespace":"breakwater.ledger","doc":"A fill that did not change any position, and why.","fields":[{"name":"executionId","type":"string","doc":"The venue\'s id of the fill."},{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"instrument","type":"int","doc":"Number of the instrument, as reference data allotted it."},{"name":"venue","type":"int","default":0,"doc":"Number of the venue, as reference data allotted it."},{"name":"reason","type":{"type":"enum","name":"FillRefusal","namespace":"breakwater.ledger","doc":"The rule by which a fill is refused.","symbols":["Duplicate","UnknownInstrument","UnknownExecution","AlreadyBusted","TooOld","OutOfRange","ZeroQuantity","WrongInstrument","InstrumentChanged","LedgerFull","EconomicDifference","Superseded","BadContract","NotSettled","NotExercisable"]},"doc":"The rule by which it is refused."},{"name":"detail","type":"string","doc":"What was found, for people."},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"When the venue executed it.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.string(row.executionId);
    to.int(row.account);
    to.int(row.instrument);
    to.int(row.venue);
    to.index(row.reason, 15);
    to.string(row.detail);
    to.long(row.time);
    to.long(row.knownAt);
  },
  decode: (from) => ({
    executionId: from.string(),
    account: from.int(),
    instrument: from.int(),
    venue: from.int(),
    reason: from.index(15) as FillRefusal,
    detail: from.string(),
    time: from.long(),
    knownAt: from.long(),
  }),
};
