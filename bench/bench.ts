/** A bench is a value: what it measures, and the figures of one run. What is timed is what is shipped. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What was asked for, for example `≥ 10` in the same unit. */
  readonly target?: string;
}

export interface BenchRun {
  readonly figures: readonly Figure[];
  /** Sizes and settings, so that a figure can be read. */
  readonly setting: string;
}

export interface Bench {
  readonly name: string;
  readonly what: string;
  run(scale: number): Promise<BenchRun>;
}

/** Wall and CPU seconds of a piece of work; CPU is of all threads of the process. */
export async function timed<T>(
  work: () => Promise<T> | T,
): Promise<{ result: T; seconds: number; cpuSeconds: number }> {
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  const result = await work();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  return { result, seconds, cpuSeconds: (user + system) / 1e6 };
}

/** The value below which a share of the samples lies. Sorts them. */
export function quantile(samples: Float64Array | number[], share: number): number {
  const sorted = Float64Array.from(samples).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
