/**
 * Exact arithmetic on integers in limbs (`limbs.ts`): what the ledger does to quantities and prices of scale 9 and to
 * money of scale 18, without an object for each number. What `schemas/decimals.ts` does with bigints is what it has to
 * give. Division is in `schemas/exact-division.ts`, what an integer is in doubles in `schemas/exact-borders.ts`.
 *
 * Nothing rounds but what says so, and then once, half to even. Results of up to 131 bits are held whatever their type;
 * whether a type holds them is asked of `isLong` and `isDecimal38`.
 */
import { copyLimbs, LIMBS } from './limbs';

// Held here: asked of their module in hot loops they would be look-ups.
const LIMB = 2 ** 44;
const DIGIT = 2 ** 22;
const PER_LIMB = 2 ** -44;
const PER_DIGIT = 2 ** -22;

export const isZero = (a: Float64Array, i: number): boolean => a[i] === 0 && a[i + 1] === 0 && a[i + 2] === 0;

/** −1, 0 or 1. */
export const signOf = (a: Float64Array, i: number): number => (a[i]! < 0 ? -1 : isZero(a, i) ? 0 : 1);

/** to = a + b. Any of them may be the same. */
export function add(
  to: Float64Array,
  at: number,
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
): void {
  const low = a[i + 2]! + b[j + 2]!;
  const lowCarry = low >= LIMB ? 1 : 0;
  const middle = a[i + 1]! + b[j + 1]! + lowCarry;
  const middleCarry = middle >= LIMB ? 1 : 0;
  to[at] = a[i]! + b[j]! + middleCarry;
  to[at + 1] = middle - middleCarry * LIMB;
  to[at + 2] = low - lowCarry * LIMB;
}

/** to = a − b. */
export function subtract(
  to: Float64Array,
  at: number,
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
): void {
  const low = a[i + 2]! - b[j + 2]!;
  const lowBorrow = low < 0 ? 1 : 0;
  const middle = a[i + 1]! - b[j + 1]! - lowBorrow;
  const middleBorrow = middle < 0 ? 1 : 0;
  to[at] = a[i]! - b[j]! - middleBorrow;
  to[at + 1] = middle + middleBorrow * LIMB;
  to[at + 2] = low + lowBorrow * LIMB;
}

const ZERO = new Float64Array(LIMBS);

/** to = −a. */
export function negate(to: Float64Array, at: number, a: Float64Array, i: number): void {
  subtract(to, at, ZERO, 0, a, i);
}

/** to = |a|. */
export function magnitude(to: Float64Array, at: number, a: Float64Array, i: number): void {
  if (a[i]! < 0) negate(to, at, a, i);
  else copyLimbs(to, at, a, i);
}

/** to = a · b, both of 64 bits: exact, such as money (scale 18) of a quantity at a price (scale 9 each). */
export function multiply(
  to: Float64Array,
  at: number,
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
): void {
  // Digits of 22 bits; the highest carries the sign.
  const a2 = a[i]! * LIMB + a[i + 1]!;
  const a1 = Math.floor(a[i + 2]! * PER_DIGIT);
  const a0 = a[i + 2]! - a1 * DIGIT;
  const b2 = b[j]! * LIMB + b[j + 1]!;
  const b1 = Math.floor(b[j + 2]! * PER_DIGIT);
  const b0 = b[j + 2]! - b1 * DIGIT;
  const odd = a0 * b1 + a1 * b0;
  const oddHigh = Math.floor(odd * PER_DIGIT);
  const low = a0 * b0 + (odd - oddHigh * DIGIT) * DIGIT;
  const lowHigh = Math.floor(low * PER_LIMB);
  const next = a1 * b2 + a2 * b1;
  const nextHigh = Math.floor(next * PER_DIGIT);
  const middle = a0 * b2 + a1 * b1 + a2 * b0 + oddHigh + lowHigh + (next - nextHigh * DIGIT) * DIGIT;
  const middleHigh = Math.floor(middle * PER_LIMB);
  to[at] = a2 * b2 + nextHigh + middleHigh;
  to[at + 1] = middle - middleHigh * LIMB;
  to[at + 2] = low - lowHigh * LIMB;
}
