import fc from 'fast-check';
import { bachelierPrice } from '../../../pricing/models/bachelier';
import { blackPrice } from '../../../pricing/models/black';
import {
  impliedBachelierVolatility,
  impliedBlackVolatility,
  impliedShiftedBlackVolatility,
  normalisedCall,
  type QuotedOption,
} from '../../../pricing/models/implied-volatility';
import { cases } from '../../support/long-runs';

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);
const right = fc.constantFrom('call' as const, 'put' as const);

test('Black volatility goes there and back to 1e-10 wherever the price holds it', () => {
  fc.assert(
    fc.property(
      right,
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: 0.01, max: 4, noNaN: true }),
      fc.double({ min: 0.01, max: 30, noNaN: true }),
      (side, moneyness, volatility, time) => {
        const [forward, strike, discount] = [100, 100 * Math.exp(moneyness), 0.9];
        const stdDev = volatility * Math.sqrt(time);
        const price = blackPrice({ right: side, strike, forward, stdDev, discount });
        // How far one rounding of the price moves the volatility: in the money and far out it is more than 1e-10.
        const vega =
          Math.sqrt(forward * strike) *
          discount *
          0.3989 *
          Math.exp(-0.5 * ((moneyness / stdDev) ** 2 + stdDev ** 2 / 4));
        const blur = (4e-16 * Math.max(price, 1e-3 * forward)) / (vega * stdDev);
        fc.pre(blur < 1e-11);
        const implied = impliedBlackVolatility({ right: side, price, forward, strike, discount, time });
        expect(implied.ok && relative(implied.value, volatility)).toBeLessThan(1e-10);
      },
    ),
    { numRuns: cases(3000) },
  );
});

test('far out of the money the small price still holds its volatility', () => {
  for (const [x, s] of [
    [-5, 0.2],
    [-1, 0.05],
    [-0.001, 0.0001],
    [-8, 1],
    [-0.3, 0.02],
  ] as const) {
    const strike = 100 * Math.exp(-x);
    const price = normalisedCall(x, s) * Math.sqrt(100 * strike);
    const implied = impliedBlackVolatility({
      right: 'call',
      price,
      forward: 100,
      strike,
      discount: 1,
      time: 1,
    });
    expect(implied.ok && relative(implied.value, s)).toBeLessThan(1e-10);
  }
});

test('the normalised price agrees with Black where both are exact, and joins where its forms meet', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -2, max: 0, noNaN: true }),
      fc.double({ min: 0.15, max: 3, noNaN: true }),
      (x, s) => {
        const direct = blackPrice({
          right: 'call',
          forward: Math.exp(x / 2),
          strike: Math.exp(-x / 2),
          stdDev: s,
          discount: 1,
        });
        expect(Math.abs(normalisedCall(x, s) - direct)).toBeLessThan(4e-16 * (1 + Math.exp(-x / 2)));
      },
    ),
  );
  for (const h of [-0.1, -1, -4, -9])
    expect(
      relative(normalisedCall(0.2000001 * h, 0.2000001), normalisedCall(0.1999999 * h, 0.1999999)),
    ).toBeLessThan(3e-6);
});

test('Bachelier volatility goes there and back to 1e-10', () => {
  fc.assert(
    fc.property(
      right,
      fc.double({ min: -0.02, max: 0.05, noNaN: true }),
      fc.double({ min: -7, max: 7, noNaN: true }),
      fc.double({ min: 0.0005, max: 0.03, noNaN: true }),
      fc.double({ min: 0.02, max: 30, noNaN: true }),
      (side, forward, deviations, volatility, time) => {
        const stdDev = volatility * Math.sqrt(time);
        const strike = forward + deviations * stdDev;
        const out = deviations > 0 === (side === 'call');
        fc.pre(out || Math.abs(deviations) < 3);
        const price = bachelierPrice({ right: side, strike, forward, stdDev, discount: 0.8 });
        const implied = impliedBachelierVolatility({
          right: side,
          price,
          forward,
          strike,
          discount: 0.8,
          time,
        });
        expect(implied.ok && relative(implied.value, volatility)).toBeLessThan(out ? 1e-10 : 1e-9);
      },
    ),
    { numRuns: cases(2000) },
  );
});

test('shifted Black gives back the volatility of a negative rate', () => {
  const terms = { right: 'put' as const, strike: -0.004, forward: -0.002, discount: 0.99 };
  const price = blackPrice({ ...terms, strike: 0.016, forward: 0.018, stdDev: 0.25 });
  const implied = impliedShiftedBlackVolatility({ ...terms, price, time: 1, shift: 0.02 });
  expect(implied.ok && relative(implied.value, 0.25)).toBeLessThan(1e-10);
});

const quote: QuotedOption = { right: 'call', price: 10, forward: 100, strike: 95, discount: 1, time: 1 };
test.each([
  [{ price: 4.99 }, 'price-below-intrinsic'],
  [{ price: 5 }, 'price-has-no-time-value'],
  [{ price: 100 }, 'price-above-maximum'],
  [{ right: 'put' as const, price: 95 }, 'price-above-maximum'],
  [{ price: Number.NaN }, 'price-must-be-finite'],
  [{ strike: 0 }, 'strike-must-be-positive'],
  [{ time: 0 }, 'time-must-be-positive'],
  [{ forward: -1 }, 'forward-must-be-positive'],
])('a quote with %j is refused as %s', (change, reason) => {
  expect(impliedBlackVolatility({ ...quote, ...change })).toMatchObject({ ok: false, reason });
});

test('Bachelier has no largest price', () => {
  expect(impliedBachelierVolatility({ ...quote, price: 1e6 }).ok).toBe(true);
  expect(impliedBachelierVolatility({ ...quote, price: 4 })).toMatchObject({
    reason: 'price-below-intrinsic',
  });
});
