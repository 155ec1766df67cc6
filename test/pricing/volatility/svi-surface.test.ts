/** Smiles and surfaces: calibration to known slices, arbitrage with the node named, rebuilding of one slice alone. */
import * as fc from 'fast-check';
import { normalCdf } from '../../../pricing/math/normal';
import {
  butterflyFaults,
  calendarFaults,
  evenNodes,
  quoteFaults,
} from '../../../pricing/volatility/arbitrage';
import { fitSsvi, ssviAsSvi, ssviPoint } from '../../../pricing/volatility/ssvi';
import {
  durrleman,
  type SviParameters,
  sviFault,
  sviPoint,
  sviVariance,
} from '../../../pricing/volatility/svi';
import { fitSvi } from '../../../pricing/volatility/svi-fit';
import {
  buildSviSurface,
  moveQuote,
  type SliceInput,
  surfaceFaults,
  surfacePoint,
  surfaceVolatility,
} from '../../../pricing/volatility/svi-surface';

const equityLike: SviParameters = { a: 0.005, b: 0.12, rho: -0.6, m: 0.02, sigma: 0.12 };
/** Axel Vogt's slice, the standard example of butterfly arbitrage (Gatheral, Jacquier 2014, example 3.1). */
const vogt: SviParameters = { a: -0.041, b: 0.1331, rho: 0.306, m: 0.3586, sigma: 0.4153 };

const sectionOf = (p: SviParameters, label: string, expiry = 1, forward = 100) => ({
  label,
  expiry,
  forward,
  point: (k: number) => sviPoint(p, k),
});

const quotesOf = (p: SviParameters, expiry: number, forward: number): SliceInput['quotes'] =>
  evenNodes(0.4, 21).map((k) => ({
    strike: forward * Math.exp(k),
    volatility: Math.sqrt(sviVariance(p, k) / expiry),
  }));

const scaled = (share: number): SviParameters => ({
  ...equityLike,
  a: equityLike.a * share,
  b: equityLike.b * share,
});

const inputs = [0.25, 0.5, 1, 2].map(
  (expiry, i): SliceInput => ({
    label: `E${i}`,
    expiry,
    forward: 100 + i,
    quotes: quotesOf(scaled(expiry), expiry, 100 + i),
  }),
);

const surfaceOf = (slices: readonly SliceInput[]) => {
  const built = buildSviSurface(slices);
  if (!built.ok) throw new Error(built.message);
  return built.value;
};

test('slope, curvature and density of a slice are the differences of its variance and of call prices', () => {
  const call = (k: number): number => {
    const root = Math.sqrt(sviVariance(equityLike, k));
    const d1 = -k / root + root / 2;
    return normalCdf(d1) - Math.exp(k) * normalCdf(d1 - root);
  };
  for (const k of [-0.5, -0.1, 0, 0.2, 0.6]) {
    const { w, slope, curvature } = sviPoint(equityLike, k);
    const h = 1e-4;
    const at = (x: number): number => sviVariance(equityLike, x);
    expect(slope).toBeCloseTo((at(k + h) - at(k - h)) / (2 * h), 7);
    expect(curvature).toBeCloseTo((at(k + h) - 2 * at(k) + at(k - h)) / (h * h), 6);
    // The density of ln S is e^{-k}(C'' − C') in k; Durrleman's g rebuilds it.
    const s = 1e-3;
    const first = (call(k + s) - call(k - s)) / (2 * s);
    const second = (call(k + s) - 2 * call(k) + call(k - s)) / (s * s);
    const d2 = -k / Math.sqrt(w) - Math.sqrt(w) / 2;
    const density =
      (durrleman({ w, slope, curvature }, k) * Math.exp(-0.5 * d2 * d2)) / Math.sqrt(2 * Math.PI * w);
    expect((second - first) * Math.exp(-k)).toBeCloseTo(density, 4);
  }
});

