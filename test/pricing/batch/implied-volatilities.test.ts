/** Volatilities in batch are those of the scalar solver, wherever a price has one, and a reason stands where it has none. */
import fc from 'fast-check';
import {
  IMPLIED_REASONS,
  type ImpliedColumns,
  impliedSolver,
  type QuotedPrices,
} from '../../../pricing/batch/implied-volatilities';
import { blackPrice } from '../../../pricing/models/black';
import { impliedBlackVolatility, type QuotedOption } from '../../../pricing/models/implied-volatility';
import { cases } from '../../support/long-runs';

const solved = (options: readonly QuotedOption[], kernel: 'wasm-simd' | 'javascript' = 'wasm-simd') => {
  const column = (of: (option: QuotedOption) => number): Float64Array => Float64Array.from(options, of);
  const quotes: QuotedPrices = {
    sign: column(({ right }) => (right === 'call' ? 1 : -1)),
    price: column(({ price }) => price),
    forward: column(({ forward }) => forward),
    strike: column(({ strike }) => strike),
    discount: column(({ discount }) => discount),
    time: column(({ time }) => time),
  };
  const out: ImpliedColumns = {
    volatility: new Float64Array(options.length).fill(7),
    reason: new Uint8Array(options.length).fill(99),
  };
  impliedSolver(kernel).solve(quotes, options.length, out);
  return options.map((_, i) => ({
    volatility: out.volatility[i]!,
    reason: IMPLIED_REASONS[out.reason[i]!],
  }));
};

const quoted = fc
  .record({
    right: fc.constantFrom('call' as const, 'put' as const),
    forward: fc.constantFrom(1.08, 100, 4800),
    deviations: fc.double({ min: -12, max: 12, noNaN: true }),
    volatility: fc.double({ min: 0.01, max: 3, noNaN: true }),
    time: fc.constantFrom(1 / 8760, 1 / 365, 0.25, 2, 30),
    discount: fc.constantFrom(1, 0.97, 1.02),
  })
  .map(({ right, forward, deviations, volatility, time, discount }): QuotedOption & { stdDev: number } => {
    const stdDev = volatility * Math.sqrt(time);
    const strike = forward * Math.exp(deviations * stdDev);
    return {
      right,
      forward,
      strike,
      discount,
      time,
      stdDev,
      price: blackPrice({ right, strike, forward, stdDev, discount }),
    };
  })
  .filter(({ strike }) => strike > 0 && Number.isFinite(strike));

test('this Node has the kernel, so that what follows tests it', () => {
  expect(impliedSolver().name).toBe('wasm-simd');
  expect(impliedSolver('javascript').name).toBe('javascript');
});

test('every price has the volatility, or the reason, of the scalar solver', () => {
  let [found, refused] = [0, 0];
  fc.assert(
    fc.property(fc.array(quoted, { minLength: 1, maxLength: 9 }), (options) => {
      const batch = solved(options);
      options.forEach((option, i) => {
        const alone = impliedBlackVolatility(option);
        const { volatility, reason } = batch[i]!;
        if (!alone.ok) {
          refused++;
          expect({ volatility, reason }).toEqual({ volatility: Number.NaN, reason: alone.reason });
          return;
        }
        found++;
        expect(reason).toBe('solved');
        const { right, forward, strike, discount, time, price } = option;
        const stdDev = volatility * Math.sqrt(time);
        const again = blackPrice({ right, strike, forward, stdDev, discount });
        // The same volatility to 1e-9, unless the price has fewer digits of it: then the same price.
        const isSame = Math.abs(volatility / alone.value - 1) < 1e-9;
        expect(isSame || Math.abs(again - price) < 4e-15 * Math.max(forward, strike)).toBe(true);
      });
    }),
    { numRuns: cases(1500), seed: 9 },
  );
  expect(found).toBeGreaterThan(cases(2000));
  expect(refused).toBeGreaterThan(cases(50));
});

test('what a desk sees is exact to ten digits: within five deviations, out of the money', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.double({ min: 0.02, max: 1.5, noNaN: true }),
      fc.constantFrom(2 / 365, 0.25, 1),
      (deviations, volatility, time) => {
        const stdDev = volatility * Math.sqrt(time);
        const strike = 100 * Math.exp(deviations * stdDev);
        const right = strike >= 100 ? ('call' as const) : ('put' as const);
        const price = blackPrice({ right, strike, forward: 100, stdDev, discount: 1 });
        const [one] = solved([{ right, strike, forward: 100, discount: 1, time, price }]);
        const alone = impliedBlackVolatility({ right, strike, forward: 100, discount: 1, time, price });
        if (!alone.ok) throw new Error(alone.message);
        expect(Math.abs(one!.volatility / alone.value - 1)).toBeLessThan(2e-10);
      },
    ),
    { numRuns: cases(2000) },
  );
});

const atMoney: QuotedOption = { right: 'call', forward: 100, strike: 100, discount: 1, time: 1, price: 8 };

test.each([
  [{ price: Number.NaN }, 'price-must-be-finite'],
  [{ price: Number.POSITIVE_INFINITY }, 'price-must-be-finite'],
  [{ discount: 0 }, 'price-must-be-finite'],
  [{ price: 0 }, 'price-has-no-time-value'],
  [{ price: -1 }, 'price-below-intrinsic'],
  [{ forward: 120 }, 'price-below-intrinsic'],
  [{ price: 100 }, 'price-above-maximum'],
  [{ time: 0 }, 'time-must-be-positive'],
  [{ time: Number.NaN }, 'time-must-be-positive'],
  [{ strike: -1 }, 'strike-must-be-positive'],
  [{ forward: Number.NaN }, 'forward-must-be-positive'],
])('a price with %j has no volatility: %s, and its neighbours have theirs', (change, reason) => {
  for (const kernel of ['wasm-simd', 'javascript'] as const) {
    const [first, second, third] = solved([atMoney, { ...atMoney, ...change }, atMoney], kernel);
    expect(second).toEqual({ volatility: Number.NaN, reason });
    expect([first, third]).toEqual([third, first]);
    expect(first!.reason).toBe('solved');
  }
});

test('a solution at the very ends of the domain is found: half the maximum and beyond, and a price of 1e-250', () => {
  const nearMaximum = [99, 99.9999, 60, 75].map((price) => ({ ...atMoney, price }));
  const tiny = { ...atMoney, strike: 250, price: 1e-250 };
  for (const { volatility, reason } of solved([...nearMaximum, tiny])) {
    expect(reason).toBe('solved');
    expect(volatility).toBeGreaterThan(0);
  }
});

test('portions and odd counts change nothing, and a column that is too short is a mistake', () => {
  const many = Array.from({ length: 1031 }, (_, i) => ({
    ...atMoney,
    strike: 80 + 0.04 * i,
    price: 30 - 0.02 * i,
  }));
  const all = solved(many);
  expect(all[1030]).toEqual(solved([many[1030]!])[0]);
  expect(all[511]).toEqual(solved([many[511]!])[0]);
  const quotes = Object.fromEntries(
    ['sign', 'price', 'forward', 'strike', 'discount', 'time'].map((name) => [name, new Float64Array(3)]),
  ) as unknown as QuotedPrices;
  const out = { volatility: new Float64Array(3), reason: new Uint8Array(3) };
  expect(() => impliedSolver().solve(quotes, 4, out)).toThrow('columns hold 3 prices');
});
