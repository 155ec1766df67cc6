/**
 * Bootstrap of a dual euro curve of thirty nodes, and again after one quote.
 *
 *   node dist/bench/pricing/curves.js
 */
import { buildCurves, compileCurveGroup, rebuildCurves } from '../../pricing/curves/curve-group.js';
import { type InterpolationName, interpolationNames } from '../../pricing/curves/interpolation.js';
import { parJacobian } from '../../pricing/curves/par-jacobian.js';
import { certain, dualCurve, dualQuotes } from '../../test/pricing/support/dual-curve.js';

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