test('calibration returns to any slice that made the quotes', () => {
  const any = fc.record({
    left: fc.double({ min: 0.05, max: 0.5, noNaN: true }),
    right: fc.double({ min: 0.02, max: 0.4, noNaN: true }),
    m: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
    sigma: fc.double({ min: 0.08, max: 0.3, noNaN: true }),
    low: fc.double({ min: 0.01, max: 0.06, noNaN: true }),
  });
  fc.assert(
    fc.property(any, ({ left, right, m, sigma, low }) => {
      const b = (left + right) / 2;
      const rho = (right - left) / (left + right);
      const p = { a: low - b * sigma * Math.sqrt(1 - rho * rho), b, rho, m, sigma };
      fc.pre(evenNodes(1, 81).every((k) => durrleman(sviPoint(p, k), k) > 0.01));
      const quotes = evenNodes(0.4, 15).map((k) => ({ k, volatility: Math.sqrt(sviVariance(p, k)) }));
      const fit = fitSvi({ quotes, expiry: 1 });
      expect(fit.error.rmse).toBeLessThan(2e-5);
      expect(fit.error.max).toBeGreaterThanOrEqual(fit.error.rmse);
    }),
    { numRuns: 40, seed: 3 },
  );
});

test("Vogt's slice has butterfly arbitrage, and its nodes are named", () => {
  const faults = butterflyFaults(sectionOf(vogt, 'V'), { nodes: evenNodes(1.5, 61) });
  expect(faults.length).toBeGreaterThan(0);
  for (const fault of faults) {
    expect(fault.k).toBeGreaterThan(0.5);
    expect(fault.strike).toBeCloseTo(100 * Math.exp(fault.k), 9);
    expect(fault.message).toContain('V at strike');
  }
  expect(butterflyFaults(sectionOf(equityLike, 'E'), { nodes: evenNodes(1.5, 61) })).toEqual([]);
});

test("calibration to Vogt's quotes gives up fit rather than its density", () => {
  const quotes = evenNodes(1.5, 31).map((k) => ({ k, volatility: Math.sqrt(sviVariance(vogt, k)) }));
  const fit = fitSvi({ quotes, expiry: 1 });
  expect(butterflyFaults(sectionOf(fit.parameters, 'V'), { nodes: evenNodes(1.5, 201) })).toEqual([]);
  expect(fit.error.rmse).toBeGreaterThan(1e-4);
  expect(fit.error.rmse).toBeLessThan(0.02);
});

test('a fall between the nodes of any grid is found: a needle of variance a thousandth wide', () => {
  const flat = { a: 0.04, b: 0, rho: 0, m: 0, sigma: 0.1 };
  // A later slice that is higher but for a kink between two nodes of a hundred and one over the quoted strikes.
  const kinked: SviParameters = { a: 0.03995, b: 0.2, rho: 0, m: 0.004, sigma: 1e-4 };
  const slice = (label: string, expiry: number, parameters: SviParameters) => ({
    label,
    expiry,
    forward: 100,
    quotes: quotesOf(parameters, expiry, 100),
    parameters,
    error: { rmse: 0, max: 0, maxAt: 0, quotes: 21 },
    converged: true,
    version: 1,
  });
  const faults = surfaceFaults({ version: 1, slices: [slice('near', 1, flat), slice('far', 1.1, kinked)] });
  const calendar = faults.filter(({ kind }) => kind === 'calendar');
  expect(calendar).toHaveLength(1);
  expect(calendar[0]!.k).toBeCloseTo(0.004, 6);
});

test('a later expiry with less variance is a calendar fault at the nodes where it is less', () => {
  const early = sectionOf(equityLike, 'near', 0.5);
  const late = sectionOf({ ...equityLike, a: equityLike.a + 0.01, b: equityLike.b * 0.8 }, 'far', 1, 101);
  const faults = calendarFaults([early, late], { nodes: evenNodes(0.8, 33) });
  const nodes = evenNodes(0.8, 33).filter((k) => late.point(k).w < early.point(k).w - 1e-10);
  expect(nodes.length).toBeGreaterThan(0);
  expect(faults.map(({ k }) => k)).toEqual(nodes);
  expect(faults[0]).toMatchObject({ kind: 'calendar', expiry: 'far' });
});

test('quotes that are not convex, fall too fast or leave the bounds are named before any fit', () => {
  const kinds = (prices: readonly number[]) =>
    quoteFaults(
      { label: 'Q', forward: 100 },
      prices.map((price, i) => ({ strike: 90 + 10 * i, price })),
    ).map(({ kind, strike }) => `${kind} ${strike}`);
  expect(kinds([12, 5, 2])).toEqual([]);
  expect(kinds([12, 9, 2])).toEqual(['butterfly 100']);
  expect(kinds([12, 5, 6])).toEqual(['monotonicity 110']);
  expect(kinds([9, 5, 2])).toEqual(['bounds 90']);
});

