/** Rows on term structures: the forward by hand, Greeks that follow it, dividends of the day, and what is refused. */
import { blackPrice } from '../../../pricing/models/black';
import type { PlainRow } from '../../../pricing/request/fields';
import { answered, answers, explained, faultsOf } from '../support/rows';

const valuation = '2026-01-15';
const yearsTo = (date: string): number => (Date.parse(date) - Date.parse(valuation)) / (365 * 86_400_000);
const share = (more: PlainRow = {}): PlainRow => ({
  model: 'term-structure',
  spot: 100,
  discount: {
    name: 'USD',
    nodes: [
      { date: '2026-07-15', zero: 0.041 },
      { date: '2028-01-15', zero: 0.037 },
    ],
  },
  dividends: [{ ex: '2026-03-10', cash: 2 }],
  volatility: 0.24,
  ...more,
});
const call: PlainRow = { product: 'vanilla', model: 'm', right: 'call', strike: 105, expiry: '2026-07-15' };
const priced = (more: PlainRow = {}, row: PlainRow = {}) =>
  answered(valuation, { m: share(more) }, { ...call, ...row });

test('a European option is worth Black on the forward that the curve and the dividend leave', () => {
  const [time, ex] = [yearsTo('2026-07-15'), yearsTo('2026-03-10')];
  // Up to the first node the zero rate is one number.
  const forward = 100 * Math.exp(0.041 * time) - 2 * Math.exp(0.041 * (time - ex));
  const value = blackPrice({
    right: 'call',
    strike: 105,
    forward,
    stdDev: 0.24 * Math.sqrt(time),
    discount: Math.exp(-0.041 * time),
  });
  expect(explained(priced(), 'forward')).toBeCloseTo(forward, 10);
  expect(priced().value).toBeCloseTo(value, 10);
});

test('delta, gamma and rho are those of the value, cash dividends and all', () => {
  const { greeks } = priced();
  const at = (spot: number) => priced({ spot }).value;
  const rate = (by: number) =>
    priced({ discount: { name: 'USD', nodes: [{ date: '2028-01-15', zero: 0.037 + by }] } }).value;
  const h = 0.01;
  expect(greeks['delta']!.value).toBeCloseTo((at(100 + h) - at(100 - h)) / (2 * h), 6);
  expect(greeks['gamma']!.value).toBeCloseTo((at(100 + h) - 2 * at(100) + at(100 - h)) / (h * h), 5);
  const flat = priced({ discount: { name: 'USD', nodes: [{ date: '2028-01-15', zero: 0.037 }] } });
  expect(flat.greeks['rho']!.value).toBeCloseTo((rate(1e-4) - rate(-1e-4)) / 2e-4, 4);
});

test('what goes ex on the valuation day has gone, and what goes ex after the expiry does not count', () => {
  const none = priced({ dividends: [] }).value;
  for (const ex of ['2026-01-15', '2025-12-01', '2026-07-16'])
    expect(priced({ dividends: [{ ex, cash: 2 }] }).value).toBe(none);
  expect(priced({ dividends: [{ ex: '2026-07-15', cash: 2 }] }).value).toBeLessThan(none - 0.5);
});

test('a borrow curve is a yield, and a repo curve finances in place of the discount curve', () => {
  const flat = (zero: number) => ({ name: 'R', nodes: [{ date: '2028-01-15', zero }] });
  const plain = { discount: flat(0.04), dividends: [] };
  const bs = { model: 'black-scholes', spot: 100, rate: 0.04, dividend: 0.03, volatility: 0.24 };
  const expected = answered(valuation, { m: bs }, call).value;
  expect(priced({ ...plain, borrow: flat(0.03) }).value).toBeCloseTo(expected, 10);
  expect(priced({ ...plain, repo: flat(0.01) }).value).toBeCloseTo(expected, 10);
});

