/** A surface has no past: after any moves it has the bits of one built afresh, and its faults are those of a full check. */
import fc from 'fast-check';
import { evenNodes } from '../../../pricing/volatility/arbitrage';
import {
  type LiveSurface,
  liveSurface,
  moveSurface,
  type SurfaceMoves,
} from '../../../pricing/volatility/live-surface';
import { type SviParameters, sviVariance } from '../../../pricing/volatility/svi';
import { type SliceInput, surfaceFaults } from '../../../pricing/volatility/svi-surface';

const smile: SviParameters = { a: 0.005, b: 0.12, rho: -0.6, m: 0.02, sigma: 0.12 };
const LABELS = ['week', 'month', 'quarter', 'year'] as const;
const EXPIRIES = [1 / 52, 1 / 12, 0.25, 1] as const;
const STRIKES = evenNodes(0.4, 9).map((k) => Math.round(1000 * Math.exp(k)));

/** Scattered quotes, so that no fit is exact: the scatter is a fixed pattern of strike and expiry. */
const inputs = LABELS.map((label, i): SliceInput => {
  const expiry = EXPIRIES[i]!;
  return {
    label,
    expiry,
    forward: 1000 + i,
    quotes: STRIKES.map((strike, j) => ({
      strike,
      volatility:
        Math.sqrt(sviVariance(smile, Math.log(strike / 1000) / Math.sqrt(expiry) / 3)) +
        0.002 * (((7 * i + 3 * j) % 5) - 2),
    })),
  };
});

const built = (slices: readonly SliceInput[]): LiveSurface => {
  const surface = liveSurface(slices);
  if (!surface.ok) throw new Error(surface.message);
  return surface.value;
};

const moved = (surface: LiveSurface, moves: SurfaceMoves): LiveSurface => {
  const next = moveSurface(surface, moves);
  if (!next.ok) throw new Error(next.message);
  return next.value;
};

/** What a surface says, without the versions that tell when. */
const saidBy = ({ slices, refused, faults }: LiveSurface) => ({
  slices: slices.map(({ version: _version, ...slice }) => slice),
  refused,
  faults,
});

const label = fc.constantFrom(...LABELS);
const moves: fc.Arbitrary<SurfaceMoves> = fc.record({
  quotes: fc.array(
    fc.record({
      label,
      strike: fc.constantFrom(...STRIKES, 777),
      volatility: fc.constantFrom(0.15, 0.2, 0.28, 0.4, Number.NaN, Number.NaN, 0),
    }),
    { maxLength: 6 },
  ),
  forwards: fc.array(fc.record({ label, forward: fc.constantFrom(980, 1000, 1015, Number.NaN) }), {
    maxLength: 2,
  }),
});

test('after any sequence of moves the surface is that of its quotes, bit for bit, faults and refusals as well', () => {
  const seen = { refused: 0, faults: 0 };
  fc.assert(
    fc.property(fc.array(moves, { minLength: 1, maxLength: 8 }), (steps) => {
      const surface = steps.reduce(moved, built(inputs));
      const fresh = built(surface.expiries.map(({ input }) => input).reverse());
      expect(saidBy(surface)).toEqual(saidBy(fresh));
      expect(surface.faults).toEqual(surfaceFaults(surface));
      // All at once, or one by one.
      const last = steps.at(-1)!;
      const before = steps.slice(0, -1).reduce(moved, built(inputs));
      const single = (last.quotes ?? []).reduce(
        (at, quote) => moved(at, { quotes: [quote] }),
        moved(before, { forwards: last.forwards ?? [] }),
      );
      expect(saidBy(single)).toEqual(saidBy(surface));
      seen.refused += surface.refused.length;
      seen.faults += surface.faults.length;
    }),
    { numRuns: 25, seed: 4 },
  );
  expect(seen.refused).toBeGreaterThan(0);
  expect(seen.faults).toBeGreaterThan(0);
});

test('what does not move stays the very same object', () => {
  const surface = built(inputs);
  const next = moved(surface, { quotes: [{ label: 'month', strike: STRIKES[4]!, volatility: 0.25 }] });
  expect(next.slices.map((slice, i) => slice === surface.slices[i])).toEqual([true, false, true, true]);
  expect(next.calendars.map((list, i) => list === surface.calendars[i])).toEqual([false, false, false, true]);
  const { strike, volatility } = inputs[0]!.quotes[0]!;
  expect(moved(surface, { quotes: [{ label: 'week', strike, volatility }] })).toBe(surface);
});

test('an expiry that loses its quotes is refused by name, the others stand, and it comes back with them', () => {
  const surface = built(inputs);
  const gone = moved(surface, {
    quotes: STRIKES.slice(0, 5).map((strike) => ({ label: 'quarter', strike, volatility: Number.NaN })),
  });
  expect(gone.slices.map((slice) => slice.label)).toEqual(['week', 'month', 'year']);
  expect(gone.refused).toEqual([
    { label: 'quarter', message: expect.stringContaining('it has quotes of 4 strikes') as string },
  ]);
  const back = moved(gone, {
    quotes: inputs[2]!.quotes.map(({ strike, volatility }) => ({ label: 'quarter', strike, volatility })),
  });
  expect(saidBy(back)).toEqual(saidBy(surface));
  expect(moveSurface(surface, { forwards: [{ label: 'century', forward: 1 }] })).toMatchObject({
    ok: false,
    reason: 'surface-quote-must-exist',
  });
});

test.each([
  [[], 'surface-must-have-slices'],
  [[inputs[0]!, inputs[0]!], 'surface-expiry-must-be-once'],
])('live surface input %# is refused by %s', (slices, reason) => {
  expect(liveSurface(slices)).toMatchObject({ ok: false, reason });
});
