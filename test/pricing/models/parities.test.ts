import fc from 'fast-check';
import { gaussLegendre, integrate } from '../../../pricing/math/gauss-legendre';
import { normalPdf } from '../../../pricing/math/normal';
import { levyPrice, turnbullWakemanPrice } from '../../../pricing/models/asian-arithmetic';
import { geometricContinuousPrice, geometricDiscretePrice } from '../../../pricing/models/asian-geometric';
import { vecerPrice } from '../../../pricing/models/asian-vecer';
import { bachelierPrice } from '../../../pricing/models/bachelier';
import {
  barrierPrice,
  binaryBarrierPrice,
  noTouchValue,
  oneTouchPrice,
  touchEitherValue,
} from '../../../pricing/models/barrier';
import { blackPrice, blackScholesPrice, shiftedBlackPrice } from '../../../pricing/models/black';
import { compoundPrice } from '../../../pricing/models/compound';
import { cashOrNothingPrice, gapPrice } from '../../../pricing/models/digital';
import { kirkPrice, margrabePrice, type PairMarket } from '../../../pricing/models/exchange';
import { finiteDifference } from '../../../pricing/models/finite-difference';
import { mertonPrice } from '../../../pricing/models/jump-diffusion';
import { fixedLookbackPrice, floatingLookbackPrice } from '../../../pricing/models/lookback';
import { softBarrierPrice } from '../../../pricing/models/partial-barrier';
import {
  partialFixedLookbackPrice,
  partialFloatingLookbackPrice,
} from '../../../pricing/models/partial-lookback';
import { spreadPrice } from '../../../pricing/models/spread';
import { twoAssetPrice } from '../../../pricing/models/two-asset';
import { cases } from '../../support/long-runs';

const market = fc.record({
  spot: fc.double({ min: 80, max: 120, noNaN: true }),
  rate: fc.double({ min: -0.01, max: 0.1, noNaN: true }),
  dividend: fc.double({ min: -0.01, max: 0.1, noNaN: true }),
  volatility: fc.double({ min: 0.05, max: 0.6, noNaN: true }),
});
const strike = fc.double({ min: 70, max: 140, noNaN: true });
const time = fc.double({ min: 0.05, max: 3, noNaN: true });
const right = fc.constantFrom('call' as const, 'put' as const);
const near = (actual: number, expected: number, within = 1e-9) =>
  expect(Math.abs(actual - expected)).toBeLessThan(within);

test('put and call differ by the forward, under every model of the Black family', () => {
  fc.assert(
    fc.property(market, strike, time, (m, k, t) => {
      const parity = m.spot * Math.exp(-m.dividend * t) - k * Math.exp(-m.rate * t);
      const of = (side: 'call' | 'put') => ({ right: side, strike: k, time: t });
      near(blackScholesPrice(of('call'), m) - blackScholesPrice(of('put'), m), parity);
      const jumps = { ...m, intensity: 0.5, jumpMean: -0.1, jumpVolatility: 0.2 };
      near(mertonPrice(of('call'), jumps) - mertonPrice(of('put'), jumps), parity);
      const on = (side: 'call' | 'put') => ({
        right: side,
        strike: k,
        forward: m.spot,
        stdDev: 0.3,
        discount: 0.9,
      });
      near(blackPrice(on('call')) - blackPrice(on('put')), 0.9 * (m.spot - k));
      near(
        shiftedBlackPrice({ ...on('call'), shift: 5 }) - shiftedBlackPrice({ ...on('put'), shift: 5 }),
        0.9 * (m.spot - k),
      );
      near(
        bachelierPrice({ ...on('call'), stdDev: 9 }) - bachelierPrice({ ...on('put'), stdDev: 9 }),
        0.9 * (m.spot - k),
      );
    }),
  );
});

test('in and out make the vanilla; touch and no touch make the certain payment', () => {
  fc.assert(
    fc.property(
      market,
      strike,
      time,
      right,
      fc.constantFrom([85, Infinity], [0, 125], [75, 135]),
      (m, k, t, side, [lower, upper]) => {
        const corridor = { lower: lower!, upper: upper!, time: t };
        const terms = { ...corridor, right: side, strike: k, rebate: 0 };
        const both = barrierPrice({ ...terms, knock: 'in' }, m) + barrierPrice({ ...terms, knock: 'out' }, m);
        fc.pre(m.spot > lower! && m.spot < upper!);
        near(both, blackScholesPrice(terms, m), 1e-8);
        const binary = { ...terms, pays: 'cash' as const };
        near(
          binaryBarrierPrice({ ...binary, knock: 'in' }, m) +
            binaryBarrierPrice({ ...binary, knock: 'out' }, m),
          cashOrNothingPrice(terms, m),
        );
        const touch = { ...corridor, pays: 'cash' as const, when: 'at-expiry' as const };
        near(
          oneTouchPrice({ ...touch, knock: 'in' }, m) + oneTouchPrice({ ...touch, knock: 'out' }, m),
          Math.exp(-m.rate * t),
        );
        // Without a rate it does not matter when the touch pays.
        const free = { ...m, rate: 0 };
        near(touchEitherValue(corridor, free) + noTouchValue(corridor, free), 1);
      },
    ),
  );
});

