/**
 * Philox 4×32-10, a random number generator without state: four 32-bit words are a function of a counter and a key
 * (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3, SC 2011). Any path's numbers can be made
 * by any thread in any order, which is why simulations answer the same bits however they are divided.
 */
const { imul } = Math;
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/** The upper 32 bits of a 32 × 32 bit product, by 16-bit halves that doubles hold exactly. */
function high(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (cross >>> 16)) >>> 0;
}

export interface PhiloxSeed {
  readonly low: number;
  readonly high: number;
}

/** A seed of up to 53 bits as a key. */
export const philoxSeed = (seed: number): PhiloxSeed => ({
  low: seed >>> 0,
  high: Math.floor(seed / 4294967296) >>> 0,
});

/** Replaces the four words of the counter by four random words, in place. */
export function philox(seed: PhiloxSeed, words: Uint32Array): void {
  let c0 = words[0]!;
  let c1 = words[1]!;
  let c2 = words[2]!;
  let c3 = words[3]!;
  let k0 = seed.low;
  let k1 = seed.high;
  for (let round = 0; round < 10; round++) {
    const h0 = high(M0, c0);
    const l0 = imul(M0, c0) >>> 0;
    const h1 = high(M1, c2);
    const l1 = imul(M1, c2) >>> 0;
    c0 = (h1 ^ c1 ^ k0) >>> 0;
    c1 = l1;
    c2 = (h0 ^ c3 ^ k1) >>> 0;
    c3 = l0;
    k0 = (k0 + W0) >>> 0;
    k1 = (k1 + W1) >>> 0;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}
