/**
 * OKX, live, by API v5: `books` (400 levels) and `trades`. www.okx.com/docs-v5, "WebSocket", "Get instruments".
 * A book's snapshot is expected at the subscription; the venue has announced that it may have to be asked for instead.
 * Sizes of derivatives are contracts of `ctVal` coins, or dollars where they are inverse.
 */
import { InstrumentKind, SettlementKind } from '../../../schemas/reference';
import type { ListedInstrument, VenueApi } from '../../live/venue-api';
import { contractTerms, listed, spotTerms } from '../listed-terms';
import { field, list, millis, type Native, name, number, object } from '../native';
import { OkxV5 } from './okx-v5';

const SECOND = 1_000_000;
/** Requests are of 64 KB at most. */
const ARGUMENTS_MAX = 500;

const say = (op: string, args: readonly unknown[]): string => JSON.stringify({ op, args });
const books = (instId: string) => ({ channel: 'books', instId });

function subscribe(symbols: readonly string[]): readonly string[] {
  const args = symbols.flatMap((instId) => [books(instId), { channel: 'trades', instId }]);
  const texts: string[] = [];
  for (let at = 0; at < args.length; at += ARGUMENTS_MAX)
    texts.push(say('subscribe', args.slice(at, at + ARGUMENTS_MAX)));
  return texts;
}

function read(row: Native): ListedInstrument | undefined {
  const symbol = name(row, 'instId');
  const type = name(row, 'instType');
  if (type === 'SPOT')
    return { symbol, terms: spotTerms('OKX', name(row, 'baseCcy'), name(row, 'quoteCcy')) };
  const isInverse = field(row, 'ctType') === 'inverse';
  return {
    symbol,
    terms: contractTerms({
      venue: 'OKX',
      kind: type === 'SWAP' ? InstrumentKind.Perpetual : InstrumentKind.Future,
      currency: name(row, 'settleCcy'),
      inverse: isInverse,
      contractSize: String(number(row, 'ctVal')),
      ...(isInverse && { quoteCurrency: name(row, 'ctValCcy') }),
      ...(type === 'FUTURES' && {
        expiry: millis(field(row, 'expTime'), 'expTime'),
        settlement: SettlementKind.Cash,
      }),
    }),
  };
}

export const okx: VenueApi = {
  name: 'okx',
  venue: 'OKX',
  stream: () => 'wss://ws.okx.com:8443/ws/v5/public',
  requests: 'https://www.okx.com',
  adapter: () => new OkxV5(),
  symbolOf: (written) => written.toUpperCase(),
  subscribe,
  resync: (symbol) => [say('unsubscribe', [books(symbol)]), say('subscribe', [books(symbol)])],
  listing: {
    paths: ['SPOT', 'SWAP', 'FUTURES'].map((type) => `/api/v5/public/instruments?instType=${type}`),
    read: (answer) => listed(list(field(object(answer, 'answer'), 'data'), 'data'), read),
  },
  heartbeat: { everyMicros: 20 * SECOND, text: 'ping' },
  isLifeSign: (text) => text === 'pong',
  says: { count: 2, periodMicros: SECOND },
  asks: { count: 5, periodMicros: SECOND },
};
