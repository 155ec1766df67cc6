import type { Valuation } from '../../../pricing/contract';
import { optionPricers } from '../../../pricing/pricers';
import { type Kinded, registryOf } from '../../../pricing/registry';
import { isLongRun } from '../../support/long-runs';
import { judgeGreek, withTimes } from './greek-judge';
import { optionSamples } from './option-samples';

const registry = registryOf(optionPricers);
const context = { valuationTime: Date.UTC(2026, 0, 5) * 1000, snapshot: 'desk case' };
const priced = (product: Kinded, model: Kinded): Valuation => {
  const result = registry.price(product, model, context);
  if (!result.ok) throw new Error(result.message);
  return result.value;
};
const label = ([product, model]: readonly [Kinded, Kinded]) => `${product.kind} under ${model.kind}`;
const named = optionSamples.map((sample, at) => [label(sample), at, ...sample] as const);

/** Values from grids and fixed points carry their own error into differences; the others are exact. */
const tolerance = (product: Kinded, model: Kinded): number =>
  // The vanna-volga barrier takes its smile risks by differences of its own.
  model.kind === 'vanna-volga'
    ? 5e-5
    : ({
        'vanilla-option': 2e-5,
        'continuous-arithmetic-asian': 2e-5,
        'american-barrier-option': 2e-4,
        'arithmetic-asian': 1e-6,
      }[product.kind] ?? 1e-6);

/** A grid for each value: one place is enough. */
const SLOW = new Set(['continuous-arithmetic-asian', 'american-barrier-option']);

test('every pair that the options are registered for has a sample', () => {
  const sampled = new Set(optionSamples.map(label));
  const missing = registry.pairs
    .map(({ product, model }) => `${product} under ${model}`)
    .filter((pair) => !sampled.has(pair));
  expect(missing).toEqual([]);
});

/** The sample as it is, with the market a tenth lower and higher, and with a tenth of its life left. */
const placesOf = ([product, model]: readonly [Kinded, Kinded]): readonly (readonly [Kinded, Kinded])[] => {
  const moved = (factor: number): Kinded =>
    Object.fromEntries(
      Object.entries(model).map(([name, field]) =>
        /^(spot1?|forward)$/.test(name) ? [name, (field as number) * factor] : [name, field],
      ),
    ) as Kinded;
  if (SLOW.has(product.kind)) return [[product, model]];
  const places: readonly (readonly [Kinded, Kinded])[] = [
    [product, model],
    [product, moved(0.91)],
    [product, moved(1.09)],
  ];
  // A short vanna-volga barrier far away is capped by its vanilla, and the cap bends it in every input.
  const capped = model.kind === 'vanna-volga' && product.kind === 'barrier-option';
  return capped ? places : [...places, [withTimes(product, (time) => 0.1 * time) as Kinded, model]];
};

/** Of every pair one place, each pair the next; all of them in long runs. */
const judgedPlaces = (sample: readonly [Kinded, Kinded], at: number): ReturnType<typeof placesOf> => {
  const places = placesOf(sample);
  return isLongRun ? places : [places[at % places.length]!];
};

/** Noise of second differences, in shares of the value at stake. */
const NOISE = 2e-9;

test.each(
  named,
)('%s: every Greek against central differences at two steps, in, at and out of the money, and short', (_name, at, ...sample) => {
  for (const [product, model] of judgedPlaces(sample, at)) {
    const { greeks, value } = priced(product, model);
    const { spot = 0, spot1 = spot } = model as { readonly spot?: number; readonly spot1?: number };
    for (const [name, greek] of Object.entries(greeks)) {
      if (name === 'thetaDay') {
        expect(greek.value).toBeCloseTo(greeks['theta']!.value / 365, 12);
        continue;
      }
      const { gap, open, money } = judgeGreek(name, greek.value, {
        product,
        model,
        value: (p, m) => priced(p, m).value,
      });
      const scale = Math.max(Math.abs(value), money);
      const allowed =
        tolerance(product, model) * scale + 0.1 * open + NOISE * Math.max(spot1, Math.abs(value));
      if (!(gap < allowed))
        throw new Error(
          `${name}: off by ${gap} of ${money}, allowed ${allowed}, at ${JSON.stringify([product, model])}`,
        );
    }
  }
});

