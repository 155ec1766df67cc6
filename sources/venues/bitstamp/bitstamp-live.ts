/**
 * Bitstamp, live: `diff_order_book` and `live_trades`, snapshots of books by REST. www.bitstamp.net/websocket/v2,
 * "Order book", "Trading pairs info".
 */
import type { ListedInstrument, VenueApi } from '../../live/venue-api';
import { listed, spotTerms } from '../listed-terms';
import { list, type Native, name } from '../native';
import { Bitstamp } from './bitstamp';

const SECOND = 1_000_000;

const subscribe = (channel: string): string => JSON.stringify({ event: 'bts:subscribe', data: { channel } });

function read(row: Native): ListedInstrument | undefined {
  const [base, quote] = name(row, 'name').split('/');
  if (!base || !quote) return undefined;
  return { symbol: name(row, 'url_symbol').toUpperCase(), terms: spotTerms('BITSTAMP', base, quote) };
}

export const bitstamp: VenueApi = {
  name: 'bitstamp',
  venue: 'BITSTAMP',
  stream: () => 'wss://ws.bitstamp.net',
  requests: 'https://www.bitstamp.net',
  adapter: () => new Bitstamp(),
  symbolOf: (written) => written.toUpperCase(),
  subscribe: (symbols) =>
    symbols
      .map((symbol) => symbol.toLowerCase())
      .flatMap((symbol) => [subscribe(`diff_order_book_${symbol}`), subscribe(`live_trades_${symbol}`)]),
  resync: {
    path: (symbol) => `/api/v2/order_book/${symbol.toLowerCase()}/`,
    asMessage: (symbol, answer) =>
      `{"event":"snapshot","channel":"diff_order_book_${symbol.toLowerCase()}","data":${answer}}`,
  },
  listing: { paths: ['/api/v2/trading-pairs-info/'], read: (answer) => listed(list(answer, 'answer'), read) },
  heartbeat: { everyMicros: 15 * SECOND, text: JSON.stringify({ event: 'bts:heartbeat' }) },
  says: { count: 10, periodMicros: SECOND },
  asks: { count: 10, periodMicros: SECOND },
};
