/** A day's profit by its causes: the axes add up to it exactly, and what they leave falls with the third power of the moves. */
import fc from 'fast-check';
import {
  type BookOption,
  MICROS_PER_YEAR,
  prepareBook,
  repriceBook,
  setRate,
  setSmile,
  setSpot,
  setVolatility,
  setYield,
} from '../../../pricing/batch/book';
import { rowWorth } from '../../../pricing/batch/row-worth';
import { exactSum } from '../../../pricing/math/exact-sum';
import {
  BOOK_AXES,
  explainBook,
  explainColumns,
  explainReason,
} from '../../../pricing/scenarios/explain-book';
import { explainPosition, PROFIT_AXES } from '../../../pricing/scenarios/explain-position';
import { certain } from '../support/dual-curve';

const ORIGIN = Date.UTC(2026, 0, 5) * 1000;
const DAY = 86_400e6;

const option = (more: Partial<BookOption> = {}): BookOption => ({
  right: 'call',
  exercise: 'european',
  strike: 104,
  expiry: ORIGIN + 0.5 * MICROS_PER_YEAR,
  underlying: 0,
  rate: 0,
  yield: 0,
  ...more,
});

const kinds: readonly (readonly [string, BookOption])[] = [
  ['call', option()],
  ['put', option({ right: 'put', strike: 93 })],
  ['option on a future', option({ on: 'future' })],
  ['option on a coin', option({ on: 'coin', strike: 95 })],
  ['digital', option({ pays: 'cash', cash: 50 })],
  ['asset digital', option({ pays: 'asset', right: 'put' })],
];

const fresh = (options: readonly BookOption[]) => {
  const book = certain(prepareBook(options, { origin: ORIGIN }));
  setSpot(book, 0, 100);
  setRate(book, 0, 0.03);
  setYield(book, 0, 0.01);
  options.forEach(({ smile }, row) => {
    if (smile === undefined) setVolatility(book, row, 0.22);
  });
  return book;
};

/** The moves of a lively day, as a share of them. */
const moved = (size: number, rows: number) => ({
  now: ORIGIN + 3 * DAY * size,
  spots: [[0, 100 + 4 * size]] as const,
  rates: [[0, 0.03 + 0.004 * size]] as const,
  yields: [[0, 0.01 + 0.002 * size]] as const,
  volatilities: Array.from({ length: rows }, (_, row) => [row, 0.22 + 0.03 * size] as const),
});

test.each(kinds)('what is left of a %s falls with the third power of the moves', (_, own) => {
  const left = (size: number): number => certain(explainBook(fresh([own]), moved(size, 1))).unexplained[0]!;
  const [whole, half, quarter] = [1 / 16, 1 / 32, 1 / 64].map(left);
  // Each halving leaves an eighth, but for the next order, which halves with the moves.
  const errors = [half! / whole! - 1 / 8, quarter! / half! - 1 / 8];
  expect(Math.abs(errors[1]!)).toBeLessThan(0.02);
  expect(Math.abs(errors[1]!)).toBeLessThan(0.7 * Math.abs(errors[0]!) + 1e-3);
});

test('the axes of a row add up to its change of worth, also of American and barrier rows and rows with a smile', () => {
  const options = [
    ...kinds.map(([, own]) => own),
    option({ exercise: 'american', right: 'put' }),
    option({ pays: 'knock-out', lower: 80 }),
    option({ smile: 0 }),
  ];
  const book = fresh(options);
  const smile = { parameters: { a: 0.005, b: 0.08, rho: -0.3, m: 0, sigma: 0.1 }, forward: 100, expiry: 0.5 };
  setSmile(book, 0, smile);
  repriceBook(book, ORIGIN);
  const before = options.map((_, row) => rowWorth(book.columns, row));
  const last = options.length - 1;
  const explain = certain(
    explainBook(book, {
      ...moved(1, last),
      smiles: [[0, { ...smile, parameters: { ...smile.parameters, a: 0.009 } }]],
    }),
  );
  for (const row of options.keys()) {
    const change = rowWorth(book.columns, row) - before[row]!;
    expect(explain.after[row]! - explain.before[row]!).toBe(change);
    const told = exactSum(BOOK_AXES.map((axis) => explain[axis][row]!));
    expect(Math.abs(told - change)).toBeLessThan(1e-12);
    expect(explainReason(explain, row)).toBe('priced');
  }
  expect(explain.vega[last]).toBeGreaterThan(0);
});

