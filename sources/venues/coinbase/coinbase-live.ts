/**
 * Coinbase Exchange, live: `level2_batch` (level2 itself wants a login) and `matches`. docs.cdp.coinbase.com, "Exchange
 * WebSocket channels", "Get all trading pairs".
 */
import type { ListedInstrument, VenueApi } from '../../live/venue-api';
import { listed, spotTerms } from '../listed-terms';
import { list, type Native, name } from '../native';
import { Coinbase } from './coinbase';

const SECOND = 1_000_000;

const say = (type: string, symbols: readonly string[], channels: readonly string[]): string =>
  JSON.stringify({ type, product_ids: symbols, channels });

const read = (row: Native): ListedInstrument => ({
  symbol: name(row, 'id'),
  terms: spotTerms('COINBASE', name(row, 'base_currency'), name(row, 'quote_currency')),
});

export const coinbase: VenueApi = {
  name: 'coinbase',
  venue: 'COINBASE',
  stream: () => 'wss://ws-feed.exchange.coinbase.com',
  requests: 'https://api.exchange.coinbase.com',
  adapter: () => new Coinbase(),
  symbolOf: (written) => written.toUpperCase(),
  subscribe: (symbols) => [say('subscribe', symbols, ['level2_batch', 'matches', 'heartbeat'])],
  resync: (symbol) => [
    say('unsubscribe', [symbol], ['level2_batch']),
    say('subscribe', [symbol], ['level2_batch']),
  ],
  listing: { paths: ['/products'], read: (answer) => listed(list(answer, 'answer'), read) },
  says: { count: 8, periodMicros: SECOND },
  asks: { count: 5, periodMicros: SECOND },
};
