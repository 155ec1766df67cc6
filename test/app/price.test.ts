/** `breakwater price` as people and scripts use it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const flat = { model: 'black-scholes', spot: 100, rate: 0.03, dividend: 0.01, volatility: 0.25 };
const valuation = '2026-01-15T16:00:00Z';
const row = { id: 'c1', product: 'vanilla', model: 'flat', right: 'call', strike: 105, expiry: '2027-01-15' };
const json = (text: string): readonly Record<string, unknown>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

beforeAll(() => {
  writeFileSync(at('book.json'), JSON.stringify({ valuation, models: { flat }, products: [row] }));
  writeFileSync(at('models.json'), JSON.stringify({ flat }));
  writeFileSync(at('book.ndjson'), `${JSON.stringify(row)}\n`);
  writeFileSync(
    at('book.csv'),
    `${Object.keys(row)}\n${Object.values(row)}\nc2,vanilla,flat,put,abc,2027-01-15\n`,
  );
});

test('the same product in JSON, NDJSON and CSV has the same value', async () => {
  const whole = await runCommand(['price', at('book.json'), '--json']);
  expect(whole).toMatchObject({ code: 0, stderr: '' });
  const [answer] = json(whole.stdout);
  expect(answer).toMatchObject({ row: 1, id: 'c1', product: 'vanilla', model: 'black-scholes' });
  const more = ['--models', at('models.json'), '--valuation', valuation, '--json'];
  const lines = await runCommand(['price', at('book.ndjson'), ...more]);
  expect(json(lines.stdout)).toEqual([answer]);
  const table = await runCommand(['price', at('book.csv'), ...more]);
  expect(json(table.stdout)[0]).toEqual(answer);
  // The other row of the CSV file is named with row and field, and decides the exit code.
  expect(table.code).toBe(1);
  expect(table.stderr).toContain('row 2 (c2), field strike: strike is "abc"');
});

test('for people: value, Greeks with conventions, and with --explain the working', async () => {
  const { stdout } = await runCommand(['price', at('book.json'), '--explain']);
  expect(stdout).toMatch(/^c1 {2}vanilla under black-scholes: \d+\.\d+/);
  expect(stdout).toContain('per 1.00 of volatility');
  expect(stdout).toContain('· forward:');
  expect(stdout).not.toContain('\u001b');
});

test.each([
  [['price', '-'], 'needs --format'],
  [['price', at('missing.json')], 'cannot be read (ENOENT)'],
  [['price', at('book.ndjson'), '--models', at('models.json')], 'no valuation time'],
])('%j is a wrong command line: %s', async (args, message) => {
  const { code, stderr } = await runCommand(args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test('--validate prints the report of every model', async () => {
  const { code, stdout } = await runCommand(['price', '--validate', '--json']);
  expect(code).toBe(0);
  const reports = json(stdout);
  expect(reports.map(({ model }) => model)).toContain('heston');
  for (const report of reports) expect(report['passed']).toBe(true);
});

test('--schema names the fields of products and models', async () => {
  const { stdout } = await runCommand(['price', '--schema']);
  expect(stdout).toContain('product vanilla');
  expect(stdout).toContain('model heston');
  expect(stdout).toContain('instrument basis-swap');
});
