// Generated from schemas/venue-state.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** Up: its quotes count. Down: none of them does. Gap: some were lost, none counts until it recovers. Recovering: those that come from now on count. */
export const VenueHealth = { Up: 0, Down: 1, Gap: 2, Recovering: 3 } as const;
export type VenueHealth = (typeof VenueHealth)[keyof typeof VenueHealth];
export const venueHealthNames = ['Up', 'Down', 'Gap', 'Recovering'] as const;

/** What a connection to a venue is doing. */
export const FeedPhase = { Unknown: 0, Connecting: 1, Snapshot: 2, Live: 3, Gap: 4, Stale: 5, Down: 6 } as const;
export type FeedPhase = (typeof FeedPhase)[keyof typeof FeedPhase];
export const feedPhaseNames = ['Unknown', 'Connecting', 'Snapshot', 'Live', 'Gap', 'Stale', 'Down'] as const;

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
  /** What the venue told before does not count, whichever states were passed through meanwhile; 0: as the states alone say. Unit: microseconds since 1970 UTC. */
  readonly since: number;
  /** What the connection is doing, where one is held. */
  readonly feed: FeedPhase;
  /** Since the feed was opened: messages that could not be taken, and places at which some were missing. Unit: messages. */
  readonly lost: number;
  /** Since the feed was opened: quotes that a later one replaced before they were kept, because the log was slower than the venue. Unit: quotes. */
  readonly conflated: number;
  /** How far the venue's clock is ahead of ours, as estimated; null where nothing is known. Unit: microseconds. */
  readonly clockOffset: number | undefined;
  /** How far the offset may be wrong to either side; null where nothing is known. Unit: microseconds. */
  readonly clockUncertainty: number | undefined;
}

export const venueStateCodec: RowsCodec<VenueState> = {
  layout: 'rows',
  record: 'breakwater.market.VenueState',
  schema:
    '{"type":"record","name":"VenueState","namespace":"breakwater.market","doc":"Whether the quotes of a venue may be believed.","fields":[{"name":"venue","type":"int","doc":"Number of the venue, as reference data allotted it."},{"name":"state","type":{"type":"enum","name":"VenueHealth","namespace":"breakwater.market","doc":"Up: its quotes count. Down: none of them does. Gap: some were lost, none counts until it recovers. Recovering: those that come from now on count.","symbols":["Up","Down","Gap","Recovering"]},"doc":"Whether they may be believed."},{"name":"detail","type":"string","default":"","doc":"What was seen, for people."},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"Since when.","unit":"microseconds since 1970 UTC"},{"name":"since","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"What the venue told before does not count, whichever states were passed through meanwhile; 0: as the states alone say.","unit":"microseconds since 1970 UTC"},{"name":"feed","type":{"type":"enum","name":"FeedPhase","namespace":"breakwater.market","doc":"What a connection to a venue is doing.","symbols":["Unknown","Connecting","Snapshot","Live","Gap","Stale","Down"],"default":"Unknown"},"default":"Unknown","doc":"What the connection is doing, where one is held."},{"name":"lost","type":"long","default":0,"doc":"Since the feed was opened: messages that could not be taken, and places at which some were missing.","unit":"messages"},{"name":"conflated","type":"long","default":0,"doc":"Since the feed was opened: quotes that a later one replaced before they were kept, because the log was slower than the venue.","unit":"quotes"},{"name":"clockOffset","type":["null","double"],"default":null,"doc":"How far the venue\'s clock is ahead of ours, as estimated; null where nothing is known.","unit":"microseconds"},{"name":"clockUncertainty","type":["null","double"],"default":null,"doc":"How far the offset may be wrong to either side; null where nothing is known.","unit":"microseconds"}]}',
  encode(row, to) {
    to.int(row.venue);
    to.index(row.state, 4);
    to.string(row.detail);
    to.long(row.time);
    to.long(row.since);
    to.index(row.feed, 7);
    to.long(row.lost);
    to.long(row.conflated);
    if (row.clockOffset === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.float64(row.clockOffset);
    }
    if (row.clockUncertainty === undefined) to.index(0, 2);
    else {
      to.index(1, 2);
      to.float64(row.clockUncertainty);
    }
  },
  decode: (from) => ({
    venue: from.int(),
    state: from.index(4) as VenueHealth,
    detail: from.string(),
    time: from.long(),
    since: from.long(),
    feed: from.index(7) as FeedPhase,
    lost: from.long(),
    conflated: from.long(),
    clockOffset: from.index(2) === 1 ? from.float64() : undefined,
    clockUncertainty: from.index(2) === 1 ? from.float64() : undefined,
  }),
};
