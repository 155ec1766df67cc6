import { mainThreadCpuSeconds } from './thread-cpu';

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

export interface Timed<T> {
  readonly result: T;
  readonly seconds: number;
  /** Of all threads of the process. */
  readonly cpuSeconds: number;
  /** Of the tasks' thread alone; NaN where the system does not tell. */
  readonly mainCpuSeconds: number;
}

/** Wall and CPU seconds of a piece of work. */
export async function timed<T>(work: () => Promise<T> | T): Promise<Timed<T>> {
  const cpu = process.cpuUsage();
  const mainCpu = mainThreadCpuSeconds() ?? Number.NaN;
  const start = process.hrtime.bigint();
  const result = await work();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  const mainCpuSeconds = (mainThreadCpuSeconds() ?? Number.NaN) - mainCpu;
  return { result, seconds, cpuSeconds: (user + system) / 1e6, mainCpuSeconds };
}

/** The value below which a share of the samples lies. Sorts them. */
export function quantile(samples: Float64Array | number[], share: number): number {
  const sorted = Float64Array.from(samples).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
