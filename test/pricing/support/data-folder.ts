/** Published data for tests: optional, found through `BREAKWATER_DATA`, skipped by name where absent. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

export const dataFolder = (): string => resolve(process.env['BREAKWATER_DATA'] ?? '../shared/data');

export const dataPresent = (...path: readonly string[]): boolean => existsSync(join(dataFolder(), ...path));

/** A text file; one that ends in `.gz` is unpacked. */
export function dataText(...path: readonly string[]): string {
  const bytes = readFileSync(join(dataFolder(), ...path));
  return (path.at(-1)!.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Lines of a CSV file without quotes, split; comments and empty lines left out. */
export const dataRows = (...path: readonly string[]): readonly (readonly string[])[] =>
  dataText(...path)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').map((field) => field.trim()));

/** `describe`, or one skipped test with the reason in its name: what the body reads may not be there. */
export const withData = (...path: readonly string[]): ((name: string, body: () => void) => void) =>
  dataPresent(...path)
    ? describe
    : (name) => test.skip(`${name} (no ${path.join('/')} in BREAKWATER_DATA)`, () => undefined);
