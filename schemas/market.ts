/** What the market says, and the marks and volumes kept of it: many and soon replaced, hence frames of columns. */

import type { Changes } from '../runtime/stream/changes';
import { type Topic, topic } from '../runtime/stream/topic';
import { type BarColumns, barCodec } from './generated/market/bar';
import { type MarkColumns, markCodec } from './generated/market/mark';
import { type QuoteColumns, quoteCodec } from './generated/market/quote';
import { type TradeColumns, tradeCodec } from './generated/market/trade';
import { type VenueState, venueStateCodec } from './generated/market/venue-state';
import { type VolumeColumns, volumeCodec } from './generated/market/volume';

export * from './generated/market/bar';
export * from './generated/market/mark';
export * from './generated/market/quote';
export * from './generated/market/trade';
export * from './generated/market/venue-state';
export * from './generated/market/volume';

export const quotes: Topic<QuoteColumns> = topic({
  name: 'market.quotes',
  kind: 'event',
  codec: quoteCodec,
  key: ['instrument', 'venue'],
  partitionedBy: 'instrument',
  numbers: { instrument: 'instrument', venue: 'venue' },
  eventTime: 'time',
  retentionHours: 24,
});

export type VenueStateChanges = Changes<VenueState, 'venue'>;

/** Whether the quotes of a venue may be believed: told by who is connected to it. */
export const venueStates: Topic<VenueStateChanges> = topic({
  name: 'market.venue_states',
  kind: 'state',
  codec: venueStateCodec,
  key: ['venue'],
  numbers: { venue: 'venue' },
  eventTime: 'time',
});

export const trades: Topic<TradeColumns> = topic({
  name: 'market.trades',
  kind: 'event',
  codec: tradeCodec,
  key: ['instrument', 'venue'],
  partitionedBy: 'instrument',
  numbers: { instrument: 'instrument', venue: 'venue' },
  eventTime: 'time',
  retentionHours: 24 * 7,
});

export const marks: Topic<MarkColumns> = topic({
  name: 'market.marks',
  kind: 'state',
  codec: markCodec,
  key: ['instrument'],
  partitionedBy: 'instrument',
  numbers: { instrument: 'instrument' },
  eventTime: 'time',
  retentionHours: 24,
});

export const volumes: Topic<VolumeColumns> = topic({
  name: 'market.volumes',
  kind: 'state',
  codec: volumeCodec,
  key: ['instrument'],
  partitionedBy: 'instrument',
  numbers: { instrument: 'instrument' },
  eventTime: 'time',
  retentionHours: 24,
});

/** Bars of the latest trades; a bar that a late trade changes is told again. */
export const bars: Topic<BarColumns> = topic({
  name: 'market.bars',
  kind: 'state',
  codec: barCodec,
  key: ['instrument', 'interval', 'begins'],
  partitionedBy: 'instrument',
  numbers: { instrument: 'instrument' },
  eventTime: 'time',
  retentionHours: 24 * 7,
});
