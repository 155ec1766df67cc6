/** Where formulas lose their digits: correlation one, next to no volatility, a great deal of it, rates far below zero. */
import { normalPdf } from '../../../pricing/math/normal';
import { noTouchValue, touchEitherValue } from '../../../pricing/models/barrier';
import { blackScholesPrice, forwardOf, type LognormalMarket } from '../../../pricing/models/black';
import type { PairMarket } from '../../../pricing/models/exchange';
import { mertonPrice } from '../../../pricing/models/jump-diffusion';
import { fixedLookbackPrice } from '../../../pricing/models/lookback';
import { softBarrierPrice } from '../../../pricing/models/partial-barrier';
import {
  partialFixedLookbackPrice,
  partialFloatingLookbackPrice,
} from '../../../pricing/models/partial-lookback';
import { spreadPrice } from '../../../pricing/models/spread';
import { twoAssetBarrierPrice } from '../../../pricing/models/two-asset';

/** ∫ f by the midpoint rule, the plainest oracle there is. */
const midpoints = (f: (x: number) => number, from: number, to: number, parts = 40_000): number => {
  const h = (to - from) / parts;
  let sum = 0;
  for (let i = 0; i < parts; i++) sum += f(from + (i + 0.5) * h);
  return h * sum;
};
const pair: PairMarket = {
  spot1: 100,
  spot2: 95,
  dividend1: 0.01,
  dividend2: -0.02,
  volatility1: 1.2,
  volatility2: 0.5,
  correlation: -1,
  rate: 0.03,
};

test.each([
  [-1, 'call', 60],
  [-1, 'put', 0],
  [1, 'call', 4],
  [1, 'put', -50],
  [-0.9999, 'call', 20],
] as const)('a spread at correlation %d, %s at %d, is the plain integral over both normals', (correlation, right, strike) => {
  const market = { ...pair, correlation };
  const [v1, v2] = [market.volatility1, market.volatility2];
  const own = v1 * Math.sqrt(1 - correlation * correlation);
  // The rest of the first asset's own normal, at correlation −0.9999 by midpoints too.
  const given = (z: number): number => {
    const second = 95 * Math.exp(0.05 - 0.5 * v2 * v2 + v2 * z);
    const first = (w: number) => 100 * Math.exp(0.02 - 0.5 * v1 * v1 + v1 * correlation * z + own * w);
    const pays = (w: number) => Math.max((right === 'call' ? 1 : -1) * (first(w) - second - strike), 0);
    return own === 0 ? pays(0) : midpoints((w) => normalPdf(w) * pays(w), -7, 7, 200);
  };
  const expected =
    Math.exp(-0.03) * midpoints((z) => normalPdf(z) * given(z), -9, 11, own === 0 ? 100_000 : 2000);
  expect(Math.abs(spreadPrice({ right, strike, time: 1 }, market) - expected)).toBeLessThan(
    own === 0 ? 1e-6 : 2e-4,
  );
});

test.each([
  [{ side: 'up', barrier: 300 }, { volatility2: 0.01, dividend2: -0.02, rate: 0.2, correlation: -1 }, 5],
  [{ side: 'down', barrier: 80 }, { volatility2: 0.01, dividend2: 0.2, rate: -0.05, correlation: 0.3 }, 1],
] as const)('a barrier %j on a second asset that drifts to it with next to no volatility', (level, change, time) => {
  const market: PairMarket = { ...pair, spot2: 100, volatility1: 0.5, ...change };
  const terms = { right: 'call', strike: 90, time, knock: 'out', ...level } as const;
  const { volatility1: v1, volatility2: v2, correlation, rate } = market;
  const root = Math.sqrt(time);
  const l = Math.log(level.barrier / 100);
  const own = v1 * Math.sqrt(1 - correlation * correlation);
  const given = (z: number): number => {
    const x = (rate - market.dividend2 - 0.5 * v2 * v2) * time + v2 * root * z;
    if (x <= l === (level.side === 'down')) return 0;
    // Given where the second asset ends, the first is a Black–Scholes call of the volatility that is left.
    const tilt = correlation * v1 * root;
    const spot = 100 * Math.exp(tilt * z - 0.5 * tilt * tilt);
    const left = { spot, rate, dividend: market.dividend1, volatility: Math.max(own, 1e-12) };
    return (
      (1 - Math.exp((-2 * l * (l - x)) / (v2 * v2 * time))) *
      blackScholesPrice({ right: 'call', strike: 90, time }, left)
    );
  };
  const expected = midpoints((z) => normalPdf(z) * given(z), -9, 11);
  expect(Math.abs(twoAssetBarrierPrice(terms, market) - expected)).toBeLessThan(1e-5);
});

