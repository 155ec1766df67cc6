/**
 * American options at the edges: never below exercise or the European option, Greeks that agree where a rate is zero,
 * stated errors that hold at volatilities next to none over decades, on grids too.
 */
import * as fc from 'fast-check';
import type { Result, Valuation } from '../../../pricing/contract';
import { americanEstimate, americanPrice } from '../../../pricing/models/american';
import { americanScheme } from '../../../pricing/models/american-scheme';
import { blackScholesPrice } from '../../../pricing/models/black';
import { standardRegistry } from '../../../pricing/pricers';
import { cases } from '../../support/long-runs';

type Right = 'call' | 'put';
interface Market {
  readonly spot: number;
  readonly rate: number;
  readonly dividend: number;
  readonly volatility: number;
}
interface Terms {
  readonly right: Right;
  readonly strike: number;
  readonly time: number;
}
const context = { valuationTime: 0, snapshot: 'test' };
const engines = [
  'black-scholes',
  'barone-adesi-whaley',
  'bjerksund-stensland',
  'ju-zhong',
  'finite-difference',
];
const tried = (terms: Terms, market: Market, kind: string, exercise = 'american'): Result<Valuation> =>
  standardRegistry.price(
    { kind: 'vanilla-option', ...terms, exercise } as never,
    { kind, ...market } as never,
    context,
  );
const priced = (terms: Terms, market: Market, kind: string): Valuation => {
  const result = tried(terms, market, kind);
  if (!result.ok) throw new Error(result.message);
  return result.value;
};

// Where cash costs something and the asset costs more, exercise pays between two prices, and never out of the money.
test.each([
  -5e-324, -1e-20, -1e-10, -1e-4, -0.02,
])('far out of the money it is worth nothing, and never a loss, at a yield of %d', (less) => {
  for (const [right, strike, market] of [
    ['put', 30, { rate: 0, dividend: less }],
    ['call', 300, { rate: less, dividend: 0 }],
  ] as const) {
    const { value, greeks } = priced(
      { right, strike, time: 0.05 },
      { spot: 100, volatility: 0.02, ...market },
      'black-scholes',
    );
    expect(Math.abs(value)).toBeLessThan(1e-9);
    expect(Math.abs(greeks['delta']!.value)).toBeLessThan(1e-9);
  }
});

describe('an American option is worth what exercise pays, and its European twin, whatever the rates', () => {
  const terms = fc.record({
    right: fc.constantFrom<Right>('call', 'put'),
    strike: fc.double({ min: 30, max: 300, noNaN: true }),
    time: fc.double({ min: 0.05, max: 20, noNaN: true }),
  });
  const rates = fc.oneof(fc.constantFrom(0, -0.01, 0.03), fc.double({ min: -0.06, max: 0.12, noNaN: true }));
  const markets = fc.record({
    spot: fc.constant(100),
    rate: rates,
    dividend: rates,
    volatility: fc.double({ min: 0.02, max: 1.2, noNaN: true }),
  });
  test.each(engines)('%s', (kind) => {
    const numRuns = kind === 'finite-difference' ? 12 : kind === 'black-scholes' ? 25 : 100;
    fc.assert(
      fc.property(terms, markets, (option, market) => {
        const result = tried(option, market, kind);
        if (!result.ok) return expect(result.reason).toMatch(/^(grid|value)-/);
        const { value, error = 0 } = result.value;
        const exercised = (option.right === 'call' ? 1 : -1) * (market.spot - option.strike);
        expect(value).toBeGreaterThanOrEqual(exercised - 1e-9);
        const slack = kind === 'finite-difference' ? error : 1e-9;
        expect(value).toBeGreaterThanOrEqual(blackScholesPrice(option, market) - slack);
      }),
      { numRuns: cases(numRuns), seed: 11 },
    );
  });
});

/** Lattices and grids of other hands for options with two boundaries: 1e-3, as they agree among themselves. */
test.each<[Terms, Omit<Market, 'spot'>, number]>([
  [{ right: 'call', strike: 80, time: 2 }, { rate: -0.04, dividend: -0.02, volatility: 0.1 }, 20],
  [{ right: 'put', strike: 120, time: 10 }, { rate: -0.005, dividend: -0.03, volatility: 0.2 }, 30.5979],
  [{ right: 'put', strike: 60, time: 10 }, { rate: -0.01, dividend: -0.04, volatility: 0.15 }, 0.93],
  [{ right: 'call', strike: 150, time: 5 }, { rate: -0.03, dividend: -0.01, volatility: 0.25 }, 7.4639],
])('two boundaries: %j under %j', (terms, market, expected) => {
  const { value, error } = priced(terms, { spot: 100, ...market }, 'black-scholes');
  expect(Math.abs(value - expected)).toBeLessThan(1e-3);
  expect(Math.abs(value - expected)).toBeLessThan(error! + 1e-3);
  expect(error).toBeLessThan(0.01);
});

