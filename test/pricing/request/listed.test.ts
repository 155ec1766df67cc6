/** Options on futures, coin options, variance swaps, baskets and quanto forward starts as a desk writes them. */
import { csvRows } from '../reference/reference-table';
import { dataText, withData } from '../support/data-folder';
import { answered, answers, explained, faultsOf, type Models, type ProductRow } from '../support/rows';

const valuation = '2026-01-15';
const value = (model: object, product: ProductRow): number =>
  answered(valuation, { m: model } as Models, product).value;

/** A Greek against central differences of the row's own value in one number of the model. */
function judge(
  model: Readonly<Record<string, unknown>>,
  product: ProductRow,
  { greek, input, step, unit = 1 }: { greek: string; input: string; step: number; unit?: number },
): void {
  const at = (by: number): number => value({ ...model, [input]: (model[input] as number) + by }, product);
  for (const h of [step, step / 4]) {
    const difference = ((at(h) - at(-h)) / (2 * h)) * unit;
    const found = answered(valuation, { m: model } as Models, product).greeks[greek]!.value;
    expect(Math.abs(found - difference)).toBeLessThan(2e-5 * Math.max(1e-3, Math.abs(difference)));
  }
}

describe('options on futures', () => {
  const model = { model: 'black-76', forward: 100, rate: 0.05, volatility: 0.3 };
  const option = (change: object): ProductRow => ({
    product: 'future-option',
    model: 'm',
    right: 'call',
    strike: 95,
    expiry: '2027-01-15',
    ...change,
  });
  const asForward = (right: string, strike: number) => ({
    ...option({ right, strike }),
    product: 'forward-option',
  });

  test('European is Black 1976, and American what QuantLib 1.44 says (QdFpAmericanEngine, high precision)', () => {
    expect(value(model, option({}))).toBeCloseTo(value(model, asForward('call', 95)), 12);
    expect(Math.abs(value(model, option({ exercise: 'american' })) - 13.771260783512554)).toBeLessThan(1e-5);
    const put = option({ exercise: 'american', right: 'put', strike: 110 });
    expect(Math.abs(value(model, put) - 17.503708960410258)).toBeLessThan(1e-5);
  });

  test('a margined premium is not discounted, and early exercise of it gains nothing', () => {
    const margined = value(model, option({ premium: 'margined' }));
    expect(margined).toBeCloseTo(value({ ...model, rate: 0 }, option({})), 12);
    expect(value(model, option({ premium: 'margined', exercise: 'american' }))).toBe(margined);
  });

  test.each(['european', 'american'])('%s Greeks are what the market shows', (exercise) => {
    judge(model, option({ exercise }), { greek: 'delta', input: 'forward', step: 0.05 });
    judge(model, option({ exercise }), { greek: 'vega', input: 'volatility', step: 1e-3 });
    judge(model, option({ exercise }), { greek: 'rho', input: 'rate', step: 1e-3 });
  });
});

describe("the venue's conventions", () => {
  const model = { model: 'deribit', underlyingPrice: 62_000, volatility: 0.55 };
  const option = {
    product: 'vanilla',
    model: 'm',
    right: 'put',
    strike: 60_000,
    expiry: '2026-03-27T08:00:00Z',
  };

  test('the price is in coin, or in dollars on request; Greeks are in dollars, per point, day and 1 %', () => {
    const coin = answered(valuation, { m: model }, option);
    const usd = answered(valuation, { m: { ...model, quoted: 'usd' } }, option);
    expect(coin.value * 62_000).toBeCloseTo(usd.value, 8);
    expect(explained(coin, 'price in dollars')).toBe(usd.value);
    const black = { model: 'black-76', forward: 62_000, rate: 0, volatility: 0.55 };
    const plain = answered(valuation, { m: black }, { ...option, product: 'forward-option' });
    expect(usd.value).toBeCloseTo(plain.value, 8);
    expect(coin.greeks['vega']!.value).toBeCloseTo(plain.greeks['vega']!.value / 100, 4);
    expect(coin.greeks['vega']!.convention).toBe('per volatility point (0.01)');
    expect(answered(valuation, { m: model }, { ...option, product: 'forward-option' }).value).toBe(
      coin.value,
    );
  });

  test('a day does not lose more than the price', () => {
    const last = { ...option, strike: 61_000, expiry: '2026-01-15T02:00:00Z' };
    const answer = answered(valuation, { m: { ...model, quoted: 'usd' } }, last);
    expect(answer.greeks['theta']!.value).toBe(-answer.value);
    expect(answer.greeks['theta']!.convention).toContain('at most the price');
  });
});

