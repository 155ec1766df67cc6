// Generated from schemas/version.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** A load of reference data: who, when and why. What it changed carries its number. */
export interface Version {
  /** One more than that of the load before it. */
  readonly version: number;
  /** Who loaded it. */
  readonly changedBy: string;
  /** Why, in their words. */
  readonly why: string;
  /** How many rows it changed. */
  readonly rows: number;
  /** When it was loaded. Unit: microseconds since 1970 UTC. */
  readonly time: number;
}

export const versionCodec: RowsCodec<Version> = {
  layout: 'rows',
  record: 'breakwater.reference.Version',
  schema:
    '{"type":"record","name":"Version","namespace":"breakwater.reference","doc":"A load of reference data: who, when and why. What it changed carries its number.","fields":[{"name":"version","type":"long","doc":"One more than that of the load before it."},{"name":"changedBy","type":"string","doc":"Who loaded it."},{"name":"why","type":"string","doc":"Why, in their words."},{"name":"rows","type":"int","doc":"How many rows it changed."},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"When it was loaded.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.long(row.version);
    to.string(row.changedBy);
    to.string(row.why);
    to.int(row.rows);
    to.long(row.time);
  },
  decode: (from) => ({
    version: from.long(),
    changedBy: from.string(),
    why: from.string(),
    rows: from.int(),
    time: from.long(),
  }),
};
