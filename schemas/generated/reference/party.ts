// Generated from schemas/party.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** Somebody with a name of their own in law: a legal entity of the firm, a counterparty, an issuer; from one time on. */
export interface Party {
  /** Number of the party, as reference data allotted it. */
  readonly party: number;
  /** The name as people and files know it. */
  readonly name: string;
  /** LegalEntity, Counterparty, Issuer: what it is to the firm, with a semicolon between. */
  readonly roles: string;
  /** The whole name; empty where nobody said. */
  readonly legalName: string;
  /** Legal entity identifier, ISO 17442; null where nobody said. */
  readonly lei: string | undefined;
  /** Code of its country; null where nobody said. */
  readonly country: string | undefined;
  /** Name of its sector; null where nobody said. */
  readonly sector: string | undefined;
  /** Number of the party that it is part of; null where there is none. */
  readonly parent: number | undefined;
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

export const partyCodec: RowsCodec<Party> = {
  layout: 'rows',
  record: 'breakwater.reference.Party',
  schema:
    '{"type":"record","name":"Party","namespace":"breakwater.reference","doc":"Somebody with a name of their own in law: a legal entity of the firm, a counterparty, an issuer; from one time on.","fields":[{"name":"party","type":"int","doc":"Number of the party, as reference data allotted it."},{"name":"name","type":"string","doc":"The name as people and files know it."},{"name":"roles","type":"string","doc":"LegalEntity, Counterparty, Issuer: what it is to the firm, with a semicolon between."},{"name":"legalName","type":"string","default":"","doc":"The whole name; empty where nobody said."},{"name":"lei","type":["null","string"],"default":null,"doc":"Legal entity identifier, ISO 17442; null where nobody said."},{"name":"country","type":["null","string"],"default":null,"doc":"Code of its country; null where nobody said."},{"name":"sector","type":["null","string"],"default":null,"doc":"Name of its sector; null where nobody said."},{"name":"parent","type":["null","int"],"default":null,"doc":"Number of the party that it is part of; null where there is none."},{"name":"validFrom","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"From when on this holds; 0: since whenever, until told otherwise.","unit":"microseconds since 1970 UTC"},{"name":"validTo","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"Until when this holds, that time not included; 0: until another version takes its place.","unit":"microseconds since 1970 UTC"},{"name":"version","type":"long","default":0,"doc":"Number of the load of reference data that last changed this; 0: it came by another way."},{"name":"changedBy","type":"string","default":"","doc":"Who changed it; empty where nobody said."},{"name":"why","type":"string","default":"","doc":"Why it was changed; empty where nobody said."}]}',
  encode(row, to) {
    to.int(row.party);
    to.string(row.name);
    to.string(row.roles);
    to.string(row.legalName);
    if (row.lei === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.lei);
    }
    if (row.country === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.country);
    }
    if (row.sector === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.sector);
    }
    if (row.parent === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.int(row.parent);
    }
    to.long(row.validFrom);
    to.long(row.validTo);
    to.long(row.version);
    to.string(row.changedBy);
    to.string(row.why);
  },
  decode: (from) => ({
    party: from.int(),
    name: from.string(),
    roles: from.string(),
    legalName: from.string(),
    lei: from.index(2) === 1 ? from.string() : undefined,
    country: from.index(2) === 1 ? from.string() : undefined,
    sector: from.index(2) === 1 ? from.string() : undefined,
    parent: from.index(2) === 1 ? from.int() : undefined,
    validFrom: from.long(),
    validTo: from.long(),
    version: from.long(),
    changedBy: from.string(),
    why: from.string(),
  }),
};