describe('variance swaps', () => {
  const flat = { model: 'black-scholes', spot: 100, rate: 0.03, dividend: 0.01, volatility: 0.22 };
  const swap = { product: 'variance-swap', model: 'm', strike: 0.2, notional: 50_000, time: 0.75 };

  test('at one volatility it pays the difference of the squares', () => {
    const paid = 50_000 * Math.exp(-0.03 * 0.75) * (0.22 ** 2 - 0.2 ** 2);
    expect(value(flat, swap)).toBeCloseTo(paid, 8);
    const vega = { ...swap, notional: undefined, vegaNotional: 20_000 };
    expect(value(flat, vega)).toBeCloseTo(paid, 8);
    judge(flat, swap, { greek: 'vega', input: 'volatility', step: 1e-3 });
    judge(flat, swap, { greek: 'rho', input: 'rate', step: 1e-3 });
  });

  test('what was realised counts by its share of the time', () => {
    const seasoned = { ...swap, elapsed: 0.25, realised: 0.4 };
    const mixed = 0.25 * 0.4 ** 2 + 0.75 * 0.22 ** 2;
    expect(value(flat, seasoned)).toBeCloseTo(50_000 * Math.exp(-0.03 * 0.75) * (mixed - 0.04), 8);
    const { realised: _, ...forgotten } = seasoned;
    expect(faultsOf(answers(valuation, { m: flat }, [forgotten]))).toEqual([
      '1 realised: field-must-be-present',
    ]);
  });

  test('theta is what a day without a move costs', () => {
    const seasoned = { ...swap, elapsed: 0.25, realised: 0.4 };
    const { theta } = answered(valuation, { m: flat }, seasoned).greeks;
    const later = (h: number) =>
      value(flat, {
        ...seasoned,
        time: 0.75 - h,
        elapsed: 0.25 + h,
        realised: Math.sqrt((0.25 * 0.16) / (0.25 + h)),
      });
    expect(theta!.value).toBeCloseTo((later(1e-4) - later(-1e-4)) / 2e-4, 2);
  });

  const quotes = (volatility: (strike: number) => number) =>
    [60, 70, 80, 90, 100, 110, 120, 130, 145].map((strike) => ({ strike, volatility: volatility(strike) }));
  const surface = (model: string, volatility: (strike: number) => number) => ({
    ...flat,
    volatility: undefined,
    model,
    slices: [0.5, 1].map((time) => ({ label: `${time}`, time, quotes: quotes(volatility) })),
  });

  test.each([
    'svi',
    'ssvi',
  ])('a flat %s surface has its volatility, a skewed one more than at the money', (model) => {
    const level = answered(valuation, { m: surface(model, () => 0.22) }, swap);
    expect(explained(level, 'fair volatility to come')).toBeCloseTo(0.22, 4);
    const skewed = answered(valuation, { m: surface(model, (k) => 0.22 - 0.002 * (k - 100)) }, swap);
    expect(explained(skewed, 'fair volatility to come')).toBeGreaterThan(0.222);
  });

  test('Heston has its expected variance, and so has the surface of its own options', () => {
    const heston = { v0: 0.05, kappa: 1.5, theta: 0.07, sigma: 0.4, rho: -0.5 };
    const { volatility: _, ...equity } = flat;
    const exact = answered(valuation, { m: { ...equity, model: 'heston', ...heston } }, swap);
    const variance = 0.07 + (0.05 - 0.07) * ((1 - Math.exp(-1.5 * 0.75)) / (1.5 * 0.75));
    expect(explained(exact, 'fair variance to come')).toBeCloseTo(variance, 12);
    judge({ ...equity, model: 'heston', ...heston }, swap, {
      greek: 'vega',
      input: 'v0',
      step: 1e-3,
      unit: 2 * Math.sqrt(0.05),
    });
  });

  test('a strip of quotes: delta and vega are what the market shows', () => {
    const strip = {
      model: 'variance-strip',
      spot: 100,
      rate: 0.05,
      dividend: 0,
      endStep: 5,
      quotes: [
        ...[60, 70, 80, 90, 100].map((strike) => ({
          right: 'put',
          strike,
          volatility: 0.2 + 0.002 * (100 - strike),
        })),
        ...[100, 110, 120, 130].map((strike) => ({
          right: 'call',
          strike,
          volatility: 0.2 - 0.001 * (strike - 100),
        })),
      ],
    };
    judge(strip, swap, { greek: 'delta', input: 'spot', step: 0.02 });
    judge(strip, swap, { greek: 'rho', input: 'rate', step: 1e-3 });
    const shifted = (by: number): number =>
      value({ ...strip, quotes: strip.quotes.map((q) => ({ ...q, volatility: q.volatility + by })) }, swap);
    const vega = answered(valuation, { m: strip }, swap).greeks['vega']!.value;
    for (const step of [2e-5, 1e-4])
      expect((shifted(step) - shifted(-step)) / (2 * step) / vega).toBeCloseTo(1, 6);
    const torn = { ...strip, quotes: strip.quotes.slice(0, 4) };
    expect(faultsOf(answers(valuation, { m: torn }, [swap]))).toEqual(['1 : fair-variance-must-be-positive']);
  });

  withData('reference-values', 'varianceswaps.testReplicatingVarianceSwap.values.csv')(
    'the published strip',
    () => {
      test('fair variance of the note of 1999', () => {
        const strip = csvRows(
          dataText('reference-values', 'varianceswaps.testReplicatingVarianceSwap.replicatingOptionData.csv'),
        );
        const [row] = csvRows(
          dataText('reference-values', 'varianceswaps.testReplicatingVarianceSwap.values.csv'),
        );
        const model = {
          model: 'variance-strip',
          spot: row!['s'],
          rate: row!['r'],
          dividend: row!['q'],
          endStep: 5,
          quotes: strip.map((q) => ({
            right: q['type']!.toLowerCase(),
            strike: q['strike'],
            volatility: q['v'],
          })),
        };
        const answer = answered(
          valuation,
          { m: model },
          { ...swap, time: Math.round(Number(row!['t']) * 365) / 365 },
        );
        expect(Math.abs(explained(answer, 'fair variance to come') - Number(row!['result']))).toBeLessThan(
          1e-4,
        );
      });
    },
  );
});