test('hundreds of jumps keep parity and stay finite', () => {
  const market = {
    spot: 100,
    rate: 0.03,
    dividend: 0.01,
    volatility: 0.3,
    intensity: 20,
    jumpMean: 0.1,
    jumpVolatility: 0.1,
  };
  const of = (right: 'call' | 'put') => mertonPrice({ right, strike: 100, time: 30 }, market);
  expect(of('call') - of('put')).toBeCloseTo(100 * Math.exp(-0.3) - 100 * Math.exp(-0.9), 8);
  expect(of('call')).toBeLessThan(100 * Math.exp(-0.3));
});

test('many jumps of next to no size are a diffusion of their variance', () => {
  const terms = { right: 'call', strike: 105, time: 2 } as const;
  const plain = { spot: 100, rate: 0.03, dividend: 0.01, volatility: 0.2 };
  const jumps = { ...plain, intensity: 4000, jumpMean: 0, jumpVolatility: 0.005 };
  const same = blackScholesPrice(terms, { ...plain, volatility: Math.sqrt(0.04 + 4000 * 0.005 ** 2) });
  expect(mertonPrice(terms, jumps)).toBeCloseTo(same, 2);
});

test('a price that only falls has its minimum at the end', () => {
  const market = { spot: 100, rate: 0, dividend: 0.2, volatility: 0.005 };
  const value = fixedLookbackPrice({ right: 'put', strike: 77, time: 5, extreme: 100 }, market);
  const floor = 77 - forwardOf(market, 5);
  expect(value).toBeGreaterThan(floor);
  expect(value).toBeLessThan(floor + 0.01);
});

test('a partial floating lookback of a price that only falls or rises is bought or sold at the end of watching', () => {
  const falls = { spot: 100, rate: 0.15, dividend: 0.2, volatility: 0.005 };
  const call = partialFloatingLookbackPrice(
    { right: 'call', time: 5, extreme: 96, lambda: 1, watchEnd: 4.995 },
    falls,
  );
  expect(call).toBeGreaterThanOrEqual(0);
  expect(call).toBeLessThan(0.05);
  const rises = { spot: 100, rate: 0.02, dividend: 0, volatility: 0.005 };
  const put = partialFloatingLookbackPrice(
    { right: 'put', time: 5, extreme: 100, lambda: 1, watchEnd: 4.5 },
    rises,
  );
  // The price goes on rising for half a year after it is watched: two deviations and more above the maximum.
  expect(put).toBeGreaterThan(0);
  expect(put).toBeLessThan(2e-3);
});

test.each([
  [3, 4.5],
  [0.4, 4.995],
] as const)('a lookback at volatility %d, watched from year %d of five', (volatility, watchStart) => {
  const market: LognormalMarket = { spot: 100, rate: 0.03, dividend: 0.01, volatility };
  const drift = (0.02 - 0.5 * volatility * volatility) * watchStart;
  const at = (z: number): number => {
    const spot = 100 * Math.exp(drift + volatility * Math.sqrt(watchStart) * z);
    const rest = { right: 'call', strike: 110, time: 5 - watchStart, extreme: spot } as const;
    return normalPdf(z) * fixedLookbackPrice(rest, { ...market, spot });
  };
  const expected = Math.exp(-0.03 * watchStart) * midpoints(at, -9, 16);
  const value = partialFixedLookbackPrice({ right: 'call', strike: 110, time: 5, watchStart }, market);
  expect(Math.abs(value - expected)).toBeLessThan(1e-7);
});

test('a soft barrier over a range that the drift crosses without volatility', () => {
  const market = { spot: 100, rate: 0, dividend: -0.04, volatility: 0.005 };
  const terms = { right: 'call', strike: 100, time: 1, knock: 'in', side: 'up' } as const;
  const soft = softBarrierPrice({ ...terms, low: 100.1, high: 130 }, market);
  // Of the levels that are as good as touched; the price ends between 102 and 106.
  const hard = (level: number) => softBarrierPrice({ ...terms, low: level, high: level }, market);
  expect(soft).toBeCloseTo(midpoints(hard, 100.1, 130, 4000) / 29.9, 6);
});

test.each([
  [{ lower: 90, upper: Infinity }, 1],
  [{ lower: 99, upper: 101.5 }, 0.25],
  [{ lower: 0, upper: 125 }, 5],
] as const)('a touch of %j is worth more now where rates are far below zero', (corridor, time) => {
  const market = { spot: 100, rate: -0.03, dividend: -0.025, volatility: 0.1 };
  // By parts, E[e^{−rτ}] = 1 − e^{−rT}P(none until T) − r∫e^{−rt}P(none until t)dt; the value of none is discounted already.
  const none = (t: number) => noTouchValue({ ...corridor, time: t }, market);
  const expected = 1 - none(time) + 0.03 * midpoints(none, 0, time, 10_000);
  expect(touchEitherValue({ ...corridor, time }, market)).toBeCloseTo(expected, 6);
});
