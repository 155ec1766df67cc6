/** Every pair that the library prices can be written as rows: the example requests and the samples of the option desk do. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { success } from '../../../pricing/contract';
import { standardRegistry } from '../../../pricing/pricers';
import { isFailed, type PriceRequest, priceRequest } from '../../../pricing/request';
import type { PlainRow } from '../../../pricing/request/fields';
import { instrumentMeanings } from '../../../pricing/request/instrument-fields';
import { instrumentTypes } from '../../../pricing/request/quoted-curves';
import { standardModels } from '../../../pricing/request/standard-models';
import { standardProducts } from '../../../pricing/request/standard-products';
import { optionSamples } from '../measures/option-samples';

const folder = resolve(__dirname, '..', '..', '..', '..', 'examples', 'pricing', 'requests');
interface ExampleFile extends Omit<PriceRequest, 'context'> {
  readonly valuation: string;
}
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !/^(models|markets)\.json$/.test(name))
  .map((name): ExampleFile => JSON.parse(readFileSync(join(folder, name), 'utf8')));

/** Says which pairs of the registry the rows of a request reach; what they are worth is tested where each is at home. */
function pairsOf(request: PriceRequest): readonly string[] {
  const reached: string[] = [];
  const recording: typeof standardRegistry = {
    ...standardRegistry,
    price: (product, model) => {
      reached.push(`${product.kind} under ${model.kind}`);
      return success({ value: 0, greeks: {}, explain: [] });
    },
  };
  const answers = priceRequest(request, { products: standardProducts, models: standardModels }, recording);
  expect(answers.filter(isFailed)).toEqual([]);
  return reached;
}

/** A sample as a row: kinds become names, what JSON cannot say (an infinite barrier) is left out. */
const plain = (sample: object): PlainRow =>
  JSON.parse(
    JSON.stringify(sample, (_, value: unknown) => (value === Number.POSITIVE_INFINITY ? undefined : value)),
  );

const sampleRows = optionSamples.map(([product, model]): PlainRow => {
  const { kind, ...fields } = plain(product);
  const { kind: modelKind, ...market } = plain(model);
  const name = standardProducts.some((schema) => schema.name === kind)
    ? kind
    : product.kind.replace(/-option$/, '');
  return { product: name, model: { model: modelKind, ...market }, ...fields };
});

test('no pair of the standard registry is out of reach', () => {
  const context = (valuation: string) => ({
    valuationTime: Date.parse(valuation) * 1000,
    snapshot: 'examples',
  });
  const reached = new Set([
    ...examples.flatMap(({ valuation, ...request }) => pairsOf({ ...request, context: context(valuation) })),
    ...pairsOf({ context: context('2026-01-15T00:00:00Z'), models: {}, products: sampleRows }),
  ]);
  const missing = standardRegistry.pairs
    .map(({ product, model }) => `${product} under ${model}`)
    .filter((pair) => !reached.has(pair));
  expect(missing).toEqual([]);
});

test('every type of instrument stands in the documentation, with the fields of its quote', () => {
  expect(Object.keys(instrumentMeanings).sort()).toEqual([...instrumentTypes].sort());
  for (const { fields } of Object.values(instrumentMeanings)) expect(Object.keys(fields)).toContain('quote');
});

test('every instrument but the written-out ones is quoted in some example', () => {
  const text = JSON.stringify(examples);
  const shown = instrumentTypes.filter((type) => text.includes(`"type":"${type}"`));
  expect(instrumentTypes.filter((type) => !shown.includes(type))).toEqual([]);
});

/** Fields that every row of a kind has, and the other way to write an expiry. */
const COMMON = new Set(['id', 'product', 'model', 'greeks', 'time']);

test('every field that examples and samples use is documented by its schema', () => {
  const undocumented = (row: PlainRow, key: 'product' | 'model'): readonly string[] => {
    const schema = [...standardProducts, ...standardModels].find(({ name }) => name === row[key]);
    const known = schema?.fields ?? {};
    return Object.keys(row)
      .filter((field) => !COMMON.has(field) && !(field in known))
      .map((field) => `${String(row[key])} ${field}`);
  };
  const products = [...examples.flatMap((example) => example.products), ...sampleRows];
  const models = [
    ...examples.flatMap((example) => Object.values(example.models)),
    ...sampleRows.map((row) => row['model'] as PlainRow),
  ];
  expect([
    ...products.flatMap((row) => undocumented(row, 'product')),
    ...models.flatMap((row) => undocumented(row, 'model')),
  ]).toEqual([]);
});

test('the table of the documentation has the pairs that examples and samples show, and no other', () => {
  const page = readFileSync(resolve(folder, '..', '..', '..', 'docs', 'PRICING.md'), 'utf8');
  const table = page.slice(page.indexOf('| products | models |')).split('\n\n')[0]!;
  const words = (cell: string | undefined): readonly string[] =>
    [...(cell ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
  const documented = table
    .split('\n')
    .slice(2)
    .flatMap((line) => {
      const [, products, models] = line.split('|');
      return words(products).flatMap((product) => words(models).map((model) => `${product} under ${model}`));
    });
  const modelOf = (row: PlainRow, models: PriceRequest['models']): unknown =>
    (typeof row['model'] === 'string' ? models[row['model']] : (row['model'] as PlainRow))?.['model'];
  const shown = new Set([
    ...examples.flatMap(({ products, models }) =>
      products.map((row) => `${String(row['product'])} under ${String(modelOf(row, models))}`),
    ),
    ...sampleRows.map((row) => `${String(row['product'])} under ${String(modelOf(row, {}))}`),
  ]);
  expect([...documented].sort()).toEqual([...shown].sort());
});