test.each([
  [{ lower: 90, upper: Infinity, rebate: 3 }, 'call', 100],
  [{ lower: 0, upper: 115, rebate: 0 }, 'put', 105],
  [{ lower: 88, upper: 118, rebate: 2 }, 'call', 100],
] as const)('a knock-out with %j agrees with finite differences', (corridor, side, k) => {
  const m = { spot: 100, rate: 0.06, dividend: 0.02, volatility: 0.2 };
  const { lower, upper, rebate } = corridor;
  const grid = finiteDifference(
    {
      spot: 100,
      expiry: 0.5,
      rate: m.rate,
      yield: m.dividend,
      payoff: (s) => Math.max(side === 'call' ? s - k : k - s, 0),
      volatility: () => m.volatility,
      volatilityScale: m.volatility,
      strike: k,
      barrier: { ...(lower > 0 && { lower }), ...(upper < Infinity && { upper }), rebate },
    },
    { nodes: 601, steps: 400 },
  );
  near(barrierPrice({ ...corridor, right: side, strike: k, time: 0.5, knock: 'out' }, m), grid.value, 2e-3);
});

test.each([
  0.02, 0.005, 0.002, 0.001, 0.0005,
])('at volatility %d a barrier that the drift reaches is touched half of the time, one beyond is not', (volatility) => {
  // The forward falls by 5 % in a year; barriers are where it ends, and a little before and after.
  const m = { spot: 100, rate: 0, dividend: 0.05, volatility };
  const nu = -0.05 - 0.5 * volatility * volatility;
  const none = (distance: number) =>
    noTouchValue({ lower: 100 * Math.exp(nu + distance * volatility), upper: Infinity, time: 1 }, m);
  near(none(-8), 1, 1e-6);
  near(none(8), 0, 1e-6);
  near(none(0), 0.5, (1.2 * volatility) / 0.05);
  // Without a rate the touch is worth what the certain payment is not.
  for (const distance of [-2, 0, 2]) {
    const corridor = { lower: 100 * Math.exp(nu + distance * volatility), upper: Infinity, time: 1 };
    near(touchEitherValue(corridor, m) + noTouchValue(corridor, m), 1, 1e-9);
  }
});

test('a soft barrier of no width is a hard one; a gap with one strike is a vanilla', () => {
  fc.assert(
    fc.property(market, strike, time, right, (m, k, t, side) => {
      const terms = { right: side, strike: k, time: t };
      const hard = barrierPrice({ ...terms, lower: 75, upper: Infinity, knock: 'out', rebate: 0 }, m);
      near(softBarrierPrice({ ...terms, knock: 'out', side: 'down', low: 75, high: 75 }, m), hard);
      near(gapPrice({ ...terms, payoffStrike: k }, m), blackScholesPrice(terms, m));
    }),
  );
});

test('a lookback is at least its vanilla, joins at no carry, and its partial forms end in it', () => {
  fc.assert(
    fc.property(market, strike, time, right, (m, k, t, side) => {
      const terms = { right: side, strike: k, time: t, extreme: m.spot };
      const full = fixedLookbackPrice(terms, m);
      expect(full).toBeGreaterThan(blackScholesPrice(terms, m) - 1e-9);
      near(partialFixedLookbackPrice({ ...terms, watchStart: 1e-9 }, m), full, 0.01);
      const [low, high] = [-2e-6, 2e-6].map((carry) =>
        floatingLookbackPrice(terms, { ...m, dividend: m.rate - carry }),
      );
      near(floatingLookbackPrice(terms, { ...m, dividend: m.rate }), (low! + high!) / 2, 1e-6);
    }),
    { numRuns: cases(40) },
  );
});

test('a floating lookback watched to the end at a multiple of one is the full one', () => {
  const m = { spot: 100, rate: 0.05, dividend: 0.02, volatility: 0.3 };
  for (const side of ['call', 'put'] as const) {
    const terms = { right: side, time: 1, extreme: side === 'call' ? 95 : 106 };
    near(
      partialFloatingLookbackPrice({ ...terms, lambda: 1, watchEnd: 1 - 1e-12 }, m),
      floatingLookbackPrice(terms, m),
      1e-5,
    );
  }
});

