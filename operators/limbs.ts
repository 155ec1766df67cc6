/** Exact integers in three columns of a numbered table: 43 bits in each of the lower two, the sign in the highest. */

const LIMB_BITS = 43n;
const LIMB = (1n << LIMB_BITS) - 1n;

/** What holds the limbs of one number for each slot. */
export interface LimbColumns {
  readonly high: Float64Array;
  readonly middle: Float64Array;
  readonly low: Float64Array;
}

export function readLimbs({ high, middle, low }: LimbColumns, slot: number): bigint {
  const upper = (BigInt(high[slot]!) << LIMB_BITS) | BigInt(middle[slot]!);
  return (upper << LIMB_BITS) | BigInt(low[slot]!);
}

export function writeLimbs({ high, middle, low }: LimbColumns, slot: number, value: bigint): void {
  high[slot] = Number(value >> (2n * LIMB_BITS));
  middle[slot] = Number((value >> LIMB_BITS) & LIMB);
  low[slot] = Number(value & LIMB);
}
