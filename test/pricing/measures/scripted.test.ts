/** Scripted claims as valuations: Greeks with their errors against closed forms, American ones by regression. */
import type { PricingContext } from '../../../pricing/contract';
import { normalCdf, normalPdf } from '../../../pricing/math/normal';
import {
  type MonteCarloModel,
  scriptedJob,
  scriptedPricer,
  scriptedValuation,
} from '../../../pricing/measures/scripted';
import { americanPrice } from '../../../pricing/models/american';
import type { ScriptedProduct } from '../../../pricing/products/scripted';
import { monteCarloOnThreads } from '../../../pricing/simulation/threads';

const context: PricingContext = { valuationTime: 0, snapshot: 'test' };
const model: MonteCarloModel = {
  kind: 'monte-carlo',
  dynamics: {
    kind: 'lognormal',
    rate: 0.04,
    assets: [{ name: 'S', spot: 100, dividend: 0.01, volatility: 0.25 }],
  },
  seed: 5,
  paths: 65_536,
};
const call: ScriptedProduct = {
  kind: 'scripted',
  source: 'pay max(S@end - strike, 0) at end;',
  schedules: { end: [{ label: 'end', time: 1 }] },
  parameters: { strike: 105 },
};
const priced = (product: ScriptedProduct, m = model) => {
  const result = scriptedPricer.price(product, m, context);
  if (!result.ok) throw new Error(result.message);
  return result.value;
};

test('a scripted call has the Greeks of Black–Scholes within their own errors and the bias of their steps', () => {
  const { value, error, greeks, explain } = priced(call);
  const d1 = (Math.log(100 / 105) + 0.03) / 0.25 + 0.125;
  const held = Math.exp(-0.01);
  const exact: Readonly<Record<string, number>> = {
    'delta S': held * normalCdf(d1),
    'gamma S': (held * normalPdf(d1)) / 25,
    'vega S': 100 * held * normalPdf(d1),
    rho: 105 * Math.exp(-0.04) * normalCdf(d1 - 0.25),
  };
  expect(Math.abs(value - (100 * exact['delta S']! - exact['rho']!))).toBeLessThan(4 * error!);
  for (const [name, closed] of Object.entries(exact)) {
    const own = explain.find((step) => step.name === `standard error of ${name}`)!.value as number;
    expect(own).toBeGreaterThan(0);
    expect(Math.abs(greeks[name]!.value - closed)).toBeLessThan(4 * own + 1e-3 * Math.abs(closed));
    expect(greeks[name]!.convention).toMatch(/central difference/);
  }
});

test('worker threads give the very valuation that this thread gives', async () => {
  const small = { ...model, paths: 4096 };
  const threaded = await monteCarloOnThreads(scriptedJob(call, small), { threads: 2 });
  if (!threaded.ok) throw new Error(threaded.message);
  expect(scriptedValuation(small, threaded.value)).toEqual(priced(call, small));
});

test('an autocall on the worst of two assets knows its past fixings', () => {
  const product: ScriptedProduct = {
    kind: 'scripted',
    source: `
      let worst = min(A@obs / 100, B@obs / 50);
      let called = worst >= 1;
      let alive = not everBefore(called);
      pay if called and alive then 100 + 8 * index(obs) else 0 at obs;
      pay if any(called) then 0 else 100 * min(1, last(worst)) at end;`,
    schedules: {
      obs: [-0.5, 0.5, 1.5].map((time) => ({ label: `t${time}`, time })),
      end: [{ label: 'end', time: 1.5 }],
    },
    fixings: [
      { asset: 'A', label: 't-0.5', value: 95 },
      { asset: 'B', label: 't-0.5', value: 55 },
    ],
  };
  const two: MonteCarloModel = {
    ...model,
    paths: 8192,
    dynamics: {
      kind: 'lognormal',
      rate: 0.02,
      assets: [
        { name: 'A', spot: 98, dividend: 0, volatility: 0.2 },
        { name: 'B', spot: 52, dividend: 0, volatility: 0.3 },
      ],
      correlation: [
        [1, 0.5],
        [0.5, 1],
      ],
    },
  };
  const { value, greeks } = priced(product, two);
  expect(value).toBeGreaterThan(80);
  expect(value).toBeLessThan(124);
  expect(greeks['delta A']!.value).toBeGreaterThan(0);
  // Called before the valuation: nothing is left but nothing is owed.
  const called = { ...product, fixings: product.fixings!.map((f) => ({ ...f, value: f.value * 1.2 })) };
  expect(priced(called, two).value).toBe(0);
});

/** A Bermudan put of monthly dates on its own grid: between dates it is held, at a date the better of both is taken. */
const american: ScriptedProduct = {
  ...call,
  source: 'exercise max(strike - S@dates, 0) at dates;',
  schedules: { dates: Array.from({ length: 25 }, (_, i) => ({ label: `d${i}`, time: i / 24 })) },
};

test('a script with an exercise statement is worth more than its last date alone', () => {
  const { value, explain } = priced(american, { ...model, paths: 8192 });
  const european = priced(
    { ...call, source: 'pay max(strike - S@end, 0) at end;' },
    { ...model, paths: 8192 },
  );
  expect(value).toBeGreaterThan(european.value);
  expect(explain.map(({ name }) => name)).toContain('value of exercising today');
});

test('its Greeks are those of the American put within their own errors, with the exercise rule kept', () => {
  const { greeks, explain } = priced(american, { ...model, paths: 32_768 });
  const at = (change: object): number =>
    americanPrice(
      { right: 'put', strike: 105, time: 1 },
      { spot: 100, rate: 0.04, dividend: 0.01, volatility: 0.25, ...change },
    );
  const exact: Readonly<Record<string, number>> = {
    'delta S': (at({ spot: 101 }) - at({ spot: 99 })) / 2,
    'gamma S': at({ spot: 101 }) - 2 * at({}) + at({ spot: 99 }),
    'vega S': (at({ volatility: 0.26 }) - at({ volatility: 0.24 })) / 0.02,
    rho: (at({ rate: 0.041 }) - at({ rate: 0.039 })) / 0.002,
  };
  expect(Object.keys(greeks).sort()).toEqual(Object.keys(exact).sort());
  for (const [name, expected] of Object.entries(exact)) {
    const own = explain.find((step) => step.name === `standard error of ${name}`)!.value as number;
    expect(own).toBeGreaterThan(0);
    // Two dozen dates instead of any time, and a rule that is not quite the best, take a few percent.
    expect(Math.abs(greeks[name]!.value - expected)).toBeLessThan(4 * own + 0.04 * Math.abs(expected));
  }
});

test('where it is exercised today, the Greeks are those of the payoff', () => {
  const deep: MonteCarloModel = {
    ...model,
    paths: 2048,
    dynamics: {
      kind: 'lognormal',
      rate: 0.04,
      assets: [{ name: 'S', spot: 50, dividend: 0, volatility: 0.2 }],
    },
  };
  const { value, error, greeks } = priced(american, deep);
  expect(value).toBe(55);
  expect(error).toBe(0);
  expect(greeks['delta S']!.value).toBeCloseTo(-1, 12);
  expect(greeks['vega S']!.value).toBe(0);
});

test('faults of the script come through by name', () => {
  expect(scriptedPricer.price({ ...call, source: 'pay X@end at end;' }, model, context)).toMatchObject({
    ok: false,
    reason: 'script-name-must-be-known',
  });
});
