/** Rates products as rows: parity between them, CSV cells as JSON, faults by field. */
import { swapPricer } from '../../../pricing/measures/swap';
import { standardRegistry } from '../../../pricing/pricers';
import { resolveSwap, type SwapBook } from '../../../pricing/products/swap';
import { type AnsweredRow, isFailed, type PriceRequest, priceRequest } from '../../../pricing/request';
import { RowReader } from '../../../pricing/request/fields';
import { readRatesMarket } from '../../../pricing/request/rates-market';
import { standardModels } from '../../../pricing/request/standard-models';
import { standardProducts } from '../../../pricing/request/standard-products';

const context = { valuationTime: Date.parse('2026-01-15T00:00:00Z') * 1000, snapshot: 'test' };
const curve = (name: string, level: number) => ({
  name,
  nodes: [1, 2, 5, 10, 20].map((years) => ({
    date: `${2026 + years}-01-15`,
    zero: level + 0.001 * Math.log(years),
  })),
});
const market = {
  curves: [curve('EUR-OIS', 0.02), curve('EUR-6M', 0.022), curve('USD-OIS', 0.035)],
  discount: { EUR: 'EUR-OIS', USD: 'USD-OIS' },
  forward: { 'EUR-EURIBOR-6M': 'EUR-6M' },
  fx: { EURUSD: 1.1 },
};
const models: PriceRequest['models'] = {
  curves: { model: 'discounting', ...market },
  bachelier: { model: 'bachelier-rates', ...market, volatility: 0.008 },
  black: { model: 'black-rates', ...market, volatility: 0.3 },
  sabr: { model: 'sabr-rates', ...market, alpha: 0.03, beta: 0.5, rho: -0.2, nu: 0.4 },
  hullWhite: { model: 'hull-white', ...market, reversion: 0.03, volatility: 0.009 },
};
const request = (...products: PriceRequest['products']): readonly AnsweredRow[] =>
  priceRequest(
    { context, models, products },
    { products: standardProducts, models: standardModels },
    standardRegistry,
  );
const priced = (row: PriceRequest['products'][number]): number => {
  const [answer] = request(row);
  if (!answer || isFailed(answer)) throw new Error(JSON.stringify(answer));
  return answer.value;
};

const schedule = (start: string, tenor: string) => ({
  start,
  end: '5Y',
  tenor,
  calendar: 'TARGET',
  convention: 'ModifiedFollowing',
});
const legs = (start: string, paysFixed = true) => [
  {
    type: 'fixed',
    pays: paysFixed,
    currency: 'EUR',
    notional: 1e6,
    dayCount: '30/360',
    schedule: schedule(start, '1Y'),
    rate: 0.025,
  },
  {
    type: 'floating',
    pays: !paysFixed,
    currency: 'EUR',
    notional: 1e6,
    dayCount: 'ACT/360',
    schedule: schedule(start, '6M'),
    index: 'EUR-EURIBOR-6M',
  },
];
const start = '2027-01-19';
const swap = { product: 'swap', model: 'curves', legs: legs(start) };
const swaption = (model: string, paysFixed: boolean) => ({
  product: 'swaption',
  model,
  buys: true,
  swap: { legs: legs(start, paysFixed) },
  exercises: ['2027-01-15'],
});
const capFloor = (right: string, model: string) => ({
  product: 'cap-floor',
  model,
  right,
  buys: true,
  strike: 0.025,
  leg: {
    currency: 'EUR',
    notional: 1e6,
    dayCount: 'ACT/360',
    schedule: schedule(start, '6M'),
    index: 'EUR-EURIBOR-6M',
  },
});

test.each([
  'bachelier',
  'black',
  'sabr',
  'hullWhite',
])('payer less receiver is the swap under %s', (model) => {
  expect(priced(swaption(model, true)) - priced(swaption(model, false))).toBeCloseTo(priced(swap), 5);
});

test.each([
  'bachelier',
  'black',
  'sabr',
  'hullWhite',
])('cap less floor is the swap of its rates under %s', (model) => {
  const [, floating] = legs(start);
  const fixed = { ...floating, type: 'fixed', pays: true, rate: 0.025, index: undefined };
  const forward = { product: 'swap', model: 'curves', legs: [fixed, { ...floating, pays: false }] };
  expect(priced(capFloor('cap', model)) - priced(capFloor('floor', model))).toBeCloseTo(priced(forward), 5);
});

test('several exercise dates make a Bermudan, worth at least the European', () => {
  const bermudan = { ...swaption('hullWhite', true), exercises: ['2027-01-15', '2028-01-17', '2029-01-15'] };
  expect(priced(bermudan)).toBeGreaterThan(priced(swaption('hullWhite', true)));
});

