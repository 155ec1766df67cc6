// Generated from schemas/limit-status.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { LimitMeasure, LimitSense } from '../risk/limit';

/** How a limit stands. Unknown: part of what is limited has no value, so that nobody can say. NotInForce: its time has not come, or is over. Invalid: its terms make no sense. Within, Warned, Breached: as its reading says. */
export const LimitState = { Unknown: 0, NotInForce: 1, Invalid: 2, Within: 3, Warned: 4, Breached: 5 } as const;
export type LimitState = (typeof LimitState)[keyof typeof LimitState];
export const limitStateNames = ['Unknown', 'NotInForce', 'Invalid', 'Within', 'Warned', 'Breached'] as const;

/** Why a limit cannot be read. NothingHeld: nothing was ever held in the scope, or there is no such scope. PartsUnknown: something in the scope has no price or rate. OtherCurrency: the levels are not in the base currency. BreachMissing: there is no level. LevelOutOfOrder: the warning is not before the breach. LevelNotPositive: a size cannot be below zero. HysteresisOutOfRange: it is not from 0 to below 1. EndsBeforeItBegins: validUntil is not after validFrom. LevelOutOfReach: no reading can ever be beyond the level. */
export const LimitFault = { None: 0, NothingHeld: 1, PartsUnknown: 2, OtherCurrency: 3, BreachMissing: 4, LevelOutOfOrder: 5, LevelNotPositive: 6, HysteresisOutOfRange: 7, EndsBeforeItBegins: 8, LevelOutOfReach: 9 } as const;
export type LimitFault = (typeof LimitFault)[keyof typeof LimitFault];
export const limitFaultNames = ['None', 'NothingHeld', 'PartsUnknown', 'OtherCurrency', 'BreachMissing', 'LevelOutOfOrder', 'LevelNotPositive', 'HysteresisOutOfRange', 'EndsBeforeItBegins', 'LevelOutOfReach'] as const;

/** How far beyond a limit. */
export const Severity = { None: 0, Warning: 1, Breach: 2 } as const;
export type Severity = (typeof Severity)[keyof typeof Severity];
export const severityNames = ['None', 'Warning', 'Breach'] as const;

