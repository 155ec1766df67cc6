/**
 * Chance that is counted instead of drawn: a number depends on (seed, stream, counter) alone, so that a simulation
 * resumes from a counter and no generator's state must be kept.
 *
 * Philox 2×32 with ten rounds: Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC11.
 */
const MULTIPLIER = 0xd256d193;
const WEYL = 0x9e3779b9;
const ROUNDS = 10;
const LOW_16 = 0xffff;

/** Two words of 32 bits. */
export function philox(key: number, low: number, high: number): readonly [number, number] {
  let left = low >>> 0;
  let right = high >>> 0;
  let round = key >>> 0;
  for (let index = 0; index < ROUNDS; index += 1) {
    const product = Math.imul(MULTIPLIER, left) >>> 0;
    const next = (highWord(MULTIPLIER, left) ^ round ^ right) >>> 0;
    right = product;
    left = next;
    round = (round + WEYL) >>> 0;
  }
  return [left, right];
}

/** The upper 32 bits of a 64-bit product, by halves so that every term is exact in a double. */
function highWord(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & LOW_16;
  const bHigh = b >>> 16;
  const bLow = b & LOW_16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = aLow * bHigh + (middle & LOW_16);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(cross / 65536)) >>> 0;
}

/** Chance for a seed. Streams keep decisions apart: what one of them asks does not move another. */
export class Chance {
  constructor(private readonly seed: number) {}

  /** Uniform in [0, 1). `stream` below 2¹⁶, `counter` below 2⁴⁸. */
  uniform(stream: number, counter: number): number {
    const high = stream * 65536 + Math.floor(counter / 4294967296);
    return philox(this.seed, counter, high)[0] / 4294967296;
  }

  /** A whole number from 0 to before `below`. */
  whole(stream: number, counter: number, below: number): number {
    return Math.floor(this.uniform(stream, counter) * below);
  }
}

/** Each kind of decision in the simulated market has its stream of chance. */
export const Stream = {
  Instrument: 0,
  Venue: 1,
  Side: 2,
  Walk: 3,
  Spread: 4,
  Withdraw: 5,
  Size: 6,
  Aggressor: 7,
  Account: 8,
  Lots: 9,
  Recent: 10,
  Suspect: 11,
} as const;