test.each<[string, PlainRow, PlainRow, string]>([
  ['early exercise over cash dividends', {}, { exercise: 'american' }, '1 : dividends-need-a-yield'],
  [
    'dividends beyond the price',
    { dividends: [{ ex: '2026-03-10', cash: 120 }] },
    {},
    '1 : forward-must-be-positive',
  ],
  [
    'a dividend of nothing',
    { dividends: [{ ex: '2026-03-10' }] },
    {},
    '1 model "m" dividends: dividend-must-be-sound',
  ],
  [
    'a share as a percentage',
    { dividends: [{ ex: '2026-03-10', share: 2 }] },
    {},
    '1 model "m" dividends[0].share: field-must-be-number',
  ],
  [
    'a date that is none',
    { dividends: [{ ex: '10 March', cash: 1 }] },
    {},
    '1 model "m" dividends[0].ex: date-must-be-valid',
  ],
  ['no curve', { discount: undefined }, {}, '1 model "m" discount: field-must-be-present'],
  ['no volatility', { volatility: undefined }, {}, '1 model "m" volatility: field-must-be-present'],
])('%s is refused', (_what, more, row, fault) => {
  expect(faultsOf(answers(valuation, { m: share(more) }, [{ ...call, ...row }]))).toContain(fault);
});

test('asked for, an American option spreads its dividends, and is worth its European twin at least', () => {
  const [american, european] = [
    priced({ paths: 'as-yield' }, { exercise: 'american', right: 'put' }),
    priced({}, { right: 'put' }),
  ];
  expect(american.value).toBeGreaterThan(european.value);
  expect(american.error).toBeGreaterThan(0);
});

describe('an arithmetic average whose fixings have volatilities of their own', () => {
  const times = Array.from({ length: 26 }, (_, i) => {
    const first = 1 / 52;
    return Math.round((first + ((0.5 - first) * i) / 25) * 360) / 360;
  });
  const flat = { name: 'R', nodes: [{ date: '2028-01-15', zero: 0.05 }] };
  const average = (more: PlainRow = {}) => ({
    product: 'arithmetic-asian',
    model: 'm',
    right: 'call',
    strike: 90,
    time: 0.5,
    fixingTimes: times,
    ...more,
  });
  const sloped = (step: number) =>
    share({
      discount: flat,
      borrow: flat,
      dividends: [],
      volatility: times.map((time, i) => ({ time, volatility: 0.2 - step * (25 - i) })),
    });

  // Turnbull and Wakeman's moments as published for volatilities that fall or rise by half a point a fixing.
  test.each([
    ['call', 80, -0.005, 19.5885],
    ['call', 90, -0.005, 10.7062],
    ['put', 90, 0.005, 0.0782],
    ['call', 90, 0, 10.1437],
  ])('a %s struck at %d with a slope of %d is worth the published %d', (right, strike, step, published) => {
    const { value } = answered(valuation, { m: sloped(step) }, average({ right, strike }));
    expect(Math.abs(value - published)).toBeLessThan(2.5e-3);
  });
  test('has Greeks that are its differences', () => {
    const at = (more: PlainRow) => answered(valuation, { m: { ...sloped(0.002), ...more } }, average());
    const { greeks } = at({});
    expect(greeks['delta']!.value).toBeCloseTo(
      (at({ spot: 100.01 }).value - at({ spot: 99.99 }).value) / 0.02,
      6,
    );
    expect(greeks['vega']!.value).toBeGreaterThan(0);
  });
  test('on one volatility is that of the model without term structures', () => {
    const mm = { model: 'moment-matching', spot: 100, rate: 0.05, dividend: 0.05, volatility: 0.2 };
    const here = answered(valuation, { m: sloped(0) }, average()).value;
    expect(here).toBeCloseTo(answered(valuation, { m: mm }, average()).value, 10);
  });
  test('is refused on a surface, and volatilities of one date are given once', () => {
    const twice = [
      { time: 0.5, volatility: 0.2 },
      { time: 0.5, volatility: 0.3 },
    ];
    expect(faultsOf(answers(valuation, { m: share({ volatility: twice }) }, [average()]))).toEqual([
      '1 model "m" volatility: volatilities-must-rise',
    ]);
    const quotes = [70, 80, 90, 100, 110, 120].map((strike) => ({ strike, volatility: 0.24 }));
    const surface = share({ volatility: undefined, slices: [{ time: 0.5, quotes }] });
    expect(faultsOf(answers(valuation, { m: surface }, [average()]))).toEqual([
      '1 : average-needs-volatilities-by-date',
    ]);
  });
});
