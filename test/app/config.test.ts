/** What the configuration says of how long tables keep, and what it is not let say. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, loadConfig } from '../../app/config';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();

function read(retentionDays: unknown): Config {
  const file = join(folder, 'breakwater.json');
  writeFileSync(file, JSON.stringify({ clickhouse: { retentionDays } }));
  return loadConfig({ file, cwd: folder });
}

test('days are told by table; what is not named is kept', () => {
  expect(read({ quotes: 30, pnl: 90 }).clickhouse.retentionDays).toEqual({ quotes: 30, pnl: 90 });
  expect(read({}).clickhouse.retentionDays).toEqual({});
});

test.each([
  [{ quotes: 0 }],
  [{ quotes: -1 }],
  [{ quotes: 1.5 }],
  [{ quotes: '30' }],
  [{ quotes: 1e9 }],
  [{ quotes: null }],
  // No such table, and two that history is read by.
  [{ quote: 30 }],
  [{ names: 30 }],
  [{ instruments: 30 }],
  [30],
])('%j is refused, with its path', (retentionDays) => {
  expect(() => read(retentionDays)).toThrow(/retentionDays/);
});