/** How a limit stands: its reading, how much of it is used, and whether an excursion is open. */
export interface LimitStatus {
  /** Name of the limit. */
  readonly limit: string;
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
  /** How it stands. */
  readonly state: LimitState;
  /** Why it cannot be read. */
  readonly fault: LimitFault;
  /** The reading. Where parts are unknown, and what is known is beyond the breach level whatever they are worth, it is at least that. Unit: base currency. NaN: there is none, or it is unknown. */
  readonly value: number;
  /** The reading of the parts that have a price and a rate; null where nothing is known of it. Unit: base currency. */
  readonly known: number | undefined;
  /** The reading as a fraction of the breach level. Unit: 1. NaN: there is none, or it is unknown. */
  readonly utilisation: number;
  /** Positions of the scope whose exposure is unknown. Unit: positions. */
  readonly unpriced: number;
  /** Positions of the scope whose price or rate is stale. Unit: positions. */
  readonly stale: number;
  /** Of the open excursion; it stays while the reading is unknown. */
  readonly severity: Severity;
  /** Whether the open excursion has reached the breach level. */
  readonly breached: boolean;
  /** When the open excursion began; 0: none is open. Unit: microseconds since 1970 UTC. */
  readonly since: number;
  /** The worst reading of the open excursion. Unit: base currency. NaN: none is open. */
  readonly extreme: number;
  /** Time of the exposure that was read. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
}

export const limitStatusCodec: RowsCodec<LimitStatus> = {
  layout: 'rows',
  record: 'breakwater.risk.LimitStatus',
  schema:
    '{"type":"record","name":"LimitStatus","namespace":"breakwater.risk","doc":"How a limit stands: its reading, how much of it is used, and whether an excursion is open.","fields":[{"name":"limit","type":"string","doc":"Name of the limit."},{"name":"dimension","type":"string","doc":"What sort of scope it is: firm, account."},{"name":"account","type":"int","default":-1,"doc":"Number of the account that the scope is, or lies in; -1: the whole firm."},{"name":"member","type":"string","default":"","doc":"Which of its sort it is; empty where the account, or the firm, says it."},{"name":"measure","type":{"type":"enum","name":"LimitMeasure","namespace":"breakwater.risk","doc":"What a limit limits: the long, short, gross or net value of a scope.","symbols":["Long","Short","Gross","Net"]},"doc":"What is limited."},{"name":"sense","type":{"type":"enum","name":"LimitSense","namespace":"breakwater.risk","doc":"On which side of a level a reading is beyond it. Absolute: its size is that of the level, or more. Above: it is the level or more. Below: it is the level or less.","symbols":["Absolute","Above","Below"]},"doc":"On which side of its levels a reading is beyond them."},{"name":"warning","type":"double","doc":"From where on the limit warns.","unit":"base currency","nan":"it does not warn"},{"name":"breach","type":"double","doc":"From where on the limit is breached.","unit":"base currency"},{"name":"version","type":"int","doc":"Version of the limit in force."},{"name":"state","type":{"type":"enum","name":"LimitState","namespace":"breakwater.risk","doc":"How a limit stands. Unknown: part of what is limited has no value, so that nobody can say. NotInForce: its time has not come, or is over. Invalid: its terms make no sense. Within, Warned, Breached: as its reading says.","symbols":["Unknown","NotInForce","Invalid","Within","Warned","Breached"]},"doc":"How it stands."},{"name":"fault","type":{"type":"enum","name":"LimitFault","namespace":"breakwater.risk","doc":"Why a limit cannot be read. NothingHeld: nothing was ever held in the scope, or there is no such scope. PartsUnknown: something in the scope has no price or rate. OtherCurrency: the levels are not in the base currency. BreachMissing: there is no level. LevelOutOfOrder: the warning is not before the breach. LevelNotPositive: a size cannot be below zero. HysteresisOutOfRange: it is not from 0 to below 1. EndsBeforeItBegins: validUntil is not after validFrom. LevelOutOfReach: no reading can ever be beyond the level.","symbols":["None","NothingHeld","PartsUnknown","OtherCurrency","BreachMissing","LevelOutOfOrder","LevelNotPositive","HysteresisOutOfRange","EndsBeforeItBegins","LevelOutOfReach"]},"doc":"Why it cannot be read."},{"name":"value","type":"double","doc":"The reading. Where parts are unknown, and what is known is beyond the breach level whatever they are worth, it is at least that.","unit":"base currency","nan":"there is none, or it is unknown"},{"name":"known","type":["null","double"],"default":null,"doc":"The reading of the parts that have a price and a rate; null where nothing is known of it.","unit":"base currency"},{"name":"utilisation","type":"double","doc":"The reading as a fraction of the breach level.","unit":"1","nan":"there is none, or it is unknown"},{"name":"unpriced","type":"int","doc":"Positions of the scope whose exposure is unknown.","unit":"positions"},{"name":"stale","type":"int","doc":"Positions of the scope whose price or rate is stale.","unit":"positions"},{"name":"severity","type":{"type":"enum","name":"Severity","namespace":"breakwater.risk","doc":"How far beyond a limit.","symbols":["None","Warning","Breach"]},"doc":"Of the open excursion; it stays while the reading is unknown."},{"name":"breached","type":"boolean","doc":"Whether the open excursion has reached the breach level."},{"name":"since","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"When the open excursion began; 0: none is open.","unit":"microseconds since 1970 UTC"},{"name":"extreme","type":"double","doc":"The worst reading of the open excursion.","unit":"base currency","nan":"none is open"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"Time of the exposure that was read.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.string(row.limit);
    to.string(row.dimension);
    to.int(row.account);
    to.string(row.member);
    to.index(row.measure, 4);
    to.index(row.sense, 3);
    to.float64(row.warning);
    to.float64(row.breach);
    to.int(row.version);
    to.index(row.state, 6);
    to.index(row.fault, 10);
    to.float64(row.value);
    if (row.known === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.float64(row.known);
    }
    to.float64(row.utilisation);
    to.int(row.unpriced);
    to.int(row.stale);
    to.index(row.severity, 3);
    to.boolean(row.breached);
    to.long(row.since);
    to.float64(row.extreme);
    to.long(row.time);
    to.long(row.knownAt);
  },
  decode: (from) => ({
    limit: from.string(),
    dimension: from.string(),
    account: from.int(),
    member: from.string(),
    measure: from.index(4) as LimitMeasure,
    sense: from.index(3) as LimitSense,
    warning: from.float64(),
    breach: from.float64(),
    version: from.int(),
    state: from.index(6) as LimitState,
    fault: from.index(10) as LimitFault,
    value: from.float64(),
    known: from.index(2) === 1 ? from.float64() : undefined,
    utilisation: from.float64(),
    unpriced: from.int(),
    stale: from.int(),
    severity: from.index(3) as Severity,
    breached: from.boolean(),
    since: from.long(),
    extreme: from.float64(),
    time: from.long(),
    knownAt: from.long(),
  }),
};
