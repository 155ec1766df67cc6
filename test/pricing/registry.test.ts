import { type Pricer, success } from '../../pricing/contract';
import { anyPricer, registryOf } from '../../pricing/registry';

interface Spot {
  readonly kind: 'spot';
  readonly price: number;
}
interface Flat {
  readonly kind: 'flat';
}
const context = { valuationTime: 0, snapshot: 'case' };
const spot: Pricer<Spot, Flat> = {
  product: 'spot',
  model: 'flat',
  price: (product) =>
    success({
      value: product.price,
      greeks: { delta: { value: 1, convention: 'spot delta, per unit' } },
      explain: [],
    }),
};
const registry = registryOf([anyPricer(spot)]);
const hundred = { kind: 'spot', price: 100 };

test('a registered pair is priced', () => {
  expect(registry.price(hundred, { kind: 'flat' }, context)).toMatchObject({
    ok: true,
    value: { value: 100 },
  });
  expect(registry.pairs).toEqual([{ product: 'spot', model: 'flat' }]);
});

test.each([
  [{ kind: 'weather' }, { kind: 'flat' }, 'product-not-supported'],
  [hundred, { kind: 'heston' }, 'model-not-supported'],
  [{ kind: 'spot', price: Number.NaN }, { kind: 'flat' }, 'value-must-be-finite'],
])('%j under %j is refused as %s', (product, model, reason) => {
  expect(registry.price(product, model, context)).toMatchObject({ ok: false, reason });
});

test('a measure is found by name, another is refused', () => {
  expect(registry.measure(hundred, { kind: 'flat' }, context, 'delta')).toMatchObject({
    value: { value: 1 },
  });
  expect(registry.measure(hundred, { kind: 'flat' }, context, 'vega')).toMatchObject({
    reason: 'measure-not-supported',
  });
});

test('two pricers for one pair are a mistake of the program', () => {
  expect(() => registryOf([anyPricer(spot), anyPricer(spot)])).toThrow('two pricers for spot under flat');
});