test.each(
  named,
)('%s: every Greek says its convention and the working its source', (_name, _at, product, model) => {
  const { greeks, explain } = priced(product, model);
  for (const greek of Object.values(greeks)) {
    expect(Number.isFinite(greek.value)).toBe(true);
    expect(greek.convention).toMatch(/per |change of/);
  }
  expect(explain.at(-1)).toMatchObject({ name: 'value', source: expect.any(String) });
});

test.each([
  ['call', 'fixed-lookback', { strike: 103 }, 112],
  ['put', 'floating-lookback', {}, 112],
  ['call', 'floating-lookback', {}, 88],
] as const)('a %s of %s whose extreme is stale has today in it', (right, kind, terms, spot) => {
  const [, model] = optionSamples[0]!;
  const lookback = (extreme: number) =>
    priced({ kind, right, time: 0.75, extreme, ...terms } as Kinded, { ...model, spot } as Kinded);
  expect(lookback(100).value).toBe(lookback(spot).value);
  // At the extreme gamma is the mean of what moving on and turning back give; moving on moves the extreme along.
  const { gamma, delta } = lookback(spot).greeks;
  const at = (s: number) =>
    priced({ kind, right, time: 0.75, extreme: spot, ...terms } as Kinded, { ...model, spot: s } as Kinded)
      .value;
  const [whole, half] = [0.4, 0.2].map((h) => (at(spot + h) - 2 * at(spot) + at(spot - h)) / (h * h));
  expect(Math.abs(2 * half! - whole! - gamma!.value)).toBeLessThan(1e-4);
  const slopes = [0.4, 0.2].map((h) => (at(spot + h) - at(spot - h)) / (2 * h));
  expect(Math.abs(2 * slopes[1]! - slopes[0]! - delta!.value)).toBeLessThan(1e-4);
});

test.each([
  [{ strike: -1 }, {}, 'strike-must-be-positive'],
  [{ time: 0 }, {}, 'expired'],
  [{ time: 200 }, {}, 'date-must-be-near'],
  [{}, { volatility: 0 }, 'volatility-must-be-positive'],
  [{}, { spot: Number.NaN }, 'spot-must-be-finite'],
  [{}, { kind: 'kirk' }, 'model-not-supported'],
  [{}, { kind: 'barone-adesi-whaley' }, 'exercise-not-supported'],
])('a vanilla with %j under Black–Scholes with %j is refused as %s', (product, model, reason) => {
  const [vanilla, market] = optionSamples[0]!;
  expect(registry.price({ ...vanilla, ...product }, { ...market, ...model }, context)).toMatchObject({
    ok: false,
    reason,
  });
});

test('an American option with two exercise boundaries is priced on the grid, with its own error', () => {
  const [vanilla, market] = optionSamples[0]!;
  const put = { ...vanilla, exercise: 'american', right: 'put' } as Kinded;
  const under = (change: object) => priced(put, { ...market, ...change } as Kinded);
  const two = under({ rate: -0.01, dividend: -0.03 });
  const european = priced(
    { ...put, exercise: 'european' } as Kinded,
    { ...market, rate: -0.01, dividend: -0.03 } as Kinded,
  );
  expect(two.value).toBeGreaterThan(european.value);
  expect(two.error).toBeGreaterThan(0);
  expect(two.explain).toContainEqual(expect.objectContaining({ name: 'exercise boundaries', value: 2 }));
  // Just on the other side, where one boundary describes it, collocation says the same.
  const side = (rate: number) => under({ rate, dividend: -0.01 });
  const [grid, collocation] = [side(-1e-7), side(1e-7)];
  expect(Math.abs(grid.value - collocation.value)).toBeLessThan(grid.error! + collocation.error! + 1e-4);
  for (const name of ['delta', 'vega', 'rho', 'dividendRho', 'theta', 'thetaDay']) {
    const [a, b] = [grid.greeks[name]!.value, collocation.greeks[name]!.value];
    expect(Math.abs(a - b)).toBeLessThan(2e-3 * Math.max(Math.abs(b), 1));
  }
});

test('a barrier the wrong way round, and a spot on a barrier', () => {
  const [product, model] = optionSamples.find(([{ kind }]) => kind === 'barrier-option')!;
  expect(registry.price({ ...product, upper: 80 } as Kinded, model, context)).toMatchObject({
    reason: 'barriers-must-be-in-order',
  });
  const { value, greeks } = priced(product, { ...model, spot: 88 } as Kinded);
  expect(value).toBe(2);
  expect(greeks['delta']!.convention).toContain('what the touch of its barrier leaves');
});

