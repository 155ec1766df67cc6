/** What a folder changes is written once, with who and why, beside a running job as on a stopped folder. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Access, TailRecord } from '../../../app/access';
import { type Folder, openFolder } from '../../../app/folder';
import { FolderAccess } from '../../../app/folder-access';
import { changesTo, leftAlone } from '../../../app/reference/changes';
import { writeLoad } from '../../../app/reference/load';
import { showLines, showName } from '../../../app/reference/show';
import { storedReference } from '../../../app/reference/stored';
import { changeLine } from '../../../app/reference/tell';
import { runCommand, startCommand } from '../../support/command-line';
import { memoryFolder } from '../../support/memory-folder';
import { temporaryFolder } from '../../support/temporary-folder';
import { testClock } from '../../support/test-clock';
import { folderOf, NOW, rowsOf } from './folder';

const INSTRUMENTS = 'name,kind,currency,multiplier,validFrom';
const FUTURE = 'F,Index,USD,50,';
const MENDED = 'F,Index,USD,5,2026-03-02T00:00:00Z';
const MARCH = Date.parse('2026-03-02T00:00:00Z') * 1000;
const instruments = (...rows: readonly string[]) => ({ 'instruments.csv': [INSTRUMENTS, ...rows] });
const { signal } = new AbortController();

describe('on a stopped folder', () => {
  const dir = memoryFolder();
  let folder: Folder;
  let access: Access;

  beforeAll(async () => {
    folder = await openFolder({ dir: join(dir, 'data'), quotaBytes: 2 ** 28, clock: testClock });
    access = new FolderAccess({
      folder,
      now: () => NOW,
      query: async function* () {},
      check: () => Promise.reject(new Error('not asked')),
      skip: () => Promise.resolve(),
      knows: () => false,
      close: () => Promise.resolve(),
    });
  });
  afterAll(() => folder.close());

  async function changes(changed: Record<string, readonly string[]>) {
    const stored = await storedReference(access, signal);
    const rows = await rowsOf(changed);
    return { stored, rows, changes: changesTo(rows, stored.rows), left: leftAlone(rows, stored.rows) };
  }

  async function load(changed: Record<string, readonly string[]>, by: string, why: string): Promise<number> {
    const { stored, changes: all } = await changes(changed);
    if (all.length > 0) await writeLoad({ access, changes: all, stored, by, why, now: NOW });
    return all.length;
  }

  async function recordsOf(topic: string): Promise<readonly TailRecord['record'][]> {
    const found: TailRecord['record'][] = [];
    const request = { topic, partition: 0, from: 'start', follow: false } as const;
    for await (const records of access.tail(request, signal))
      found.push(...records.map(({ record }) => record));
    return found;
  }

  test('a load writes what has changed, with its number, who and why; the same again writes nothing', async () => {
    expect(await load(instruments(FUTURE), 'ada', 'the beginning')).toBeGreaterThan(15);
    expect(await load(instruments(FUTURE), 'ada', 'the beginning')).toBe(0);
    expect((await changes(instruments(FUTURE, MENDED))).changes.map(changeLine)).toEqual([
      '+ instrument F from 2026-03-02T00:00:00Z',
    ]);
    expect(await load(instruments(FUTURE, MENDED), 'grace', 'contract size changed')).toBe(1);
    expect(await recordsOf('reference.instruments')).toMatchObject([
      { multiplier: '50', version: 1, changedBy: 'ada', why: 'the beginning' },
      { multiplier: '5', version: 2, changedBy: 'grace', why: 'contract size changed' },
    ]);
    expect(await recordsOf('reference.versions')).toMatchObject([
      { version: 1, changedBy: 'ada', why: 'the beginning' },
      { version: 2, changedBy: 'grace', rows: 1 },
    ]);
  });

  test('what holds of a name is shown as of a time; a name that is not there with the nearest', async () => {
    const { rows } = await storedReference(access, signal);
    const multiplierAt = (time: number) => showName(rows, 'F', time)[0]!.holds?.['multiplier'];
    expect([MARCH - 1, MARCH].map(multiplierAt)).toEqual(['50', '5']);
    // One version ends where the next begins; the last has no end, and that is said.
    expect(showLines(showName(rows, 'F', MARCH), MARCH).slice(-3)).toEqual([
      '  versions:',
      '  since ever until 2026-03-02T00:00:00Z  (load 1)',
      '  from 2026-03-02T00:00:00Z until further notice  (load 2)',
    ]);
    expect(showLines(showName(rows, 'ALPHA', NOW), NOW).at(-1)).toBe(
      '  since ever until further notice  (load 1)',
    );
    expect(() => showName(rows, 'AHPLA', NOW)).toThrow('the nearest is "ALPHA"');
  });

  test('what is stored and in no file stays, and is told', async () => {
    const { changes: none, left } = await changes(instruments(FUTURE));
    expect(none).toEqual([]);
    expect(left.map(({ subject, shown }) => [subject, shown['multiplier']])).toEqual([['F', '5']]);
  });

  test('a mended field is told before and after', async () => {
    const mended = {
      ...instruments(FUTURE, MENDED),
      'books.csv': ['name,parent,markSide', 'Cash,Equities,Mid'],
    };
    expect((await changes(mended)).changes.map(changeLine)).toEqual([
      '~ scope Cash: markSide Inherited → Mid',
    ]);
  });

  test('of two loads at once the later is refused, and nothing of it is written', async () => {
    const one = await changes(instruments(FUTURE, MENDED, 'ONE,Index,USD,1,'));
    const other = await changes(instruments(FUTURE, MENDED, 'OTHER,Index,USD,1,'));
    const write = ({ stored, changes: all }: typeof one) =>
      writeLoad({ access, changes: all, stored, by: 'a', why: 'b', now: NOW });
    const ended = await Promise.allSettled([write(one), write(other)]);
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await recordsOf('reference.versions')).toHaveLength(3);
    expect(await recordsOf('reference.instruments')).toHaveLength(3);
  });
});

const place = temporaryFolder();

test('the command refuses a folder whole, makes nothing, and loads beside a running job through its socket', async () => {
  const at = (name: string): string => join(place, name);
  const config = at('breakwater.json');
  writeFileSync(config, JSON.stringify({ clickhouse: { enabled: false }, http: { enabled: false } }));
  const there = ['--config', config, '--dir', at('data')];
  const wrong = folderOf(instruments(FUTURE, 'G,Index,UDS,1,', 'H,Index,USD,-1,'));
  const refused = await runCommand(['reference', 'load', wrong, '--why', 'no', ...there]);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toMatch(
    /instruments.csv, row 3, field "currency"[\s\S]*row 4, field "multiplier"[\s\S]*2 mistakes in reference data. Nothing was loaded/,
  );
  expect(existsSync(at('data'))).toBe(false);

  const job = startCommand(['start', '--no-simulator', '--for', '60s', ...there]);
  await job.said('epoch 0');
  const checked = await runCommand(['check', ...there]);
  const args = ['load', folderOf(instruments(FUTURE)), '--by', 'ada', '--why', 'new', '--json', ...there];
  const loaded = await runCommand(['reference', ...args]);
  job.child.kill('SIGTERM');
  await job.finished;
  expect(loaded).toMatchObject({ code: 0, stderr: '' });
  expect(checked.stdout).toContain('accounts and venues: not listed, names are allotted');
  expect(JSON.parse(loaded.stdout)).toMatchObject({ version: 1, changed: 0, by: 'ada', why: 'new' });
  const shown = await runCommand(['reference', 'show', 'F', ...there]);
  expect(shown.stdout).toMatch(
    /multiplier +50\n[\s\S]*changedBy +ada\n +why +new\n +versions:\n +since ever until further notice/,
  );
});
