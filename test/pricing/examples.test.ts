/** The library's examples run as they stand, each in a process of its own. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '..', '..', '..');
const folder = join(root, 'dist', 'examples', 'pricing');
const run = promisify(execFile);

/** What each example must say, so that one which prints nothing does not pass. */
const said: Readonly<Record<string, RegExp>> = {
  'autocall-on-threads.js': /the same bits on one thread: true/,
  'curve-rebuild.js':
    /built: 3 rows, -?\d+, -?\d+, -?\d+[\s\S]*without the quote of ten years: \d rows, -?\d+, -?\d+, curve-node-missing[\s\S]*a day later, forwards come true: -?\d+/,
  'heston-calibration.js': /error 0\.\d+ points over 21 quotes/,
  'live-book.js':
    /without a yield: 27 rows, row 0 yield-missing: NaN[\s\S]*a quote of the first expiry: 9 rows, row 0 priced[\s\S]*a listing: 1 rows[\s\S]*row 0 expired/,
  'live-surface.js': /version 2: rebuilt 0\.55y\ncalendar arbitrage between 0\.5y and 0\.55y/,
  'scenarios-and-explain.js':
    /spot -10 %, volatility -0\.05: -?\d+\.\d\d\n[\s\S]*value at risk \d+\.\d\d, from day \d to day \d[\s\S]*delta: \d[\s\S]*explained to the last digit/,
  'one-option-five-models.js': /local-volatility: \d+\.\d+ ±/,
};

test('every example has its expectation here', () => {
  expect(
    readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .sort(),
  ).toEqual(Object.keys(said).sort());
});

test('examples speak to the library through its public indices alone', () => {
  const sources = join(root, 'examples', 'pricing');
  for (const name of readdirSync(sources).filter((file) => file.endsWith('.ts'))) {
    const text = readFileSync(join(sources, name), 'utf8');
    const imports = [...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from);
    for (const from of imports.filter((each) => each!.startsWith('.')))
      expect(`${name}: ${from}`).toMatch(/: \.\.\/\.\.\/pricing\/[a-z]+$/);
  }
});

test.each(Object.keys(said))('%s', async (name) => {
  const { stdout, stderr } = await run(process.execPath, [join(folder, name)], { cwd: root });
  expect(stderr).toBe('');
  expect(stdout).toMatch(said[name]!);
});
