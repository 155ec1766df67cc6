import { buildCurves, compileCurveGroup, rebuildCurves } from '../../../pricing/curves/curve-group';
import { interpolationNames } from '../../../pricing/curves/interpolation';
import { parJacobian } from '../../../pricing/curves/par-jacobian';
import { valueTerms } from '../../../pricing/models/curve-value';
import { certain, dualCurve, dualQuotes } from '../support/dual-curve';

const group = certain(compileCurveGroup(dualCurve()));
const base = certain(buildCurves(group, dualQuotes));

test.each(interpolationNames)('every input reprices under %s', (name) => {
  const made = certain(compileCurveGroup(dualCurve(name)));
  const set = certain(buildCurves(made, dualQuotes));
  // Judged apart from the solver: each instrument's terms are valued on the finished curves.
  for (const { instruments } of made.definition.curves) {
    for (const { terms } of instruments) {
      const bound = terms.map(({ amount, quote, quoteFactor = 0, ...rest }) => ({
        ...rest,
        amount: amount + (quote === undefined ? 0 : quoteFactor * dualQuotes[quote]!),
      }));
      const { value } = valueTerms(bound, { curve: (curve) => set.curves.get(curve)! });
      expect(Math.abs(value)).toBeLessThan(1e-10);
    }
  }
  for (const curve of set.curves.values()) expect(curve.discount(0)).toBe(1);
});

test('a projection quote rebuilds its curve and leaves the discounting curve as it is', () => {
  const moved = certain(rebuildCurves(base, { 'S-10Y': dualQuotes['S-10Y']! + 1e-4 }));
  expect(moved.curves.get('EUR-OIS')).toBe(base.curves.get('EUR-OIS'));
  expect(moved.curves.get('EUR-6M')!.origin.version).toBe(2);
  expect(moved.curves.get('EUR-OIS')!.origin.version).toBe(1);
});

test('a discounting quote rebuilds both curves, to the last digits of a build from nothing', () => {
  const changed = { ...dualQuotes, 'O-5Y': dualQuotes['O-5Y']! + 3e-4 };
  const moved = certain(rebuildCurves(base, { 'O-5Y': changed['O-5Y'] }));
  const fresh = certain(buildCurves(group, changed));
  for (const [name, curve] of moved.curves) {
    for (const [node, zero] of curve.zeros.entries()) {
      expect(Math.abs(zero - fresh.curves.get(name)!.zeros[node]!)).toBeLessThan(1e-12);
    }
  }
  expect(moved.misfit).toBeLessThan(1e-12);
});

test('a quote that stayed where it was changes no curve', () => {
  const same = certain(rebuildCurves(base, { 'O-5Y': dualQuotes['O-5Y']! }));
  for (const [name, curve] of same.curves) expect(curve).toBe(base.curves.get(name));
});

test('a bump of one quote is local under log-linear discounts: nodes before it stay', () => {
  const moved = certain(rebuildCurves(base, { 'S-10Y': dualQuotes['S-10Y']! + 1e-4 }));
  const [before, after] = [base.curves.get('EUR-6M')!, moved.curves.get('EUR-6M')!];
  const place = before.labels.indexOf('10Y');
  for (let node = 0; node < place; node += 1)
    expect(Math.abs(after.zeros[node]! - before.zeros[node]!)).toBeLessThan(1e-12);
  expect(after.zeros[place]! - before.zeros[place]!).toBeGreaterThan(5e-5);
});

test('curves know the quotes and curves they depend on', () => {
  const { origin } = base.curves.get('EUR-6M')!;
  expect(origin.curves).toEqual(['EUR-OIS']);
  expect(origin.quotes).toContain('S-10Y');
  expect(origin.quotes).not.toContain('O-10Y');
});

test.each([
  'log-linear-discount',
  'natural-cubic-zero',
] as const)('the Jacobian from quotes to zero rates is what rebuilding shows, at two step sizes, under %s', (interpolation) => {
  const set = certain(buildCurves(certain(compileCurveGroup(dualCurve(interpolation))), dualQuotes));
  const { quoteNames, zeroByQuote } = certain(parJacobian(set));
  for (const quote of ['D-ON', 'O-5Y', 'O-30Y', 'F-6M', 'S-7Y']) {
    const column = quoteNames.indexOf(quote);
    for (const step of [1e-6, 1e-5]) {
      const at = (by: number) => certain(rebuildCurves(set, { [quote]: dualQuotes[quote]! + by }));
      const [up, down] = [at(step), at(-step)];
      for (const [name, matrix] of zeroByQuote) {
        for (let node = 0; node < set.curves.get(name)!.zeros.length; node += 1) {
          const slope =
            (up.curves.get(name)!.zeros[node]! - down.curves.get(name)!.zeros[node]!) / (2 * step);
          expect(Math.abs(matrix[node * quoteNames.length + column]! - slope)).toBeLessThan(2e-6);
        }
      }
    }
  }
});

test('an unknown quote and a shared pillar are refused by name', () => {
  expect(rebuildCurves(base, { 'S-11Y': 0.03 })).toMatchObject({ reason: 'quote-must-be-known' });
  const { reference, curves } = dualCurve();
  const doubled = curves.map((curve) => ({
    ...curve,
    instruments: [...curve.instruments, curve.instruments[3]!],
  }));
  expect(compileCurveGroup({ reference, curves: doubled })).toMatchObject({
    reason: 'curve-pillars-must-rise',
  });
  expect(compileCurveGroup({ reference, curves: curves.slice(0, 1) })).toMatchObject({
    reason: 'curve-must-be-known',
  });
});

test('quotes that no curve fits are refused, not fitted badly', () => {
  expect(buildCurves(group, { ...dualQuotes, 'O-10Y': -3 })).toMatchObject({
    reason: 'curve-must-fit-its-quotes',
  });
});