describe('an option whose barrier spot stands on is what the touch has left', () => {
  const [vanilla, market] = optionSamples[0]!;
  const { spot } = market as unknown as { readonly spot: number };
  const terms = { right: 'call', strike: 103, time: 0.75 };
  const plain = priced({ ...vanilla, ...terms, exercise: 'european' } as Kinded, market).greeks;
  const sides = [
    { lower: spot, upper: Infinity },
    { lower: 0, upper: spot },
  ];
  test.each(sides)('knocked in it is the vanilla, %j', (levels) => {
    const { greeks } = priced(
      { kind: 'barrier-option', ...terms, ...levels, knock: 'in', rebate: 0 } as Kinded,
      market,
    );
    for (const name of ['delta', 'gamma']) expect(greeks[name]!.value).toBeCloseTo(plain[name]!.value, 6);
  });
  test.each(sides)('knocked out it moves no more, %j', (levels) => {
    const { value, greeks } = priced(
      { kind: 'barrier-option', ...terms, ...levels, knock: 'out', rebate: 2 } as Kinded,
      market,
    );
    expect(value).toBe(2);
    for (const name of ['delta', 'gamma']) expect(greeks[name]!.value).toBe(0);
  });
  test('on the second asset as well, whose difference does not cross it either', () => {
    const [, pair] = optionSamples.find(([product]) => product.kind === 'two-asset-barrier-option')!;
    const { spot2 } = pair as unknown as { readonly spot2: number };
    const product = {
      kind: 'two-asset-barrier-option',
      ...terms,
      knock: 'out',
      side: 'down',
      barrier: spot2,
    };
    const { greeks } = priced(product as Kinded, pair);
    for (const name of ['delta2', 'gamma2']) expect(greeks[name]!.value).toBe(0);
  });
});

describe('a day that passes', () => {
  const [, market] = optionSamples[0]!;
  const option = { right: 'call', strike: 100, time: 0.5 } as const;
  const thetaOf = (product: object): number => priced(product as Kinded, market).greeks['theta']!.value;
  const worthOf = (product: object): number => priced(product as Kinded, market).value;
  const { spot } = market as unknown as { readonly spot: number };

  test('takes its price into an average that is never interrupted', () => {
    const average = { kind: 'continuous-geometric-asian', ...option, elapsed: 0.25, averageSoFar: 130 };
    const h = 1e-4;
    const later = {
      ...average,
      time: 0.5 - h,
      elapsed: 0.25 + h,
      averageSoFar: Math.exp((0.25 * Math.log(130) + h * Math.log(spot)) / (0.25 + h)),
    };
    expect(thetaOf(average)).toBeCloseTo((worthOf(later) - worthOf(average)) / h, 1);
    // Five hundred fixings are as good as no pause between them.
    const fixingTimes = Array.from({ length: 500 }, (_, i) => (i + 0.5) / 1000);
    const dense = { kind: 'geometric-asian', ...option, pastFixings: [], fixingTimes };
    expect(thetaOf({ ...average, elapsed: 0, averageSoFar: 0 })).toBeCloseTo(thetaOf(dense), 1);
  });
  test('leaves behind what happens now: a watch that is over, and one that has begun', () => {
    const watched = { ...option, knock: 'out', barrier: 80, side: 'down', watch: 'start', cover: 0 };
    expect(thetaOf({ kind: 'partial-barrier-option', ...watched })).toBeCloseTo(
      thetaOf({ kind: 'vanilla-option', ...option, exercise: 'european' }),
      5,
    );
    expect(thetaOf({ kind: 'partial-fixed-lookback', ...option, watchStart: 0 })).toBeCloseTo(
      thetaOf({ kind: 'fixed-lookback', ...option, extreme: spot }),
      4,
    );
  });
  test('a lookback watched in its last instant alone is the vanilla', () => {
    expect(worthOf({ kind: 'partial-fixed-lookback', ...option, watchStart: 0.5 })).toBe(
      worthOf({ kind: 'vanilla-option', ...option, exercise: 'european' }),
    );
  });
});
