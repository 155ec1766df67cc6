// Generated from schemas/tables/venue-belief.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** Whether the quotes of the venue whose number is the slot are believed, and from when on. */
export type VenueBeliefColumns = {
  /** What was told of it last. */
  readonly state: Int32Array;
  /** What it quoted before counts no more. Unit: microseconds since 1970 UTC. */
  readonly since: Float64Array;
  /** Time of what was told last: what is earlier and comes later is late. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
};

const venueBeliefCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.market.VenueBelief',
  schema:
    '{"type":"record","name":"VenueBelief","namespace":"breakwater.market","fields":[{"name":"state","type":{"type":"enum","name":"VenueHealth","namespace":"breakwater.market","symbols":["Up","Down","Gap","Recovering"]},"default":"Up"},{"name":"since","type":{"type":"long","logicalType":"timestamp-micros"},"default":0},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"default":0}]}',
  encode(row, to) {
    to.index(row['state']!, 4);
    to.long(row['since']!);
    to.long(row['time']!);
  },
  decode: (from) => ({
    state: from.index(4),
    since: from.long(),
    time: from.long(),
  }),
};

/** For `numberedTable({ name, ...venueBeliefNumbered, limit })`. */
export const venueBeliefNumbered = {
  codec: venueBeliefCodec,
  versions: schemaVersions,
  encodeAt(columns: VenueBeliefColumns, slot: number, to: ByteWriter): void {
    to.index(columns.state[slot]!, 4);
    to.long(columns.since[slot]!);
    to.long(columns.time[slot]!);
  },
  allocate: (capacity: number): VenueBeliefColumns => ({
    state: new Int32Array(capacity),
    since: new Float64Array(capacity),
    time: new Float64Array(capacity),
  }),
  fillers: {
    state: 0,
    since: 0,
    time: 0,
  },
} as const;
