// Generated from schemas/breach.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { LimitMeasure, LimitSense } from '../risk/limit';

/** Warned: the warning level is reached. Breached: the breach level. Ended: the reading is clear of both again, or the limit is no longer in force. */
export const BreachPhase = { Warned: 0, Breached: 1, Ended: 2 } as const;
export type BreachPhase = (typeof BreachPhase)[keyof typeof BreachPhase];
export const breachPhaseNames = ['Warned', 'Breached', 'Ended'] as const;

/** What took a reading beyond a level, or back. Fill: trades, busts and corrections. Price: prices. Rate: exchange rates. Limit: the limit was set otherwise. Time: the limit came into force, or ended. Data: something became known, or unknown. */
export const BreachCause = { Fill: 0, Price: 1, Rate: 2, Limit: 3, Time: 4, Data: 5 } as const;
export type BreachCause = (typeof BreachCause)[keyof typeof BreachCause];
export const breachCauseNames = ['Fill', 'Price', 'Rate', 'Limit', 'Time', 'Data'] as const;

/** A phase of an excursion beyond a limit. An excursion begins beyond the warning or the breach level and ends clear of both; each phase is said once. */
export interface Breach {
  /** Name of the limit. */
  readonly limit: string;
  /** When the excursion began, which with the limit is its name. Unit: microseconds since 1970 UTC. */
  readonly excursion: number;
  /** What happened. */
  readonly phase: BreachPhase;
  /** What sort of scope it is: firm, account. */
  readonly dimension: string;
  /** Number of the account that the scope is, or lies in; -1: the whole firm. */
  readonly account: number;
  /** Which of its sort it is; empty where the account, or the firm, says it. */
  readonly member: string;
  /** What is limited. */
  readonly measure: LimitMeasure;
  /** On which side of its levels a reading is beyond them. */
  readonly sense: LimitSense;
  /** From where on the limit warns. Unit: base currency. NaN: it does not warn. */
  readonly warning: number;
  /** From where on the limit is breached. Unit: base currency. */
  readonly breach: number;
  /** Version of the limit in force. */
  readonly version: number;
  /** The reading before; where parts were unknown, of a long, short or gross value what it was at least. Unit: base currency. NaN: it was unknown. */
  readonly before: number;
  /** The reading that began the phase; where parts are unknown, of a long, short or gross value what it is at least. Unit: base currency. NaN: it is unknown. */
  readonly after: number;
  /** The worst reading of the excursion so far. Unit: base currency. NaN: none is known. */
  readonly extreme: number;
  /** What changed the reading most, in the direction in which it went. */
  readonly cause: BreachCause;
  /** What fills changed of the reading. Unit: base currency. */
  readonly byFills: number;
  /** What prices changed of it. Unit: base currency. */
  readonly byPrices: number;
  /** What exchange rates changed of it. Unit: base currency. */
  readonly byRates: number;
  /** Positions of the scope whose exposure is unknown. Unit: positions. */
  readonly unpriced: number;
  /** In which account one trade would end the phase; null: no single one would. */
  readonly cureAccount: number | undefined;
  /** In which instrument. */
  readonly cureInstrument: number | undefined;
  /** How many units to buy; negative: to sell. Unit: units. NaN: no single trade would end it. */
  readonly cureQuantity: number;
  /** What that trade is worth, without a sign. Unit: base currency. NaN: no single trade would end it. */
  readonly cureValue: number;
  /** Who set the version of the limit that is in force. */
  readonly by: string;
  /** Time of the exposure that was read. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
}

export const breachCodec: RowsCodec<Breach> = {
  layout: 'rows',
  record: 'breakwater.risk.Breach',
  schema:
    '{"type":"record","name":"Breach","namespace":"breakwater.risk","doc":"A phase of an excursion beyond a limit. An excursion begins beyond the warning or the breach level and ends clear of both; each phase is said once.","fields":[{"name":"limit","type":"string","doc":"Name of the limit."},{"name":"excursion","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"When the excursion began, which with the limit is its name.","unit":"microseconds since 1970 UTC"},{"name":"phase","type":{"type":"enum","name":"BreachPhase","namespace":"breakwater.risk","doc":"Warned: the warning level is reached. Breached: the breach level. Ended: the reading is clear of both again, or the limit is no longer in force.","symbols":["Warned","Breached","Ended"]},"doc":"What happened."},{"name":"dimension","type":"string","doc":"What sort of scope it is: firm, account."},{"name":"account","type":"int","default":-1,"doc":"Number of the account that the scope is, or lies in; -1: the whole firm."},{"name":"member","type":"string","default":"","doc":"Which of its sort it is; empty where the account, or the firm, says it."},{"name":"measure","type":{"type":"enum","name":"LimitMeasure","namespace":"breakwater.risk","doc":"What a limit limits: the long, short, gross or net value of a scope.","symbols":["Long","Short","Gross","Net"]},"doc":"What is limited."},{"name":"sense","type":{"type":"enum","name":"LimitSense","namespace":"breakwater.risk","doc":"On which side of a level a reading is beyond it. Absolute: its size is that of the level, or more. Above: it is the level or more. Below: it is the level or less.","symbols":["Absolute","Above","Below"]},"doc":"On which side of its levels a reading is beyond them."},{"name":"warning","type":"double","doc":"From where on the limit warns.","unit":"base currency","nan":"it does not warn"},{"name":"breach","type":"double","doc":"From where on the limit is breached.","unit":"base currency"},{"name":"version","type":"int","doc":"Version of the limit in force."},{"name":"before","type":"double","doc":"The reading before; where parts were unknown, of a long, short or gross value what it was at least.","unit":"base currency","nan":"it was unknown"},{"name":"after","type":"double","doc":"The reading that began the phase; where parts are unknown, of a long, short or gross value what it is at least.","unit":"base currency","nan":"it is unknown"},{"name":"extreme","type":"double","doc":"The worst reading of the excursion so far.","unit":"base currency","nan":"none is known"},{"name":"cause","type":{"type":"enum","name":"BreachCause","namespace":"breakwater.risk","doc":"What took a reading beyond a level, or back. Fill: trades, busts and corrections. Price: prices. Rate: exchange rates. Limit: the limit was set otherwise. Time: the limit came into force, or ended. Data: something became known, or unknown.","symbols":["Fill","Price","Rate","Limit","Time","Data"]},"doc":"What changed the reading most, in the direction in which it went."},{"name":"byFills","type":"double","doc":"What fills changed of the reading.","unit":"base currency"},{"name":"byPrices","type":"double","doc":"What prices changed of it.","unit":"base currency"},{"name":"byRates","type":"double","doc":"What exchange rates changed of it.","unit":"base currency"},{"name":"unpriced","type":"int","doc":"Positions of the scope whose exposure is unknown.","unit":"positions"},{"name":"cureAccount","type":["null","int"],"default":null,"doc":"In which account one trade would end the phase; null: no single one would."},{"name":"cureInstrument","type":["null","int"],"default":null,"doc":"In which instrument."},{"name":"cureQuantity","type":"double","doc":"How many units to buy; negative: to sell.","unit":"units","nan":"no single trade would end it"},{"name":"cureValue","type":"double","doc":"What that trade is worth, without a sign.","unit":"base currency","nan":"no single trade would end it"},{"name":"by","type":"string","doc":"Who set the version of the limit that is in force."},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"Time of the exposure that was read.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.string(row.limit);
    to.long(row.excursion);
    to.index(row.phase, 3);
    to.string(row.dimension);
    to.int(row.account);
    to.string(row.member);
    to.index(row.measure, 4);
    to.index(row.sense, 3);
    to.float64(row.warning);
    to.float64(row.breach);
    to.int(row.version);
    to.float64(row.before);
    to.float64(row.after);
    to.float64(row.extreme);
    to.index(row.cause, 6);
    to.float64(row.byFills);
    to.float64(row.byPrices);
    to.float64(row.byRates);
    to.int(row.unpriced);
    if (row.cureAccount === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.int(row.cureAccount);
    }
    if (row.cureInstrument === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.int(row.cureInstrument);
    }
    to.float64(row.cureQuantity);
    to.float64(row.cureValue);
    to.string(row.by);
    to.long(row.time);
    to.long(row.knownAt);
  },
  decode: (from) => ({
    limit: from.string(),
    excursion: from.long(),
    phase: from.index(3) as BreachPhase,
    dimension: from.string(),
    account: from.int(),
    member: from.string(),
    measure: from.index(4) as LimitMeasure,
    sense: from.index(3) as LimitSense,
    warning: from.float64(),
    breach: from.float64(),
    version: from.int(),
    before: from.float64(),
    after: from.float64(),
    extreme: from.float64(),
    cause: from.index(6) as BreachCause,
    byFills: from.float64(),
    byPrices: from.float64(),
    byRates: from.float64(),
    unpriced: from.int(),
    cureAccount: from.index(2) === 1 ? from.int() : undefined,
    cureInstrument: from.index(2) === 1 ? from.int() : undefined,
    cureQuantity: from.float64(),
    cureValue: from.float64(),
    by: from.string(),
    time: from.long(),
    knownAt: from.long(),
  }),
};
