/** Surfaces whose expiries cross are pulled apart, with little loss of fit and nothing else touched. */
import * as fc from 'fast-check';
import { evenNodes } from '../../../pricing/volatility/arbitrage';
import { repairCalendar, repairSlightCalendar } from '../../../pricing/volatility/calendar-repair';
import { type SviParameters, sviVariance } from '../../../pricing/volatility/svi';
import {
  buildSviSurface,
  type SliceInput,
  type SviSurface,
  surfaceFaults,
} from '../../../pricing/volatility/svi-surface';

/** A smile of an equity index at one year, scaled to an expiry. */
const smile: SviParameters = { a: 0.005, b: 0.12, rho: -0.6, m: 0.02, sigma: 0.12 };

/** Quotes of the smile, moved by a tilt in volatility: up on the left and down on the right, or the reverse. */
const quoted = (label: string, expiry: number, tilt: number): SliceInput => ({
  label,
  expiry,
  forward: 100,
  quotes: evenNodes(0.4 * Math.sqrt(expiry), 21).map((k) => ({
    strike: 100 * Math.exp(k),
    volatility: Math.sqrt(sviVariance(smile, k / Math.sqrt(expiry))) - (tilt * k) / Math.sqrt(expiry),
  })),
});

const surfaceOf = (slices: readonly SliceInput[]): SviSurface => {
  const built = buildSviSurface(slices);
  if (!built.ok) throw new Error(built.message);
  return built.value;
};

test('two expiries that cross are pulled apart; the third stays the very same object', () => {
  const surface = surfaceOf([quoted('near', 0.5, 0.02), quoted('next', 0.52, -0.02), quoted('far', 2, 0)]);
  const broken = surfaceFaults(surface);
  expect(broken.length).toBeGreaterThan(5);
  expect(new Set(broken.map(({ kind, expiry }) => `${kind} ${expiry}`))).toEqual(new Set(['calendar next']));

  const repaired = repairCalendar(surface);
  expect(surfaceFaults(repaired)).toEqual([]);
  expect(repaired.version).toBe(surface.version + 1);
  expect(repaired.slices.map((slice, i) => slice === surface.slices[i])).toEqual([false, false, true]);
  // Each of the two gives up at most what stood between them.
  for (const { error } of repaired.slices) expect(error.rmse).toBeLessThan(0.02);
});

test('what noise explains is repaired, quotes that are at odds are left as they are', () => {
  const slight = surfaceOf([quoted('near', 0.5, 0.01), quoted('next', 0.505, -0.01)]);
  expect(surfaceFaults(slight).length).toBeGreaterThan(0);
  expect(surfaceFaults(repairSlightCalendar(slight))).toEqual([]);
  const gross = surfaceOf([quoted('near', 1, 0), quoted('next', 1.01, 0.2)]);
  expect(surfaceFaults(gross).length).toBeGreaterThan(0);
  expect(repairSlightCalendar(gross)).toBe(gross);
});

test('a surface without faults is answered as it is', () => {
  const surface = surfaceOf([quoted('near', 0.25, 0), quoted('far', 1, 0)]);
  expect(repairCalendar(surface)).toBe(surface);
});

test('whatever tilts cross, none is left, and no density is given up for it', () => {
  const tilt = fc.double({ min: -0.02, max: 0.02, noNaN: true });
  const gap = fc.double({ min: 1.01, max: 1.6, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(tilt, gap), { minLength: 2, maxLength: 5 }), (steps) => {
      let expiry = 0.1;
      const slices = steps.map(([tilted, factor], i) => {
        expiry *= factor;
        return quoted(`E${i}`, expiry, tilted);
      });
      expect(surfaceFaults(repairCalendar(surfaceOf(slices)))).toEqual([]);
    }),
    { numRuns: 60, seed: 11 },
  );
});
