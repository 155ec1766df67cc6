/**
 * Sums of doubles, by number, that do not depend on the order in which terms came and went: each term is rounded to a
 * multiple of 2⁻³², and the sum of those is exact, whatever its size. So a sum that was kept for a year is, to the last bit,
 * the sum that a restore works out anew, also after a price of 10³⁰⁰ was taken back.
 *
 * Whole units and fractions are summed apart, as integers that doubles hold exactly. The few sums that leave 2⁵¹
 * keep what lies beyond in a bigint until it is nought again. Terms that are infinite or no numbers are counted, and the sum is then
 * what IEEE 754 says of them.
 */
import { grown } from '../stream/marker';

const FRACTION = 2 ** 32;
const FRACTION_BITS = 32n;
/** Sums and terms below it are counted in doubles: two of them and a sum are integers that doubles hold. */
const SAFE = 2 ** 51;
/** Doubles end below 2¹⁰²⁴: what has more bits is rounded by hand. */
const WIDE = 2n ** 1_000n;
const SPARE_BITS = 128n;

interface Beyond {
  readonly whole: bigint;
  readonly plusInfinities: number;
  readonly minusInfinities: number;
  readonly notNumbers: number;
}

const NOTHING: Beyond = { whole: 0n, plusInfinities: 0, minusInfinities: 0, notNumbers: 0 };

export class FixedSums {
  /** For each sum, whole units and fractions: side by side, in one line of the cache. */
  private cells = new Float64Array(128);
  private readonly beyond = new Map<number, Beyond>();

  add(at: number, term: number): void {
    this.replace(at, 0, term);
  }

  /** Takes back a term that was added. */
  subtract(at: number, term: number): void {
    this.replace(at, term, 0);
  }

  /** Takes back one term and adds another. */
  replace(at: number, before: number, after: number): void {
    const cell = 2 * at;
    if (cell >= this.cells.length) this.reserve(at);
    const { cells } = this;
    const gone = Math.trunc(before);
    const come = Math.trunc(after);
    const whole = cells[cell]! - gone + come;
    const fraction = cells[cell + 1]! - partsOf(before, gone) + partsOf(after, come);
    // False for what is infinite or no number, too.
    if (gone < SAFE && gone > -SAFE && come < SAFE && come > -SAFE && isSafe(whole) && isSafe(fraction)) {
      cells[cell] = whole;
      cells[cell + 1] = fraction;
    } else {
      this.mergeBeyond(at, termOf(before), -1);
      this.mergeBeyond(at, termOf(after), 1);
    }
  }

  /** Adds another sum, exactly; with a sign of −1 takes it back. */
  merge(at: number, other: number, sign: 1 | -1): void {
    this.reserve(Math.max(at, other));
    const { whole, ...rest } = this.beyond.get(other) ?? NOTHING;
    const units = BigInt(this.cells[2 * other]!);
    this.mergeBeyond(at, { ...rest, whole: whole + units, parts: this.cells[2 * other + 1]! }, sign);
  }

  /** The sum, rounded to the nearest double. */
  value(at: number): number {
    if (2 * at >= this.cells.length) return 0;
    const whole = this.cells[2 * at]!;
    const fraction = this.cells[2 * at + 1]!;
    const beyond = this.beyond.size === 0 ? undefined : this.beyond.get(at);
    // Both are exact, and their sum rounds once.
    return beyond === undefined ? whole + fraction / FRACTION : roundedSum(beyond, whole, fraction);
  }

  private mergeBeyond(at: number, other: Beyond & { readonly parts: number }, sign: 1 | -1): void {
    const own = this.beyond.get(at) ?? NOTHING;
    const [cell, times] = [2 * at, BigInt(sign)];
    const fraction = this.cells[cell + 1]! + sign * other.parts;
    const carried = Math.trunc(fraction / FRACTION);
    this.cells[cell + 1] = fraction - carried * FRACTION;
    const whole = own.whole + BigInt(this.cells[cell]!) + BigInt(carried) + times * other.whole;
    const plusInfinities = own.plusInfinities + sign * other.plusInfinities;
    const minusInfinities = own.minusInfinities + sign * other.minusInfinities;
    const notNumbers = own.notNumbers + sign * other.notNumbers;
    const isOrdinary = plusInfinities === 0 && minusInfinities === 0 && notNumbers === 0;
    if (isOrdinary && isSafe(Number(whole))) {
      this.beyond.delete(at);
      this.cells[cell] = Number(whole);
      return;
    }
    this.beyond.set(at, { whole, plusInfinities, minusInfinities, notNumbers });
    this.cells[cell] = 0;
  }

  private reserve(at: number): void {
    if (2 * at + 1 >= this.cells.length) this.cells = grown(this.cells, 2 * at + 1, 0);
  }
}

const isSafe = (sum: number): boolean => sum < SAFE && sum > -SAFE;

const partsOf = (term: number, units: number): number => Math.round((term - units) * FRACTION);

function termOf(term: number): Beyond & { readonly parts: number } {
  if (Number.isNaN(term)) return { ...NOTHING, parts: 0, notNumbers: 1 };
  if (term === Number.POSITIVE_INFINITY) return { ...NOTHING, parts: 0, plusInfinities: 1 };
  if (term === Number.NEGATIVE_INFINITY) return { ...NOTHING, parts: 0, minusInfinities: 1 };
  const units = Math.trunc(term);
  return { ...NOTHING, whole: BigInt(units), parts: partsOf(term, units) };
}

function roundedSum(beyond: Beyond, whole: number, fraction: number): number {
  const { plusInfinities, minusInfinities, notNumbers } = beyond;
  if (notNumbers !== 0 || (plusInfinities !== 0 && minusInfinities !== 0)) return Number.NaN;
  if (plusInfinities !== 0) return Number.POSITIVE_INFINITY;
  if (minusInfinities !== 0) return Number.NEGATIVE_INFINITY;
  const total = ((beyond.whole + BigInt(whole)) << FRACTION_BITS) + BigInt(fraction);
  if (total < WIDE && total > -WIDE) return Number(total) / FRACTION;
  // The lowest bit that stays says whether anything was cut off, so that rounding is as of the whole.
  const magnitude = total < 0n ? -total : total;
  const kept = magnitude >> SPARE_BITS;
  const rounded = Number(kept << SPARE_BITS === magnitude ? kept : kept | 1n) * 2 ** 96;
  return total < 0n ? -rounded : rounded;
}
