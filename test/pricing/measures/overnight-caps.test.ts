import fc from 'fast-check';
import { microsOfDay } from '../../../pricing/calendars/date';
import { gaussLegendre, integrate } from '../../../pricing/math/gauss-legendre';
import { capFloorPricers } from '../../../pricing/measures/cap-floor';
import { hullWhiteCapFloorPricer } from '../../../pricing/measures/hull-white-cap-floor';
import { swapPricer } from '../../../pricing/measures/swap';
import { effectiveTime, growthVariance } from '../../../pricing/models/backward-rate';
import { reversionTime } from '../../../pricing/models/hull-white';
import { resolveCapFloor } from '../../../pricing/products/cap-floor';
import { resolveSwap } from '../../../pricing/products/swap';
import { certain, trade } from '../support/dual-curve';
import { context, curveSet, marketOf, overnightCap } from '../support/rates-books';

const market = marketOf(curveSet);
const bachelier = { kind: 'bachelier', market, volatility: 0.007 } as const;
const hullWhite = { kind: 'hull-white', market, reversion: 0.03, volatility: 0.008 } as const;
const priced = (right: 'cap' | 'floor', strike: number, start?: string): number =>
  certain(capFloorPricers.bachelier.price(overnightCap(right, strike, start), bachelier, context)).value;

test.each([
  ['Bachelier', (right: 'cap' | 'floor') => priced(right, 0.022)],
  [
    'shifted Black',
    (right: 'cap' | 'floor') =>
      certain(
        capFloorPricers.black.price(
          overnightCap(right, 0.022),
          { kind: 'black', market, volatility: 0.3, shift: 0.01 },
          context,
        ),
      ).value,
  ],
  [
    'Hull–White',
    (right: 'cap' | 'floor') =>
      certain(hullWhiteCapFloorPricer.price(overnightCap(right, 0.022), hullWhite, context)).value,
  ],
])('under %s a cap less a floor is the compounded leg against the strike', (_name, price) => {
  const leg = {
    currency: 'EUR',
    notional: 1e6,
    dayCount: 'ACT/360',
    paymentLag: 1,
    schedule: {
      start: '2024-12-12',
      end: '3Y',
      tenor: '3M',
      calendar: 'TARGET',
      convention: 'ModifiedFollowing',
    },
  };
  const swap = resolveSwap({
    legs: [
      { ...leg, type: 'fixed', pays: true, rate: 0.022 },
      { ...leg, type: 'floating', pays: false, index: 'EUR-ESTR' },
    ],
  });
  const { value } = certain(swapPricer.price(certain(swap), { kind: 'discounting', market }, context));
  expect(price('cap') - price('floor')).toBeCloseTo(value, 7);
});

test('the effective time is the integral of the squared decay, and its slope what a day takes off', () => {
  const rule = gaussLegendre(40);
  const span = fc.double({ min: 0.05, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: -0.9, max: 10, noNaN: true }), span, (share, length) => {
      const start = share < 0 ? share * length : share;
      const end = start + length;
      const decay = (time: number): number => Math.min(1, (end - time) / length) ** 2;
      const within = integrate(decay, { from: Math.max(start, 0), to: end, rule });
      const { value, slope } = effectiveTime({ start, end });
      expect(value).toBeCloseTo(Math.max(start, 0) + within, 12);
      const day = 1e-5;
      if (Math.abs(start) < 2 * day) return;
      const at = (by: number): number => effectiveTime({ start: start - by, end: end - by }).value;
      expect(slope).toBeCloseTo((at(-day) - at(day)) / (2 * day), 7);
    }),
  );
});

test('the variance of the growth is the integral of its squared volatility, with any reversion', () => {
  const rule = gaussLegendre(40);
  const reversion = fc.double({ min: -0.1, max: 2, noNaN: true });
  fc.assert(
    fc.property(reversion, fc.double({ min: -0.2, max: 5, noNaN: true }), (a, start) => {
      const parameters = { reversion: a, volatility: 0.01 };
      const end = start + 0.25;
      const load = (time: number): number =>
        0.01 * (reversionTime(parameters, end - time) - reversionTime(parameters, Math.max(start - time, 0)));
      const pieces = [0, Math.max(start, 0), end];
      const expected = pieces
        .slice(1)
        .reduce((sum, to, i) => sum + integrate((t) => load(t) ** 2, { from: pieces[i]!, to, rule }), 0);
      expect(growthVariance(parameters, { start, end }) / expected).toBeCloseTo(1, 9);
    }),
  );
});

test('known to its last day a caplet is what it pays; before, waiting for the end of the period is worth something', () => {
  const leg = (index: string) => ({
    currency: 'EUR',
    notional: 1e6,
    index,
    dayCount: 'ACT/360',
    schedule: {
      start: '2026-02-12',
      end: '6M',
      tenor: '6M',
      calendar: 'TARGET',
      convention: 'ModifiedFollowing',
    },
  });
  const oneCurve = { ...market, forward: { 'EUR-EURIBOR-6M': 'EUR-OIS', 'EUR-ESTR': 'EUR-OIS' } };
  const worth = (index: string): number => {
    const cap = certain(resolveCapFloor({ right: 'cap', buys: true, strike: 0.024, leg: leg(index) }));
    return certain(capFloorPricers.bachelier.price(cap, { ...bachelier, market: oneCurve }, context)).value;
  };
  expect(worth('EUR-ESTR')).toBeGreaterThan(worth('EUR-EURIBOR-6M'));
  // The day before the last fixing leaves a day's uncertainty of a quarter: next to nothing.
  const end = certain(
    capFloorPricers.bachelier.price(
      overnightCap('cap', 0.01, '2024-11-12'),
      { ...bachelier, volatility: 0 },
      { ...context, valuationTime: microsOfDay(trade) },
    ),
  );
  expect(end.explain.find(({ name }) => name.endsWith('years'))!.value).toBeLessThan(1e-5);
});

test('a smile of forward-looking rates is refused for rates in arrears', () => {
  const smile = { kind: 'sabr', market, alpha: 0.02, beta: 0.5, rho: 0, nu: 0.3 } as const;
  expect(capFloorPricers.sabr.price(overnightCap('cap', 0.02), smile, context)).toMatchObject({
    reason: 'smile-not-supported',
  });
});
