/**
 * Gemini, live, by market data v2: `l2`, which brings trades as well. docs.gemini.com, "Market data v2". Symbols have no
 * mark between the two currencies, so what they are has to stand in reference data.
 */
import type { VenueApi } from '../../live/venue-api';
import { Gemini } from './gemini';

const SECOND = 1_000_000;

const say = (type: string, symbols: readonly string[]): string =>
  JSON.stringify({ type, subscriptions: [{ name: 'l2', symbols }] });

export const gemini: VenueApi = {
  name: 'gemini',
  venue: 'GEMINI',
  stream: () => 'wss://api.gemini.com/v2/marketdata',
  adapter: () => new Gemini(),
  symbolOf: (written) => written.toUpperCase(),
  subscribe: (symbols) => [say('subscribe', symbols)],
  resync: (symbol) => [say('unsubscribe', [symbol]), say('subscribe', [symbol])],
  says: { count: 2, periodMicros: SECOND },
  asks: { count: 1, periodMicros: SECOND },
};
