/** Published messages of venues with the records that a widely used normaliser makes of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AdaptedFeed, type Adapter } from '../../../sources/venues/adapter';
import { Binance } from '../../../sources/venues/binance/binance';
import { Bitfinex } from '../../../sources/venues/bitfinex/bitfinex';
import { Bitmex } from '../../../sources/venues/bitmex/bitmex';
import { Bitstamp } from '../../../sources/venues/bitstamp/bitstamp';
import { BybitV1 } from '../../../sources/venues/bybit/bybit-v1';
import { BybitV5 } from '../../../sources/venues/bybit/bybit-v5';
import { Coinbase } from '../../../sources/venues/coinbase/coinbase';
import { Deribit } from '../../../sources/venues/deribit/deribit';
import { Gemini } from '../../../sources/venues/gemini/gemini';
import { KrakenV1 } from '../../../sources/venues/kraken/kraken-v1';
import { KrakenV2 } from '../../../sources/venues/kraken/kraken-v2';
import { KrakenFutures } from '../../../sources/venues/kraken-futures/kraken-futures';
import { MarketRecords } from '../../../sources/venues/market-records';
import { OkxV5 } from '../../../sources/venues/okx/okx-v5';
import { dataFolder, whyNoData } from '../../support/real-data';
import { instant, type Normalised, normalisedOf } from './normalised';
import { differing } from './vectors-differing';

interface Vector {
  readonly case: string;
  readonly seq: number;
  readonly exchange: string;
  readonly local_timestamp: string;
  readonly native: unknown;
  readonly expected: readonly Normalised[];
}

interface Spoken {
  readonly adapter: () => Adapter;
  readonly volatility?: number;
  /** Of cases whose title says `v2`. */
  readonly later?: () => Adapter;
}

const adapters: Readonly<Record<string, Spoken>> = {
  binance: { adapter: () => new Binance('spot') },
  'binance-futures': { adapter: () => new Binance('usd-m') },
  'binance-delivery': { adapter: () => new Binance('coin-m') },
  coinbase: { adapter: () => new Coinbase() },
  kraken: { adapter: () => new KrakenV1(), later: () => new KrakenV2() },
  cryptofacilities: { adapter: () => new KrakenFutures() },
  bybit: { adapter: () => new BybitV1() },
  'bybit-options': { adapter: () => new BybitV5() },
  'bybit-spot': { adapter: () => new BybitV5() },
  bitmex: { adapter: () => new Bitmex() },
  bitfinex: { adapter: () => new Bitfinex() },
  'bitfinex-derivatives': { adapter: () => new Bitfinex() },
  gemini: { adapter: () => new Gemini() },
  bitstamp: { adapter: () => new Bitstamp() },
  'okex-spreads': { adapter: () => new OkxV5() },
  deribit: { adapter: () => new Deribit(), volatility: 100 },
};

const file = 'normalised-vectors/native_to_normalised.jsonl.gz';
const why = whyNoData([file]);
const vectors: Vector[] =
  why === undefined
    ? gunzipSync(readFileSync(join(dataFolder, file)))
        .toString('utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Vector)
        .filter(({ exchange }) => Object.hasOwn(adapters, exchange))
    : [];

/** Digits beyond a double's are nobody's; times are told to the microsecond. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(12));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  const { localTimestamp, exchange, ...rest } = value as Record<string, unknown>;
  const entries = Object.entries(rest).map(([key, one]) => [
    key,
    typeof one === 'string' && /^\d{4}-.*Z$/.test(one) ? one.replace(/000Z$/, 'Z') : rounded(one),
  ]);
  return Object.fromEntries(entries);
}

const cases = new Map<string, Vector[]>();
for (const vector of vectors) {
  const title = `${vector.exchange}: ${vector.case}`;
  cases.set(title, [...(cases.get(title) ?? []), vector]);
}

if (why !== undefined) test.skip(`vectors (${why})`, () => {});
else
  describe.each([...cases])('%s', (title, messages) => {
    const { adapter, later = adapter, volatility } = adapters[messages[0]!.exchange]!;
    const records = new MarketRecords();
    const feed = new AdaptedFeed(title.endsWith(' v2') ? later() : adapter(), records);

    test.each(messages.map((one) => [one.seq, one] as const))('message %i', (seq, vector) => {
      const received = Date.parse(vector.local_timestamp) * 1000;
      records.clear();
      feed.receive(JSON.stringify(vector.native), received);
      const made = normalisedOf(records, received, volatility).map(rounded);
      const expected = vector.expected.map(rounded);
      if (differing[`${title} ${seq}`] === undefined) expect(made).toEqual(expected);
      else expect(made).not.toEqual(expected);
    });
  });

test('an instant is told to the microsecond', () => {
  expect(instant(1_554_076_803_243_152)).toBe('2019-04-01T00:00:03.243152Z');
});
