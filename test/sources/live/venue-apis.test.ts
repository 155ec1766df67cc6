/** What is said to each venue, and what is read from what it lists. */
import { venueApiOf, venueApis } from '../../../sources/live/registry';
import { wantedSymbols } from '../../../sources/live/wanted-symbols';
import { whyNoData } from '../../support/real-data';
import { answersOf } from '../venues/recording';

const api = (name: string) => venueApiOf(name)!;

test.each(
  venueApis.map((one) => [one.name, one] as const),
)('%s says for each symbol what its messages need', (_, one) => {
  const symbols = [one.symbolOf('aaa-bbb'), one.symbolOf('ccc-ddd')];
  const said = [one.stream(symbols), ...one.subscribe(symbols)].join(' ').toUpperCase();
  for (const symbol of symbols) {
    expect(said).toContain(symbol);
    const { resync } = one;
    if (typeof resync === 'function') {
      const [unsubscribe, subscribe] = resync(symbol).map((text) => JSON.parse(text) as unknown);
      expect(JSON.stringify([unsubscribe, subscribe]).split(symbol).length).toBeGreaterThan(2);
    } else if (resync !== 'reconnect') {
      expect(resync.path(symbol).toUpperCase()).toContain(symbol);
      expect(JSON.parse(resync.asMessage(symbol, '{"a":1}'))).toMatchObject({ data: { a: 1 } });
      expect(one.requests).toMatch(/^https:/);
    }
  }
  for (const text of one.subscribe(symbols)) JSON.parse(text);
  expect(one.stream(symbols)).toMatch(/^wss:/);
});

test('names of feeds and of their venues are each one only', () => {
  for (const names of [venueApis.map(({ name }) => name), venueApis.map(({ venue }) => venue)])
    expect(new Set(names).size).toBe(names.length);
});

const told = { symbol: '', currency: '', base: undefined, kind: 0, inverse: false, multiplier: 0n };
const E9 = 1_000_000_000n;
const [FUTURE, CRYPTO, PERPETUAL] = [1, 4, 6];

test.each([
  [
    'binance-usd-m',
    { symbols: [{ symbol: 'BTCUSDT', contractType: 'PERPETUAL', marginAsset: 'USDT', quoteAsset: 'USDT' }] },
    { symbol: 'BTCUSDT', currency: 'USDT', kind: PERPETUAL, multiplier: E9 },
  ],
  [
    'binance-coin-m',
    {
      symbols: [
        {
          symbol: 'BTCUSD_261225',
          contractType: 'CURRENT_QUARTER',
          marginAsset: 'BTC',
          quoteAsset: 'USD',
          contractSize: 100,
          deliveryDate: 1_798_185_600_000,
        },
      ],
    },
    {
      symbol: 'BTCUSD_261225',
      currency: 'BTC',
      quoteCurrency: 'USD',
      kind: FUTURE,
      inverse: true,
      multiplier: 100n * E9,
      expiry: 1_798_185_600_000_000,
    },
  ],
  [
    'okx',
    {
      data: [
        {
          instType: 'SWAP',
          instId: 'BTC-USD-SWAP',
          settleCcy: 'BTC',
          ctVal: '100',
          ctValCcy: 'USD',
          ctType: 'inverse',
        },
      ],
    },
    { symbol: 'BTC-USD-SWAP', currency: 'BTC', kind: PERPETUAL, inverse: true, multiplier: 100n * E9 },
  ],
  [
    'okx',
    {
      data: [
        { instType: 'SWAP', instId: 'BTC-USDT-SWAP', settleCcy: 'USDT', ctVal: '0.01', ctType: 'linear' },
      ],
    },
    { symbol: 'BTC-USDT-SWAP', currency: 'USDT', kind: PERPETUAL, inverse: false, multiplier: E9 / 100n },
  ],
  [
    'bybit-inverse',
    {
      result: {
        list: [{ symbol: 'BTCUSD', quoteCoin: 'USD', settleCoin: 'BTC', contractType: 'InversePerpetual' }],
      },
    },
    {
      symbol: 'BTCUSD',
      currency: 'BTC',
      quoteCurrency: 'USD',
      kind: PERPETUAL,
      inverse: true,
      multiplier: E9,
    },
  ],
  [
    'bitstamp',
    [{ name: 'BTC/USD', url_symbol: 'btcusd' }],
    { symbol: 'BTCUSD', currency: 'USD', base: 'BTC', kind: CRYPTO, multiplier: E9 },
  ],
] as const)('what %s lists: %#', (name, answer, expected) => {
  const [one] = api(name).listing!.read(answer);
  const { symbol, ...terms } = { ...told, inverse: false, ...expected };
  const { base, ...rest } = terms;
  expect(one!.symbol).toBe(symbol);
  expect(one!.terms).toMatchObject(base === undefined ? rest : terms);
});

test('a row that is not what the venue documents is left out, the others are listed', () => {
  const rows = [null, { symbol: 'X' }, { symbol: 'CATUSDT', baseAsset: 'CAT', quoteAsset: 'USDT' }];
  expect(
    api('binance')
      .listing!.read({ symbols: rows })
      .map(({ symbol }) => symbol),
  ).toEqual(['CATUSDT']);
});

const deribitList = () =>
  answersOf('deribit')
    .filter(({ url }) => url.includes('get_instruments'))
    .flatMap(({ text }) => api('deribit').listing!.read(JSON.parse(text)));
const why = whyNoData(['frames/deribit_rest.txt.gz']);

(why === undefined ? test : test.skip)(
  `BTC-options are the options on BTC, and each carries its terms${why === undefined ? '' : ` (${why})`}`,
  () => {
    const { symbols } = wantedSymbols(api('deribit'), ['btc-OPTIONS'], {}, deribitList());
    expect(symbols.length).toBeGreaterThan(300);
    for (const { symbol, instrument, terms } of symbols) {
      const match = /^BTC-\d{1,2}[A-Z]{3}\d{2}-(\d+)-([CP])$/.exec(symbol);
      expect([symbol, match !== null]).toEqual([symbol, true]);
      expect(instrument).toBe(`DERIBIT:${symbol}`);
      expect(terms).toMatchObject({
        currency: 'BTC',
        kind: 2,
        right: match![2] === 'C' ? 1 : 2,
        strike: BigInt(match![1]!) * E9,
      });
    }
  },
);

describe('what a feed is asked for', () => {
  const list = [
    { symbol: 'CATUSDT', terms: api('binance').listing!.read({ symbols: [] })[0]?.terms as never },
  ];

  test('by a symbol that is not listed is told of, and not followed', () => {
    const { symbols, unknown } = wantedSymbols(api('binance'), ['catusdt', 'dogusdt'], {}, list);
    expect([symbols.map(({ symbol }) => symbol), unknown]).toEqual([['CATUSDT'], ['dogusdt']]);
  });

  test('under a name of its own is left to reference data', () => {
    const { symbols } = wantedSymbols(api('binance'), ['catusdt'], { CATusdt: 'CAT/USDT' }, list);
    expect(symbols).toEqual([{ symbol: 'CATUSDT', instrument: 'CAT/USDT', terms: undefined }]);
  });

  test('twice is followed once', () => {
    expect(wantedSymbols(api('gemini'), ['btcusd', 'BTCUSD'], {}, undefined).symbols).toHaveLength(1);
  });
});
