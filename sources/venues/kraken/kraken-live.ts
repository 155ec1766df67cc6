/**
 * Kraken spot, live, by API v2: `instrument` (whose decimals the checksums need), `book` of 100 levels, `trade`.
 * docs.kraken.com, "Spot WebSocket v2", "Get tradable asset pairs". Symbols are written as v2 has them: BTC/USD.
 */
import type { ListedInstrument, VenueApi } from '../../live/venue-api';
import { listed, spotTerms } from '../listed-terms';
import { field, type Native, name, object } from '../native';
import { KrakenV2 } from './kraken-v2';

const SECOND = 1_000_000;
const DEPTH = 100;

const say = (method: string, params: unknown): string => JSON.stringify({ method, params });
const book = (symbols: readonly string[]) => ({ channel: 'book', symbol: symbols, depth: DEPTH });

/** Two coins have names of their own in what v1 and the list call a pair. */
const coin = (text: string): string => ({ XBT: 'BTC', XDG: 'DOGE' })[text] ?? text;

function read(row: Native): ListedInstrument | undefined {
  const [base, quote] = name(row, 'wsname').split('/').map(coin);
  if (!base || !quote) return undefined;
  return { symbol: `${base}/${quote}`, terms: spotTerms('KRAKEN', base, quote) };
}

export const kraken: VenueApi = {
  name: 'kraken',
  venue: 'KRAKEN',
  stream: () => 'wss://ws.kraken.com/v2',
  requests: 'https://api.kraken.com',
  adapter: () => new KrakenV2(),
  symbolOf: (written) => written.toUpperCase(),
  subscribe: (symbols) => [
    say('subscribe', { channel: 'instrument' }),
    say('subscribe', book(symbols)),
    say('subscribe', { channel: 'trade', symbol: symbols, snapshot: false }),
  ],
  resync: (symbol) => [say('unsubscribe', book([symbol])), say('subscribe', book([symbol]))],
  listing: {
    paths: ['/0/public/AssetPairs'],
    read: (answer) =>
      listed(Object.values(object(field(object(answer, 'answer'), 'result'), 'result')), read),
  },
  heartbeat: { everyMicros: 15 * SECOND, text: say('ping', undefined) },
  says: { count: 5, periodMicros: SECOND },
  asks: { count: 1, periodMicros: SECOND },
};
