// Generated from schemas/venue-state.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** Up: its quotes count. Down: none of them does. Gap: some were lost, none counts until it recovers. Recovering: those that come from now on count. */
export const VenueHealth = { Up: 0, Down: 1, Gap: 2, Recovering: 3 } as const;
export type VenueHealth = (typeof VenueHealth)[keyof typeof VenueHealth];
export const venueHealthNames = ['Up', 'Down', 'Gap', 'Recovering'] as const;

/** Whether the quotes of a venue may be believed. */
export interface VenueState {
  /** Number of the venue, as reference data allotted it. */
  readonly venue: number;
  /** Whether they may be believed. */
  readonly state: VenueHealth;
  /** What was seen, for people. */
  readonly detail: string;
  /** Since when. Unit: microseconds since 1970 UTC. */
  readonly time: number;
}

export const venueStateCodec: RowsCodec<VenueState> = {
  layout: 'rows',
  record: 'breakwater.market.VenueState',
  schema:
    '{"type":"record","name":"VenueState","namespace":"breakwater.market","doc":"Whether the quotes of a venue may be believed.","fields":[{"name":"venue","type":"int","doc":"Number of the venue, as reference data allotted it."},{"name":"state","type":{"type":"enum","name":"VenueHealth","namespace":"breakwater.market","doc":"Up: its quotes count. Down: none of them does. Gap: some were lost, none counts until it recovers. Recovering: those that come from now on count.","symbols":["Up","Down","Gap","Recovering"]},"doc":"Whether they may be believed."},{"name":"detail","type":"string","default":"","doc":"What was seen, for people."},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"Since when.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.int(row.venue);
    to.index(row.state, 4);
    to.string(row.detail);
    to.long(row.time);
  },
  decode: (from) => ({
    venue: from.int(),
    state: from.index(4) as VenueHealth,
    detail: from.string(),
    time: from.long(),
  }),
};
