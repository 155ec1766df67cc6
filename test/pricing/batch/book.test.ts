import fc from 'fast-check';
import {
  type BookOption,
  bookKernelsAvailable,
  MICROS_PER_YEAR,
  type PreparedBook,
  prepareBook,
  reasonOf,
  repriceBook,
} from '../../../pricing/batch/book';
import { bookThreads, sharesOf } from '../../../pricing/batch/book-threads';
import { MEASURES, NODE_WIDTH, type VanillaColumns } from '../../../pricing/batch/columns';
import { firstDerivative, secondDerivative } from '../../../pricing/math/differences';
import { americanPrice } from '../../../pricing/models/american';
import type { LognormalMarket } from '../../../pricing/models/black';
import { blackSensitivities } from '../../../pricing/models/black-greeks';
import { cases } from '../../support/long-runs';

const ORIGIN = Date.UTC(2026, 0, 5) * 1000;
const years = (t: number): number => ORIGIN + Math.round(t * MICROS_PER_YEAR);
const RESULTS = MEASURES;
const MARKETS = [
  { spot: 100, rate: 0.04, dividend: 0.01 },
  { spot: 4800, rate: -0.005, dividend: 0.02 },
  { spot: 1.08, rate: 0.02, dividend: 0.045 },
] as const;

interface Line {
  readonly option: BookOption;
  readonly volatility: number;
}

const line = (exercise: 'european' | 'american') =>
  fc
    .record({
      right: fc.constantFrom('call' as const, 'put' as const),
      moneyness: fc.double({ min: -0.8, max: 0.8, noNaN: true }),
      time: fc.constantFrom(1 / 365, 0.1, 0.5, 2, 10),
      market: fc.constantFrom(0, 1, 2),
      volatility: fc.double({ min: 0.03, max: 1.5, noNaN: true }),
    })
    .map(
      ({ right, moneyness, time, market, volatility }): Line => ({
        option: {
          right,
          exercise,
          strike: MARKETS[market]!.spot * Math.exp(moneyness),
          expiry: years(time),
          underlying: market,
          rate: market,
          yield: market,
        },
        volatility,
      }),
    );

const prepared = (lines: readonly Line[], kernel: 'wasm-simd' | 'javascript'): PreparedBook => {
  const book = prepareBook(
    lines.map(({ option }) => option),
    { origin: ORIGIN, kernel },
  );
  if (!book.ok) throw new Error(book.message);
  const { columns } = book.value;
  MARKETS.slice(0, columns.underlyings).forEach(({ spot, rate, dividend }, i) => {
    columns.spots[i] = spot;
    columns.rateValues[i] = rate;
    columns.yieldValues[i] = dividend;
  });
  lines.forEach(({ volatility }, i) => {
    columns.volatilities[i] = volatility;
  });
  return book.value;
};

const marketOf = ({ option, volatility }: Line): LognormalMarket => ({
  ...MARKETS[option.underlying as 0 | 1 | 2],
  volatility,
});
const now = (book: PreparedBook) => repriceBook(book, ORIGIN);
/** Sizes of the six results, so that errors can be told relative to them. */
const scaleOf = (c: VanillaColumns, row: number, result: (typeof RESULTS)[number]): number => {
  const spot = c.spots[c.spotOf[c.nodeOf[row]!]!]!;
  const time = c.nodeTable[NODE_WIDTH * c.nodeOf[row]! + 6]!;
  return {
    price: spot,
    delta: 1,
    gamma: 1 / spot / Math.sqrt(time),
    vega: spot,
    theta: spot / Math.sqrt(time),
    rho: spot * time,
    vanna: 1 / 0.03,
    volga: spot / 0.03,
  }[result];
};

test('this Node has the SIMD kernel, so that what follows tests it', () => {
  expect(bookKernelsAvailable()).toBe(true);
});

test.each(['wasm-simd', 'javascript'] as const)('%s gives the closed forms', (kernel) => {
  fc.assert(
    fc.property(fc.array(line('european'), { minLength: 1, maxLength: 9 }), (lines) => {
      const book = prepared(lines, kernel);
      expect(book.kernel.name).toBe(kernel);
      now(book);
      lines.forEach((at, row) => {
        const time = (at.option.expiry - ORIGIN) / MICROS_PER_YEAR;
        const exact = blackSensitivities({ ...at.option, time }, marketOf(at));
        for (const result of RESULTS) {
          const expected = result === 'price' ? exact.value : exact[result];
          const error = Math.abs(book.columns[result][row]! - expected) / scaleOf(book.columns, row, result);
          // ln F − ln K keeps fifteen digits of ln F, which a deviation of 0.001 divides.
          expect(error).toBeLessThan(result === 'gamma' ? 2e-10 : 2e-12 * Math.max(1, time));
        }
      });
    }),
    { numRuns: cases(300) },
  );
});

