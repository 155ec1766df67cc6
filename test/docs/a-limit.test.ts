/** The page on limits can be followed by hand: its files give what it says. */
import { join } from 'node:path';
import { root, runCommand } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();

test('the files of docs/examples/a-limit breach a limit and end the excursion', async () => {
  const place = ['--dir', join(folder, 'a-limit')];
  const manifest = join(root, 'docs', 'examples', 'a-limit', 'manifest.json');
  expect(await runCommand(['replay', manifest, '--no-clickhouse', ...place])).toMatchObject({ code: 0 });
  const { stdout } = await runCommand(['tail', 'risk.breaches', '--from', 'start', '--json', ...place]);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).record),
  ).toMatchObject([
    { limit: 'ARB-1 net', phase: 'Breached', before: 7000, after: 11200, cause: 'Fill' },
    { limit: 'ARB-1 net', phase: 'Ended', before: 11200, after: 6400, cause: 'Price' },
  ]);
});
