/**
 * BitMEX, live: `orderBookL2` and `trade`. www.bitmex.com/app/wsAPI. What a contract is has to stand in reference data:
 * its multiplier counts in the smallest part of what it settles in.
 */
import type { VenueApi } from '../../live/venue-api';
import { Bitmex } from './bitmex';

const SECOND = 1_000_000;

const say = (op: string, args: readonly string[]): string => JSON.stringify({ op, args });
const book = (symbol: string): string => `orderBookL2:${symbol}`;

export const bitmex: VenueApi = {
  name: 'bitmex',
  venue: 'BITMEX',
  stream: () => 'wss://ws.bitmex.com/realtime',
  adapter: () => new Bitmex(),
  symbolOf: (written) => written.toUpperCase(),
  subscribe: (symbols) => [
    say('subscribe', symbols.map(book)),
    say(
      'subscribe',
      symbols.map((symbol) => `trade:${symbol}`),
    ),
  ],
  resync: (symbol) => [say('unsubscribe', [book(symbol)]), say('subscribe', [book(symbol)])],
  heartbeat: { everyMicros: 5 * SECOND, text: 'ping' },
  isLifeSign: (text) => text === 'pong',
  says: { count: 2, periodMicros: SECOND },
  asks: { count: 1, periodMicros: SECOND },
};
