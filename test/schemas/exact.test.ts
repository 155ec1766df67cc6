/** Limbs give what bigints give, over the whole range and at its borders. */
import fc from 'fast-check';
import { ByteReader, ByteWriter, MalformedError } from '../../runtime/wire/bytes';
import { add, isZero, magnitude, multiply, negate, signOf, subtract } from '../../runtime/wire/exact';
import {
  compareLimbs,
  isDecimal38,
  isLong,
  LIMBS,
  limbsToBigint,
  safeOf,
  setLimbs,
  setSafe,
} from '../../runtime/wire/limbs';
import { moneyToNumber, quantityToNumber } from '../../schemas/borders';
import { divideHalfEven } from '../../schemas/decimals';
import { exactMoneyToNumber, exactQuantityToNumber } from '../../schemas/exact-borders';
import { multiplyDivide } from '../../schemas/exact-division';
import { cases } from '../support/long-runs';

const LONG = 2n ** 63n;
const DECIMAL = 10n ** 38n - 1n;
const WIDEST = 2n ** 131n - 1n;

/** Of every size up to `limit`, near powers of two and of ten, and near the limits themselves. */
function upTo(limit: bigint): fc.Arbitrary<bigint> {
  const bits = limit.toString(2).length;
  const power = fc.oneof(
    fc.integer({ min: 0, max: bits }).map((exponent) => 2n ** BigInt(exponent)),
    fc.integer({ min: 0, max: limit.toString().length }).map((exponent) => 10n ** BigInt(exponent)),
  );
  const near = fc.tuple(power, fc.bigInt(-3n, 3n), fc.bigInt(1n, 99n));
  const sized = fc.integer({ min: 1, max: bits }).chain((size) => fc.bigInt(0n, 2n ** BigInt(size) - 1n));
  return fc
    .tuple(
      fc.oneof(
        near.map(([one, off, times]) => one * times + off),
        sized,
        fc.constantFrom(0n, 1n, limit),
      ),
      fc.boolean(),
    )
    .map(([value, isNegative]) => {
      const whole = value < 0n ? -value : value;
      const bounded = whole > limit ? limit : whole;
      return isNegative ? -bounded : bounded;
    });
}

const [A, B, C, TO] = [0, LIMBS, 2 * LIMBS, 3 * LIMBS];
const cells = new Float64Array(4 * LIMBS);
function laid(a: bigint, b = 0n, c = 0n): Float64Array {
  setLimbs(cells, A, a);
  setLimbs(cells, B, b);
  setLimbs(cells, C, c);
  return cells;
}
const result = (): bigint => limbsToBigint(cells, TO);
const RUNS = { numRuns: cases(400) };

describe('integers in limbs', () => {
  test('come back as they were set, and are told apart by size', () => {
    fc.assert(
      fc.property(upTo(WIDEST), upTo(WIDEST), (a, b) => {
        laid(a, b);
        expect(limbsToBigint(cells, A)).toBe(a);
        expect(Math.sign(compareLimbs(cells, A, cells, B))).toBe(a < b ? -1 : a > b ? 1 : 0);
        expect([isZero(cells, A), signOf(cells, A)]).toEqual([a === 0n, a < 0n ? -1 : a > 0n ? 1 : 0]);
        expect(isLong(cells, A)).toBe(BigInt.asIntN(64, a) === a);
        expect(isDecimal38(cells, A)).toBe(a <= DECIMAL && a >= -DECIMAL);
        const isSafe = a < 2n ** 52n && a > -(2n ** 52n);
        expect(safeOf(cells, A)).toBe(isSafe ? Number(a) : Number.NaN);
      }),
      RUNS,
    );
  });

  test('are set from doubles that hold integers', () => {
    fc.assert(
      fc.property(upTo(2n ** 53n), (a) => {
        setSafe(cells, TO, Number(a));
        expect(result()).toBe(a);
      }),
      RUNS,
    );
  });

  test.each([
    ['the smallest long', -LONG, true],
    ['one below it', -LONG - 1n, false],
    ['the largest long', LONG - 1n, true],
    ['one above it', LONG, false],
  ])('%s', (_what, value, fits) => {
    expect(isLong(laid(value), A)).toBe(fits);
  });

  test.each([
    ['38 nines', DECIMAL, true],
    ['one more', DECIMAL + 1n, false],
    ['minus 38 nines', -DECIMAL, true],
    ['one less', -DECIMAL - 1n, false],
  ])('%s', (_what, value, fits) => {
    expect(isDecimal38(laid(value), A)).toBe(fits);
  });
});

