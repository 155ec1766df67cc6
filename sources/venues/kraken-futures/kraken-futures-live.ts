/**
 * Kraken Futures, live: `book`, `trade` and `heartbeat`. docs.kraken.com, "Futures WebSocket". What a contract is has to
 * stand in reference data: its size has another meaning from one series to the next.
 */
import type { VenueApi } from '../../live/venue-api';
import { KrakenFutures } from './kraken-futures';

const SECOND = 1_000_000;

const say = (event: string, feed: string, symbols?: readonly string[]): string =>
  JSON.stringify({ event, feed, product_ids: symbols });

export const krakenFutures: VenueApi = {
  name: 'kraken-futures',
  venue: 'KRAKEN-FUTURES',
  stream: () => 'wss://futures.kraken.com/ws/v1',
  adapter: () => new KrakenFutures(),
  symbolOf: (written) => written.toUpperCase(),
  subscribe: (symbols) => [
    say('subscribe', 'heartbeat'),
    say('subscribe', 'book', symbols),
    say('subscribe', 'trade', symbols),
  ],
  resync: (symbol) => [say('unsubscribe', 'book', [symbol]), say('subscribe', 'book', [symbol])],
  says: { count: 5, periodMicros: SECOND },
  asks: { count: 1, periodMicros: SECOND },
};
