import fc from 'fast-check';
import { PairIndex } from '../../runtime/pair-index';

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

  test('grows with dense numbers on both sides', () => {
    const index = new PairIndex();
    for (let slot = 0; slot < 20_000; slot += 1) index.set(Math.floor(slot / 100), slot % 100, slot);

    for (let slot = 0; slot < 20_000; slot += 1)
      expect(index.get(Math.floor(slot / 100), slot % 100)).toBe(slot);
    expect(index.get(200, 0)).toBe(-1);
  });
});