describe('baskets', () => {
  const assets = [
    { name: 'SX5E', spot: 100, dividend: 0.02, volatility: 0.2 },
    { name: 'SPX', spot: 110, dividend: 0.015, volatility: 0.25 },
  ];
  const model = {
    model: 'monte-carlo',
    rate: 0.03,
    paths: 32_768,
    assets,
    correlation: [
      [1, 0.4],
      [0.4, 1],
    ],
  };
  const pair = {
    model: 'black-scholes-pair',
    spot1: 100,
    spot2: 110,
    dividend1: 0.02,
    dividend2: 0.015,
    volatility1: 0.2,
    volatility2: 0.25,
    correlation: 0.4,
    rate: 0.03,
  };
  const basket = (on: string, strike: number, change: object = {}): ProductRow => ({
    product: 'basket',
    model: 'm',
    on,
    assets: [{ name: 'SX5E' }, { name: 'SPX' }],
    right: 'call',
    strike,
    time: 1,
    ...change,
  });

  test('the best, the worst and the spread of two are those of the closed forms', () => {
    const rainbow = (best: string) => ({
      product: 'rainbow',
      model: 'm',
      right: 'call',
      strike: 105,
      time: 1,
      best,
    });
    for (const [row, exact] of [
      [basket('best', 105), value(pair, rainbow('maximum'))],
      [basket('worst', 105), value(pair, rainbow('minimum'))],
      [
        basket('spread', 5, { assets: [{ name: 'SX5E' }, { name: 'SPX', weight: -1 }] }),
        value(pair, { product: 'spread', model: 'm', right: 'call', strike: 5, time: 1 }),
      ],
    ] as const) {
      const answer = answered(valuation, { m: model }, row);
      expect(Math.abs(answer.value - exact)).toBeLessThan(4 * answer.error!);
      expect(answer.error!).toBeLessThan(0.05);
    }
  });

  test('an average of one asset is a vanilla, and its control leaves no error', () => {
    const one = answered(valuation, { m: model }, basket('average', 105, { assets: [{ name: 'SX5E' }] }));
    const vanilla = { product: 'vanilla', model: 'm', right: 'call', strike: 105, time: 1 };
    const exact = value({ model: 'black-scholes', rate: 0.03, ...assets[0], name: undefined }, vanilla);
    expect(one.value).toBeCloseTo(exact, 6);
    expect(one.error!).toBeLessThan(1e-6);
  });

  test('the geometric control takes most of the error of an average away', () => {
    const answer = answered(valuation, { m: model }, basket('average', 105));
    expect(explained(answer, 'variance reduction by controls')).toBeGreaterThan(100);
    expect(Object.keys(answer.greeks)).toEqual(
      expect.arrayContaining(['delta SX5E', 'gamma SPX', 'vega SPX', 'rho']),
    );
  });

  test('deltas and vegas are what another market shows on the same paths', () => {
    const here = answered(valuation, { m: model }, basket('average', 105));
    const at = (field: 'spot' | 'volatility', by: number): number =>
      value(
        { ...model, assets: assets.map((a, i) => (i === 1 ? { ...a, [field]: a[field] + by } : a)) },
        basket('average', 105),
      );
    const delta = (at('spot', 1.1) - at('spot', -1.1)) / 2.2;
    expect(Math.abs(here.greeks['delta SPX']!.value - delta)).toBeLessThan(2e-3);
    const vega = (at('volatility', 0.01) - at('volatility', -0.01)) / 0.02;
    expect(Math.abs(here.greeks['vega SPX']!.value - vega)).toBeLessThan(0.05);
  });

  test.each<[object, string]>([
    [{ on: 'average', assets: [] }, '1 : basket-must-have-assets'],
    [{ on: 'average', assets: [{ name: 'SX5E', weight: -1 }] }, '1 assets: average-must-have-one-side'],
    [{ on: 'spread' }, '1 assets: spread-must-have-two-sides'],
    [{ on: 'mean' }, '1 on: field-must-be-known'],
    [{ on: 'best', assets: [{ name: 'DAX' }, { name: 'SPX' }] }, '1 : asset-must-be-in-the-model'],
    [{ on: 'best', assets: [{ name: 'S&P' }, { name: 'SPX' }] }, '1 : asset-name-must-be-a-word'],
    [{ on: 'best', assets: [{ name: 'SPX' }, { name: 'SPX' }] }, '1 : basket-must-have-assets'],
  ])('a basket with %j is refused', (change, fault) => {
    expect(faultsOf(answers(valuation, { m: model }, [{ ...basket('best', 105), ...change }]))).toContain(
      fault,
    );
  });

  withData('reference-values', 'basketoption.testBarraquandThreeValues.values.csv')(
    'best of three, published',
    () => {
      test('European values of Barraquand and Martineau, table 2', () => {
        const rows = csvRows(
          dataText('reference-values', 'basketoption.testBarraquandThreeValues.values.csv'),
        );
        for (const row of rows.filter((_, i) => i % 4 === 0)) {
          const three = [1, 2, 3].map((i) => ({
            name: `S${i}`,
            spot: row[`s${i}`],
            volatility: row[`v${i}`],
          }));
          const rho = Number(row['rho']);
          const correlation = three.map((_, i) => three.map((__, j) => (i === j ? 1 : rho)));
          const answer = answered(
            valuation,
            { m: { model: 'monte-carlo', rate: row['r'], paths: 16_384, assets: three, correlation } },
            basket('best', Number(row['strike']), {
              assets: three.map(({ name }) => ({ name })),
              right: row['type']!.toLowerCase(),
              time: (Number(row['t']) * 30) / 360,
            }),
          );
          // Printed to a cent.
          expect(Math.abs(answer.value - Number(row['euroValue']))).toBeLessThan(0.005 + 4 * answer.error!);
        }
      });
    },
  );
});

