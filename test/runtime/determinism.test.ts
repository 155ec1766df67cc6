import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const run = (env: Readonly<Record<string, string>>): string =>
  execFileSync(process.execPath, [join(__dirname, 'determinism-child.js')], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  }).trim();

test('law 7 determinism: the same bytes in any time zone and locale', () => {
  const here = run({ TZ: 'UTC', LC_ALL: 'C' });

  expect(Number(here.split(' ')[0])).toBeGreaterThan(1_000);
  expect(run({ TZ: 'Asia/Kathmandu', LC_ALL: 'de_DE.UTF-8' })).toBe(here);
  expect(run({ TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8' })).toBe(here);
});