test('a row that has no price on the way has no axis and says why, and its neighbours have theirs', () => {
  const book = fresh([option(), option({ strike: 90 })]);
  const explain = certain(
    explainBook(book, { now: ORIGIN + DAY, volatilities: [[0, Number.NaN]], spots: [[0, 101]] }),
  );
  expect(explainReason(explain, 0)).toBe('volatility-missing');
  for (const axis of BOOK_AXES) {
    expect(explain[axis][0]).toBeNaN();
    expect(Number.isFinite(explain[axis][1])).toBe(true);
  }
});

test('a row that expires on the way is worth what it paid; without that it is not explained', () => {
  const options = [option({ expiry: ORIGIN + DAY }), option()];
  const move = { now: ORIGIN + 2 * DAY, spots: [[0, 107]] as const };
  const unknown = certain(explainBook(fresh(options), move));
  expect(explainReason(unknown, 0)).toBe('expired');
  const known = certain(
    explainBook(fresh(options), { ...move, ended: [{ row: 0, paid: 3, paidAtOldMark: 0 }] }),
  );
  expect(explainReason(known, 0)).toBe('priced');
  expect(known.theta[0]).toBe(-known.before[0]!);
  expect(known.delta[0]).toBe(3);
  expect([known.after[0], known.unexplained[0]]).toEqual([3, 0]);
  expect(explainBook(fresh(options), move, explainColumns(1))).toMatchObject({
    reason: 'explain-needs-room',
  });
});

const figure = fc.double({ min: -1e6, max: 1e6, noNaN: true });

test('the axes of a position are its profit, exactly, whatever the numbers', () => {
  fc.assert(
    fc.property(fc.array(figure, { minLength: 16, maxLength: 16 }), (f) => {
      const axes = {
        theta: f[0]!,
        rho: f[1]!,
        dividend: f[2]!,
        delta: f[3]!,
        gamma: f[4]!,
        vega: f[5]!,
        vanna: f[6]!,
        volga: f[7]!,
      };
      const span = {
        axes,
        before: f[8]!,
        after: f[9]!,
        quantityBefore: f[10]!,
        quantityAfter: f[11]!,
        fxBefore: 1.1,
        fxAfter: 1.2,
        carry: f[12]!,
        cash: f[13]!,
        paid: f[14]!,
      };
      const explained = explainPosition(span);
      expect(exactSum(PROFIT_AXES.map((axis) => explained[axis]))).toBe(explained.total);
      const worth = f[11]! * f[9]! * 1.2 - f[10]! * f[8]! * 1.1 + f[12]! + f[13]! - f[14]!;
      expect(Math.abs(explained.total - worth)).toBeLessThanOrEqual(1e-15 * 4e12);
    }),
  );
});

test('a position in another currency: the market at the closing rate, the opening worth by the change of the rate', () => {
  const none = { theta: 0, rho: 0, dividend: 0, delta: 0, gamma: 0, vega: 0, vanna: 0, volga: 0 };
  const explained = explainPosition({
    axes: { ...none, theta: -1, delta: 3 },
    before: 10,
    after: 12.5,
    quantityBefore: 100,
    quantityAfter: 140,
    fxBefore: 1.1,
    fxAfter: 1.2,
    carry: -4,
    cash: 7,
    paid: 40 * 12 * 1.2,
  });
  expect(explained).toMatchObject({
    theta: -120,
    delta: 360,
    fx: expect.closeTo(100, 9),
    carry: -4,
    cash: 7,
    new: expect.closeTo(24, 9),
    unexplained: expect.closeTo(60, 9),
    total: expect.closeTo(427, 9),
  });
  expect(
    explainPosition({
      ...{ axes: none, before: Number.NaN, after: 1, quantityBefore: 1, quantityAfter: 1 },
      fxBefore: 1,
      fxAfter: 1,
      carry: 0,
      cash: 0,
      paid: 0,
    }).total,
  ).toBeNaN();
});

test('a sum without rounding in between does not depend on the order', () => {
  expect(exactSum([1e16, 1, -1e16])).toBe(1);
  expect(exactSum([0.1, 0.2, -0.3])).toBe(2 ** -55);
  expect(exactSum([1, 2 ** -53, 2 ** -106])).toBe(1 + 2 ** -52);
  expect(exactSum([])).toBe(0);
  expect(exactSum([1, Number.NaN])).toBeNaN();
});
