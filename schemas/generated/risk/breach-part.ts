// Generated from schemas/breach-part.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { BreachPhase } from '../risk/breach';

/** One of the positions that a reading beyond a limit is made of, the largest first. */
export interface BreachPart {
  /** Name of the limit. */
  readonly limit: string;
  /** When the excursion began. Unit: microseconds since 1970 UTC. */
  readonly excursion: number;
  /** Which phase of it began. */
  readonly phase: BreachPhase;
  /** 1 for the largest. */
  readonly rank: number;
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: number;
  /** Which of the instrument's contracts is held. */
  readonly contract: number;
  /** Value of the position. Unit: base currency. */
  readonly value: number;
  /** What it adds to the reading. Unit: base currency. */
  readonly part: number;
  /** The same as a fraction of the reading. Unit: 1. */
  readonly share: number;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
}

export const breachPartCodec: RowsCodec<BreachPart> = {
  layout: 'rows',
  record: 'breakwater.risk.BreachPart',
  schema:
    '{"type":"record","name":"BreachPart","namespace":"breakwater.risk","doc":"One of the positions that a reading beyond a limit is made of, the largest first.","fields":[{"name":"limit","type":"string","doc":"Name of the limit."},{"name":"excursion","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"When the excursion began.","unit":"microseconds since 1970 UTC"},{"name":"phase","type":{"type":"enum","name":"BreachPhase","namespace":"breakwater.risk","doc":"Warned: the warning level is reached. Breached: the breach level. Ended: the reading is clear of both again, or the limit is no longer in force.","symbols":["Warned","Breached","Ended"]},"doc":"Which phase of it began."},{"name":"rank","type":"int","doc":"1 for the largest."},{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"instrument","type":"int","doc":"Number of the instrument, as reference data allotted it."},{"name":"contract","type":"int","default":0,"doc":"Which of the instrument\'s contracts is held."},{"name":"value","type":"double","doc":"Value of the position.","unit":"base currency"},{"name":"part","type":"double","doc":"What it adds to the reading.","unit":"base currency"},{"name":"share","type":"double","doc":"The same as a fraction of the reading.","unit":"1"},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.string(row.limit);
    to.long(row.excursion);
    to.index(row.phase, 3);
    to.int(row.rank);
    to.int(row.account);
    to.int(row.instrument);
    to.int(row.contract);
    to.float64(row.value);
    to.float64(row.part);
    to.float64(row.share);
    to.long(row.knownAt);
  },
  decode: (from) => ({
    limit: from.string(),
    excursion: from.long(),
    phase: from.index(3) as BreachPhase,
    rank: from.int(),
    account: from.int(),
    instrument: from.int(),
    contract: from.int(),
    value: from.float64(),
    part: from.float64(),
    share: from.float64(),
    knownAt: from.long(),
  }),
};
