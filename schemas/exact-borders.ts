/**
 * The border from exact integers in limbs to the doubles of risk: the double that is nearest to the exact value.
 *
 * The quotient is worked out as two doubles with a bound of what they can be off. Where any value within that bound rounds to the
 * same double, that is it; where not (one in billions), bigints say.
 */
import { limbsToBigint, safeOf } from '../runtime/wire/limbs';
import { moneyToNumber, quantityToNumber } from './borders';

const LIMB = 2 ** 44;
/** Splits a double into two of half as many bits. */
const HALVES = 2 ** 27 + 1;
/** Of what was added and taken off; a few roundings of 2⁻⁵³ each. */
const BOUND = 2 ** -49;

/** Of a quantity, price or multiplier (scale 9). */
export function exactQuantityToNumber(from: Float64Array, at: number): number {
  const safe = safeOf(from, at);
  // Both are exact doubles, and one division rounds once.
  if (!Number.isNaN(safe)) return safe / 1e9;
  const found = quotient(from, at, 1e9);
  return Number.isNaN(found) ? quantityToNumber(limbsToBigint(from, at)) : found;
}

/** Of an amount of money (scale 18). */
export function exactMoneyToNumber(from: Float64Array, at: number): number {
  const safe = safeOf(from, at);
  if (!Number.isNaN(safe)) return safe / 1e18;
  const found = quotient(from, at, 1e18);
  return Number.isNaN(found) ? moneyToNumber(limbsToBigint(from, at)) : found;
}

/** The double nearest to value / divisor, or NaN where that cannot be said. */
function quotient(from: Float64Array, at: number, divisor: number): number {
  // The value as a sum of two doubles, exactly: high + low, but for what `low` rounds.
  const middle = from[at + 1]! * LIMB;
  const lower = middle + from[at + 2]!;
  const lowerRest = from[at + 2]! - (lower - middle);
  const top = from[at]! * LIMB * LIMB;
  const high = top + lower;
  const back = high - top;
  const low = top - (high - back) + (lower - back) + lowerRest;
  const first = high / divisor;
  // first · divisor as product + productRest, exactly.
  const product = first * divisor;
  const firstHigh = HALVES * first - (HALVES * first - first);
  const firstLow = first - firstHigh;
  const divisorHigh = HALVES * divisor - (HALVES * divisor - divisor);
  const divisorLow = divisor - divisorHigh;
  const productRest =
    firstLow * divisorLow -
    (product - firstHigh * divisorHigh - firstLow * divisorHigh - firstHigh * divisorLow);
  const difference = high - product;
  const second = (difference - productRest + low) / divisor;
  const bound = ((Math.abs(difference) + Math.abs(productRest) + Math.abs(low)) / divisor) * BOUND;
  const atMost = first + (second + bound);
  return atMost === first + (second - bound) ? atMost : Number.NaN;
}
