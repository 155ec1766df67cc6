/** Exact sums of integers in limbs, by number: of money, which no order of terms may change. */

import { grown } from '../stream/marker';
import { add, subtract } from '../wire/exact';
import { copyLimbs, LIMBS } from '../wire/limbs';

/** Sums have 130 bits and a sign, of which a decimal of 38 digits takes 127. */
const HIGH_MAX = 2 ** 42;

export class ExactSums {
  private cells = new Float64Array(64 * LIMBS);

  /** Adds the integer at `index` of `from`. Throws a RangeError beyond 130 bits, and the sum is then of no use. */
  add(at: number, from: Float64Array, index: number): void {
    this.reserve(at);
    add(this.cells, at * LIMBS, this.cells, at * LIMBS, from, index);
    this.check(at);
  }

  /** Takes back an integer that was added. */
  subtract(at: number, from: Float64Array, index: number): void {
    this.reserve(at);
    subtract(this.cells, at * LIMBS, this.cells, at * LIMBS, from, index);
    this.check(at);
  }

  /** Adds another sum; with a sign of −1 takes it back. */
  merge(at: number, other: number, sign: 1 | -1): void {
    this.reserve(Math.max(at, other));
    if (sign === 1) this.add(at, this.cells, other * LIMBS);
    else this.subtract(at, this.cells, other * LIMBS);
  }

  /** Writes a sum to where it is wanted. */
  copy(to: Float64Array, index: number, at: number): void {
    this.reserve(at);
    copyLimbs(to, index, this.cells, at * LIMBS);
  }

  private check(at: number): void {
    const high = this.cells[at * LIMBS]!;
    if (high < HIGH_MAX && high >= -HIGH_MAX) return;
    throw new RangeError('an exact sum of more than 130 bits. Refuse such amounts where they are read.');
  }

  private reserve(at: number): void {
    if ((at + 1) * LIMBS > this.cells.length) this.cells = grown(this.cells, (at + 1) * LIMBS - 1, 0);
  }
}