describe('integers in limbs as bytes', () => {
  const written = (write: (to: ByteWriter) => void): Buffer => {
    const to = new ByteWriter();
    write(to);
    return to.take();
  };

  test('a decimal is written and read as the bigint is; beyond 38 digits it is refused', () => {
    fc.assert(
      fc.property(upTo(DECIMAL), (a) => {
        const bytes = written((to) => to.decimalAt(laid(a), A));
        expect(bytes).toEqual(written((to) => to.decimal(a)));
        const from = new ByteReader().over(bytes);
        from.decimalInto(cells, TO);
        expect([result(), from.at]).toEqual([a, 17]);
      }),
      RUNS,
    );
    expect(() => written((to) => to.decimalAt(laid(DECIMAL + 1n), A))).toThrow('more than 38 digits');
    const beyond = Buffer.from([32, 0x7f, ...new Array<number>(15).fill(0xff)]);
    expect(() => new ByteReader().over(beyond).decimalInto(cells, TO)).toThrow(MalformedError);
    expect(() => new ByteReader().over(beyond.subarray(0, 9)).decimalInto(cells, TO)).toThrow(MalformedError);
  });

  test('a decimal of any legal length is read', () => {
    for (const [hex, value] of [
      ['0205', 5n],
      ['02ff', -1n],
      ['040100', 256n],
    ] as const) {
      new ByteReader().over(Buffer.from(hex, 'hex')).decimalInto(cells, TO);
      expect(result()).toBe(value);
    }
  });

  test('a long is written and read as the bigint is', () => {
    fc.assert(
      fc.property(upTo(LONG - 1n), (a) => {
        const bytes = written((to) => to.longAt(laid(a), A));
        expect(bytes).toEqual(written((to) => to.bigLong(a)));
        new ByteReader().over(bytes).longInto(cells, TO);
        expect(result()).toBe(a);
      }),
      RUNS,
    );
    expect(() => written((to) => to.longAt(laid(LONG), A))).toThrow('does not fit a 64-bit long');
  });
});

describe('exact arithmetic', () => {
  test('sums, differences and magnitudes are those of bigints', () => {
    fc.assert(
      fc.property(upTo(WIDEST / 2n), upTo(WIDEST / 2n), (a, b) => {
        add(cells, TO, laid(a, b), A, cells, B);
        expect(result()).toBe(a + b);
        subtract(cells, TO, cells, A, cells, B);
        expect(result()).toBe(a - b);
        negate(cells, TO, cells, A);
        expect(result()).toBe(-a);
        magnitude(cells, TO, cells, A);
        expect(result()).toBe(a < 0n ? -a : a);
        add(cells, A, cells, A, cells, B);
        expect(limbsToBigint(cells, A)).toBe(a + b);
      }),
      RUNS,
    );
  });

  test('products of longs are exact', () => {
    const anyLong = fc.oneof(upTo(LONG - 1n), fc.constant(-LONG));
    fc.assert(
      fc.property(anyLong, anyLong, (a, b) => {
        multiply(cells, TO, laid(a, b), A, cells, B);
        expect(result()).toBe(a * b);
      }),
      RUNS,
    );
  });

  const anyDivisor = upTo(LONG - 1n).map((c) => (c === 0n ? 7n : c));
  const dividedAs = (a: bigint, b: bigint, c: bigint): void => {
    const expected = divideHalfEven(a * b, c);
    const fits = expected <= WIDEST && expected >= -WIDEST;
    setLimbs(cells, TO, 42n);
    expect(multiplyDivide(cells, TO, laid(a, b, c), A, cells, B, cells, C)).toBe(fits);
    expect(result()).toBe(fits ? expected : 42n);
  };

  test('a product divided is rounded once, half to even, or does not fit', () => {
    fc.assert(fc.property(upTo(WIDEST), upTo(LONG - 1n), anyDivisor, dividedAs), { numRuns: cases(1_000) });
  });

  test('so are parts of a position, in whole units and in decimals', () => {
    const anyQuantity = fc
      .tuple(fc.bigInt(1n, 2n ** 31n), fc.constantFrom(1n, 1_000n, 10n ** 6n, 10n ** 7n, 10n ** 9n))
      .map(([count, unit]) => count * unit);
    fc.assert(fc.property(upTo(DECIMAL), anyQuantity, anyQuantity, dividedAs), { numRuns: cases(1_000) });
  });

  test.each([
    ['a half goes to the even one below', 5n, 1n, 2n, 2n],
    ['a half goes to the even one above', 7n, 1n, 2n, 4n],
    ['on the other side of zero, too', -5n, 1n, 2n, -2n],
    ['a half of a large divisor', 2n ** 61n + 1n, 1n, 2n ** 62n + 2n, 0n],
    ['one more than a half of it', 2n ** 61n + 2n, 1n, 2n ** 62n + 2n, 1n],
    ['all of it', 10n ** 37n + 1n, 3n, 3n, 10n ** 37n + 1n],
    ['a carry through every digit', 2n ** 126n * 4n - 1n, 1n, 4n, 2n ** 126n],
  ])('%s', (_what, a, b, c, expected) => {
    dividedAs(a, b, c);
    expect(result()).toBe(expected);
  });

  test('a quotient by zero is refused', () => {
    expect(() => multiplyDivide(cells, TO, laid(1n, 1n, 0n), A, cells, B, cells, C)).toThrow('by zero');
  });

  test('doubles are the nearest there are', () => {
    fc.assert(
      fc.property(upTo(DECIMAL), (a) => {
        laid(a);
        expect(exactMoneyToNumber(cells, A)).toBe(moneyToNumber(a));
        expect(exactQuantityToNumber(cells, A)).toBe(quantityToNumber(a));
      }),
      { numRuns: cases(1_000) },
    );
    expect(exactMoneyToNumber(laid(9_900n * 10n ** 18n), A)).toBe(9_900);
  });
});
