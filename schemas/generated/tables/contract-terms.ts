// Generated from schemas/tables/contract-terms.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteReader } from '../../../runtime/wire/byte-reader';

/** What an instrument's price and quantity meant in money for a time: one row for each set of terms that reference data has told of. */
export interface ContractTerms {
  /** Number of the instrument. */
  readonly instrument: number;
  /** Which of its contracts, in the order in which they were told. */
  readonly contract: number;
  /** Currency of cost and P&L. */
  readonly currency: string;
  /** Contract multiplier. Unit: units per unit of quantity, scale 9. */
  readonly multiplier: bigint;
  /** Whether it is inverse. */
  readonly inverse: boolean;
  /** What one unit is, where fees may be paid in it. */
  readonly base: string | undefined;
  /** From when on these terms hold; 0: since whenever, until told otherwise. Unit: microseconds since 1970 UTC. */
  readonly validFrom: number;
  /** Number of the load of reference data that told them first; 0: they came by another way. */
  readonly version: number;
}

export const contractTermsCodec: RowsCodec<ContractTerms> = {
  layout: 'rows',
  record: 'breakwater.ledger.ContractTerms',
  schema:
    '{"type":"record","name":"ContractTerms","namespace":"breakwater.ledger","fields":[{"name":"instrument","type":"int"},{"name":"contract","type":"int"},{"name":"currency","type":"string"},{"name":"multiplier","type":{"type":"long","scale":9}},{"name":"inverse","type":"boolean"},{"name":"base","type":["null","string"],"default":null},{"name":"validFrom","type":{"type":"long","logicalType":"timestamp-micros"},"default":0},{"name":"version","type":"long","default":0}]}',
  encode(row, to) {
    to.int(row.instrument);
    to.int(row.contract);
    to.string(row.currency);
    to.bigLong(row.multiplier);
    to.boolean(row.inverse);
    if (row.base === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.base);
    }
    to.long(row.validFrom);
    to.long(row.version);
  },
  decode: (from) => ({
    instrument: from.int(),
    contract: from.int(),
    currency: from.string(),
    multiplier: from.bigLong(),
    inverse: from.boolean(),
    base: from.index(2) === 1 ? from.string() : undefined,
    validFrom: from.long(),
    version: from.long(),
  }),
};

/** Reads the numbers that a record begins with. */
export const contractTermsLead = (from: ByteReader): Pick<ContractTerms, 'instrument' | 'contract'> => ({
  instrument: from.int(),
  contract: from.int(),
});
