/** Books by level against a plain list of levels, sorted anew after each change. */
import fc from 'fast-check';
import { BookError } from '../../books/book-error';
import { LevelBook } from '../../books/level-book';
import { depth, imbalance, sweep, weightedMid } from '../../books/measures';

type Level = readonly [price: number, size: number];

/** Best first. */
const levelsOf = (side: LevelBook['bids']): Level[] =>
  Array.from({ length: side.length }, (_, at) => [side.price(at), side.size(at)] as const);

const sorted = (levels: ReadonlyMap<number, number>, sign: 1 | -1): Level[] =>
  [...levels].sort(([a], [b]) => sign * (b - a));

test('after any changes a side holds what was set, best first', () => {
  const change = fc.record({
    isBid: fc.boolean(),
    price: fc.integer({ min: -20, max: 60 }).map((ticks) => ticks / 4),
    size: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 400 }), (changes) => {
      const book = new LevelBook({ levelsMax: 1000 });
      const expected = { bids: new Map<number, number>(), asks: new Map<number, number>() };
      for (const { isBid, price, size } of changes) {
        const side = isBid ? 'bids' : 'asks';
        const before = expected[side].get(price) ?? 0;
        expect(book[side].set(price, size)).toBe(before !== size);
        if (size === 0) expected[side].delete(price);
        else expected[side].set(price, size);
        expect(book[side].sizeAt(price)).toBe(size);
      }
      expect(levelsOf(book.bids)).toEqual(sorted(expected.bids, 1));
      expect(levelsOf(book.asks)).toEqual(sorted(expected.asks, -1));
      const better = [...expected.bids.keys()].filter((price) => price > 3).length;
      expect(book.bids.depthOf(3)).toBe(better);
    }),
  );
});

test('a full side lets its worst level go, says so, and keeps the best', () => {
  const { asks } = new LevelBook({ levelsMax: 3 });
  for (const price of [104, 101, 103, 102, 109]) asks.set(price, 1);
  expect(levelsOf(asks)).toEqual([
    [101, 1],
    [102, 1],
    [103, 1],
  ]);
  expect(asks.dropped).toBe(2);
});

test('a book of fixed depth is trimmed to its best levels', () => {
  const { bids } = new LevelBook({ levelsMax: 100 });
  for (let price = 1; price <= 60; price += 1) bids.set(price, price);
  bids.trim(10);
  expect(levelsOf(bids)[0]).toEqual([60, 60]);
  expect(bids.length).toBe(10);
  expect(bids.price(10)).toBeNaN();
});

test.each([
  [Number.NaN, 1],
  [100, -1],
  [100, Number.NaN],
  [Number.POSITIVE_INFINITY, 1],
])('price %p with size %p is refused', (price, size) => {
  expect(() => new LevelBook({ levelsMax: 10 }).bids.set(price, size)).toThrow(BookError);
});

test('more taken from a level than it holds means that an update is missing', () => {
  const { bids } = new LevelBook({ levelsMax: 10 });
  bids.set(100, 5);
  expect(() => bids.add(100, -6)).toThrow('start over from a snapshot');
});

describe('measures', () => {
  const book = new LevelBook({ levelsMax: 10 });
  for (const [price, size] of [
    [100, 4],
    [99, 6],
  ] as const)
    book.bids.set(price, size);
  for (const [price, size] of [
    [101, 1],
    [103, 9],
  ] as const)
    book.asks.set(price, size);

  test('depth and imbalance of the best levels', () => {
    expect(depth(book.bids, 1)).toBe(4);
    expect(depth(book.bids, 5)).toBe(10);
    expect(imbalance(book, 1)).toBe(0.6);
    expect(imbalance(book, 2)).toBe(0);
  });

  test('the weighted mid leans to the thinner side', () => {
    expect(weightedMid(book)).toBeCloseTo((100 * 1 + 101 * 4) / 5, 12);
  });

  test('a sweep pays its way through the levels and says what is not there', () => {
    expect(sweep(book.asks, 4)).toEqual({ average: (101 + 3 * 103) / 4, worst: 103, unfilled: 0 });
    expect(sweep(book.asks, 12)).toEqual({ average: (101 + 9 * 103) / 10, worst: 103, unfilled: 2 });
  });

  test('nothing on a side is no number, never zero', () => {
    const empty = new LevelBook({ levelsMax: 10 });
    empty.bids.set(100, 1);
    expect(weightedMid(empty)).toBeNaN();
    expect(sweep(empty.asks, 1)).toEqual({ average: Number.NaN, worst: Number.NaN, unfilled: 1 });
    expect(imbalance(new LevelBook({ levelsMax: 1 }), 5)).toBeNaN();
    expect(empty.isCrossed || empty.isLocked).toBe(false);
  });

  test('crossed and locked are told apart', () => {
    const odd = new LevelBook({ levelsMax: 10 });
    odd.bids.set(0, 1);
    odd.asks.set(0, 1);
    expect([odd.isCrossed, odd.isLocked]).toEqual([false, true]);
    odd.asks.set(-1, 1);
    expect([odd.isCrossed, odd.isLocked]).toEqual([true, false]);
  });
});
