/** What must hold between prices whatever the model's numbers: put–call of every product that has one, digitals, bounds, order. */
import fc from 'fast-check';
import { americanPrice } from '../../../pricing/models/american';
import { levyPrice, turnbullWakemanPrice } from '../../../pricing/models/asian-arithmetic';
import { geometricDiscretePrice } from '../../../pricing/models/asian-geometric';
import { blackScholesPrice, type LognormalMarket, type Right } from '../../../pricing/models/black';
import { compoundPrice } from '../../../pricing/models/compound';
import { assetOrNothingPrice, cashOrNothingPrice } from '../../../pricing/models/digital';
import type { PairMarket } from '../../../pricing/models/exchange';
import { forwardPerformancePrice, forwardStartPrice } from '../../../pricing/models/forward-start';
import { fixedLookbackPrice, floatingLookbackPrice } from '../../../pricing/models/lookback';
import { partialBarrierPrice } from '../../../pricing/models/partial-barrier';
import { partialFixedLookbackPrice } from '../../../pricing/models/partial-lookback';
import { spreadPrice } from '../../../pricing/models/spread';
import { twoAssetBarrierPrice, twoAssetPrice } from '../../../pricing/models/two-asset';
import { vannaVolgaVanillaPrice } from '../../../pricing/models/vanna-volga';
import { cases } from '../../support/long-runs';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const market = fc.record({
  spot: number(60, 160),
  rate: number(-0.03, 0.12),
  dividend: number(-0.03, 0.12),
  volatility: number(0.03, 0.9),
});
const strike = number(50, 180);
const time = number(0.01, 6);
const share = number(0.02, 0.98);
const pair = fc.record({
  spot1: number(60, 160),
  spot2: number(60, 160),
  dividend1: number(-0.02, 0.1),
  dividend2: number(-0.02, 0.1),
  volatility1: number(0.05, 0.8),
  volatility2: number(0.05, 0.8),
  correlation: number(-0.999, 0.999),
  rate: number(-0.02, 0.1),
});
const near = (actual: number, expected: number, within = 1e-9): void =>
  expect(Math.abs(actual - expected)).toBeLessThan(within * Math.max(100, Math.abs(expected)));
const asset = (m: LognormalMarket, t: number): number => m.spot * Math.exp(-m.dividend * t);
const cash = (m: { readonly rate: number }, t: number): number => Math.exp(-m.rate * t);
const parity = (of: (right: Right) => number): number => of('call') - of('put');

test('averages, forward starts and options on options: call less put is the forward of what they pay', () => {
  fc.assert(
    fc.property(market, strike, time, share, (m, k, t, s) => {
      const terms = (right: Right) => ({ right, strike: k, time: t });
      const fixingTimes = [0.3, 0.6, 1].map((x) => x * t);
      const fixings = { pastFixings: [90, 104], fixingTimes };
      const mean =
        (194 + fixingTimes.reduce((sum, u) => sum + m.spot * Math.exp((m.rate - m.dividend) * u), 0)) / 5;
      near(
        parity((right) => turnbullWakemanPrice({ ...terms(right), ...fixings }, m)),
        cash(m, t) * (mean - k),
      );
      const running = { elapsed: 0.5, averageSoFar: 97 };
      const b = m.rate - m.dividend;
      const ahead = m.spot * (Math.abs(b) < 1e-9 ? t : Math.expm1(b * t) / b);
      near(
        parity((right) => levyPrice({ ...terms(right), ...running }, m)),
        cash(m, t) * ((48.5 + ahead) / (0.5 + t) - k),
        1e-8,
      );
      const start = { moneyness: k / 100, start: s * t, time: t };
      near(
        parity((right) => forwardStartPrice({ right, ...start }, m)),
        asset(m, t) - (k / 100) * asset(m, s * t) * cash(m, t - s * t),
      );
      near(
        parity((right) => forwardPerformancePrice({ right, ...start }, m)),
        cash(m, s * t) * (Math.exp(-m.dividend * (t - s * t)) - (k / 100) * cash(m, t - s * t)),
      );
      for (const right of ['call', 'put'] as const) {
        const daughter = { right, strike: 100, time: t };
        near(
          parity((held) =>
            compoundPrice({ mother: { right: held, strike: 0.1 * k, time: s * t }, daughter }, m),
          ),
          blackScholesPrice(daughter, m) - 0.1 * k * cash(m, s * t),
          1e-8,
        );
      }
    }),
    { numRuns: cases(60) },
  );
});

