/**
 * Bitfinex, live: `book` (P0, 250 levels) and `trades`, with sequences. docs.bitfinex.com, "WS public channels",
 * "Configuration". A channel's number is not known here, and a message that is missing breaks every book: all begin
 * anew, by a new connection. Symbols are written without the `t` before them. What they are has to stand in reference data.
 */
import type { VenueApi } from '../../live/venue-api';
import { Bitfinex } from './bitfinex';

const SECOND = 1_000_000;
const SEQUENCES = 65_536;

export const bitfinex: VenueApi = {
  name: 'bitfinex',
  venue: 'BITFINEX',
  stream: () => 'wss://api-pub.bitfinex.com/ws/2',
  adapter: () => new Bitfinex(),
  symbolOf: (written) => written.toUpperCase(),
  subscribe: (symbols) => [
    JSON.stringify({ event: 'conf', flags: SEQUENCES }),
    ...symbols.flatMap((symbol) => [
      JSON.stringify({ event: 'subscribe', channel: 'book', symbol: `t${symbol}`, prec: 'P0', len: '250' }),
      JSON.stringify({ event: 'subscribe', channel: 'trades', symbol: `t${symbol}` }),
    ]),
  ],
  resync: 'reconnect',
  says: { count: 5, periodMicros: SECOND },
  asks: { count: 1, periodMicros: SECOND },
};
