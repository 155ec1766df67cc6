// Generated from schemas/venue.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** Where trading takes place, from one time on. */
export interface Venue {
  /** Number of the venue, as reference data allotted it. */
  readonly venue: number;
  /** The name as people and files know it. */
  readonly name: string;
  /** Market identifier code, ISO 10383; null where it has none. */
  readonly mic: string | undefined;
  /** Code of its country; null where nobody said. */
  readonly country: string | undefined;
  /** Name of the calendar whose trading days it has; null: it is open always. */
  readonly calendar: string | undefined;
  /** Whether its execution ids start again every trading day. */
  readonly dailyIds: boolean;
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

export const venueCodec: RowsCodec<Venue> = {
  layout: 'rows',
  record: 'breakwater.reference.Venue',
  schema:
    '{"type":"record","name":"Venue","namespace":"breakwater.reference","doc":"Where trading takes place, from one time on.","fields":[{"name":"venue","type":"int","doc":"Number of the venue, as reference data allotted it."},{"name":"name","type":"string","doc":"The name as people and files know it."},{"name":"mic","type":["null","string"],"default":null,"doc":"Market identifier code, ISO 10383; null where it has none."},{"name":"country","type":["null","string"],"default":null,"doc":"Code of its country; null where nobody said."},{"name":"calendar","type":["null","string"],"default":null,"doc":"Name of the calendar whose trading days it has; null: it is open always."},{"name":"dailyIds","type":"boolean","default":false,"doc":"Whether its execution ids start again every trading day."},{"name":"validFrom","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"From when on this holds; 0: since whenever, until told otherwise.","unit":"microseconds since 1970 UTC"},{"name":"validTo","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"Until when this holds, that time not included; 0: until another version takes its place.","unit":"microseconds since 1970 UTC"},{"name":"version","type":"long","default":0,"doc":"Number of the load of reference data that last changed this; 0: it came by another way."},{"name":"changedBy","type":"string","default":"","doc":"Who changed it; empty where nobody said."},{"name":"why","type":"string","default":"","doc":"Why it was changed; empty where nobody said."}]}',
  encode(row, to) {
    to.int(row.venue);
    to.string(row.name);
    if (row.mic === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.mic);
    }
    if (row.country === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.country);
    }
    if (row.calendar === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.string(row.calendar);
    }
    to.boolean(row.dailyIds);
    to.long(row.validFrom);
    to.long(row.validTo);
    to.long(row.version);
    to.string(row.changedBy);
    to.string(row.why);
  },
  decode: (from) => ({
    venue: from.int(),
    name: from.string(),
    mic: from.index(2) === 1 ? from.string() : undefined,
    country: from.index(2) === 1 ? from.string() : undefined,
    calendar: from.index(2) === 1 ? from.string() : undefined,
    dailyIds: from.boolean(),
    validFrom: from.long(),
    validTo: from.long(),
    version: from.long(),
    changedBy: from.string(),
    why: from.string(),
  }),
};
