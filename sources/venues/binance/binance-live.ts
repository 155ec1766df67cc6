/**
 * Binance, live: combined streams of `depth@100ms` and `trade`, snapshots of books by REST.
 * developers.binance.com, "WebSocket Streams", "How to manage a local order book correctly", "Exchange information".
 * Streams of USD-M are divided since April 2026: depth and trades are among the public ones. The stream `trade` of futures is
 * not documented: `aggTrade`, which is, tells several fills as one.
 */
import { InstrumentKind, SettlementKind } from '../../../schemas/reference';
import type { ListedInstrument, VenueApi } from '../../live/venue-api';
import { contractTerms, listed, spotTerms } from '../listed-terms';
import { field, list, millis, type Native, name, number, object } from '../native';
import { Binance, type BinanceMarket } from './binance';

const SECOND = 1_000_000;

const rows = (answer: unknown): readonly unknown[] =>
  list(field(object(answer, 'answer'), 'symbols'), 'symbols');

const spot = (row: Native): ListedInstrument => ({
  symbol: name(row, 'symbol'),
  terms: spotTerms('BINANCE', name(row, 'baseAsset'), name(row, 'quoteAsset')),
});

/** Contracts in dollars are of one coin; contracts in coin are of so many dollars, and settle in the coin. */
const future =
  (venue: string, isInverse: boolean) =>
  (row: Native): ListedInstrument => {
    const isPerpetual = field(row, 'contractType') === 'PERPETUAL';
    return {
      symbol: name(row, 'symbol'),
      terms: contractTerms({
        venue,
        kind: isPerpetual ? InstrumentKind.Perpetual : InstrumentKind.Future,
        currency: name(row, 'marginAsset'),
        inverse: isInverse,
        contractSize: isInverse ? String(number(row, 'contractSize')) : '1',
        ...(isInverse && { quoteCurrency: name(row, 'quoteAsset') }),
        ...(!isPerpetual && {
          expiry: millis(field(row, 'deliveryDate'), 'deliveryDate'),
          settlement: SettlementKind.Cash,
        }),
      }),
    };
  };

interface Places {
  readonly name: string;
  readonly market: BinanceMarket;
  readonly stream: string;
  readonly requests: string;
  /** Before `/depth` and `/exchangeInfo`. */
  readonly path: string;
  readonly read: (row: Native) => ListedInstrument;
  /** Snapshots a minute: each has a weight, of which the venue allows so much. */
  readonly snapshots: number;
}

const binanceOf = ({ market, path, read, snapshots, stream, ...places }: Places): VenueApi => ({
  ...places,
  venue: places.name.toUpperCase(),
  stream: (symbols) =>
    `${stream}/stream?streams=${symbols
      .map((symbol) => symbol.toLowerCase())
      .flatMap((symbol) => [`${symbol}@depth@100ms`, `${symbol}@trade`])
      .join('/')}`,
  adapter: () => new Binance(market),
  symbolOf: (written) => written.toUpperCase(),
  subscribe: () => [],
  resync: {
    path: (symbol) => `${path}/depth?symbol=${symbol}&limit=1000`,
    asMessage: (symbol, answer) => `{"stream":"${symbol.toLowerCase()}@depthSnapshot","data":${answer}}`,
  },
  listing: { paths: [`${path}/exchangeInfo`], read: (answer) => listed(rows(answer), read) },
  says: { count: 5, periodMicros: SECOND },
  asks: { count: snapshots, periodMicros: 60 * SECOND },
});

export const binanceSpot = binanceOf({
  name: 'binance',
  market: 'spot',
  stream: 'wss://stream.binance.com:9443',
  requests: 'https://api.binance.com',
  path: '/api/v3',
  read: spot,
  snapshots: 60,
});

export const binanceUsdM = binanceOf({
  name: 'binance-usd-m',
  market: 'usd-m',
  stream: 'wss://fstream.binance.com/public',
  requests: 'https://fapi.binance.com',
  path: '/fapi/v1',
  read: future('BINANCE-USD-M', false),
  snapshots: 60,
});

export const binanceCoinM = binanceOf({
  name: 'binance-coin-m',
  market: 'coin-m',
  stream: 'wss://dstream.binance.com',
  requests: 'https://dapi.binance.com',
  path: '/dapi/v1',
  read: future('BINANCE-COIN-M', true),
  snapshots: 60,
});
