/**
 * A product divided and rounded once, half to even: what a part of a position cost, what a contract is worth.
 *
 * Where factor and divisor are of moderate size in some unit, as nearly all quantities are, each digit of 22 bits is
 * multiplied and divided at once, and a double holds every step exactly. The rest is left to bigints.
 */

import { isZero, magnitude, negate } from '../runtime/wire/exact';
import { isDecimal38, LIMBS, limbsToBigint, safeOf, setLimbs } from '../runtime/wire/limbs';
import { divideHalfEven } from './decimals';

// Held here: asked of their module in hot loops they would be look-ups.
const LIMB = 2 ** 44;
const DIGIT = 2 ** 22;
const PER_LIMB = 2 ** -44;
const PER_DIGIT = 2 ** -22;
const SMALL = 2 ** 30;
/** A quotient's digits have room for a carry of so many times themselves. */
const GROWTH_MAX = 16;
const UNITS = [1e9, 1e7, 1e6, 1e5, 1e3, 10, 1] as const;
const WIDEST = 2n ** 131n;

// Scratch space: nothing in it outlives a call.
const dividend = new Float64Array(LIMBS);

/**
 * to = a · b / c, rounded once, half to even; a of up to 131 bits, b and c of 64, c not zero. False if the outcome has more
 * than 131 bits; then nothing is written.
 */
export function multiplyDivide(
  to: Float64Array,
  at: number,
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  c: Float64Array,
  k: number,
): boolean {
  if (isZero(c, k)) throw new RangeError('an exact quotient by zero. Refuse what leads to it.');
  const factor = Math.abs(safeOf(b, j));
  const divisor = Math.abs(safeOf(c, k));
  // Sixteen times 38 digits have room. False for NaN, too.
  const unit = factor <= divisor * GROWTH_MAX && isDecimal38(a, i) ? commonUnit(factor, divisor) : 0;
  if (unit === 0) return divideLarge(to, at, limbsToBigint(a, i) * limbsToBigint(b, j), limbsToBigint(c, k));
  const isNegative = (a[i]! < 0 !== b[j]! < 0) !== c[k]! < 0;
  magnitude(dividend, 0, a, i);
  divideSmall(to, at, factor / unit, divisor / unit);
  if (isNegative) negate(to, at, to, at);
  return true;
}

/** The coarsest unit of which both are whole multiples below 2³⁰, or 0. */
function commonUnit(one: number, other: number): number {
  for (let index = 0; index < UNITS.length; index += 1) {
    const unit = UNITS[index]!;
    const multiple = one / unit;
    const otherMultiple = other / unit;
    if (multiple !== Math.floor(multiple) || otherMultiple !== Math.floor(otherMultiple)) continue;
    return multiple < SMALL && otherMultiple < SMALL ? unit : 0;
  }
  return 0;
}

/** to = dividend · factor / divisor, both whole and below 2³⁰. */
function divideSmall(to: Float64Array, at: number, factor: number, divisor: number): void {
  const inverse = 1 / divisor;
  let rest = 0;
  for (let limb = 0; limb < LIMBS; limb += 1) {
    const value = dividend[limb]!;
    if (value === 0 && rest === 0) {
      to[at + limb] = 0;
      continue;
    }
    const high = Math.floor(value * PER_DIGIT);
    const one = rest * DIGIT + high * factor;
    let upper = Math.floor(one * inverse);
    rest = one - upper * divisor;
    if (rest < 0) {
      rest += divisor;
      upper -= 1;
    } else if (rest >= divisor) {
      rest -= divisor;
      upper += 1;
    }
    const two = rest * DIGIT + (value - high * DIGIT) * factor;
    let lower = Math.floor(two * inverse);
    rest = two - lower * divisor;
    if (rest < 0) {
      rest += divisor;
      lower -= 1;
    } else if (rest >= divisor) {
      rest -= divisor;
      lower += 1;
    }
    to[at + limb] = upper * DIGIT + lower;
  }
  round(to, at, 2 * rest - divisor);
}

/** Rounds by how the rest compares with half of the divisor, and carries. */
function round(to: Float64Array, at: number, restAgainstHalf: number): void {
  let low = to[at + 2]!;
  if (restAgainstHalf > 0 || (restAgainstHalf === 0 && low % 2 === 1)) low += 1;
  const lowCarry = Math.floor(low * PER_LIMB);
  const middle = to[at + 1]! + lowCarry;
  const middleCarry = Math.floor(middle * PER_LIMB);
  to[at] = to[at]! + middleCarry;
  to[at + 1] = middle - middleCarry * LIMB;
  to[at + 2] = low - lowCarry * LIMB;
}

function divideLarge(to: Float64Array, at: number, product: bigint, divisor: bigint): boolean {
  const quotient = divideHalfEven(product, divisor);
  if (quotient >= WIDEST || quotient <= -WIDEST) return false;
  setLimbs(to, at, quotient);
  return true;
}
