import fc from 'fast-check';
import { FixedSums } from '../../../runtime/tables/fixed-sums';

/** The sum in units of 2⁻³², worked out from scratch with integers. */
const exactSum = (terms: readonly number[]): bigint =>
  terms.reduce((sum, term) => {
    const units = Math.trunc(term);
    return sum + (BigInt(units) << 32n) + BigInt(Math.round((term - units) * 2 ** 32));
  }, 0n);

/** The double nearest to a sum, by its digits. */
function nearest(sum: bigint): number {
  const magnitude = sum < 0n ? -sum : sum;
  // A decimal text of the exact value: ECMAScript reads it as the nearest double.
  const fraction = ((magnitude & 0xffffffffn) * 5n ** 32n).toString().padStart(32, '0');
  const value = Number(`${magnitude >> 32n}.${fraction}`);
  return sum < 0n ? -value : value;
}

const anyFinite = fc.oneof(
  fc.double({ min: -1e12, max: 1e12, noNaN: true }),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.constantFrom(
    2 ** 53,
    2 ** 53 - 1,
    -(2 ** 53),
    1e14,
    1e300,
    1.7e308,
    -1.7e308,
    2 ** -33,
    -(2 ** -33),
    0.1,
  ),
);

describe('FixedSums', () => {
  test('are exact and rounded once, in any order, after whatever came and went', () => {
    fc.assert(
      fc.property(
        fc.array(anyFinite, { maxLength: 20 }),
        fc.array(anyFinite, { maxLength: 20 }),
        (kept, passing) => {
          const sums = new FixedSums();
          for (const term of passing) sums.add(1, term);
          for (const term of [...kept].reverse()) {
            sums.add(1, term);
            sums.add(2, term);
          }
          for (const term of passing) sums.subtract(1, term);

          // Plus nought: the sum of nothing has no sign.
          const expected = nearest(exactSum(kept)) + 0;
          expect([sums.value(1), sums.value(2), sums.value(3)]).toEqual([expected, expected, 0]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('millions of fractions are carried', () => {
    const sums = new FixedSums();
    for (let count = 0; count < 3_000_000; count += 1) sums.add(0, 0.75);
    expect(sums.value(0)).toBe(2_250_000);
  });

  test('sums beyond the largest double are infinite, and come back', () => {
    const sums = new FixedSums();
    sums.add(0, 1.7e308);
    sums.add(0, 1.7e308);
    expect(sums.value(0)).toBe(Number.POSITIVE_INFINITY);
    sums.subtract(0, 1.7e308);
    expect(sums.value(0)).toBe(1.7e308);
    sums.subtract(0, 1.7e308);
    sums.add(0, 0.5);
    expect(sums.value(0)).toBe(0.5);
  });

  test.each([
    ['infinity', [Number.POSITIVE_INFINITY], Number.POSITIVE_INFINITY],
    ['minus infinity', [Number.NEGATIVE_INFINITY, 1e300], Number.NEGATIVE_INFINITY],
    ['both', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], Number.NaN],
    ['no number', [Number.NaN, Number.POSITIVE_INFINITY], Number.NaN],
  ])('%s says what IEEE 754 says, and is gone when it is taken back', (_what, terms, expected) => {
    const sums = new FixedSums();
    sums.add(0, 1.5);
    for (const term of terms) sums.add(0, term);
    sums.add(0, 1e17);
    expect(sums.value(0)).toBe(expected);
    for (const term of terms) sums.subtract(0, term);
    sums.subtract(0, 1e17);
    expect(sums.value(0)).toBe(1.5);
  });

  test('one sum joins another and leaves it, exactly', () => {
    fc.assert(
      fc.property(
        fc.array(anyFinite, { maxLength: 8 }),
        fc.array(anyFinite, { maxLength: 8 }),
        (own, other) => {
          const sums = new FixedSums();
          for (const term of own) sums.add(0, term);
          for (const term of other) sums.add(1, term);
          sums.merge(0, 1, 1);
          expect(sums.value(0)).toBe(nearest(exactSum([...own, ...other])) + 0);
          sums.merge(0, 1, -1);
          expect(sums.value(0)).toBe(nearest(exactSum(own)) + 0);
        },
      ),
      { numRuns: 200 },
    );
  });
});
