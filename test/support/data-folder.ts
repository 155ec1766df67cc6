/** Published data that tests use where it is there: `BREAKWATER_DATA`, or `../shared/data` beside the repository. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where a data file is, and why its tests are skipped if it is not. */
export function dataFile(path: string): { readonly file: string; readonly missing: string | undefined } {
  const file = join(resolve(process.env['BREAKWATER_DATA'] ?? '../shared/data'), path);
  return { file, missing: existsSync(file) ? undefined : `skipped: ${path} is not in BREAKWATER_DATA` };
}
