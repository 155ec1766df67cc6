import fc from 'fast-check';
import { bivariateNormalCdf } from '../../../pricing/math/bivariate-normal';
import { fastNormalCdf } from '../../../pricing/math/fast-normal';
import { gaussLegendre, integrate } from '../../../pricing/math/gauss-legendre';
import { erf, erfc, erfcx, normalCdf, normalInverse, normalPdf } from '../../../pricing/math/normal';

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

// Values to thirty digits from the series of the error function, rounded to doubles.
test.each([
  [-30, 4.906713927148187e-198, 1e-13],
  [-20, 2.7536241186062337e-89, 3e-14],
  [-5, 2.866515718791939e-7, 3e-15],
  [-1, 0.15865525393145705, 1e-15],
  [-0.1, 0.460172162722971, 1e-15],
  [0, 0.5, 0],
  [Infinity, 1, 0],
  [0.3, 0.6179114221889527, 1e-15],
  [3, 0.9986501019683699, 1e-15],
])('N(%d) = %d', (x, expected, tolerance) => {
  expect(relative(normalCdf(x), expected)).toBeLessThanOrEqual(tolerance);
});

test('the inverse goes back', () => {
  fc.assert(
    fc.property(fc.double({ min: -37, max: 8, noNaN: true }), (x) => {
      const p = normalCdf(x);
      // Near one the probability holds fewer digits of x: the density says how many.
      expect(Math.abs(normalInverse(p) - x)).toBeLessThan(
        1e-13 + 1e-15 / normalPdf(Math.max(x, 0)) + Math.abs(x) * 1e-14,
      );
    }),
  );
  expect(normalInverse(0)).toBe(-Infinity);
  expect(normalInverse(1)).toBe(Infinity);
  expect(normalInverse(1.1)).toBeNaN();
});

test('beyond doubles there is nothing', () => {
  expect([normalCdf(-Infinity), normalCdf(-60), normalCdf(60)]).toEqual([0, 0, 1]);
  expect(normalCdf(Number.NaN)).toBeNaN();
});

test('the fast distribution agrees to the last digits, absolutely', () => {
  fc.assert(
    fc.property(fc.double({ min: -45, max: 45, noNaN: true }), (x) => {
      expect(Math.abs(fastNormalCdf(x) - normalCdf(x))).toBeLessThan(3e-15);
    }),
  );
  expect([fastNormalCdf(-Infinity), fastNormalCdf(Infinity)]).toEqual([0, 1]);
  expect(fastNormalCdf(Number.NaN)).toBeNaN();
});

test('erf, erfc and erfcx are one function', () => {
  fc.assert(
    fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (x) => {
      expect(erf(x) + erfc(x)).toBeCloseTo(1, 14);
      expect(relative(erfcx(x), erfc(x) * Math.exp(x * x))).toBeLessThan(2e-14);
    }),
  );
});

test('the bivariate distribution agrees with the integral over its conditional', () => {
  const rule = gaussLegendre(64);
  fc.assert(
    fc.property(
      fc.double({ min: -4, max: 4, noNaN: true }),
      fc.double({ min: -4, max: 4, noNaN: true }),
      fc.double({ min: -0.99, max: 0.99, noNaN: true }),
      (a, b, rho) => {
        const given = (x: number) => normalPdf(x) * normalCdf((b - rho * x) / Math.sqrt(1 - rho * rho));
        let expected = 0;
        for (let from = -9; from < a; from += 0.5)
          expected += integrate(given, { from, to: Math.min(a, from + 0.5), rule });
        expect(Math.abs(bivariateNormalCdf({ a, b, rho }) - expected)).toBeLessThan(1e-13);
      },
    ),
  );
});

test.each([
  { a: Infinity, b: 0.3, rho: 0.5, expected: normalCdf(0.3) },
  { a: -Infinity, b: 0.3, rho: 0.5, expected: 0 },
  { a: 0.2, b: 0.7, rho: 1, expected: normalCdf(0.2) },
  { a: 0.2, b: 0.7, rho: -1, expected: normalCdf(0.2) + normalCdf(0.7) - 1 },
])('bivariate at the edge %j', ({ expected, ...at }) => {
  expect(bivariateNormalCdf(at)).toBeCloseTo(expected, 15);
});
