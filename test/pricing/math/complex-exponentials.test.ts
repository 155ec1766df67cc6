import * as fc from 'fast-check';
import { fillExponentials } from '../../../pricing/math/complex-exponentials';
import { cases } from '../../support/long-runs';

test('agrees with the library exponential, cosine and sine over angles of many turns', () => {
  const number = (most: number): fc.Arbitrary<number> => fc.double({ min: -most, max: most, noNaN: true });
  fc.assert(
    fc.property(number(40), number(2000), number(3), (y, x, k) => {
      const columns = {
        x: Float64Array.of(x),
        y: Float64Array.of(y),
        cos: new Float64Array(1),
        sin: new Float64Array(1),
      };
      fillExponentials(columns, k, 1);
      const size = Math.exp(k * y);
      // Both round the angle and the exponent to a double first.
      const allowed = 1e-15 * size * (4 + Math.abs(k * x) + Math.abs(k * y));
      expect(Math.abs(columns.cos[0]! - size * Math.cos(k * x))).toBeLessThanOrEqual(allowed);
      expect(Math.abs(columns.sin[0]! - size * Math.sin(k * x))).toBeLessThanOrEqual(allowed);
    }),
    { numRuns: cases(2000) },
  );
});

test('fills as many rows as are asked for, and keeps to what a double can hold', () => {
  const columns = {
    x: Float64Array.of(0, 0, 0),
    y: Float64Array.of(0, 5000, -5000),
    cos: new Float64Array(4),
    sin: new Float64Array(4),
  };
  fillExponentials(columns, 1, 3);
  expect(columns.cos[0]).toBe(1);
  expect(columns.cos[1]).toBeGreaterThan(1e303);
  expect(columns.cos[2]).toBeLessThan(1e-303);
  expect(columns.cos[3]).toBe(0);
});
