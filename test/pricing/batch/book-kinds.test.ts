/** What a book holds besides vanillas on a spot: each kind is its closed form, and its Greeks the form's differences. */
import fc from 'fast-check';
import {
  type BookOption,
  MICROS_PER_YEAR,
  type PreparedBook,
  prepareBook,
  reasonOf,
  repriceBook,
  setRate,
  setSpot,
  setVolatility,
  setYield,
} from '../../../pricing/batch/book';
import { MEASURES, type Measure } from '../../../pricing/batch/columns';
import { crossDerivative, firstDerivative, secondDerivative } from '../../../pricing/math/differences';
import { deribitMark } from '../../../pricing/measures/deribit-option';
import { americanPrice } from '../../../pricing/models/american';
import { barrierPrice } from '../../../pricing/models/barrier';
import { blackScholesPrice, type LognormalMarket } from '../../../pricing/models/black';
import { blackSensitivities } from '../../../pricing/models/black-greeks';
import { assetOrNothingPrice, cashOrNothingPrice } from '../../../pricing/models/digital';
import { cases } from '../../support/long-runs';

const market = fc.record({
  spot: fc.double({ min: 82, max: 125, noNaN: true }),
  rate: fc.double({ min: -0.01, max: 0.08, noNaN: true }),
  dividend: fc.double({ min: -0.01, max: 0.06, noNaN: true }),
  volatility: fc.double({ min: 0.08, max: 0.7, noNaN: true }),
});
const terms = fc.record({
  right: fc.constantFrom('call' as const, 'put' as const),
  strike: fc.double({ min: 80, max: 125, noNaN: true }),
  time: fc.double({ min: 0.05, max: 3, noNaN: true }),
});

type Terms = { readonly right: 'call' | 'put'; readonly strike: number; readonly time: number };

const bookOf = (
  { right, strike, time }: Terms,
  at: LognormalMarket,
  change: Partial<BookOption>,
  kernel: 'wasm-simd' | 'javascript' = 'wasm-simd',
): PreparedBook => {
  const option = {
    right,
    strike,
    exercise: 'european' as const,
    expiry: Math.round(time * MICROS_PER_YEAR),
    underlying: 0,
    rate: 0,
    yield: 0,
    ...change,
  };
  const book = prepareBook([option], { origin: 0, kernel, room: { options: 2, nodes: 2, smiles: 1 } });
  if (!book.ok) throw new Error(book.message);
  setSpot(book.value, 0, at.spot);
  setRate(book.value, 0, at.rate);
  setYield(book.value, 0, at.dividend);
  setVolatility(book.value, 0, at.volatility);
  repriceBook(book.value, 0);
  return book.value;
};

const first = (book: PreparedBook): Record<Measure, number> =>
  Object.fromEntries(MEASURES.map((measure) => [measure, book.columns[measure][0]!])) as Record<
    Measure,
    number
  >;

type Form = (terms: Terms, market: LognormalMarket) => number;

/** Every measure of a form, by differences of it. */
const differences = (form: Form, t: Terms, m: LognormalMarket): Record<Measure, number> => {
  const spot = { at: m.spot, step: Math.min(0.01, 0.1 * m.volatility * Math.sqrt(t.time)) * m.spot };
  const volatility = { at: m.volatility, step: 0.01 * m.volatility };
  const inSpot = (x: number) => form(t, { ...m, spot: x });
  const inVolatility = (x: number) => form(t, { ...m, volatility: x });
  return {
    price: form(t, m),
    delta: firstDerivative(inSpot, spot),
    gamma: secondDerivative(inSpot, spot),
    vega: firstDerivative(inVolatility, volatility),
    theta: -firstDerivative((x) => form({ ...t, time: x }, m), { at: t.time, step: 0.01 * t.time }),
    rho: firstDerivative((x) => form(t, { ...m, rate: x }), { at: m.rate, step: 1e-4 }),
    vanna: crossDerivative((x, y) => form(t, { ...m, spot: x, volatility: y }), spot, volatility),
    volga: secondDerivative(inVolatility, volatility),
  };
};

const expectClose = (
  ours: Readonly<Record<Measure, number>>,
  expected: Readonly<Record<Measure, number>>,
  scale: number,
  share = 1e-5,
): void => {
  for (const measure of MEASURES) {
    const size = Math.max(Math.abs(expected[measure]), scale);
    expect({ measure, off: Math.abs(ours[measure] - expected[measure]) / size < share }).toEqual({
      measure,
      off: true,
    });
  }
};

test.each([
  ['cash', { pays: 'cash', cash: 10 }, (t: Terms, m: LognormalMarket) => 10 * cashOrNothingPrice(t, m)],
  ['asset', { pays: 'asset' }, (t: Terms, m: LognormalMarket) => assetOrNothingPrice(t, m)],
  [
    'knock-out with a rebate',
    { pays: 'knock-out', lower: 70, cash: 2 },
    (t: Terms, m: LognormalMarket) =>
      barrierPrice({ ...t, lower: 70, upper: Infinity, knock: 'out', rebate: 2 }, m),
  ],
  [
    'double knock-in',
    { pays: 'knock-in', lower: 65, upper: 150 },
    (t: Terms, m: LognormalMarket) =>
      barrierPrice({ ...t, lower: 65, upper: 150, knock: 'in', rebate: 0 }, m),
  ],
] as const)('a digital or barrier row is its closed form with all Greeks: %s', (_name, change, form) => {
  fc.assert(
    fc.property(terms, market, (t, m) => {
      // Differences next to a barrier, or of a payoff about to jump, judge nothing.
      fc.pre(m.volatility * Math.sqrt(t.time) > 0.04);
      expectClose(first(bookOf(t, m, change)), differences(form, t, m), 0.05, 2e-4);
    }),
    { numRuns: cases(60), seed: 5 },
  );
});

