import fc from 'fast-check';
import { PairIndex } from '../../../runtime/tables/pair-index';

describe('PairIndex', () => {
  test('finds what a map would, negative numbers and zero included', () => {
    const anyNumber = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer());
    fc.assert(
      fc.property(fc.array(fc.tuple(anyNumber, anyNumber), { maxLength: 300 }), (pairs) => {
        const index = new PairIndex();
        const map = new Map<string, number>();
        for (const [first, second] of pairs) {
          const key = `${first}/${second}`;
          expect(index.get(first, second)).toBe(map.get(key) ?? -1);
          if (map.has(key)) continue;
          index.set(first, second, map.size);
          map.set(key, map.size);
        }
        for (const [first, second] of pairs)
          expect(index.get(first, second)).toBe(map.get(`${first}/${second}`));
      }),
    );
  });

  test('forgets pairs, and still finds those that had given way to them', () => {
    // Three thousand pairs in a table that grows to eight thousand places: runs of several are common.
    const anyPair = fc.tuple(fc.nat(60), fc.nat(60));
    fc.assert(
      fc.property(fc.array(anyPair, { minLength: 2_000, maxLength: 3_000 }), (pairs) => {
        const index = new PairIndex();
        const map = new Map<string, readonly [number, number, number]>();
        for (const [slot, [first, second]] of pairs.entries()) {
          const key = `${first}/${second}`;
          if (map.delete(key)) index.delete(first, second);
          else {
            index.set(first, second, slot);
            map.set(key, [first, second, slot]);
          }
        }
        expect([...map.values()].every(([first, second, slot]) => index.get(first, second) === slot)).toBe(
          true,
        );
        for (const [first, second] of map.values()) index.delete(first, second);
        expect(pairs.some(([first, second]) => index.get(first, second) !== -1)).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  test('grows with dense numbers on both sides', () => {
    const index = new PairIndex();
    for (let slot = 0; slot < 20_000; slot += 1) index.set(Math.floor(slot / 100), slot % 100, slot);

    for (let slot = 0; slot < 20_000; slot += 1)
      expect(index.get(Math.floor(slot / 100), slot % 100)).toBe(slot);
    expect(index.get(200, 0)).toBe(-1);
  });
});
