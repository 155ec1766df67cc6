/** What docs/PRICING.md shows is true as it stands there: its requests are priced, its command lines have the options that are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFailed } from '../../pricing/request';
import type { PlainRow } from '../../pricing/request/fields';
import { answers } from '../pricing/support/rows';
import { root, runCommand } from '../support/command-line';

const page = readFileSync(join(root, 'docs', 'PRICING.md'), 'utf8');
const blocks = (kind: string): readonly string[] =>
  [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].flatMap(([, word, text]) =>
    word === kind ? [text!] : [],
  );
interface Request {
  readonly valuation: string;
  readonly models: Readonly<Record<string, PlainRow>>;
  readonly products: readonly PlainRow[];
}
const shown = blocks('json').map((text) => JSON.parse(text) as Request | PlainRow);
const isRequest = (block: Request | PlainRow): block is Request => 'products' in block;

/** A row that every model of its kind prices. */
const rowOf: Readonly<Record<string, PlainRow>> = {
  discounting: {
    product: 'fra',
    model: 'shown',
    buys: true,
    notional: 1e6,
    index: 'EUR-EURIBOR-6M',
    start: '2026-06-15',
    rate: 0.024,
  },
  'isda-cds': {
    product: 'cds',
    model: 'shown',
    buys: true,
    currency: 'USD',
    notional: 1e6,
    coupon: 0.01,
    entity: 'ACME',
    recovery: 0.4,
    maturity: '4Y',
  },
};

test('every block of JSON is a request that is priced, or a model that prices', () => {
  expect(shown).toHaveLength(4);
  for (const block of shown) {
    const asked = isRequest(block)
      ? block
      : { valuation: '2026-01-15', models: { shown: block }, products: [rowOf[String(block['model'])]!] };
    const rows = answers(asked.valuation.slice(0, 10), asked.models, asked.products);
    expect(rows.filter(isFailed)).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
  }
});

test('every command line, here and in its own help, has options that there are', async () => {
  const { stdout: help } = await runCommand(['price', '--help']);
  const known = new Set(help.match(/^ {2}(?:-\w, )?--[a-z]+/gm)!.map((line) => line.match(/--[a-z]+/)![0]));
  const lines = [...page.split('\n'), ...help.split('\n')].filter((line) => /breakwater price /.test(line));
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines)
    for (const [option] of line.matchAll(/--[a-z]+/g))
      expect(`${line}: ${known.has(option)}`).toBe(`${line}: true`);
});
