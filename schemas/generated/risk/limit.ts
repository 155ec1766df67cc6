// Generated from schemas/limit.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** What a limit limits: the long, short, gross or net value of a scope. */
export const LimitMeasure = { Long: 0, Short: 1, Gross: 2, Net: 3 } as const;
export type LimitMeasure = (typeof LimitMeasure)[keyof typeof LimitMeasure];
export const limitMeasureNames = ['Long', 'Short', 'Gross', 'Net'] as const;

/** On which side of a level a reading is beyond it. Absolute: its size is that of the level, or more. Above: it is the level or more. Below: it is the level or less. */
export const LimitSense = { Absolute: 0, Above: 1, Below: 2 } as const;
export type LimitSense = (typeof LimitSense)[keyof typeof LimitSense];
export const limitSenseNames = ['Absolute', 'Above', 'Below'] as const;

/** A limit on a measure of a scope, from one time on. Whoever changes it says who he is, and why. */
export interface Limit {
  /** What the limit is called; one name, one limit. */
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
  /** What the levels are in: the base currency. */
  readonly currency: string;
  /** From where on the limit warns. Unit: currency. NaN: it does not warn. */
  readonly warning: number;
  /** From where on the limit is breached. Unit: currency. */
  readonly breach: number;
  /** How far a reading must come back from a level to be clear of it, as a fraction of the level. Unit: 1. */
  readonly hysteresis: number;
  /** Counted by whoever sets the limit. */
  readonly version: number;
  /** Who set it. */
  readonly by: string;
  /** Why. */
  readonly why: string;
  /** From when on this holds; 0: since whenever, until told otherwise. Unit: microseconds since 1970 UTC. */
  readonly validFrom: number;
  /** From when on it holds no longer; 0: never. Unit: microseconds since 1970 UTC. */
  readonly validUntil: number;
}

export const limitCodec: RowsCodec<Limit> = {
  layout: 'rows',
  record: 'breakwater.risk.Limit',
  schema:
    '{"type":"record","name":"Limit","namespace":"breakwater.risk","doc":"A limit on a measure of a scope, from one time on. Whoever changes it says who he is, and why.","fields":[{"name":"limit","type":"string","doc":"What the limit is called; one name, one limit."},{"name":"dimension","type":"string","doc":"What sort of scope it is: firm, account."},{"name":"account","type":"int","default":-1,"doc":"Number of the account that the scope is, or lies in; -1: the whole firm."},{"name":"member","type":"string","default":"","doc":"Which of its sort it is; empty where the account, or the firm, says it."},{"name":"measure","type":{"type":"enum","name":"LimitMeasure","namespace":"breakwater.risk","doc":"What a limit limits: the long, short, gross or net value of a scope.","symbols":["Long","Short","Gross","Net"]},"doc":"What is limited."},{"name":"sense","type":{"type":"enum","name":"LimitSense","namespace":"breakwater.risk","doc":"On which side of a level a reading is beyond it. Absolute: its size is that of the level, or more. Above: it is the level or more. Below: it is the level or less.","symbols":["Absolute","Above","Below"]},"default":"Absolute","doc":"On which side of its levels a reading is beyond them."},{"name":"currency","type":"string","doc":"What the levels are in: the base currency."},{"name":"warning","type":"double","doc":"From where on the limit warns.","unit":"currency","nan":"it does not warn"},{"name":"breach","type":"double","doc":"From where on the limit is breached.","unit":"currency"},{"name":"hysteresis","type":"double","default":0,"doc":"How far a reading must come back from a level to be clear of it, as a fraction of the level.","unit":"1"},{"name":"version","type":"int","default":1,"doc":"Counted by whoever sets the limit."},{"name":"by","type":"string","doc":"Who set it."},{"name":"why","type":"string","doc":"Why."},{"name":"validFrom","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"From when on this holds; 0: since whenever, until told otherwise.","unit":"microseconds since 1970 UTC"},{"name":"validUntil","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"From when on it holds no longer; 0: never.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.string(row.limit);
    to.string(row.dimension);
    to.int(row.account);
    to.string(row.member);
    to.index(row.measure, 4);
    to.index(row.sense, 3);
    to.string(row.currency);
    to.float64(row.warning);
    to.float64(row.breach);
    to.float64(row.hysteresis);
    to.int(row.version);
    to.string(row.by);
    to.string(row.why);
    to.long(row.validFrom);
    to.long(row.validUntil);
  },
  decode: (from) => ({
    limit: from.string(),
    dimension: from.string(),
    account: from.int(),
    member: from.string(),
    measure: from.index(4) as LimitMeasure,
    sense: from.index(3) as LimitSense,
    currency: from.string(),
    warning: from.float64(),
    breach: from.float64(),
    hysteresis: from.float64(),
    version: from.int(),
    by: from.string(),
    why: from.string(),
    validFrom: from.long(),
    validUntil: from.long(),
  }),
};
