/** Each venue that there is a recording of, with the adapter that understands it. */
import type { Adapter } from '../../../sources/venues/adapter';
import { Binance } from '../../../sources/venues/binance/binance';
import { Bitfinex } from '../../../sources/venues/bitfinex/bitfinex';
import { Bitmex } from '../../../sources/venues/bitmex/bitmex';
import { Bitstamp } from '../../../sources/venues/bitstamp/bitstamp';
import { BybitV1 } from '../../../sources/venues/bybit/bybit-v1';
import { Coinbase } from '../../../sources/venues/coinbase/coinbase';
import { Deribit } from '../../../sources/venues/deribit/deribit';
import { Gemini } from '../../../sources/venues/gemini/gemini';
import { KrakenV1 } from '../../../sources/venues/kraken/kraken-v1';
import { KrakenFutures } from '../../../sources/venues/kraken-futures/kraken-futures';
import { OkxV5 } from '../../../sources/venues/okx/okx-v5';
import { answersOf, messagesOf, type Recorded, withSnapshots } from './recording';

const binanceSnapshots = (venue: string): Recorded[] =>
  answersOf(venue).flatMap(({ url, received, text }) => {
    const symbol = /depth\?symbol=(\w+)/.exec(url)?.[1]?.toLowerCase();
    return symbol ? [{ received, text: `{"stream":"${symbol}@depthSnapshot","data":${text}}` }] : [];
  });
const bitstampSnapshots = (): Recorded[] =>
  answersOf('bitstamp').flatMap(({ url, received, text }) => {
    const symbol = /order_book\/(\w+)/.exec(url)?.[1];
    return symbol
      ? [{ received, text: `{"event":"snapshot","channel":"diff_order_book_${symbol}","data":${text}}` }]
      : [];
  });

export interface Venue {
  readonly name: string;
  readonly adapter: () => Adapter;
  readonly traffic: () => readonly Recorded[];
  readonly files: readonly string[];
  /** What must come of the recording: messages about books and trades, at least. */
  readonly books: number;
  readonly trades: number;
}

const venue = (
  name: string,
  adapter: () => Adapter,
  books: number,
  trades: number,
  snapshots?: () => readonly Recorded[],
): Venue => ({
  name,
  adapter,
  books,
  trades,
  files: [`frames/${name}_ws_part.txt.gz`, ...(snapshots ? [`frames/${name}_rest.txt.gz`] : [])],
  traffic: () => withSnapshots(messagesOf(name), snapshots?.() ?? []),
});

export const venues: readonly Venue[] = [
  venue('coinbase', () => new Coinbase(), 3_800, 20),
  venue('kraken', () => new KrakenV1(), 1_600, 0),
  venue('kraken_futures', () => new KrakenFutures(), 2_700, 1),
  venue(
    'binance',
    () => new Binance('spot'),
    20,
    0,
    () => binanceSnapshots('binance'),
  ),
  venue(
    'binance_futures',
    () => new Binance('usd-m'),
    300,
    0,
    () => binanceSnapshots('binance_futures'),
  ),
  venue('okx', () => new OkxV5(), 90, 30),
  venue('bybit', () => new BybitV1(), 400, 20),
  venue('deribit', () => new Deribit(), 15, 0),
  venue('bitmex', () => new Bitmex(), 700, 1),
  venue('bitfinex', () => new Bitfinex(), 400, 0),
  venue('gemini', () => new Gemini(), 250, 1),
  venue('bitstamp', () => new Bitstamp(), 150, 1, bitstampSnapshots),
];
