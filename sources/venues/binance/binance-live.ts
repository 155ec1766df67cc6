/**
 * Binance, live: combined streams of `depth@100ms` and `trade`, snapshots of books by REST.
 * developers.binance.com, "WebSocket Streams", "How to manage a local order book correctly", "Exchange information".
 */
import type { ListedInstrument, VenueApi } from '../../live/venue-api';
import { listed, spotTerms } from '../listed-terms';
import { field, list, name, object } from '../native';
import { Binance } from './binance';

const SECOND = 1_000_000;

const lower = (symbols: readonly string[]): readonly string[] =>
  symbols.map((symbol) => symbol.toLowerCase());

function listing(answer: unknown): readonly ListedInstrument[] {
  return listed(list(field(object(answer, 'answer'), 'symbols'), 'symbols'), (row) => ({
    symbol: name(row, 'symbol'),
    terms: spotTerms('BINANCE', name(row, 'baseAsset'), name(row, 'quoteAsset')),
  }));
}

export const binanceSpot: VenueApi = {
  name: 'binance',
  venue: 'BINANCE',
  stream: (symbols) =>
    `wss://stream.binance.com:9443/stream?streams=${lower(symbols)
      .flatMap((symbol) => [`${symbol}@depth@100ms`, `${symbol}@trade`])
      .join('/')}`,
  requests: 'https://api.binance.com',
  adapter: () => new Binance('spot'),
  symbolOf: (written) => written.toUpperCase(),
  subscribe: () => [],
  resync: {
    path: (symbol) => `/api/v3/depth?symbol=${symbol}&limit=1000`,
    asMessage: (symbol, answer) => `{"stream":"${symbol.toLowerCase()}@depthSnapshot","data":${answer}}`,
  },
  listing: { path: '/api/v3/exchangeInfo', read: listing },
  says: { count: 5, periodMicros: SECOND },
  // A snapshot of 1,000 levels weighs 50 of the 6,000 a minute.
  asks: { count: 60, periodMicros: 60 * SECOND },
};
