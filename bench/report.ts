/** Runs benches and tells their figures: lines for people, JSON lines for programs. */
import { cpus } from 'node:os';
import type { Bench } from './bench';

export interface ReportOptions {
  /** Factor on the amount of work: 1 is what RESULTS.md holds. */
  readonly scale: number;
  readonly json: boolean;
  readonly print: (line: string) => void;
}

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, ${process.platform}`;

export async function runBenches(
  benches: readonly Bench[],
  { scale, json, print }: ReportOptions,
): Promise<void> {
  if (!json) print(machine());
  for (const bench of benches) {
    const { figures, setting } = await bench.run(scale);
    if (json) {
      print(
        JSON.stringify({ bench: bench.name, what: bench.what, setting, machine: machine(), scale, figures }),
      );
      continue;
    }
    print(`\n${bench.name}: ${bench.what}\n  ${setting}`);
    for (const { name, value, unit, target } of figures) {
      print(
        `  ${name.padEnd(40)} ${format(value).padStart(12)} ${unit}${target ? `   (target ${target})` : ''}`,
      );
    }
  }
}

const format = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
