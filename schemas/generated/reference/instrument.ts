// Generated from schemas/instrument.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** What sort of instrument it is. */
export const InstrumentKind = { Equity: 0, Future: 1, Option: 2, Fx: 3, Crypto: 4, Other: 5, Perpetual: 6, Forward: 7, Index: 8, Bond: 9, Swap: 10, Cds: 11 } as const;
export type InstrumentKind = (typeof InstrumentKind)[keyof typeof InstrumentKind];
export const instrumentKindNames = ['Equity', 'Future', 'Option', 'Fx', 'Crypto', 'Other', 'Perpetual', 'Forward', 'Index', 'Bond', 'Swap', 'Cds'] as const;

/** What the holder of an option may do. */
export const OptionRight = { None: 0, Call: 1, Put: 2 } as const;
export type OptionRight = (typeof OptionRight)[keyof typeof OptionRight];
export const optionRightNames = ['None', 'Call', 'Put'] as const;

/** When an option may be exercised. */
export const ExerciseStyle = { None: 0, European: 1, American: 2, Bermudan: 3 } as const;
export type ExerciseStyle = (typeof ExerciseStyle)[keyof typeof ExerciseStyle];
export const exerciseStyleNames = ['None', 'European', 'American', 'Bermudan'] as const;

/** What changes hands when a contract ends. */
export const SettlementKind = { None: 0, Cash: 1, Physical: 2 } as const;
export type SettlementKind = (typeof SettlementKind)[keyof typeof SettlementKind];
export const settlementKindNames = ['None', 'Cash', 'Physical'] as const;

/** What is traded: what the ledger, marks and pricing need to know of it, from one time on. */
export interface Instrument {
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: number;
  /** The name as people and files know it. */
  readonly name: string;
  /** ISO 4217 code, or the asset's own code, that it settles in: cost and P&L are in it; prices too, unless quoteCurrency says otherwise. */
  readonly currency: string;
  /** What one unit is, for coins and currencies: fees paid in it change the quantity. Null: told by the name, such as BTC/USD. */
  readonly base: string | undefined;
  /** Contract multiplier: how many units of the underlying one unit of quantity stands for; 1 for cash instruments. Unit: units per unit of quantity, scale 9. */
  readonly multiplier: bigint;
  /** Whether it settles in what it is quoted for: a quantity is then worth -quantity * multiplier / price. */
  readonly inverse: boolean;
  /** What sort of instrument it is. */
  readonly kind: InstrumentKind;
  /** From when on this holds; 0: since whenever, until told otherwise. Unit: microseconds since 1970 UTC. */
  readonly validFrom: number;
  /** Until when this holds, that time not included; 0: until other terms take its place. Unit: microseconds since 1970 UTC. */
  readonly validTo: number;
  /** Number of the instrument that it is an option, future or the like on; null where it stands on nothing else that is listed. */
  readonly underlying: number | undefined;
  /** Of an option, what its holder may do; None for what is no option. */
  readonly right: OptionRight;
  /** Of an option, the price at which it is exercised; null for what has none. Unit: units of the price of the underlying, scale 9. */
  readonly strike: bigint | undefined;
  /** The instant at which it expires or matures; null for what does not. Unit: microseconds since 1970 UTC. */
  readonly expiry: number | undefined;
  /** Of an option, when it may be exercised; None for what is no option. */
  readonly exercise: ExerciseStyle;
  /** Of a contract that ends, what changes hands then; None for what does not end. */
  readonly settlement: SettlementKind;
  /** What its price is in, where that is not the currency that it settles in: of inverse and quanto contracts. Null: the same. */
  readonly quoteCurrency: string | undefined;
  /** Whether a point of its price in quoteCurrency is worth a fixed amount of currency, the multiplier, whatever the rate between the two. */
  readonly quanto: boolean;
  /** Name of the party whose default it depends on, as reference.parties has it; null where there is none. */
  readonly issuer: string | undefined;
  /** Name of its sector; null: that of its issuer. */
  readonly sector: string | undefined;
  /** Labels to sum exposures by, with a semicolon between; empty: none. */
  readonly tags: string;
  /** Name of the venue that lists it; null where several do, or none. */
  readonly venue: string | undefined;
  /** Name of the calendar whose trading days it has; null: that of its venue. */
  readonly calendar: string | undefined;
  /** Pricing product whose terms it has, as `breakwater price --schema` lists them: bond, swap, cds and the like; null where the fields of this record say all. */
  readonly product: string | undefined;
  /** Terms of the product: a JSON object with the fields that the product has in a pricing request; null where product is. */
  readonly terms: string | undefined;
  /** Number of the load of reference data that last changed this; 0: it came by another way. */
  readonly version: number;
  /** Who changed it; empty where nobody said. */
  readonly changedBy: string;
  /** Why it was changed; empty where nobody said. */
  readonly why: string;
}