test('an American row is the model, and its Greeks are its differences', () => {
  fc.assert(
    fc.property(line('american'), (at) => {
      fc.pre(at.option.underlying !== 1 && at.volatility > 0.08);
      const book = prepared([at], 'wasm-simd');
      now(book);
      const time = (at.option.expiry - ORIGIN) / MICROS_PER_YEAR;
      const market = marketOf(at);
      const value = (change: Partial<LognormalMarket>) =>
        americanPrice({ ...at.option, time }, { ...market, ...change });
      const { spot } = market;
      const by = (name: keyof LognormalMarket, step: number) =>
        firstDerivative((x) => value({ [name]: x }), { at: market[name], step });
      const { columns: c } = book;
      const error = (result: (typeof RESULTS)[number], expected: number) =>
        Math.abs(c[result][0]! - expected) / scaleOf(c, 0, result);
      expect(error('price', value({}))).toBeLessThan(1e-4);
      expect(error('delta', by('spot', 2e-3 * spot))).toBeLessThan(5e-3);
      expect(error('vega', by('volatility', 1e-3))).toBeLessThan(5e-3);
      expect(error('rho', by('rate', 1e-4))).toBeLessThan(1e-2);
    }),
    { numRuns: cases(30) },
  );
});

test('gamma of an American put away from exercise', () => {
  const option = {
    right: 'put',
    exercise: 'american',
    strike: 100,
    expiry: years(1),
    underlying: 0,
    rate: 0,
    yield: 0,
  } as const;
  const book = prepared([{ option, volatility: 0.25 }], 'wasm-simd');
  now(book);
  const market = marketOf({ option, volatility: 0.25 });
  const value = (spot: number) => americanPrice({ ...option, time: 1 }, { ...market, spot });
  expect(book.columns.gamma[0]! / secondDerivative(value, { at: 100, step: 1 })).toBeCloseTo(1, 3);
});

const missing = (['wasm-simd', 'javascript'] as const).flatMap((kernel) =>
  (['european', 'american'] as const).flatMap((exercise) =>
    (['spots', 'rateValues', 'yieldValues', 'volatilities'] as const).map(
      (input) => [kernel, exercise, input] as const,
    ),
  ),
);
test.each(
  missing,
)('%s: an %s row whose %s are missing has no price and no Greek', (kernel, exercise, input) => {
  const options = (['call', 'put'] as const).map((right) => ({
    right,
    exercise,
    strike: 100,
    expiry: years(1),
    underlying: 0,
    rate: 0,
    yield: 0,
  }));
  const book = prepared(
    options.map((option) => ({ option, volatility: 0.2 })),
    kernel,
  );
  now(book);
  for (const result of RESULTS)
    expect([...book.columns[result].subarray(0, 2)].every(Number.isFinite)).toBe(true);
  book.columns[input].fill(Number.NaN);
  now(book);
  for (const result of RESULTS)
    expect([...book.columns[result].subarray(0, 2)]).toEqual([Number.NaN, Number.NaN]);
});

test.each([
  'wasm-simd',
  'javascript',
] as const)('%s: one missing volatility is its own row only', (kernel) => {
  const option = {
    right: 'call',
    exercise: 'european',
    strike: 100,
    expiry: years(1),
    underlying: 0,
    rate: 0,
    yield: 0,
  } as const;
  const book = prepared(
    [0.2, Number.NaN, 0.2].map((volatility) => ({ option, volatility })),
    kernel,
  );
  now(book);
  const [first, second, third] = book.columns.price;
  expect(first).toBeGreaterThan(0);
  expect(second).toBeNaN();
  expect(third).toBe(first);
});

test.each([
  'wasm-simd',
  'javascript',
] as const)('%s: an option is priced until its expiry, and has expired from then on', (kernel) => {
  const option = {
    right: 'put',
    exercise: 'european',
    strike: 110,
    expiry: ORIGIN,
    underlying: 0,
    rate: 0,
    yield: 0,
  } as const;
  const book = prepared([{ option, volatility: 0.2 }], kernel);
  repriceBook(book, ORIGIN - 1e6);
  expect(book.columns.price[0]).toBeCloseTo(10, 4);
  expect(book.columns.delta[0]).toBeCloseTo(-1, 8);
  expect(reasonOf(book, 0)).toBe('priced');
  repriceBook(book, ORIGIN);
  expect(book.columns.price[0]).toBeNaN();
  expect(reasonOf(book, 0)).toBe('expired');
});

test('threads give the same bits, and close', async () => {
  const lines = fc.sample(fc.oneof(line('european'), line('american')), { numRuns: 301, seed: 5 });
  const [one, many] = [prepared(lines, 'wasm-simd'), prepared(lines, 'wasm-simd')];
  now(one);
  const threads = await bookThreads(many, 3);
  for (let round = 0; round < 3; round++) await threads.reprice(ORIGIN);
  await threads.close();
  for (const result of RESULTS) expect(many.columns[result]).toEqual(one.columns[result]);
  expect(sharesOf(one, 3)).toHaveLength(4);
});

test('a book in JavaScript memory cannot be shared', async () => {
  await expect(bookThreads(prepared([], 'javascript'), 2)).rejects.toThrow('WebAssembly memory');
});

test.each([
  [{ strike: 0 }, 'strike-must-be-positive'],
  [{ expiry: Number.NaN }, 'expiry-must-be-finite'],
  [{ rate: -1 }, 'place-must-be-a-number'],
])('an option with %j is not booked: %s', (change, reason) => {
  const option = {
    right: 'put',
    exercise: 'european',
    strike: 110,
    expiry: years(1),
    underlying: 0,
    rate: 0,
    yield: 0,
  } as const;
  expect(prepareBook([{ ...option, ...change }], { origin: ORIGIN })).toMatchObject({ ok: false, reason });
});
