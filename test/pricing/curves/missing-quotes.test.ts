/** A quote that is missing takes away its node and what hangs on it, and leaves the rest of the group as it would be without. */
import { buildCurves, compileCurveGroup, rebuildCurves } from '../../../pricing/curves/curve-group';
import { parJacobian } from '../../../pricing/curves/par-jacobian';
import { bondPricer } from '../../../pricing/measures/bond';
import { fraPricer } from '../../../pricing/measures/linear-rates';
import { swapPricer } from '../../../pricing/measures/swap';
import { resolveBond } from '../../../pricing/products/bond';
import { resolveFra } from '../../../pricing/products/fra';
import { resolveSwap } from '../../../pricing/products/swap';
import { certain, dualCurve, dualQuotes } from '../support/dual-curve';
import { bond, context, marketOf, swapBook } from '../support/rates-books';

const group = certain(compileCurveGroup(dualCurve()));
const whole = certain(buildCurves(group, dualQuotes));
const without = (...names: readonly string[]) =>
  Object.fromEntries(Object.entries(dualQuotes).filter(([name]) => !names.includes(name)));

const swapTo = (tenor: string, quotes: Record<string, number>) => {
  const market = marketOf(certain(buildCurves(group, quotes)));
  const swap = certain(resolveSwap(swapBook('2025-02-12', tenor)));
  return swapPricer.price(swap, { kind: 'discounting', market }, context);
};

test('a missing projection quote takes one node, and the discounting curve is untouched', () => {
  const set = certain(buildCurves(group, without('S-10Y')));
  expect(set.refused).toEqual([
    expect.objectContaining({ curve: 'EUR-6M', label: '10Y', reason: 'quote-missing', wants: 'S-10Y' }),
  ]);
  expect(set.curves.get('EUR-6M')!.labels).toEqual(
    whole.curves.get('EUR-6M')!.labels.filter((label) => label !== '10Y'),
  );
  expect(set.curves.get('EUR-OIS')!.zeros).toEqual(whole.curves.get('EUR-OIS')!.zeros);
});

test('what is left is the curve of a group that never had the instrument', () => {
  const definition = dualCurve();
  const fewer = {
    ...definition,
    curves: definition.curves.map((curve) => ({
      ...curve,
      instruments: curve.instruments.filter(({ quote }) => quote !== 'O-5Y'),
    })),
  };
  const never = certain(buildCurves(certain(compileCurveGroup(fewer)), dualQuotes));
  const set = certain(buildCurves(group, { ...dualQuotes, 'O-5Y': Number.NaN }));
  for (const name of ['EUR-OIS', 'EUR-6M'])
    expect(set.curves.get(name)!.zeros).toEqual(never.curves.get(name)!.zeros);
});

test.each([
  ['5Y', true],
  ['8Y', true],
  ['10Y', false],
  ['12Y', false],
  ['30Y', false],
])('with the ten-year quote missing a swap of %s has a value: %s', (tenor, priced) => {
  const answer = swapTo(tenor, without('S-10Y'));
  if (priced) expect(certain(answer).value).toBe(certain(swapTo(tenor, dualQuotes)).value);
  else expect(answer).toMatchObject({ ok: false, reason: 'curve-node-must-be-quoted' });
});

test('bonds and forward rate agreements hang on nodes as swaps do', () => {
  const model = {
    kind: 'discounting',
    market: marketOf(certain(buildCurves(group, without('O-7Y', 'S-1Y')))),
  } as const;
  const own = certain(resolveBond({ ...bond, coupon: 0.03 }));
  expect(bondPricer.price(own, model, context)).toMatchObject({ reason: 'curve-node-must-be-quoted' });
  const fra = (start: string) =>
    certain(resolveFra({ buys: true, notional: 1e6, index: 'EUR-EURIBOR-6M', start, rate: 0.021 }));
  expect(fraPricer.price(fra('2025-11-12'), model, context)).toMatchObject({
    reason: 'curve-node-must-be-quoted',
  });
  expect(fraPricer.price(fra('2028-03-13'), model, context)).toMatchObject({ ok: true });
});

test('a discounting curve without any quote goes, and the projection that is solved on it', () => {
  const ois = Object.keys(dualQuotes).filter((name) => name.startsWith('O-') || name === 'D-ON');
  const set = buildCurves(group, without(...ois));
  // The six-month fixing discounts on its own curve and stands alone.
  expect(certain(set).curves.has('EUR-OIS')).toBe(false);
  expect(certain(set).curves.get('EUR-6M')!.labels).toEqual(['6M']);
  expect(certain(set).refused.filter(({ reason }) => reason === 'curve-missing').length).toBe(14);
  expect(buildCurves(group, {})).toMatchObject({ ok: false, reason: 'quote-must-be-present' });
  expect(buildCurves(group, { ...dualQuotes, 'S-2Y': Number.POSITIVE_INFINITY })).toMatchObject({
    reason: 'quote-must-be-finite',
  });
});

test('quotes that go and come back leave the curves of a fresh build', () => {
  const gone = certain(rebuildCurves(whole, { 'S-10Y': Number.NaN }));
  expect(gone.curves.get('EUR-OIS')).toBe(whole.curves.get('EUR-OIS'));
  expect(gone.curves.get('EUR-6M')!.gaps).toHaveLength(1);
  const still = certain(rebuildCurves(gone, { 'S-5Y': dualQuotes['S-5Y']! + 1e-4 }));
  expect(still.refused).toEqual(gone.refused);
  const back = certain(rebuildCurves(still, { 'S-10Y': dualQuotes['S-10Y']!, 'S-5Y': dualQuotes['S-5Y']! }));
  expect(back.refused).toEqual([]);
  expect(back.curves.get('EUR-6M')!.gaps).toBeUndefined();
  for (const [node, zero] of back.curves.get('EUR-6M')!.zeros.entries())
    expect(Math.abs(zero - whole.curves.get('EUR-6M')!.zeros[node]!)).toBeLessThan(1e-12);
});

test('a missing quote moves nothing in the Jacobian, the others what they move without it', () => {
  const set = certain(buildCurves(group, without('S-10Y')));
  const { quoteNames, zeroByQuote } = certain(parJacobian(set));
  const matrix = zeroByQuote.get('EUR-6M')!;
  const column = (name: string) =>
    Array.from(
      { length: matrix.length / quoteNames.length },
      (_, node) => matrix[node * quoteNames.length + quoteNames.indexOf(name)]!,
    );
  expect(column('S-10Y').every((slope) => slope === 0)).toBe(true);
  const step = 1e-6;
  const at = (by: number) =>
    certain(rebuildCurves(set, { 'S-12Y': dualQuotes['S-12Y']! + by })).curves.get('EUR-6M')!.zeros;
  const [up, down] = [at(step), at(-step)];
  column('S-12Y').forEach((slope, node) => {
    expect(Math.abs(slope - (up[node]! - down[node]!) / (2 * step))).toBeLessThan(1e-6);
  });
});