describe('forward start paid in another currency', () => {
  const quanto = {
    model: 'quanto-black-scholes',
    spot: 100,
    rate: 0.05,
    dividend: 0.04,
    volatility: 0.25,
    assetRate: 0.02,
    fxVolatility: 0.1,
    correlation: 0.3,
  };
  const option = {
    product: 'forward-start',
    model: 'm',
    right: 'put',
    moneyness: 1.05,
    start: 0.25,
    time: 1,
  };

  test('one that starts today is the quanto vanilla, and a zero exchange volatility the plain one', () => {
    const vanilla = { product: 'vanilla', model: 'm', right: 'put', strike: 105, time: 1 };
    expect(value(quanto, { ...option, start: 0 })).toBeCloseTo(value(quanto, vanilla), 10);
    const plain = { model: 'black-scholes', spot: 100, rate: 0.05, dividend: 0.04, volatility: 0.25 };
    const same = { ...quanto, correlation: 0, assetRate: 0.05 };
    expect(value(same, option)).toBeCloseTo(value(plain, option), 10);
  });

  test.each(['price', 'performance'])('Greeks of a %s are what the market shows', (pays) => {
    for (const [greek, input] of [
      ['vega', 'volatility'],
      ['rho', 'rate'],
      ['assetRho', 'assetRate'],
      ['fxVega', 'fxVolatility'],
      ['correlationVega', 'correlation'],
    ] as const)
      judge(quanto, { ...option, pays }, { greek, input, step: 1e-3 });
  });
});
