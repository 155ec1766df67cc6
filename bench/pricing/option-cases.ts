/** Options of the benches: drawn from one seed, so that every run and every library prices the same. */
export interface OptionCase {
  readonly right: 'call' | 'put';
  readonly strike: number;
  readonly days: number;
  readonly spot: number;
  readonly rate: number;
  readonly dividend: number;
  readonly volatility: number;
}

/** The minimal standard generator of Park and Miller: enough for drawing cases. */
export const drawn = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

const DAYS = [7, 30, 60, 91, 182, 273, 365, 547, 730, 1095];

export const optionCases = (count: number, seed = 1): readonly OptionCase[] => {
  const next = drawn(seed);
  return Array.from({ length: count }, () => ({
    right: next() < 0.5 ? ('call' as const) : ('put' as const),
    strike: Math.round(100 * Math.exp(next() - 0.5)),
    days: DAYS[Math.floor(next() * DAYS.length)]!,
    spot: 100,
    rate: Math.round(1 + next() * 99) / 1000,
    dividend: Math.round(next() * 100) / 1000,
    volatility: 0.1 + Math.round(next() * 700) / 1000,
  }));
};

/** Seconds of the fastest of several runs: on a shared machine the others measure the neighbours. */
export const fastest = (runs: number, work: () => void): number => {
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = process.hrtime.bigint();
    work();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e9);
  }
  return best;
};

/** Processor seconds of the cheapest of several runs: what a core of one's own would take, caches apart. */
export const cheapest = (runs: number, work: () => void): number => {
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1e6);
  }
  return best;
};

/** One line of a result: name, figure, unit. */
export const report = (name: string, figure: number, unit: string): void => {
  console.log(`${name.padEnd(64)} ${figure.toPrecision(4).padStart(10)} ${unit}`);
};
