/** The optional folder of real data: tests that need it are skipped by name, with the reason, where it is not there. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = join(__dirname, '..', '..', '..');

export const dataFolder = resolve(root, process.env['BREAKWATER_DATA'] ?? join('..', 'shared', 'data'));

/** Why the files cannot be read here; undefined if they can. */
export function whyNoData(files: readonly string[]): string | undefined {
  const missing = files.find((file) => !existsSync(join(dataFolder, file)));
  if (missing !== undefined) return `no ${missing} in ${dataFolder}: set BREAKWATER_DATA`;
  const needsXz = files.some((file) => file.endsWith('.xz'));
  return needsXz && spawnSync('xz', ['--version']).status !== 0 ? 'the program xz is not here' : undefined;
}
