import fc from 'fast-check';
import { touchValue } from '../../../pricing/models/absorbed-diffusion';
import { americanPrice, hasTwoBoundaries } from '../../../pricing/models/american';
import { americanBarrierPrice } from '../../../pricing/models/american-barrier';
import { baroneAdesiWhaleyPrice, juZhongPrice } from '../../../pricing/models/american-quadratic';
import { ACCURATE_SCHEME, FAST_SCHEME } from '../../../pricing/models/american-scheme';
import { barrierPrice } from '../../../pricing/models/barrier';
import { bjerksundStenslandPrice } from '../../../pricing/models/bjerksund-stensland';
import { blackScholesPrice, type LognormalMarket, type VanillaTerms } from '../../../pricing/models/black';
import { finiteDifference } from '../../../pricing/models/finite-difference';
import { cases } from '../../support/long-runs';

const right = fc.constantFrom('call' as const, 'put' as const);
const terms = fc.record({
  right,
  strike: fc.double({ min: 60, max: 150, noNaN: true }),
  time: fc.double({ min: 0.02, max: 3, noNaN: true }),
});
const market = fc.record({
  spot: fc.constant(100),
  rate: fc.double({ min: 0, max: 0.1, noNaN: true }),
  dividend: fc.double({ min: 0, max: 0.12, noNaN: true }),
  volatility: fc.double({ min: 0.1, max: 0.8, noNaN: true }),
});
const quietMarket = fc.record({
  spot: fc.constant(100),
  rate: fc.double({ min: 0.01, max: 0.1, noNaN: true }),
  dividend: fc.double({ min: 0.01, max: 0.12, noNaN: true }),
  volatility: fc.double({ min: 0.1, max: 0.5, noNaN: true }),
});
const symmetric = ({ right: side, strike, time }: VanillaTerms, m: LognormalMarket) =>
  americanPrice(
    { right: side === 'call' ? 'put' : 'call', strike: m.spot, time },
    { spot: strike, rate: m.dividend, dividend: m.rate, volatility: m.volatility },
  );

test.each([
  ['put', 100, 0.06, 0, 0.3, 1],
  ['put', 120, 0.1, 0.02, 0.8, 3],
  ['call', 90, 0.04, 0.12, 0.8, 1],
  ['call', 80, 0.02, 0.12, 0.3, 3],
  ['put', 90, 0.03, 0.07, 0.2, 0.5],
  ['call', 110, 0.05, 0.05, 0.25, 0.1],
] as const)('%s at %d agrees with finite differences', (side, strike, rate, dividend, volatility, time) => {
  const at = { spot: 100, rate, dividend, volatility };
  const grid = finiteDifference(
    {
      spot: 100,
      expiry: time,
      rate,
      yield: dividend,
      payoff: (s) => Math.max(side === 'call' ? s - strike : strike - s, 0),
      volatility: () => volatility,
      volatilityScale: volatility,
      strike,
      american: true,
    },
    { nodes: 801, steps: 400 },
  );
  expect(Math.abs(americanPrice({ right: side, strike, time }, at) - grid.value)).toBeLessThan(1e-3);
});

test('the fast scheme stays within 1e-4 of spot of the accurate one', () => {
  fc.assert(
    fc.property(terms, market, (t, m) => {
      const gap = americanPrice(t, m, FAST_SCHEME) - americanPrice(t, m, ACCURATE_SCHEME);
      expect(Math.abs(gap)).toBeLessThan(1e-4 * m.spot);
    }),
    { numRuns: cases(150) },
  );
});

test('worth at least the European and the exercise, at most the strike or the spot', () => {
  fc.assert(
    fc.property(terms, market, (t, m) => {
      const value = americanPrice(t, m, FAST_SCHEME);
      const exercise = t.right === 'call' ? m.spot - t.strike : t.strike - m.spot;
      expect(value).toBeGreaterThanOrEqual(Math.max(exercise, blackScholesPrice(t, m)) - 1e-12 * m.spot);
      expect(value).toBeLessThanOrEqual(t.right === 'call' ? m.spot : t.strike);
    }),
  );
});

test('a call is a put with spot and strike, rate and yield exchanged', () => {
  fc.assert(
    fc.property(terms, market, (t, m) => {
      expect(symmetric(t, m)).toBeCloseTo(americanPrice(t, m), 10);
    }),
    { numRuns: cases(50) },
  );
});

