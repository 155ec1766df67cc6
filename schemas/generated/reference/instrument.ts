// Generated from schemas/instrument.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** What sort of instrument it is. */
export const InstrumentKind = { Equity: 0, Future: 1, Option: 2, Fx: 3, Crypto: 4, Other: 5 } as const;
export type InstrumentKind = (typeof InstrumentKind)[keyof typeof InstrumentKind];
export const instrumentKindNames = ['Equity', 'Future', 'Option', 'Fx', 'Crypto', 'Other'] as const;

/** What is traded, as the ledger needs to know it. */
export interface Instrument {
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: number;
  /** The name as people and files know it. */
  readonly name: string;
  /** ISO 4217 code, or the asset's own code, that cost and P&L are in; prices too, unless it is inverse. */
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
}

export const instrumentCodec: RowsCodec<Instrument> = {
  layout: 'rows',
  record: 'breakwater.reference.Instrument',
  schema:
    '{"type":"record","name":"Instrument","namespace":"breakwater.reference","doc":"What is traded, as the ledger needs to know it.","fields":[{"name":"instrument","type":"int","doc":"Number of the instrument, as reference data allotted it."},{"name":"name","type":"string","doc":"The name as people and files know it."},{"name":"currency","type":"string","doc":"ISO 4217 code, or the asset\'s own code, that cost and P&L are in; prices too, unless it is inverse."},{"name":"base","type":["null","string"],"default":null,"doc":"What one unit is, for coins and currencies: fees paid in it change the quantity. Null: told by the name, such as BTC/USD."},{"name":"multiplier","type":{"type":"long","scale":9},"doc":"Contract multiplier: how many units of the underlying one unit of quantity stands for; 1 for cash instruments.","unit":"units per unit of quantity, scale 9"},{"name":"inverse","type":"boolean","default":false,"doc":"Whether it settles in what it is quoted for: a quantity is then worth -quantity * multiplier / price."},{"name":"kind","type":{"type":"enum","name":"InstrumentKind","namespace":"breakwater.reference","doc":"What sort of instrument it is.","symbols":["Equity","Future","Option","Fx","Crypto","Other"],"default":"Other"},"default":"Other","doc":"What sort of instrument it is."},{"name":"validFrom","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"From when on this holds; 0: since whenever, until told otherwise.","unit":"microseconds since 1970 UTC"}]}',
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
    to.index(row.kind, 6);
    to.long(row.validFrom);
  },
  decode: (from) => ({
    instrument: from.int(),
    name: from.string(),
    currency: from.string(),
    base: from.index(2) === 1 ? from.string() : undefined,
    multiplier: from.bigLong(),
    inverse: from.boolean(),
    kind: from.index(6) as InstrumentKind,
    validFrom: from.long(),
  }),
};
