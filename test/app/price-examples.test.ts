/** The example requests, each through the command as a reader would run it, in every form of output. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { csvFields } from '../../sources/csv-fields';
import { root, runCommand } from '../support/command-line';

const folder = join(root, 'examples', 'pricing', 'requests');
/** Not requests of their own: what `book.csv` is priced with. */
const parts = ['models.json', 'markets.json'];
const requests = readdirSync(folder).filter((name) => name.endsWith('.json') && !parts.includes(name));

test.each(requests)('%s is priced to its last row', async (name) => {
  const { code, stdout, stderr } = await runCommand(['price', join(folder, name), '--json', '--explain']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const answer of answers) {
    expect(Number.isFinite(answer.value)).toBe(true);
    expect(answer.explain.length).toBeGreaterThan(0);
    for (const greek of Object.values(
      answer.greeks as Record<string, { value: number; convention: string }>,
    )) {
      expect(Number.isFinite(greek.value)).toBe(true);
      expect(greek.convention.length).toBeGreaterThan(3);
    }
  }
});

const csv = [
  'price',
  join(folder, 'book.csv'),
  '--models',
  join(folder, 'models.json'),
  '--markets',
  join(folder, 'markets.json'),
];
const at = ['--valuation', '2026-01-15T00:00:00Z'];

test('a CSV book gives a CSV table: one header, the value of each row first, then its Greeks', async () => {
  const { code, stdout } = await runCommand([...csv, ...at, '--csv']);
  expect(code).toBe(0);
  const [header, ...lines] = stdout
    .trimEnd()
    .split('\r\n')
    .map((line) => csvFields(line)!);
  expect(header).toEqual(['row', 'id', 'product', 'model', 'measure', 'value', 'error', 'convention']);
  for (const line of lines) expect(line).toHaveLength(header!.length);
  const values = lines.filter(([, , , , measure]) => measure === 'value');
  expect(values.map(([row, id]) => `${row} ${id}`)).toEqual([
    '1 c105',
    '2 p95',
    '3 c110 desk',
    '4 own model',
    '5 payer 5Y',
    '6 receiver 10Y',
  ]);
  const json = await runCommand([...csv, ...at, '--json']);
  const answers = json.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(values.map(([, , , , , value]) => Number(value))).toEqual(answers.map(({ value }) => value));
  const vega = lines.find(([row, , , , measure]) => row === '3' && measure === 'vega');
  expect(vega).toEqual([
    '3',
    'c110 desk',
    'vanilla',
    'black-scholes',
    'vega',
    String(answers[2].greeks.vega.value),
    '',
    'per 0.01 of volatility',
  ]);
});

test('a row that fails is on standard error with row and field, not in the table; the exit code is 1', async () => {
  const { code, stdout, stderr } = await runCommand([...csv.slice(0, 2), ...at, '--csv']);
  expect(code).toBe(1);
  expect(stderr).toContain('row 1 (c105), field model: model is "flat": the request has none');
  expect(stdout.split('\r\n').filter((line) => line.includes(',value,'))).toEqual([
    'row,id,product,model,measure,value,error,convention',
    expect.stringMatching(/^4,own model,/),
  ]);
});

test('units of Greeks on the command line', async () => {
  const { stdout } = await runCommand([
    ...csv,
    ...at,
    '--greeks',
    'vega=per-point,rho=per-basis-point',
    '--json',
  ]);
  const [first] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(first.greeks.vega.convention).toBe('per 0.01 of volatility');
  expect(first.greeks.rho.convention).toContain('per 0.0001 of');
});

test.each([
  [['--csv', '--json'], 'cannot be used with'],
  [['--csv', '--explain'], 'cannot be used with'],
])('%j is refused', async (flags, message) => {
  const { code, stderr } = await runCommand([...csv, ...at, ...flags]);
  expect(code).not.toBe(0);
  expect(stderr).toContain(message);
});
