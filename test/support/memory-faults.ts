/** What a log over a network does and a file does not, drawn from a seed. */

export interface Faults {
  /** Whether something that happens so often (0 to 1) happens now. */
  happens(often: number): boolean;
  /** 0 to before `end`. */
  below(end: number): number;
}

export const NO_FAULTS: Faults = { happens: () => false, below: () => 0 };

/** The same seed gives the same faults. */
export function faultsOf(seed: number): Faults {
  let state = seed >>> 0;
  // mulberry32, in the public domain.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { happens: (often) => next() < often, below: (end) => Math.floor(next() * end) };
}