describe('Greeks where rate and yield are zero, or alike', () => {
  const zero = { spot: 100, rate: 0, dividend: 0, volatility: 0.1 };
  const alike = { spot: 100, rate: 0.03, dividend: 0.03, volatility: 0.3 };
  // Nothing is earned by exercise at zero rates: the European figures of the closed form, and so on all engines.
  test.each(engines)('%s', (kind) => {
    const put = priced({ right: 'put', strike: 120, time: 2 }, zero, kind).greeks;
    expect(put['rho']!.value).toBeCloseTo(-219.137, kind === 'finite-difference' ? 1 : 3);
    const call = priced({ right: 'call', strike: 80, time: 2 }, zero, kind).greeks;
    expect(call['dividendRho']!.value).toBeCloseTo(-190.077, kind === 'finite-difference' ? 1 : 3);
    const { rho } = priced({ right: 'call', strike: 80, time: 0.5 }, alike, kind).greeks;
    // The approximations are that far from the American option itself, in rho as in price.
    expect(Math.abs(rho!.value - 21.849)).toBeLessThan(kind === 'black-scholes' ? 1e-2 : 4);
  });
  test('an option that is exercised has no rate, yield or volatility left', () => {
    for (const kind of engines) {
      const market = { spot: 100, rate: -0.04, dividend: 0, volatility: 0.04 };
      const { value, greeks } = priced({ right: 'call', strike: 80, time: 2.5 }, market, kind);
      expect(value).toBeCloseTo(20, 9);
      for (const name of ['rho', 'dividendRho', 'vega', 'theta'])
        expect(Math.abs(greeks[name]!.value)).toBeLessThan(1e-6);
    }
  });
});

test('the stated error holds at volatilities next to none over decades, where the drift is all', () => {
  const best = americanScheme({ nodes: 44, points: 76, iterations: 24, pricePoints: 200 });
  for (const [right, strike, rate, dividend, volatility, time] of [
    ['put', 95, 0.112, 0.176, 0.002, 51],
    ['put', 46.5, 0.008, 0.194, 0.0027, 32],
    ['call', 189.5, 0.19, 0.056, 0.0067, 20],
    ['put', 200, 0.03, 0, 0.3, 30],
    ['put', 97, 0.02, 0.06, 0.005, 30],
  ] as const) {
    const [terms, market] = [
      { right, strike, time },
      { spot: 100, rate, dividend, volatility },
    ];
    const { value, error } = americanEstimate(terms, market);
    expect(Math.abs(value - americanPrice(terms, market, best))).toBeLessThan(error);
    const grid = priced(terms, market, 'finite-difference');
    expect(Math.abs(value - grid.value)).toBeLessThan(error + grid.error!);
    expect(error).toBeLessThan(1.1e-4 * Math.max(100, strike));
  }
});

describe('a grid holds its stated error at any deviation, or refuses', () => {
  test.each<[string, Terms, Partial<Market>]>([
    [
      'no volatility to speak of over ten years',
      { right: 'call', strike: 100, time: 10 },
      { volatility: 1e-4 },
    ],
    ['far out of the money', { right: 'put', strike: 60, time: 0.1 }, { volatility: 0.05 }],
    ['a volatility of four over four years', { right: 'put', strike: 100, time: 4 }, { volatility: 2 }],
    ['a volatility of nine for a month', { right: 'call', strike: 150, time: 0.08 }, { volatility: 9 }],
    [
      'a drift of many deviations',
      { right: 'put', strike: 130, time: 10 },
      { volatility: 0.005, rate: 0.04 },
    ],
  ])('%s', (_name, terms, changed) => {
    const market = { spot: 100, rate: 0.02, dividend: 0, volatility: 0.2, ...changed };
    const result = tried(terms, market, 'finite-difference', 'european');
    if (!result.ok) throw new Error(result.message);
    const off = Math.abs(result.value.value - blackScholesPrice(terms, market));
    expect(off).toBeLessThan(result.value.error!);
    expect(result.value.error).toBeLessThan(0.5);
  });
  test.each([
    [2, 99, 'grid-must-hold-the-option'],
    [9, 10, 'grid-must-hold-the-option'],
    [5, 6, 'grid-error-must-be-small'],
  ])('a volatility of %d for %d years is refused', (volatility, time, reason) => {
    const market = { spot: 100, rate: 0.02, dividend: 0, volatility };
    const result = tried({ right: 'call', strike: 100, time }, market, 'finite-difference', 'european');
    expect(result).toMatchObject({ ok: false, reason });
  });
  test('random options', () => {
    const options = fc.record({
      right: fc.constantFrom<Right>('call', 'put'),
      strike: fc.double({ min: 40, max: 250, noNaN: true }),
      time: fc.double({ min: 0.02, max: 30, noNaN: true }),
      logVolatility: fc.double({ min: Math.log(0.001), max: Math.log(3), noNaN: true }),
      rate: fc.double({ min: -0.05, max: 0.1, noNaN: true }),
    });
    fc.assert(
      fc.property(options, ({ logVolatility, rate, ...terms }) => {
        const market = { spot: 100, rate, dividend: 0.01, volatility: Math.exp(logVolatility) };
        const result = tried(terms, market, 'finite-difference', 'european');
        if (!result.ok) return expect(result.reason).toMatch(/^grid-/);
        const { value, error } = result.value;
        expect(Math.abs(value - blackScholesPrice(terms, market))).toBeLessThan(error!);
      }),
      { numRuns: cases(40), seed: 5 },
    );
  });
});

test.each([
  ['call', 80, -0.03, -0.02, 0.05],
  ['call', 85, -0.03, -0.02, 0.05],
  ['put', 160, -0.03, -0.06, 0.05],
] as const)('exercised between two boundaries, a %s struck at %d is worth exercise and does not decay', (right, strike, rate, dividend, volatility) => {
  const { value, greeks } = priced(
    { right, strike, time: 7 / 365 },
    { spot: 100, rate, dividend, volatility },
    'black-scholes',
  );
  expect(value).toBe(right === 'call' ? 100 - strike : strike - 100);
  const still = ['theta', 'gamma', 'vega', 'rho', 'dividendRho'].map((name) => greeks[name]!.value);
  expect(still).toEqual([0, 0, 0, 0, 0]);
});
