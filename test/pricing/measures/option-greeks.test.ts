import type { Valuation } from '../../../pricing/contract.js';
import { optionPricers } from '../../../pricing/pricers.js';
import { type Kinded, registryOf } from '../../../pricing/registry.js';
import { optionSamples } from './option-samples.js';

const registry = registryOf(optionPricers);
const context = { valuationTime: Date.UTC(2026, 0, 5) * 1000, snapshot: 'desk case' };
const priced = (product: Kinded, model: Kinded): Valuation => {
  const result = registry.price(product, model, context);
  if (!result.ok) throw new Error(result.message);
  return result.value;
};
const label = ([product, model]: readonly [Kinded, Kinded]) => `${product.kind} under ${model.kind}`;
const named = optionSamples.map((sample) => [label(sample), ...sample] as const);

/** The Greeks that are derivatives in one number of the model, and that number. */
const INPUT: Readonly<Record<string, readonly string[]>> = {
  delta: ['spot', 'forward'],
  delta1: ['spot1'],
  delta2: ['spot2'],
  vega: ['volatility', 'normalVolatility', 'volatilityAtm'],
  vega1: ['volatility1'],
  vega2: ['volatility2'],
  vega25Put: ['volatility25Put'],
  vega25Call: ['volatility25Call'],
  rho: ['rate'],
  dividendRho: ['dividend'],
  dividendRho1: ['dividend1'],
  dividendRho2: ['dividend2'],
  foreignRho: ['foreignRate'],
  assetRho: ['assetRate'],
  correlationVega: ['correlation'],
  fxVega: ['fxVolatility'],
  intensityRho: ['intensity'],
};

/** Values from grids and fixed points carry their own error into differences; the others are exact. */
const tolerance = (product: Kinded, model: Kinded): number =>
  // The vanna-volga barrier takes its smile risks by differences of its own.
  model.kind === 'vanna-volga'
    ? 1e-5
    : ({ 'vanilla-option': 2e-5, 'continuous-arithmetic-asian': 2e-5, 'arithmetic-asian': 1e-6 }[
        product.kind
      ] ?? 1e-6);

test('every pair that the options are registered for has a sample', () => {
  const sampled = new Set(optionSamples.map(label));
  const missing = registry.pairs
    .map(({ product, model }) => `${product} under ${model}`)
    .filter((pair) => !sampled.has(pair) && !pair.startsWith('american-barrier-option'));
  expect(missing).toEqual([]);
});

test.each(
  named,
)('%s: first-order Greeks against central differences at two steps', (_name, product, model) => {
  const { greeks, value } = priced(product, model);
  let judged = 0;
  for (const [greek, names] of Object.entries(INPUT)) {
    const input = names.find((name) => name in model);
    if (!greeks[greek] || !input) continue;
    const at = (model as unknown as Record<string, number>)[input]!;
    const valueAt = (x: number) => priced(product, { ...model, [input]: x } as Kinded).value;
    const scale = Math.max(Math.abs(value), Math.abs(at * greeks[greek].value), 1e-8);
    const h = 2e-3 * Math.max(Math.abs(at), 0.05) * (greek.startsWith('delta') ? 0.2 : 1);
    const slopeOver = (step: number) => (valueAt(at + step) - valueAt(at - step)) / (2 * step);
    const [whole, half] = [slopeOver(h), slopeOver(h / 2)];
    // What the plain difference itself leaves out shows in its two steps.
    const allowed =
      tolerance(product, model) * scale + 1.5 * Math.abs(half - whole) * Math.max(Math.abs(at), 0.05);
    expect(Math.abs(greeks[greek].value - half) * Math.max(Math.abs(at), 0.05)).toBeLessThan(allowed);
    judged++;
  }
  expect(judged).toBeGreaterThan(0);
});

test.each(
  named.filter(([, product]) => 'time' in product && product.kind !== 'spot'),
)('%s: theta is the value a little later', (_name, product, model) => {
  const { greeks, value } = priced(product, model);
  const theta = greeks['theta']!.value;
  const shift = (elapsed: number): Kinded => {
    const moved = Object.entries(product).map(([name, field]) =>
      ['time', 'cover', 'start', 'watchStart', 'watchEnd'].includes(name)
        ? [name, (field as number) - elapsed]
        : name === 'fixingTimes'
          ? [name, (field as readonly number[]).map((t) => t - elapsed)]
          : [name, field],
    );
    return Object.fromEntries(moved) as Kinded;
  };
  const h = 1e-3;
  const slope = (priced(shift(h), model).value - priced(shift(-h), model).value) / (2 * h);
  expect(Math.abs(theta - slope)).toBeLessThan(1e-3 * Math.max(Math.abs(theta), Math.abs(value)));
  expect(greeks['thetaDay']!.value).toBeCloseTo(theta / 365, 12);
});

test.each(
  named,
)('%s: every Greek says its convention and the working its source', (_name, product, model) => {
  const { greeks, explain } = priced(product, model);
  for (const greek of Object.values(greeks)) {
    expect(Number.isFinite(greek.value)).toBe(true);
    expect(greek.convention).toMatch(/per |from above|change of/);
  }
  expect(explain.at(-1)).toMatchObject({ name: 'value', source: expect.any(String) });
});

test.each([
  [{ strike: -1 }, {}, 'strike-must-be-positive'],
  [{ time: 0 }, {}, 'expiry-must-be-ahead'],
  [{ time: 200 }, {}, 'expiry-must-be-ahead'],
  [{}, { volatility: 0 }, 'volatility-must-be-positive'],
  [{}, { spot: Number.NaN }, 'spot-must-be-finite'],
  [{}, { kind: 'kirk' }, 'model-not-supported'],
  [{}, { kind: 'barone-adesi-whaley' }, 'exercise-not-supported'],
  [{ exercise: 'american', right: 'put' }, { rate: -0.01, dividend: -0.03 }, 'exercise-has-two-boundaries'],
])('a vanilla with %j under Black–Scholes with %j is refused as %s', (product, model, reason) => {
  const [vanilla, market] = optionSamples[0]!;
  expect(registry.price({ ...vanilla, ...product }, { ...market, ...model }, context)).toMatchObject({
    ok: false,
    reason,
  });
});

test('a barrier the wrong way round, and a spot on a barrier', () => {
  const [product, model] = optionSamples.find(([{ kind }]) => kind === 'barrier-option')!;
  expect(registry.price({ ...product, upper: 80 } as Kinded, model, context)).toMatchObject({
    reason: 'barriers-must-be-in-order',
  });
  const { value, greeks } = priced(product, { ...model, spot: 88 } as Kinded);
  expect(value).toBe(2);
  expect(greeks['delta']!.convention).toContain('spot is on a barrier');
});
