/** Nothing that a file may say breaks the command: a damaged request is refused with faults, or priced. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { standardRegistry } from '../../../pricing/pricers';
import { isFailed, type PriceRequest, priceRequest } from '../../../pricing/request';
import type { PlainRow } from '../../../pricing/request/fields';
import { standardModels } from '../../../pricing/request/standard-models';
import { standardProducts } from '../../../pricing/request/standard-products';
import { answers, faultsOf } from '../support/rows';

const folder = resolve(__dirname, '..', '..', '..', '..', 'examples', 'pricing', 'requests');
type Example = Pick<PriceRequest, 'models' | 'markets' | 'products'> & { readonly valuation: string };
const texts = readdirSync(folder)
  .filter((name) => /^(options|rates|currencies|credit|fitted-models)\.json$/.test(name))
  .map((name) => readFileSync(join(folder, name), 'utf8'));

/** What people and programs put where something else is wanted. */
const junk: readonly unknown[] = [
  ...[null, '', 0, -1, 1e308, 'abc', [], {}, true, [1, 2], [{}], { a: 1 }, '[1,2', '{"a":1}'],
  ...['9999Y', '-5M', '0D', '2026-13-45', '9999-01-01', '1900-01-01', 'China', 'TARGET', 'Zero', 'CDS'],
  ...['toString', 'constructor', '__proto__', 'EUR-ESTR', 'USD-SOFR', 'monotone-convex'],
];

type Place = readonly (string | number)[];
function placesIn(value: unknown, before: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [...before, key],
    ...placesIn(inner, [...before, key]),
  ]);
}

/** One row of an example with one value replaced. */
const damaged = fc
  .record({ file: fc.nat(), row: fc.nat(), place: fc.nat(), value: fc.constantFrom(...junk) })
  .map(({ file, row, place, value }): Example => {
    const whole = JSON.parse(texts[file % texts.length]!) as Example;
    const product = whole.products[row % whole.products.length]!;
    const model = product['model'] as string;
    const one = { ...whole, models: { [model]: whole.models[model]! }, products: [product] };
    const places = placesIn({
      models: one.models,
      products: one.products,
      ...(one.markets && { markets: one.markets }),
    }).filter((path) => path.length > 2);
    const path = places[place % places.length]!;
    let holder = one as unknown as Record<string, unknown>;
    for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
    holder[path.at(-1)!] = value;
    return one;
  });

test('a damaged request has faults with reasons, or finite numbers', () => {
  fc.assert(
    fc.property(damaged, ({ valuation, ...request }) => {
      const context = { valuationTime: Date.parse(valuation) * 1000, snapshot: 'test' };
      const [answer] = priceRequest(
        { context, ...request },
        { products: standardProducts, models: standardModels },
        standardRegistry,
      );
      if (!answer || isFailed(answer)) {
        expect(answer?.failures.length).toBeGreaterThan(0);
        for (const { reason, message } of answer?.failures ?? [])
          expect(`${reason}: ${message}`).toMatch(/^[a-z0-9]\S*-\S+: .{10}/i);
      } else {
        expect(Number.isFinite(answer.value)).toBe(true);
        for (const { value } of Object.values(answer.greeks)) expect(Number.isFinite(value)).toBe(true);
      }
    }),
    { numRuns: 120, seed: 20_260_115 },
  );
});

describe('names that every object has are not names of the library', () => {
  const market = (instrument: object): PlainRow => ({
    model: 'discounting',
    curves: [{ name: 'EUR', instruments: [instrument] }],
    discount: { EUR: 'EUR' },
    forward: { 'EUR-ESTR': 'EUR' },
  });
  const deposit = { type: 'deposit', tenor: '3M', index: 'EUR-ESTR', quote: 0.02 };
  const row = {
    product: 'fra',
    model: 'm',
    buys: true,
    notional: 1,
    index: 'EUR-ESTR',
    start: '2026-07-15',
    rate: 0,
  };

  test.each([
    [{ ...deposit, tenor: 'toString' }, 'tenor: tenor-must-be-valid'],
    [{ ...deposit, index: 'constructor' }, 'index: rate-index-must-be-known'],
    [{ ...deposit, calendar: 'toString' }, 'calendar: calendar-must-be-known'],
    [
      { type: 'swap', tenor: '5Y', convention: 'toString', quote: 0 },
      'convention: swap-convention-must-be-known',
    ],
    [
      { type: 'isda-swap', tenor: '5Y', currency: 'constructor', quote: 0 },
      'currency: isda-currency-must-be-known',
    ],
  ])('%j', (instrument, fault) => {
    expect(faultsOf(answers('2026-01-15', { m: market(instrument) }, [row]))).toContain(
      `1 model "m" curves[0].instruments[0].${fault}`,
    );
  });
});

test('a calendar that runs out before the dates do is named, at the instrument or the product that asked it', () => {
  const instrument = {
    type: 'deposit',
    tenor: '50Y',
    calendar: 'China:SSE',
    dayCount: 'ACT/360',
    quote: 0.02,
  };
  const m = {
    model: 'discounting',
    curves: [{ name: 'EUR', instruments: [instrument] }],
    discount: { EUR: 'EUR' },
  };
  const nodes = [{ date: '2036-01-15', zero: 0.02 }];
  const g = { model: 'discounting', curves: [{ name: 'EUR', nodes }], discount: { EUR: 'EUR' } };
  const schedule = {
    start: '2026-01-15',
    end: '9Y',
    tenor: '1Y',
    calendar: 'China:SSE',
    convention: 'Following',
  };
  const bond = { product: 'bond', currency: 'EUR', face: 1, coupon: 0.01, dayCount: 'ACT/360', schedule };
  expect(faultsOf(answers('2026-01-15', { m, g }, [{ ...bond, model: 'm' }]))).toContain(
    '1 model "m" curves[0].instruments[0]: calendar-must-cover-the-year',
  );
  expect(faultsOf(answers('2026-01-15', { m, g }, [{ ...bond, model: 'g' }]))).toHaveLength(1);
});