test('a vanilla row has vanna and volga', () => {
  fc.assert(
    fc.property(terms, market, (t, m) => {
      const { vanna, volga } = blackSensitivities(t, m);
      for (const kernel of ['wasm-simd', 'javascript'] as const) {
        const row = first(bookOf(t, m, {}, kernel));
        expect(row.vanna).toBeCloseTo(vanna, 9);
        expect(row.volga).toBeCloseTo(volga, 7);
      }
    }),
    { numRuns: cases(60) },
  );
});

test('an option on a future is Black of 1976: the future earns the rate, and moves with nothing but itself', () => {
  const black: Form = (t, m) => blackScholesPrice(t, { ...m, dividend: m.rate });
  fc.assert(
    fc.property(terms, market, (t, m) => {
      for (const kernel of ['wasm-simd', 'javascript'] as const)
        expectClose(first(bookOf(t, m, { on: 'future' }, kernel)), differences(black, t, m), 0.05, 2e-5);
    }),
    { numRuns: cases(60), seed: 2 },
  );
});

test('a digital on a future has the rho of a future', () => {
  const form: Form = (t, m) => cashOrNothingPrice(t, { ...m, dividend: m.rate });
  const m = { spot: 101, rate: 0.03, dividend: 0, volatility: 0.2 };
  const t = { right: 'call', strike: 100, time: 0.5 } as const;
  expectClose(
    first(bookOf(t, m, { on: 'future', pays: 'cash', cash: 1 })),
    differences(form, t, m),
    1e-4,
    1e-4,
  );
});

test("an option on a coin is the venue's mark: price in coin, Greeks in dollars, whatever the rate", () => {
  fc.assert(
    fc.property(terms, market, (t, m) => {
      const expiry = Math.round(t.time * 365 * 86_400_000);
      const mark = deribitMark({
        right: t.right,
        strike: t.strike,
        underlyingPrice: m.spot,
        markIvPercent: 100 * m.volatility,
        timestamp: 0,
        expiry,
      });
      if (!mark.ok) throw new Error(mark.message);
      const { priceCoin, greeks } = mark.value;
      for (const kernel of ['wasm-simd', 'javascript'] as const) {
        const row = first(
          bookOf({ ...t, time: (expiry * 1000) / MICROS_PER_YEAR }, m, { on: 'coin' }, kernel),
        );
        expect(row.price).toBeCloseTo(priceCoin, 10);
        expect(row.delta).toBeCloseTo(greeks.delta.value, 9);
        expect(row.gamma).toBeCloseTo(greeks.gamma.value, 9);
        expect(row.vega / 100).toBeCloseTo(greeks.vega.value, 9);
        expect(row.rho / 100).toBeCloseTo(greeks.rho.value, 9);
        if (t.time > 0.1) expect(row.theta / 365).toBeCloseTo(greeks.theta.value, 9);
      }
    }),
    { numRuns: cases(60) },
  );
});

test('American vanna, volga and the rho of an option on a future are those of the model', () => {
  const m = { spot: 100, rate: 0.05, dividend: 0.02, volatility: 0.3 };
  const t = { right: 'put', strike: 105, time: 1 } as const;
  const model: Form = (at, x) => americanPrice(at, x);
  const ours = first(bookOf(t, m, { exercise: 'american' }));
  const expected = differences(model, t, m);
  expect(ours.vanna).toBeCloseTo(expected.vanna, 1);
  expect(Math.abs(ours.volga / expected.volga - 1)).toBeLessThan(0.1);
  const onFuture: Form = (at, x) => americanPrice(at, { ...x, dividend: x.rate });
  const future = first(bookOf(t, m, { exercise: 'american', on: 'future' }));
  expect(Math.abs(future.price - onFuture(t, m))).toBeLessThan(1e-2);
  expect(Math.abs(future.rho - differences(onFuture, t, m).rho)).toBeLessThan(0.5);
});

test('an American row is worth no less than exercise, nor than the European', () => {
  fc.assert(
    fc.property(terms, market, (t, m) => {
      const american = bookOf(t, m, { exercise: 'american' });
      if (reasonOf(american, 0) === 'exercise-has-two-boundaries') {
        expect(Math.min(m.rate, m.dividend)).toBeLessThan(0);
        return;
      }
      const { price } = first(american);
      const sign = t.right === 'call' ? 1 : -1;
      expect(price).toBeGreaterThanOrEqual(sign * (m.spot - t.strike) - 1e-12);
      expect(price).toBeGreaterThanOrEqual(blackScholesPrice(t, m) - 1e-9);
    }),
    { numRuns: cases(300) },
  );
});

test.each([
  ['knock-out', 69, 'barrier-touched', 2],
  ['knock-in', 69, 'barrier-touched', undefined],
  ['knock-out', 71, 'priced', undefined],
] as const)('a %s at %d on a barrier of 70 is %s', (pays, spot, reason, price) => {
  const m = { spot, rate: 0.02, dividend: 0.01, volatility: 0.3 };
  const t = { right: 'put', strike: 100, time: 0.5 } as const;
  const book = bookOf(t, m, { pays, lower: 70, cash: 2 });
  expect(reasonOf(book, 0)).toBe(reason);
  if (pays === 'knock-in') expect(first(book).price).toBeCloseTo(blackScholesPrice(t, m), 9);
  if (price !== undefined) expect(first(book)).toMatchObject({ price, delta: 0, gamma: 0, vega: 0 });
});
