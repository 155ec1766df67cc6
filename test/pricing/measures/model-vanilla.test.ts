/** Vanilla options under Heston, on the grid and under local volatility: Greeks by differences, parity, refusals. */
import type { PricingContext, Result, Valuation } from '../../../pricing/contract';
import {
  type FiniteDifferenceModel,
  finiteDifferenceVanillaPricer,
  localVolatilityVanillaPricer,
} from '../../../pricing/measures/finite-difference-vanilla';
import { type HestonMarket, hestonVanillaPricer } from '../../../pricing/measures/heston-vanilla';
import { type VanillaOption, vanillaOption } from '../../../pricing/products/vanilla-option';
import { evenNodes } from '../../../pricing/volatility/arbitrage';
import { sviVariance } from '../../../pricing/volatility/svi';
import { buildSviSurface } from '../../../pricing/volatility/svi-surface';

const context: PricingContext = { valuationTime: 0, snapshot: 'test' };
const got = (result: Result<Valuation>): Valuation => {
  if (!result.ok) throw new Error(result.message);
  return result.value;
};
const heston: HestonMarket = {
  kind: 'heston',
  spot: 100,
  rate: 0.03,
  dividend: 0.01,
  v0: 0.05,
  kappa: 2,
  theta: 0.06,
  sigma: 0.6,
  rho: -0.6,
};
const call: VanillaOption = {
  kind: 'vanilla-option',
  right: 'call',
  strike: 105,
  time: 0.8,
  exercise: 'european',
};
const put: VanillaOption = { ...call, right: 'put' };
const under = (option: VanillaOption, m: HestonMarket): number =>
  got(hestonVanillaPricer.price(option, m, context)).value;

test.each([call, put])('Heston $right: every Greek is the central difference at two step sizes', (option) => {
  const { greeks } = got(hestonVanillaPricer.price(option, heston, context));
  const difference = (change: (h: number) => number, h: number): number => (change(h) - change(-h)) / (2 * h);
  const changes: Readonly<Record<string, readonly [(h: number) => number, number]>> = {
    delta: [(h) => under(option, { ...heston, spot: 100 + h }), 0.02],
    vegaV0: [(h) => under(option, { ...heston, v0: 0.05 + h }), 1e-4],
    vega: [(h) => under(option, { ...heston, v0: (Math.sqrt(0.05) + h) ** 2 }), 1e-4],
    theta: [(h) => under({ ...option, time: option.time - h }, heston), 1e-4],
    rho: [(h) => under(option, { ...heston, rate: heston.rate + h }), 1e-4],
    dividendRho: [(h) => under(option, { ...heston, dividend: heston.dividend + h }), 1e-4],
  };
  for (const [name, [change, step]] of Object.entries(changes)) {
    for (const h of [step, step / 2]) {
      const { value } = greeks[name]!;
      expect(Math.abs(difference(change, h) - value)).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
    }
  }
  for (const h of [0.05, 0.025]) {
    const at = (bump: number): number => under(option, { ...heston, spot: 100 + bump });
    expect(Math.abs((at(h) - 2 * at(0) + at(-h)) / (h * h) - greeks['gamma']!.value)).toBeLessThan(1e-6);
  }
  expect(greeks['thetaDay']!.value * 365).toBeCloseTo(greeks['theta']!.value, 12);
});

test('Heston keeps put–call parity and shows its working', () => {
  const parity = 100 * Math.exp(-0.01 * 0.8) - 105 * Math.exp(-0.03 * 0.8);
  expect(under(call, heston) - under(put, heston)).toBeCloseTo(parity, 10);
  const { explain } = got(hestonVanillaPricer.price(put, heston, context));
  expect(explain.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['forward', 'expected variance', 'call', 'put']),
  );
});

const grid: FiniteDifferenceModel = {
  kind: 'finite-difference',
  spot: 100,
  rate: 0.03,
  dividend: 0.01,
  volatility: 0.25,
};

test('two grids agree within their stated errors, and an early-exercise premium for the American put', () => {
  const european = got(finiteDifferenceVanillaPricer.price(put, grid, context));
  const dense = got(
    finiteDifferenceVanillaPricer.price(put, { ...grid, grid: { nodes: 801, steps: 400 } }, context),
  );
  expect(Math.abs(european.value - dense.value)).toBeLessThan(european.error! + dense.error!);
  const american = got(finiteDifferenceVanillaPricer.price({ ...put, exercise: 'american' }, grid, context));
  expect(american.value).toBeGreaterThan(european.value);
  expect(european.greeks['delta']!.value).toBeCloseTo(
    (got(finiteDifferenceVanillaPricer.price(put, { ...grid, spot: 101 }, context)).value -
      got(finiteDifferenceVanillaPricer.price(put, { ...grid, spot: 99 }, context)).value) /
      2,
    3,
  );
});

const surface = (() => {
  const built = buildSviSurface(
    [0.5, 1].map((expiry) => ({
      label: `${expiry}y`,
      expiry,
      forward: 100 * Math.exp(0.02 * expiry),
      quotes: evenNodes(0.5, 21).map((k) => ({
        strike: 100 * Math.exp(0.02 * expiry + k),
        volatility: Math.sqrt(sviVariance({ a: 0.02, b: 0.1, rho: -0.4, m: 0, sigma: 0.3 }, k) * expiry),
      })),
    })),
  );
  if (!built.ok) throw new Error(built.message);
  return built.value;
})();

test('local volatility prices American options, never below the European one', () => {
  const model = { kind: 'local-volatility', spot: 100, rate: 0.03, dividend: 0.01, surface } as const;
  const european = got(localVolatilityVanillaPricer.price(put, model, context));
  const american = got(localVolatilityVanillaPricer.price({ ...put, exercise: 'american' }, model, context));
  expect(american.value).toBeGreaterThan(european.value);
  expect(american.value).toBeLessThan(european.value * 1.1);
});

test.each([
  [{ exercise: 'american' as const }, {}, 'exercise-not-supported'],
  [{}, { spot: 0 }, 'market-must-be-finite'],
  [{}, { rho: 2 }, 'heston-rho-must-be-a-correlation'],
])('Heston refuses %j under %j by %s', (option, model, reason) => {
  expect(hestonVanillaPricer.price({ ...call, ...option }, { ...heston, ...model }, context)).toMatchObject({
    ok: false,
    reason,
  });
});

test.each([
  [{ volatility: 0 }, 'volatility-must-be-positive'],
  [{ grid: { nodes: 5, steps: 100 } }, 'grid-must-be-within-limits'],
  [{ spot: Number.NaN }, 'market-must-be-finite'],
])('the grid refuses %j by %s', (model, reason) => {
  expect(finiteDifferenceVanillaPricer.price(call, { ...grid, ...model }, context)).toMatchObject({
    ok: false,
    reason,
  });
});

test.each([
  [{ strike: 0 }, 'strike-must-be-positive'],
  [{ time: -1 }, 'expired'],
])('an option with %j is refused by %s', (change, reason) => {
  expect(vanillaOption({ ...call, ...change })).toMatchObject({ ok: false, reason });
});