test('the compound option is the integral of its daughter', () => {
  const m = { spot: 100, rate: 0.05, dividend: 0.02, volatility: 0.3 };
  const rule = gaussLegendre(64);
  for (const mother of ['call', 'put'] as const)
    for (const daughter of ['call', 'put'] as const) {
      const terms = {
        mother: { right: mother, strike: 6, time: 0.25 },
        daughter: { right: daughter, strike: 105, time: 1 },
      };
      const payoff = (z: number) => {
        const spot = 100 * Math.exp((0.03 - 0.045) * 0.25 + 0.15 * z);
        const value = blackScholesPrice({ ...terms.daughter, time: 0.75 }, { ...m, spot });
        return normalPdf(z) * Math.max(mother === 'call' ? value - 6 : 6 - value, 0);
      };
      let sum = 0;
      for (let z = -9; z < 9; z += 0.05) sum += integrate(payoff, { from: z, to: z + 0.05, rule });
      near(compoundPrice(terms, m), sum * Math.exp(-0.0125), 1e-6);
    }
});

test('averages: one fixing is a vanilla, arithmetic is above geometric, the grid meets the moments', () => {
  fc.assert(
    fc.property(market, strike, time, right, (m, k, t, side) => {
      const terms = { right: side, strike: k, time: t };
      const one = { ...terms, pastFixings: [], fixingTimes: [t] };
      near(geometricDiscretePrice(one, m), blackScholesPrice(terms, m), 1e-9);
      near(turnbullWakemanPrice(one, m), blackScholesPrice(terms, m), 1e-9);
      // Of the averages themselves this is a theorem. Far out of the money it is none of Levy's approximation, whose
      // lognormal has a thinner tail than the average.
      const forward = { ...terms, right: 'call' as const, strike: 1e-6, elapsed: 0, averageSoFar: 0 };
      expect(levyPrice(forward, m)).toBeGreaterThan(geometricContinuousPrice(forward, m) - 1e-9);
    }),
  );
  const quiet = { spot: 100, rate: 0.05, dividend: 0.02, volatility: 0.1 };
  const terms = { right: 'put' as const, strike: 102, time: 1, elapsed: 0, averageSoFar: 0 };
  near(vecerPrice(terms, quiet), levyPrice(terms, quiet), 5e-3);
});

test('a past fixing beyond the strike leaves the average certain', () => {
  const m = { spot: 100, rate: 0.05, dividend: 0.02, volatility: 0.2 };
  const terms = { right: 'call' as const, strike: 40, time: 1, pastFixings: [130, 140], fixingTimes: [1] };
  const forward = 100 * Math.exp(0.03);
  near(turnbullWakemanPrice(terms, m), Math.exp(-0.05) * ((270 + forward) / 3 - 40), 1e-9);
});

const pair = fc.record({
  spot1: fc.double({ min: 80, max: 120, noNaN: true }),
  spot2: fc.double({ min: 80, max: 120, noNaN: true }),
  dividend1: fc.double({ min: 0, max: 0.08, noNaN: true }),
  dividend2: fc.double({ min: 0, max: 0.08, noNaN: true }),
  volatility1: fc.double({ min: 0.1, max: 0.5, noNaN: true }),
  volatility2: fc.double({ min: 0.1, max: 0.5, noNaN: true }),
  correlation: fc.double({ min: -0.95, max: 0.95, noNaN: true }),
  rate: fc.double({ min: 0, max: 0.1, noNaN: true }),
});

test('two assets: minimum and maximum make both calls, a spread at nought is an exchange', () => {
  fc.assert(
    fc.property(pair, strike, time, (m: PairMarket, k, t) => {
      const call = (best: 'minimum' | 'maximum') =>
        twoAssetPrice({ right: 'call', best, strike: k, time: t }, m);
      const single = (spot: number, dividend: number, volatility: number) =>
        blackScholesPrice(
          { right: 'call', strike: k, time: t },
          { spot, dividend, volatility, rate: m.rate },
        );
      near(
        call('minimum') + call('maximum'),
        single(m.spot1, m.dividend1, m.volatility1) + single(m.spot2, m.dividend2, m.volatility2),
        1e-8,
      );
      const exchange = margrabePrice({ time: t, quantity1: 1, quantity2: 1 }, m);
      near(spreadPrice({ right: 'call', strike: 0, time: t }, m), exchange, 1e-7);
      near(kirkPrice({ right: 'call', strike: 0, time: t }, m), exchange, 1e-9);
      const spread = (side: 'call' | 'put') => spreadPrice({ right: side, strike: 5, time: t }, m);
      const forward = m.spot1 * Math.exp(-m.dividend1 * t) - m.spot2 * Math.exp(-m.dividend2 * t);
      near(spread('call') - spread('put'), forward - 5 * Math.exp(-m.rate * t), 1e-7);
    }),
    { numRuns: cases(60) },
  );
});