test('without a yield a call is European; without a rate a put is', () => {
  const call = { right: 'call' as const, strike: 105, time: 1 };
  const put = { ...call, right: 'put' as const };
  const at = { spot: 100, rate: 0.05, dividend: 0, volatility: 0.2 };
  expect(americanPrice(call, at)).toBeCloseTo(blackScholesPrice(call, at), 12);
  const free = { ...at, rate: 0, dividend: 0.03 };
  expect(americanPrice(put, free)).toBeCloseTo(blackScholesPrice(put, free), 12);
});

test('two boundaries are not priced as one', () => {
  const put = { spot: 100, strike: 100, rate: -0.01, dividend: -0.03, volatility: 0.2, time: 1 };
  expect(hasTwoBoundaries(put)).toBe(true);
  expect(americanPrice({ right: 'put', strike: 100, time: 1 }, put)).toBeNaN();
});

test('the named approximations stay as near as their authors say', () => {
  fc.assert(
    fc.property(terms, quietMarket, (t, m) => {
      const exact = americanPrice(t, m);
      for (const approximation of [baroneAdesiWhaleyPrice, juZhongPrice, bjerksundStenslandPrice])
        expect(Math.abs(approximation(t, m) - exact)).toBeLessThan(0.02 * m.spot);
    }),
    { numRuns: cases(60) },
  );
});

test('knock-in and knock-out are each less than the American, and the barrier far away is none', () => {
  const option = { right: 'put' as const, strike: 100, time: 0.5, rebate: 0 };
  const at = { spot: 100, rate: 0.08, dividend: 0.04, volatility: 0.25 };
  const whole = americanPrice(option, at);
  for (const corridor of [
    { lower: 90, upper: Infinity },
    { lower: 0, upper: 110 },
  ]) {
    const out = americanBarrierPrice({ ...option, ...corridor, knock: 'out' }, at).value;
    const into = americanBarrierPrice({ ...option, ...corridor, knock: 'in' }, at).value;
    expect(Math.max(out, into)).toBeLessThan(whole);
    // Holding both is worth more than the American: each may be exercised when it suits.
    expect(out + into).toBeGreaterThan(whole - 1e-3);
  }
  const far = americanBarrierPrice({ ...option, lower: 0, upper: 1000, knock: 'out' }, at);
  expect(Math.abs(far.value - whole)).toBeLessThan(2e-3);
});

test('two barriers cost more than either, and less than a European option would lose', () => {
  const at = { spot: 100, rate: 0.06, dividend: 0.02, volatility: 0.25 };
  for (const right of ['call', 'put'] as const) {
    const out = (lower: number, upper: number) =>
      americanBarrierPrice({ right, strike: 100, time: 0.5, rebate: 0, lower, upper, knock: 'out' }, at);
    const both = out(85, 120);
    const european = barrierPrice(
      { right, strike: 100, time: 0.5, rebate: 0, lower: 85, upper: 120, knock: 'out' },
      at,
    );
    expect(both.value).toBeGreaterThan(european);
    for (const [lower, upper] of [
      [85, Infinity],
      [0, 120],
    ] as const) {
      const single = out(lower, upper);
      expect(both.value).toBeLessThan(single.value + single.error + both.error);
    }
    // A second barrier out of reach is none.
    const far = out(85, 1000);
    expect(Math.abs(far.value - out(85, Infinity).value)).toBeLessThan(far.error + 1e-3);
  }
});

test.each([
  99.999, 99.9, 99.5, 97,
])('at rates of nothing exercise never pays: the grid beside a barrier at %d is the closed form', (lower) => {
  const at = { spot: 100, rate: 0, dividend: 0, volatility: 0.25 };
  for (const upper of [Infinity, 130]) {
    const terms = { right: 'call', strike: 100, time: 0.5, rebate: 0, lower, upper, knock: 'out' } as const;
    // At the upper barrier exercise pays the strike's distance, which the closed form has as a rebate.
    const exact =
      upper === Infinity
        ? barrierPrice(terms, at)
        : barrierPrice(terms, at) + 30 * touchValue({ lower, upper, time: 0.5 }, 'upper', at);
    const { value, error } = americanBarrierPrice(terms, at);
    expect(Math.abs(value - exact)).toBeLessThan(Math.max(error, 1e-3));
  }
});
