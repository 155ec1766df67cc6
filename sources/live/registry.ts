/** Every venue that can be connected to: to add one see docs/HACKING.md. */
import { binanceCoinM, binanceSpot, binanceUsdM } from '../venues/binance/binance-live';
import { bitfinex } from '../venues/bitfinex/bitfinex-live';
import { bitmex } from '../venues/bitmex/bitmex-live';
import { bitstamp } from '../venues/bitstamp/bitstamp-live';
import { bybitFeeds } from '../venues/bybit/bybit-live';
import { coinbase } from '../venues/coinbase/coinbase-live';
import { deribit } from '../venues/deribit/deribit-live';
import { gemini } from '../venues/gemini/gemini-live';
import { kraken } from '../venues/kraken/kraken-live';
import { krakenFutures } from '../venues/kraken-futures/kraken-futures-live';
import { okx } from '../venues/okx/okx-live';
import type { VenueApi } from './venue-api';

export const venueApis: readonly VenueApi[] = [
  binanceSpot,
  binanceUsdM,
  binanceCoinM,
  bitfinex,
  bitmex,
  bitstamp,
  ...bybitFeeds,
  coinbase,
  deribit,
  gemini,
  kraken,
  krakenFutures,
  okx,
];

export const venueApiOf = (name: string): VenueApi | undefined => venueApis.find((one) => one.name === name);