test('two assets and a smile: call less put is a forward, in and out are the whole', () => {
  fc.assert(
    fc.property(pair, strike, time, (m: PairMarket, k, t) => {
      const [first, second] = [m.spot1 * Math.exp(-m.dividend1 * t), m.spot2 * Math.exp(-m.dividend2 * t)];
      near(
        parity((right) => spreadPrice({ right, strike: k - 100, time: t }, m)),
        first - second - (k - 100) * cash(m, t),
      );
      const rainbow = (best: 'minimum' | 'maximum') =>
        parity((right) => twoAssetPrice({ right, best, strike: k, time: t }, m));
      near(rainbow('minimum') + rainbow('maximum'), first + second - 2 * k * cash(m, t));
      const barrier = { strike: k, time: t, side: 'down', barrier: 0.8 * m.spot2 } as const;
      for (const right of ['call', 'put'] as const) {
        const knocked = (knock: 'in' | 'out') => twoAssetBarrierPrice({ ...barrier, right, knock }, m);
        const whole = blackScholesPrice(
          { right, strike: k, time: t },
          { spot: m.spot1, rate: m.rate, dividend: m.dividend1, volatility: m.volatility1 },
        );
        near(knocked('in') + knocked('out'), whole);
        for (const knock of ['in', 'out'] as const) expect(knocked(knock)).toBeGreaterThan(-1e-9);
      }
    }),
    { numRuns: cases(60) },
  );
  const smile = {
    spot: 1.3,
    rate: 0.03,
    foreignRate: 0.01,
    volatility25Put: 0.105,
    volatilityAtm: 0.095,
    volatility25Call: 0.092,
    delta: 'forward',
  } as const;
  const fx = parity((right) => vannaVolgaVanillaPrice({ right, strike: 1.34, time: 0.7 }, smile));
  expect(fx).toBeCloseTo(1.3 * Math.exp(-0.007) - 1.34 * Math.exp(-0.021), 12);
});

test('a digital is what the call loses as its strike rises, and asset less cash digitals are the call', () => {
  fc.assert(
    fc.property(market, strike, time, (m, k, t) => {
      const call = (level: number) => blackScholesPrice({ right: 'call', strike: level, time: t }, m);
      const h = 1e-3 * k * Math.min(m.volatility * Math.sqrt(t), 0.5);
      const slope = (step: number) => (call(k + step) - call(k - step)) / (2 * step);
      const digital = cashOrNothingPrice({ right: 'call', strike: k, time: t }, m);
      expect(Math.abs((slope(2 * h) - 4 * slope(h)) / 3 - digital)).toBeLessThan(1e-7);
      const terms = { right: 'call', strike: k, time: t } as const;
      near(assetOrNothingPrice(terms, m) - k * digital, call(k));
    }),
  );
});

test('watching longer is worth no less; the longest watch is a lookback, above every average', () => {
  fc.assert(
    fc.property(market, strike, time, share, fc.constantFrom<Right>('call', 'put'), (m, k, t, s, right) => {
      const terms = { right, strike: k, time: t };
      const vanilla = blackScholesPrice(terms, m);
      const full = fixedLookbackPrice({ ...terms, extreme: m.spot }, m);
      const late = partialFixedLookbackPrice({ ...terms, watchStart: s * t }, m);
      expect(late).toBeGreaterThan(vanilla - 1e-7);
      expect(full).toBeGreaterThan(late - 1e-7);
      const average = geometricDiscretePrice({ ...terms, pastFixings: [], fixingTimes: [s * t, t] }, m);
      expect(full).toBeGreaterThan(average - 1e-7);
      // Buying at the lowest price is better than buying at today's.
      const floating = floatingLookbackPrice({ right: 'call', time: t, extreme: m.spot }, m);
      expect(floating).toBeGreaterThan(
        blackScholesPrice({ right: 'call', strike: m.spot, time: t }, m) - 1e-7,
      );
    }),
    { numRuns: cases(60) },
  );
});

test('a barrier watched for a part of the life costs less than its vanilla and no less than one watched longer', () => {
  fc.assert(
    fc.property(market, strike, time, share, fc.constantFrom<Right>('call', 'put'), (m, k, t, s, right) => {
      const out = (watch: 'start' | 'end-cross' | 'end-beyond', cover: number) =>
        partialBarrierPrice(
          { right, strike: k, time: t, knock: 'out', side: 'down', barrier: 0.9 * m.spot, watch, cover },
          m,
        );
      const vanilla = blackScholesPrice({ right, strike: k, time: t }, m);
      const [short, long] = [out('start', s * t), out('start', t)];
      expect(vanilla).toBeGreaterThan(short - 1e-7);
      expect(short).toBeGreaterThan(long - 1e-7);
      // Being beyond at the cover event knocks out one and not the other.
      expect(out('end-cross', s * t)).toBeGreaterThan(out('end-beyond', s * t) - 1e-7);
      expect(out('end-beyond', s * t)).toBeGreaterThan(long - 1e-7);
    }),
    { numRuns: cases(60) },
  );
});

test('American options fall and rise with the strike, and gain with volatility and time', () => {
  const rates = fc.record({
    ...{ rate: number(0, 0.1), dividend: number(0, 0.1), volatility: number(0.1, 0.6) },
  });
  fc.assert(
    fc.property(
      rates,
      number(70, 140),
      number(0.05, 2),
      fc.constantFrom<Right>('call', 'put'),
      (r, k, t, right) => {
        const m = { ...r, spot: 100 };
        const at = (change: { strike?: number; time?: number }, market: LognormalMarket = m) =>
          americanPrice({ right, strike: k, time: t, ...change }, market);
        const slack = 3e-4;
        const sign = right === 'call' ? -1 : 1;
        expect(sign * (at({ strike: k + 2 }) - at({}))).toBeGreaterThan(-slack);
        expect(Math.abs(at({ strike: k + 2 }) - at({}))).toBeLessThan(2 + slack);
        expect(at({ time: 1.2 * t }) - at({})).toBeGreaterThan(-slack);
        expect(at({}, { ...m, volatility: 1.1 * m.volatility }) - at({})).toBeGreaterThan(-slack);
        // Convex in the strike.
        expect(at({ strike: k - 2 }) + at({ strike: k + 2 }) - 2 * at({})).toBeGreaterThan(-slack);
      },
    ),
    { numRuns: cases(60) },
  );
});
