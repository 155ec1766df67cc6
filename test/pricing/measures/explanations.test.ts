/** Explanations lead from the inputs to the value: their steps are figures that can be computed again. */
import type { Valuation } from '../../../pricing/contract';
import { normalCdf } from '../../../pricing/math/normal';
import { americanPrice } from '../../../pricing/models/american';
import { standardRegistry } from '../../../pricing/pricers';
import type { Kinded } from '../../../pricing/registry';
import { optionSamples } from './option-samples';

const context = { valuationTime: Date.UTC(2026, 0, 5) * 1000, snapshot: 'desk case' };
const priced = (product: Kinded, model: Kinded): Valuation => {
  const result = standardRegistry.price(product, model, context);
  if (!result.ok) throw new Error(result.message);
  return result.value;
};
const figure = ({ explain }: Valuation, name: string): number => {
  const step = explain.find((one) => one.name === name);
  if (typeof step?.value !== 'number') throw new Error(`no figure ${name}`);
  return step.value;
};

const named = optionSamples.map(
  ([product, model]) => [`${product.kind} under ${model.kind}`, product, model] as const,
);

test.each(
  named,
)('%s: inputs, steps with their formulas, and the source of the value', (_, product, model) => {
  const { explain, value } = priced(product, model);
  const inputs = explain.filter(({ name }) => name.startsWith(product.kind) || name.startsWith(model.kind));
  expect(inputs.length).toBeGreaterThan(2);
  const last = explain.at(-1)!;
  expect(last).toMatchObject({ name: 'value', value, source: expect.any(String) });
  for (const step of explain) expect(step.value).not.toBeNaN();
  const steps = explain.filter(
    (step) => !inputs.includes(step) && step !== last && step.name !== 'market data',
  );
  if (!('time' in product)) return;
  expect(steps.length).toBeGreaterThan(0);
  const { time } = product as unknown as { readonly time: number };
  const { rate } = model as unknown as { readonly rate: number };
  expect(steps).toContainEqual({
    name: 'discount factor',
    value: Math.exp(-rate * time),
    source: 'exp(−rT)',
  });
});

const market = { kind: 'black-scholes', spot: 100, rate: 0.03, dividend: 0.05, volatility: 0.25 };
const option = { kind: 'vanilla-option', right: 'call', strike: 105, time: 1, exercise: 'european' };

test('a European value follows from its steps with a table of the normal distribution', () => {
  const valuation = priced(option, market);
  const [forward, discount] = [figure(valuation, 'forward'), figure(valuation, 'discount factor')];
  const [d1, d2] = [figure(valuation, 'd1'), figure(valuation, 'd2')];
  expect(discount * (forward * normalCdf(d1) - 105 * normalCdf(d2))).toBeCloseTo(valuation.value, 12);
});

test.each([
  'call',
  'put',
] as const)('an American %s is its European value and its premium, and all intrinsic at its boundary', (right) => {
  const american = { ...option, right, exercise: 'american' };
  const valuation = priced(american, market);
  const parts = figure(valuation, 'European value') + figure(valuation, 'early-exercise premium');
  expect(parts).toBeCloseTo(valuation.value, 12);
  const boundary = figure(valuation, 'exercise boundary now');
  const beyond = right === 'put' ? 0.999 : 1.001;
  const at = (spot: number) => americanPrice({ right, strike: 105, time: 1 }, { ...market, spot });
  expect(at(boundary * beyond)).toBeCloseTo(Math.abs(boundary * beyond - 105), 9);
  expect(at(boundary / beyond ** 20)).toBeGreaterThan(Math.abs(boundary / beyond ** 20 - 105) + 1e-4);
});

test('a knock-out says what the barrier takes away and how likely it is touched', () => {
  const barrier = { kind: 'barrier-option', right: 'call', strike: 105, time: 1, lower: 80, upper: Infinity };
  const out = priced({ ...barrier, knock: 'out', rebate: 0 } as Kinded, market);
  const inside = priced({ ...barrier, knock: 'in', rebate: 0 } as Kinded, market);
  expect(figure(out, 'without the barrier')).toBeCloseTo(out.value + inside.value, 10);
  const touch = priced(
    {
      kind: 'touch-option',
      lower: 80,
      upper: Infinity,
      time: 1,
      pays: 'cash',
      when: 'at-expiry',
      knock: 'in',
      cash: 1,
    } as Kinded,
    market,
  );
  expect(figure(out, 'probability of a touch')).toBeCloseTo(touch.value * Math.exp(0.03), 10);
});