test('a moved quote rebuilds its slice alone', () => {
  const surface = surfaceOf(inputs);
  const moved = moveQuote(surface, { label: 'E1', strike: inputs[1]!.quotes[10]!.strike, volatility: 0.22 });
  if (!moved.ok) throw new Error(moved.message);
  expect(moved.value.version).toBe(surface.version + 1);
  expect(moved.value.slices.map((slice, i) => slice === surface.slices[i])).toEqual([
    true,
    false,
    true,
    true,
  ]);
  expect(moved.value.slices[1]).toMatchObject({ version: 2, label: 'E1' });
  // From scratch and after a move it is the same smile, to the bit.
  const fresh = surfaceOf(
    moved.value.slices.map(({ label, expiry, forward, quotes }) => ({ label, expiry, forward, quotes })),
  );
  expect(surfaceVolatility(moved.value, 0.5, 0.05)).toBe(surfaceVolatility(fresh, 0.5, 0.05));
});

test('a quote that is not part of the surface is refused by name', () => {
  const moved = moveQuote(surfaceOf(inputs), { label: 'E9', strike: 100, volatility: 0.2 });
  expect(moved).toMatchObject({ ok: false, reason: 'surface-quote-must-exist' });
});

test.each([
  [[], 'surface-must-have-slices'],
  [[{ ...inputs[0]!, quotes: inputs[0]!.quotes.slice(0, 4) }], 'surface-slice-must-be-quoted'],
  [[inputs[0]!, inputs[0]!], 'surface-slice-must-be-quoted'],
  [[{ ...inputs[0]!, forward: -1 }], 'surface-slice-must-be-quoted'],
])('surface input %# is refused by %s', (slices, reason) => {
  expect(buildSviSurface(slices)).toMatchObject({ ok: false, reason });
});

test('between expiries total variance is linear, and its slope in time is the difference', () => {
  const surface = surfaceOf(inputs);
  for (const t of [0.1, 0.4, 0.75, 1.5, 3]) {
    const h = 1e-5;
    const slope = (surfacePoint(surface, t + h, 0.1).w - surfacePoint(surface, t - h, 0.1).w) / (2 * h);
    expect(surfacePoint(surface, t, 0.1).inTime).toBeCloseTo(slope, 8);
  }
  expect(surfaceFaults(surface)).toEqual([]);
});

test('an SSVI surface fits its own quotes, has no arbitrage, and equals its SVI slices', () => {
  const truth = { rho: -0.45, eta: 1.1, gamma: 0.4 };
  const expiries = [0.1, 0.5, 1, 2].map((expiry, i) => ({
    label: `S${i}`,
    expiry,
    quotes: evenNodes(0.5, 15).map((k) => ({
      k,
      volatility: Math.sqrt(ssviPoint(truth, 0.04 * expiry, k).w / expiry),
    })),
  }));
  const fit = fitSsvi(expiries);
  expect(fit.error.rmse).toBeLessThan(1e-6);
  expect(fit.surface.parameters.rho).toBeCloseTo(truth.rho, 4);
  const { parameters, slices } = fit.surface;
  const sections = slices.map((s) => ({
    ...s,
    forward: 100,
    point: (k: number) => ssviPoint(parameters, s.theta, k),
  }));
  const nodes = evenNodes(2, 81);
  expect(sections.flatMap((s) => butterflyFaults(s, { nodes }))).toEqual([]);
  expect(calendarFaults(sections, { nodes })).toEqual([]);
  for (const k of [-0.3, 0, 0.4]) {
    const raw = ssviAsSvi(parameters, slices[1]!.theta);
    expect(sviVariance(raw, k)).toBeCloseTo(ssviPoint(parameters, slices[1]!.theta, k).w, 12);
    expect(sviFault(raw)).toBeUndefined();
  }
});

test.each([
  [{ b: -0.1 }, 'svi-b-must-not-be-negative'],
  [{ sigma: 0 }, 'svi-sigma-must-be-positive'],
  [{ rho: -1.1 }, 'svi-rho-must-be-a-correlation'],
  [{ a: -1 }, 'svi-variance-must-not-be-negative'],
  [{ b: 3 }, 'svi-wing-must-obey-lee'],
])('a slice with %j is refused by %s', (change, reason) => {
  expect(sviFault({ ...equityLike, ...change })?.reason).toBe(reason);
});
