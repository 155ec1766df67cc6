/** Exact decimals and their border to doubles, against text and plain integer arithmetic. */
import fc from 'fast-check';
import { moneyToNumber, quantityFromNumber, quantityToNumber } from '../../schemas/borders';
import {
  DecimalTextError,
  divideHalfEven,
  formatDecimal,
  MONEY_SCALE,
  parseDecimal,
  QUANTITY_SCALE,
  roundedProduct,
} from '../../schemas/decimals';
import { cases } from '../support/long-runs';

const money = fc.oneof(
  fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }),
  fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }),
  // Around the ties between doubles.
  fc
    .record({ double: fc.double({ min: 1, max: 1e15, noNaN: true }), off: fc.bigInt({ min: -2n, max: 2n }) })
    .map(({ double, off }) => BigInt(Math.floor(double)) * 10n ** 18n + 5n * 10n ** 17n + off),
);
const quantity = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

describe('text', () => {
  it.each([
    ['100', 100_000_000_000n],
    ['-0.000000001', -1n],
    ['+1.5', 1_500_000_000n],
    ['00012.340000000000', 12_340_000_000n],
    ['-0', 0n],
  ])('%s is read exactly', (text, value) => {
    expect(parseDecimal(text, QUANTITY_SCALE)).toBe(value);
  });

  it.each([
    ['', 'is no decimal number'],
    ['1e5', 'is no decimal number'],
    ['1,000', 'is no decimal number'],
    ['.5', 'is no decimal number'],
    ['5.', 'is no decimal number'],
    ['NaN', 'is no decimal number'],
    ['0x10', 'is no decimal number'],
    [' 1', 'is no decimal number'],
    ['9'.repeat(39), 'is no decimal number'],
    ['1.0000000001', 'has 10 digits after the point'],
  ])('"%s" is refused', (text, message) => {
    expect(() => parseDecimal(text, QUANTITY_SCALE)).toThrow(DecimalTextError);
    expect(() => parseDecimal(text, QUANTITY_SCALE)).toThrow(message);
  });

  it('comes back from its own format, the shortest there is', () => {
    fc.assert(
      fc.property(money, fc.constantFrom(0, 2, QUANTITY_SCALE, MONEY_SCALE), (value, scale) => {
        const text = formatDecimal(value, scale);
        expect(parseDecimal(text, scale)).toBe(value);
        expect(text).not.toMatch(/\.\d*0$|\.$|^-?0\d|^-0$/);
      }),
    );
  });
});

describe('the nearest double', () => {
  it('of money is what its text says', () => {
    fc.assert(
      fc.property(money, (value) => {
        expect(moneyToNumber(value)).toBe(Number(formatDecimal(value, MONEY_SCALE)) || 0);
      }),
      { numRuns: cases(2000) },
    );
  });

  it('of a quantity is what its text says', () => {
    fc.assert(
      fc.property(quantity, (value) => {
        expect(quantityToNumber(value)).toBe(Number(formatDecimal(value, QUANTITY_SCALE)) || 0);
      }),
      { numRuns: cases(2000) },
    );
  });

  it.each([9900, 0.1, 12345.67, 99_980_036.29764065, 1e15])('of %d is that number', (value) => {
    expect(moneyToNumber(parseDecimal(String(value), MONEY_SCALE))).toBe(value);
  });

  it('comes back as the quantity it was', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 50n), max: 2n ** 50n }), (value) => {
        expect(quantityFromNumber(quantityToNumber(value))).toBe(value);
      }),
    );
    for (const value of [Number.NaN, Infinity, -1e20])
      expect(() => quantityFromNumber(value)).toThrow(RangeError);
  });
});

describe('rounding half to even', () => {
  it.each([
    [5n, 2n, 2n],
    [7n, 2n, 4n],
    [-5n, 2n, -2n],
    [-7n, 2n, -4n],
    [5n, -2n, -2n],
    [-7n, -2n, 4n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [-2n, 3n, -1n],
    [9n, 3n, 3n],
  ])('%d / %d is %d', (dividend, divisor, quotient) => {
    expect(divideHalfEven(dividend, divisor)).toBe(quotient);
  });

  it('is never off by more than a half, and even where it is a half', () => {
    const divisors = fc.bigInt({ min: -50n, max: 50n }).filter((divisor) => divisor !== 0n);
    fc.assert(
      fc.property(fc.bigInt({ min: -5000n, max: 5000n }), divisors, (dividend, divisor) => {
        const quotient = divideHalfEven(dividend, divisor);
        const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
        const twiceOff = 2n * magnitude(dividend - quotient * divisor);
        expect(twiceOff <= magnitude(divisor)).toBe(true);
        if (twiceOff === magnitude(divisor)) expect(quotient % 2n).toBe(0n);
      }),
    );
  });

  it('is done once to a product of three, in full', () => {
    fc.assert(
      fc.property(
        quantity,
        quantity,
        fc.bigInt({ min: 1n, max: 10n ** 13n }),
        (amount, price, multiplier) => {
          expect(roundedProduct({ quantity: amount, price, multiplier })).toBe(
            divideHalfEven(amount * price * multiplier, 10n ** 9n),
          );
        },
      ),
    );
    // 12 at 100 with a multiplier of 50 is 60,000.
    const one = 10n ** 9n;
    expect(roundedProduct({ quantity: 12n * one, price: 100n * one, multiplier: 50n * one })).toBe(
      60_000n * 10n ** 18n,
    );
  });
});