export const instrumentCodec: RowsCodec<Instrument> = {
  layout: 'rows',
  record: 'breakwater.reference.Instrument',
  schema:
    '{"type":"record","name":"Instrument","namespace":"breakwater.reference","doc":"What is traded: what the ledger, marks and pricing need to know of it, from one time on.","fields":[{"name":"instrument","type":"int","doc":"Number of the instrument, as reference data allotted it."},{"name":"name","type":"string","doc":"The name as people and files know it."},{"name":"currency","type":"string","doc":"ISO 4217 code, or the asset\'s own code, that it settles in: cost and P&L are in it; prices too, unless quoteCurrency says otherwise."},{"name":"base","type":["null","string"],"default":null,"doc":"What one unit is, for coins and currencies: fees paid in it change the quantity. Null: told by the name, such as BTC/USD."},{"name":"multiplier","type":{"type":"long","scale":9},"doc":"Contract multiplier: how many units of the underlying one unit of quantity stands for; 1 for cash instruments.","unit":"units per unit of quantity, scale 9"},{"name":"inverse","type":"boolean","default":false,"doc":"Whether it settles in what it is quoted for: a quantity is then worth -quantity * multiplier / price."},{"name":"kind","type":{"type":"enum","name":"InstrumentKind","namespace":"breakwater.reference","doc":"What sort of instrument it is.","symbols":["Equity","Future","Option","Fx","Crypto","Other","Perpetual","Forward","Index","Bond","Swap","Cds"],"default":"Other"},"default":"Other","doc":"What sort of instrument it is."},{"name":"validFrom","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"From when on this holds; 0: since whenever, until told otherwise.","unit":"microseconds since 1970 UTC"},{"name":"validTo","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"Until when this holds, that time not included; 0: until other terms take its place.","unit":"microseconds since 1970 UTC"},{"name":"underlying","type":["null","int"],"default":null,"doc":"Number of the instrument that it is an option, future or the like on; null where it stands on nothing else that is listed."},{"name":"right","type":{"type":"enum","name":"OptionRight","namespace":"breakwater.reference","doc":"What the holder of an option may do.","symbols":["None","Call","Put"],"default":"None"},"default":"None","doc":"Of an option, what its holder may do; None for what is no option."},{"name":"strike","type":["null",{"type":"long","scale":9}],"default":null,"doc":"Of an option, the price at which it is exercised; null for what has none.","unit":"units of the price of the underlying, scale 9"},{"name":"expiry","type":["null",{"type":"long","logicalType":"timestamp-micros"}],"default":null,"doc":"The instant at which it expires or matures; null for what does not.","unit":"microseconds since 1970 UTC"},{"name":"exercise","type":{"type":"enum","name":"ExerciseStyle","namespace":"breakwater.reference","doc":"When an option may be exercised.","symbols":["None","European","American","Bermudan"],"default":"None"},"default":"None","doc":"Of an option, when it may be exercised; None for what is no option."},{"name":"settlement","type":{"type":"enum","name":"SettlementKind","namespace":"breakwater.reference","doc":"What changes hands when a contract ends.","symbols":["None","Cash","Physical"],"default":"None"},"default":"None","doc":"Of a contract that ends, what changes hands then; None for what does not end."},{"name":"quoteCurrency","type":["null","string"],"default":null,"doc":"What its price is in, where that is not the currency that it settles in: of inverse and quanto contracts. Null: the same."},{"name":"quanto","type":"boolean","default":false,"doc":"Whether a point of its price in quoteCurrency is worth a fixed amount of currency, the multiplier, whatever the rate between the two."},{"name":"issuer","type":["null","string"],"default":null,"doc":"Name of the party whose default it depends on, as reference.parties has it; null where there is none."},{"name":"sector","type":["null","string"],"default":null,"doc":"Name of its sector; null: that of its issuer."},{"name":"tags","type":"string","default":"","doc":"Labels to sum exposures by, with a semicolon between; empty: none."},{"name":"venue","type":["null","string"],"default":null,"doc":"Name of the venue that lists it; null where several do, or none."},{"name":"calendar","type":["null","string"],"default":null,"doc":"Name of the calendar whose trading days it has; null: that of its venue."},{"name":"product","type":["null","string"],"default":null,"doc":"Pricing product whose terms it has, as `breakwater price --schema` lists them: bond, swap, cds and the like; null where the fields of this record say all."},{"name":"terms","type":["null","string"],"default":null,"doc":"Terms of the product: a JSON object with the fields that the product has in a pricing request; null where product is."},{"name":"version","type":"long","default":0,"doc":"Number of the load of reference data that last changed this; 0: it came by another way."},{"name":"changedBy","type":"string","default":"","doc":"Who changed it; empty where nobody said."},{"name":"why","type":"string","default":"","doc":"Why it was changed; empty where nobody said."}]}',
  encode(row, to) {
    to.int(row.instrument);
    to.string(row.name);
    to.string(row.currency);
    if (row.base === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.base);
    }
    to.bigLong(row.multiplier);
    to.boolean(row.inverse);
    to.index(row.kind, 12);
    to.long(row.validFrom);
    to.long(row.validTo);
    if (row.underlying === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.int(row.underlying);
    }
    to.index(row.right, 3);
    if (row.strike === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.bigLong(row.strike);
    }
    if (row.expiry === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.long(row.expiry);
    }
    to.index(row.exercise, 4);
    to.index(row.settlement, 3);
    if (row.quoteCurrency === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.quoteCurrency);
    }
    to.boolean(row.quanto);
    if (row.issuer === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.issuer);
    }
    if (row.sector === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.sector);
    }
    to.string(row.tags);
    if (row.venue === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.venue);
    }
    if (row.calendar === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.calendar);
    }
    if (row.product === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.product);
    }
    if (row.terms === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.terms);
    }
    to.long(row.version);
    to.string(row.changedBy);
    to.string(row.why);
  },
  decode: (from) => ({
    instrument: from.int(),
    name: from.string(),
    currency: from.string(),
    base: from.index(2) === 1 ? from.string() : undefined,
    multiplier: from.bigLong(),
    inverse: from.boolean(),
    kind: from.index(12) as InstrumentKind,
    validFrom: from.long(),
    validTo: from.long(),
    underlying: from.index(2) === 1 ? from.int() : undefined,
    right: from.index(3) as OptionRight,
    strike: from.index(2) === 1 ? from.bigLong() : undefined,
    expiry: from.index(2) === 1 ? from.long() : undefined,
    exercise: from.index(4) as ExerciseStyle,
    settlement: from.index(3) as SettlementKind,
    quoteCurrency: from.index(2) === 1 ? from.string() : undefined,
    quanto: from.boolean(),
    issuer: from.index(2) === 1 ? from.string() : undefined,
    sector: from.index(2) === 1 ? from.string() : undefined,
    tags: from.string(),
    venue: from.index(2) === 1 ? from.string() : undefined,
    calendar: from.index(2) === 1 ? from.string() : undefined,
    product: from.index(2) === 1 ? from.string() : undefined,
    terms: from.index(2) === 1 ? from.string() : undefined,
    version: from.long(),
    changedBy: from.string(),
    why: from.string(),
  }),
};
