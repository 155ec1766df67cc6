/**
 * The border from the exact ledger to the doubles of risk: each function answers the double that is nearest to the exact
 * value. `Number(money) / 1e18` is not: it rounds twice, and 9,900 becomes 9,900.000000000002.
 */
import { MONEY_ONE, QUANTITY_ONE, QUANTITY_SCALE } from './decimals';

const EXTRA_BITS = 64n;
const EXTRA = 2 ** -64;

/** Of a quantity, price or multiplier (scale 9). */
export const quantityToNumber = (quantity: bigint): number => nearest(quantity, QUANTITY_ONE, 1e9);

/** Of an amount of money (scale 18). */
export const moneyToNumber = (money: bigint): number => nearest(money, MONEY_ONE, 1e18);

/** The scale-9 value that is nearest to a double, for input that comes as doubles. Throws a RangeError beyond 10²⁰. */
export function quantityFromNumber(value: number): bigint {
  if (!(Math.abs(value) < 1e20))
    throw new RangeError(`${value} is no quantity or price. Refuse it where it is read.`);
  // `toFixed` works on the exact value of the double; multiplying by 10⁹ would round twice.
  return BigInt(value.toFixed(QUANTITY_SCALE).replace('.', ''));
}

function nearest(value: bigint, one: bigint, divisor: number): number {
  const narrow = Number(value);
  // Both are exact doubles, and one division rounds once.
  if (Number.isSafeInteger(narrow)) return narrow / divisor;
  // Here the value has 54 bits or more: the quotient below has at least 57, and its lowest bit says whether anything
  // lies beyond it, so that making a double of it rounds as the exact quotient would.
  const scaled = (value < 0n ? -value : value) << EXTRA_BITS;
  const quotient = scaled / one;
  const sticky = quotient * one === scaled ? quotient : quotient | 1n;
  const magnitude = Number(sticky) * EXTRA;
  return value < 0n ? -magnitude : magnitude;
}
