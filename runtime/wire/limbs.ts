/**
 * Exact integers of up to 132 bits as three doubles side by side in a Float64Array, so that a table of them is one typed
 * array and arithmetic allots nothing:
 *
 *   value = high·2⁸⁸ + middle·2⁴⁴ + low,   0 ≤ low, middle < 2⁴⁴,   −2⁴³ ≤ high < 2⁴³
 *
 * Every value has one such form. Limbs of 44 bits leave a double nine bits for carries, and are two digits of 22 bits,
 * whose products a double holds exactly. An integer is named by its array and the index of its high limb.
 */

export const LIMBS = 3;
export const LIMB = 2 ** 44;
const LIMB_BITS = 44n;
const LIMB_MASK = (1n << LIMB_BITS) - 1n;

export function setLimbs(to: Float64Array, at: number, value: bigint): void {
  to[at] = Number(value >> (2n * LIMB_BITS));
  to[at + 1] = Number((value >> LIMB_BITS) & LIMB_MASK);
  to[at + 2] = Number(value & LIMB_MASK);
}

export const limbsToBigint = (from: Float64Array, at: number): bigint =>
  (((BigInt(from[at]!) << LIMB_BITS) | BigInt(from[at + 1]!)) << LIMB_BITS) | BigInt(from[at + 2]!);

/** From an integer that a double holds exactly. */
export function setSafe(to: Float64Array, at: number, value: number): void {
  const upper = Math.floor(value / LIMB);
  to[at] = upper < 0 ? -1 : 0;
  to[at + 1] = upper < 0 ? upper + LIMB : upper;
  to[at + 2] = value - upper * LIMB;
}

/** The value as a double if it is below 2⁵², else NaN. */
export function safeOf(from: Float64Array, at: number): number {
  const upper = from[at]! * LIMB + from[at + 1]!;
  const value = upper * LIMB + from[at + 2]!;
  return upper >= -256 && upper < 256 && value > -(2 ** 52) ? value : Number.NaN;
}

export function copyLimbs(to: Float64Array, at: number, from: Float64Array, index: number): void {
  to[at] = from[index]!;
  to[at + 1] = from[index + 1]!;
  to[at + 2] = from[index + 2]!;
}

/** Whether a value has 64 bits, as an Avro long. */
export function isLong(from: Float64Array, at: number): boolean {
  const upper = from[at]! * LIMB + from[at + 1]!;
  return upper >= -(2 ** 19) && upper < 2 ** 19;
}

const RANGE = new Float64Array(2 * LIMBS);
setLimbs(RANGE, 0, 10n ** 38n);
setLimbs(RANGE, LIMBS, -(10n ** 38n));

/** Whether a value has at most 38 digits, as an Avro decimal(38, 18) and ClickHouse's Decimal(38, 18). */
export const isDecimal38 = (from: Float64Array, at: number): boolean =>
  compareLimbs(from, at, RANGE, 0) < 0 && compareLimbs(from, at, RANGE, LIMBS) > 0;

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareLimbs(a: Float64Array, i: number, b: Float64Array, j: number): number {
  const high = a[i]! - b[j]!;
  if (high !== 0) return high;
  const middle = a[i + 1]! - b[j + 1]!;
  return middle !== 0 ? middle : a[i + 2]! - b[j + 2]!;
}

const WORD = 2 ** 32;
const NEXT_BITS = 2 ** 20;

/** Bits 32·`word` to 32·`word` + 31 of a value of at most 128 bits, as two's complement has them: a 32-bit integer. */
export function wordOf(from: Float64Array, at: number, word: number): number {
  const middle = from[at + 1]!;
  const low = from[at + 2]!;
  if (word === 0) return low | 0;
  if (word === 1) return (Math.floor(low / WORD) + (middle % NEXT_BITS) * 4096) | 0;
  if (word === 2) return Math.floor(middle / NEXT_BITS) | (from[at]! << 24) | 0;
  return Math.floor(from[at]! / 256) | 0;
}

/** A value of 128 bits from its words, the lowest first: 32-bit integers, signed or not. */
export function setWords(
  to: Float64Array,
  at: number,
  first: number,
  second: number,
  third: number,
  fourth: number,
): void {
  to[at + 2] = (first >>> 0) + (second & 4095) * WORD;
  to[at + 1] = (second >>> 12) + (third & 0xffffff) * NEXT_BITS;
  to[at] = (third >>> 24) + (fourth | 0) * 256;
}