test('deposit, FRA, FX forward and bond have the values of their flows', () => {
  const deposit = {
    product: 'term-deposit',
    model: 'curves',
    lends: true,
    currency: 'EUR',
    notional: 1e6,
    start: '2026-01-19',
    end: '2027-01-15',
    rate: 0.02,
    dayCount: 'ACT/360',
  };
  expect(Math.abs(priced(deposit))).toBeLessThan(2000);
  const fra = {
    product: 'fra',
    model: 'curves',
    buys: true,
    notional: 1e6,
    index: 'EUR-EURIBOR-6M',
    start: '2027-01-19',
    rate: 0.02,
  };
  expect(priced(fra) + priced({ ...fra, buys: false })).toBeCloseTo(0, 8);
  const forward = {
    product: 'fx-forward',
    model: 'curves',
    bought: { currency: 'EUR', amount: 1e6 },
    sold: { currency: 'USD', amount: 1.1e6 },
    settles: '2027-01-15',
  };
  expect(priced(forward)).not.toBe(0);
  const bond = {
    product: 'bond',
    model: 'curves',
    currency: 'EUR',
    face: 100,
    dayCount: 'ACT/ACT ISDA',
    coupon: 0.02,
    schedule: schedule('2026-01-15', '1Y'),
  };
  expect(priced(bond)).toBeGreaterThan(95);
  expect(priced(bond)).toBeLessThan(105);
});

test('a swap in a CSV cell is JSON, and means the same', () => {
  expect(priced({ ...swap, legs: JSON.stringify(swap.legs) })).toBe(priced(swap));
});

test.each([
  [{ legs: [{ ...legs(start)[0], notional: -1 }] }, 'legs[0].notional'],
  [{ legs: [{ ...legs(start)[0], pays: 'yes' }] }, 'legs[0].pays'],
  [{ legs: [{ ...legs(start)[0], schedule: { start, end: '5Y' } }] }, 'legs[0].schedule.tenor'],
  [{ legs: [{ ...legs(start)[0], sprad: 1 }] }, 'legs[0].sprad'],
  [{ legs: 7 }, 'legs'],
])('a swap with %j is refused at %s', (change, field) => {
  const [answer] = request({ ...swap, ...change });
  if (!answer || !isFailed(answer)) throw new Error('priced');
  expect(answer.failures.map((f) => f.field)).toContain(field);
});

test('a calendar, index or curve that is not known is a failure of the row', () => {
  const reasons = (row: PriceRequest['products'][number]): readonly string[] =>
    request(row).flatMap((a) => (isFailed(a) ? a.failures.map((f) => f.reason) : ['priced']));
  const [fixed, floating] = legs(start);
  expect(
    reasons({ ...swap, legs: [{ ...fixed, schedule: { ...schedule(start, '1Y'), calendar: 'MARS' } }] })[0],
  ).toMatch(/calendar/);
  expect(reasons({ ...swap, legs: [{ ...floating, index: 'EUR-NONE-6M' }] })[0]).toMatch(/index/);
  expect(reasons({ ...swap, legs: [{ ...fixed, currency: 'JPY' }] })[0]).toMatch(/curve|discount/);
});

describe('legs with every field of their book', () => {
  const reader = new RowReader(models['curves']!);
  const desk = readRatesMarket(reader, context);
  const priceOf = (book: SwapBook): number => {
    const made = resolveSwap(book);
    if (!made.ok) throw new Error(made.message);
    const valued = swapPricer.price(made.value, { kind: 'discounting', market: desk }, context);
    if (!valued.ok) throw new Error(valued.message);
    return valued.value.value;
  };
  const [fixed, floating] = legs(start);
  const spot = { ...floating, schedule: schedule('2026-01-19', '6M') };

  test.each([
    ['amortising', [{ ...fixed, notional: [3e6, 2e6, 1e6] }, floating]],
    [
      'with a short first stub on its own rate',
      [
        fixed,
        {
          ...spot,
          schedule: { ...schedule('2026-03-19', '6M'), end: '2031-01-19' },
          stubs: { first: { index: 'EUR-EURIBOR-6M' } },
        },
      ],
    ],
    [
      'marked to market',
      [
        { ...floating, exchange: 'both' },
        {
          type: 'fixed',
          pays: true,
          currency: 'USD',
          notional: 1.1e6,
          rate: 0.03,
          dayCount: '30/360',
          schedule: schedule(start, '1Y'),
          exchange: 'both',
          resets: { currency: 'EUR', notional: 1e6, fixingLag: 2 },
        },
      ],
    ],
  ] as const)('a swap %s', (_, own) => {
    const row = { product: 'swap', model: 'curves', legs: own, currency: 'EUR' };
    const book = { legs: own, currency: 'EUR' } as unknown as SwapBook;
    expect(priced(row)).toBeCloseTo(priceOf(book), 8);
    expect(priced({ ...row, legs: JSON.stringify(own) })).toBe(priced(row));
  });
});
