import fc from 'fast-check';
import {
  type BookOption,
  MICROS_PER_YEAR,
  prepareBook,
  repriceBook,
  repriceMoved,
  setRate,
  setSpot,
  setTime,
  setVolatility,
  setYield,
} from '../../../pricing/batch/book';
import { type TaylorStep, taylorStep } from '../../../pricing/batch/taylor';
import { blackPrice, blackScholesPrice } from '../../../pricing/models/black';
import { cases } from '../../support/long-runs';

const option = (right: 'call' | 'put', strike: number, time: number) =>
  ({
    right,
    exercise: 'european',
    strike,
    expiry: Math.round(time * MICROS_PER_YEAR),
    underlying: 0,
    rate: 0,
    yield: 0,
  }) as const;

test('the price after a move is within the bound, and the bound is of use', () => {
  let useful = 0;
  fc.assert(
    fc.property(
      fc.constantFrom('call' as const, 'put' as const),
      fc.double({ min: 60, max: 160, noNaN: true }),
      fc.double({ min: 0.01, max: 3, noNaN: true }),
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: -0.02, max: 0.02, noNaN: true }),
      (right, strike, time, volatility, ds, dv) => {
        const book = prepareBook([option(right, strike, time)], { origin: 0, kernel: 'javascript' });
        if (!book.ok) throw new Error(book.message);
        const { columns } = book.value;
        columns.spots[0] = 100;
        columns.rateValues[0] = 0.03;
        columns.yieldValues[0] = 0.01;
        columns.volatilities[0] = volatility;
        repriceBook(book.value, 0);
        const step: TaylorStep = { price: 0, bound: 0, refused: undefined };
        taylorStep(book.value, 0, { spot: ds, volatility: dv }, step);
        const exact = blackScholesPrice(
          { right, strike, time: columns.expiry[0]! },
          { spot: 100 + ds, rate: 0.03, dividend: 0.01, volatility: volatility + dv },
        );
        expect(Math.abs(step.price - exact)).toBeLessThanOrEqual(step.bound + 1e-12);
        if (step.bound < 0.01) useful++;
      },
    ),
    { numRuns: cases(2000), examples: [['call', 100, 0.5, 0.2, 0.1, 0.0005]] },
  );
  expect(useful).toBeGreaterThan(0);
});

test('a move through zero has no bound', () => {
  const book = prepareBook([option('call', 100, 1)], { origin: 0, kernel: 'javascript' });
  if (!book.ok) throw new Error(book.message);
  book.value.columns.spots[0] = 100;
  book.value.columns.rateValues[0] = 0;
  book.value.columns.yieldValues[0] = 0;
  book.value.columns.volatilities[0] = 0.2;
  repriceBook(book.value, 0);
  const step: TaylorStep = { price: 0, bound: 0, refused: undefined };
  taylorStep(book.value, 0, { spot: 0, volatility: -0.3 }, step);
  expect(step).toMatchObject({ bound: Infinity, refused: 'move-must-stay-positive' });
});

const stepOf = (change: Partial<BookOption>, move = { spot: 0.5, volatility: 0.002 }): TaylorStep => {
  const book = prepareBook([{ ...option('call', 100, 1), ...change }], { origin: 0, kernel: 'javascript' });
  if (!book.ok) throw new Error(book.message);
  setSpot(book.value, 0, 100);
  setRate(book.value, 0, 0.03);
  setYield(book.value, 0, 0.01);
  setVolatility(book.value, 0, 0.25);
  repriceBook(book.value, 0);
  const step: TaylorStep = { price: 0, bound: 0, refused: undefined };
  taylorStep(book.value, 0, move, step);
  return step;
};

test.each([
  [{ exercise: 'american' }, 'row-must-be-european'],
  [{ pays: 'cash', cash: 1 }, 'row-must-be-european'],
  [{ pays: 'knock-out', lower: 80 }, 'row-must-be-european'],
  [{ expiry: 0 }, 'row-must-be-priced'],
] as const)('a row with %j is refused by %s: its bound would not hold', (change, refused) => {
  expect(stepOf(change)).toEqual({ price: Number.NaN, bound: Number.POSITIVE_INFINITY, refused });
});

test('the step of a coin option is in coin, within its bound', () => {
  const { price, bound, refused } = stepOf({ on: 'coin' });
  const terms = { right: 'call', strike: 100, forward: 100.5, stdDev: 0.252, discount: 1 } as const;
  expect(refused).toBeUndefined();
  expect(Math.abs(price - blackPrice(terms) / 100.5)).toBeLessThan(bound);
  expect(bound).toBeLessThan(1e-4);
});

test('a row with an input that has moved since is refused until it is repriced', () => {
  const book = prepareBook([option('call', 100, 1)], { origin: 0, kernel: 'javascript' });
  if (!book.ok) throw new Error(book.message);
  setSpot(book.value, 0, 100);
  setRate(book.value, 0, 0.03);
  setYield(book.value, 0, 0.01);
  setVolatility(book.value, 0, 0.25);
  repriceBook(book.value, 0);
  const step: TaylorStep = { price: 0, bound: 0, refused: undefined };
  const moves = [
    () => setVolatility(book.value, 0, 0.3),
    () => setSpot(book.value, 0, 101),
    () => setTime(book.value, 3600e6),
  ];
  for (const move of moves) {
    move();
    taylorStep(book.value, 0, { spot: 0.1, volatility: 0 }, step);
    expect(step).toEqual({ price: Number.NaN, bound: Infinity, refused: 'row-must-be-repriced' });
    repriceMoved(book.value);
    taylorStep(book.value, 0, { spot: 0.1, volatility: 0 }, step);
    expect(step.refused).toBeUndefined();
  }
});
