import { readFileSync } from 'node:fs';
import type { CurveSetCase } from './curve-set';
import { dataPresent } from './data-folder';

/** One test a set: it fits, and the page says of it what is measured. */
export function judgeSets(cases: readonly CurveSetCase[]): void {
  const page = readFileSync('docs/CURVE_SETS.md', 'utf8');
  for (const { name, path, measure } of cases) {
    const present = dataPresent(...path);
    const run = present ? test : test.skip;
    run(present ? name : `${name} (skipped: no ${path.join('/')} in BREAKWATER_DATA)`, () => {
      const { curves, instruments, worst, unit, left } = measure();
      // Smiles are fitted, not interpolated: a few basis points a year of misfit is what SABR leaves.
      expect(worst).toBeLessThan(unit === undefined ? 1e-9 : 1e-3);
      expect(page).toContain(`| ${name} | ${curves} | ${instruments} |`);
      for (const reason of left) expect(page).toContain(reason);
    });
  }
}
