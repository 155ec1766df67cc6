// Generated from schemas/code.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** What a word names. */
export const CodeKind = { Currency: 0, Country: 1, Sector: 2, Calendar: 3 } as const;
export type CodeKind = (typeof CodeKind)[keyof typeof CodeKind];
export const codeKindNames = ['Currency', 'Country', 'Sector', 'Calendar'] as const;

/** A word that other reference data uses: a currency, country, sector or calendar, from one time on. */
export interface Code {
  /** What it names. */
  readonly kind: CodeKind;
  /** The word itself: EUR, DE, Energy, XNYS. */
  readonly code: string;
  /** What it means, for people; empty where nobody said. */
  readonly title: string;
  /** Of a sector, the word of the one above it; null for all others. */
  readonly parent: string | undefined;
  /** Of a currency, how many decimals an amount has; null for all others. */
  readonly minorUnits: number | undefined;
  /** From when on this holds; 0: since whenever, until told otherwise. Unit: microseconds since 1970 UTC. */
  readonly validFrom: number;
  /** Until when this holds, that time not included; 0: until another version takes its place. Unit: microseconds since 1970 UTC. */
  readonly validTo: number;
  /** Number of the load of reference data that last changed this; 0: it came by another way. */
  readonly version: number;
  /** Who changed it; empty where nobody said. */
  readonly changedBy: string;
  /** Why it was changed; empty where nobody said. */
  readonly why: string;
}

export const codeCodec: RowsCodec<Code> = {
  layout: 'rows',
  record: 'breakwater.reference.Code',
  schema:
    '{"type":"record","name":"Code","namespace":"breakwater.reference","doc":"A word that other reference data uses: a currency, country, sector or calendar, from one time on.","fields":[{"name":"kind","type":{"type":"enum","name":"CodeKind","namespace":"breakwater.reference","doc":"What a word names.","symbols":["Currency","Country","Sector","Calendar"]},"doc":"What it names."},{"name":"code","type":"string","doc":"The word itself: EUR, DE, Energy, XNYS."},{"name":"title","type":"string","default":"","doc":"What it means, for people; empty where nobody said."},{"name":"parent","type":["null","string"],"default":null,"doc":"Of a sector, the word of the one above it; null for all others."},{"name":"minorUnits","type":["null","int"],"default":null,"doc":"Of a currency, how many decimals an amount has; null for all others."},{"name":"validFrom","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"From when on this holds; 0: since whenever, until told otherwise.","unit":"microseconds since 1970 UTC"},{"name":"validTo","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"Until when this holds, that time not included; 0: until another version takes its place.","unit":"microseconds since 1970 UTC"},{"name":"version","type":"long","default":0,"doc":"Number of the load of reference data that last changed this; 0: it came by another way."},{"name":"changedBy","type":"string","default":"","doc":"Who changed it; empty where nobody said."},{"name":"why","type":"string","default":"","doc":"Why it was changed; empty where nobody said."}]}',
  encode(row, to) {
    to.index(row.kind, 4);
    to.string(row.code);
    to.string(row.title);
    if (row.parent === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.parent);
    }
    if (row.minorUnits === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.int(row.minorUnits);
    }
    to.long(row.validFrom);
    to.long(row.validTo);
    to.long(row.version);
    to.string(row.changedBy);
    to.string(row.why);
  },
  decode: (from) => ({
    kind: from.index(4) as CodeKind,
    code: from.string(),
    title: from.string(),
    parent: from.index(2) === 1 ? from.string() : undefined,
    minorUnits: from.index(2) === 1 ? from.int() : undefined,
    validFrom: from.long(),
    validTo: from.long(),
    version: from.long(),
    changedBy: from.string(),
    why: from.string(),
  }),
};
