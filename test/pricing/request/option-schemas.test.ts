/** Every option product and model of the registry can be written as a row, and the row is priced as the product is. */
import { standardRegistry } from '../../../pricing/pricers';
import { isFailed, priceRequest } from '../../../pricing/request';
import { standardModels } from '../../../pricing/request/standard-models';
import { standardProducts } from '../../../pricing/request/standard-products';
import { optionSamples } from '../measures/option-samples';

const context = { valuationTime: Date.parse('2026-01-15T00:00:00Z') * 1000, snapshot: 'test' };
const nameOf = (kind: string): string => kind.replace(/-option$/, '').replace(/^vanilla$/, 'vanilla');

/** A sample as a row: kinds become names, what JSON cannot say (an infinite barrier) is left out. */
const rowOf = (sample: object): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(sample, (_, value: unknown) => (value === Number.POSITIVE_INFINITY ? undefined : value)),
  );

test('the samples cover the registry, and every row has the value of its product', () => {
  for (const [product, model] of optionSamples) {
    const expected = standardRegistry.price(product, model, context);
    const { kind, ...fields } = rowOf(product);
    const { kind: modelKind, ...market } = rowOf(model);
    const name = standardProducts.some((schema) => schema.name === kind) ? kind : nameOf(product.kind);
    const row = { product: name, model: { model: modelKind, ...market }, ...fields };
    const [answer] = priceRequest(
      { context, models: {}, products: [row] },
      { products: standardProducts, models: standardModels },
      standardRegistry,
    );
    if (!answer || isFailed(answer)) throw new Error(`${JSON.stringify(row)}: ${JSON.stringify(answer)}`);
    expect(expected).toMatchObject({ ok: true, value: { value: answer.value } });
  }
  expect(new Set(optionSamples.map(([product]) => product.kind)).size).toBeGreaterThan(20);
});

test('no two schemas share a name, and each has fields that say what they mean', () => {
  for (const schemas of [standardProducts, standardModels]) {
    expect(new Set(schemas.map(({ name }) => name)).size).toBe(schemas.length);
    for (const { about, fields } of schemas) {
      expect(about.length).toBeGreaterThan(10);
      for (const meaning of Object.values(fields)) expect(meaning.length).toBeGreaterThan(3);
    }
  }
});
