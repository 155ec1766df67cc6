/**
 * Bootstrap of a dual euro curve of thirty nodes, and again after one quote.
 *
 *   node dist/bench/pricing/curves.js
 *   QUANTLIB_PYTHON=/path/to/venv/bin/python node dist/bench/pricing/curves.js     compares values and speed as well
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildCurves, compileCurveGroup, rebuildCurves } from '../../pricing/curves/curve-group';
import { type InterpolationName, interpolationNames } from '../../pricing/curves/interpolation';
import { parJacobian } from '../../pricing/curves/par-jacobian';
import { certain, dualCurve, dualQuotes } from '../../test/pricing/support/dual-curve';

/** Median milliseconds of many runs. */
function median(runs: number, work: (run: number) => void): number {
  const times = Array.from({ length: runs }, (_, run) => {
    const start = process.hrtime.bigint();
    work(run);
    return Number(process.hrtime.bigint() - start) / 1e6;
  });
  return times.sort((a, b) => a - b)[runs >> 1]!;
}

function measure(name: InterpolationName): void {
  const runs = 60;
  const dates = median(runs, () => void certain(compileCurveGroup(dualCurve(name))));
  const group = certain(compileCurveGroup(dualCurve(name)));
  const build = median(
    runs,
    (run) => void certain(buildCurves(group, { ...dualQuotes, 'O-5Y': 0.025 + 1e-6 * run })),
  );
  const base = certain(buildCurves(group, dualQuotes));
  const after = (quote: string): number =>
    median(
      runs,
      (run) => void certain(rebuildCurves(base, { [quote]: dualQuotes[quote]! + 1e-6 * (run + 1) })),
    );
  const jacobian = median(
    runs,
    (run) => void certain(parJacobian(certain(rebuildCurves(base, { 'O-5Y': 0.024 + 1e-6 * run })))),
  );
  const nodes = group.blocks.reduce((sum, { size }) => sum + size, 0);
  const text = (value: number): string => value.toFixed(3).padStart(8);
  console.log(
    `${name.padEnd(28)} ${nodes} nodes: dates and terms ${text(dates)} ms, bootstrap ${text(build)} ms, after one swap quote ${text(after('S-10Y'))} ms, after one OIS quote ${text(after('O-5Y'))} ms, with Jacobian ${text(jacobian)} ms`,
  );
}

for (const name of interpolationNames) measure(name);

interface QuantLibAnswer {
  readonly version: string;
  readonly values: Readonly<Record<string, readonly number[]>>;
  /** Seconds. */
  readonly build: number;
  readonly moved: number;
}

/** The same quotes built by QuantLib in the same run: discount factors at every node, and its own times. */
function againstQuantLib(python: string): void {
  const set = certain(buildCurves(certain(compileCurveGroup(dualCurve())), dualQuotes));
  const days = Object.fromEntries(
    [...set.curves].map(([name, { times }]) => [name, Array.from(times, (time) => Math.round(time * 365))]),
  );
  const { stdout, stderr, status } = spawnSync(
    python,
    [join(process.cwd(), 'bench', 'pricing', 'quantlib-curves.py')],
    {
      input: JSON.stringify({ quotes: dualQuotes, days }),
    },
  );
  if (status !== 0) throw new Error(`QuantLib failed: ${stderr}`);
  const answer = JSON.parse(stdout.toString()) as QuantLibAnswer;
  for (const [name, curve] of set.curves) {
    const misses = answer.values[name]!.map((value, node) =>
      Math.abs(value - curve.discount(days[name]![node]! / 365)),
    );
    console.log(
      `${name}: largest difference of ${misses.length} discount factors from QuantLib ${answer.version}: ${Math.max(...misses).toExponential(1)}`,
    );
  }
  console.log(
    `QuantLib: built ${(answer.build * 1e3).toFixed(2)} ms (dates included), after one OIS quote ${(answer.moved * 1e3).toFixed(2)} ms`,
  );
}

const python = process.env['QUANTLIB_PYTHON'];
if (python) againstQuantLib(python);
