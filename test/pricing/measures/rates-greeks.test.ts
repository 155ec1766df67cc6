import { rebuildCurves } from '../../../pricing/curves/curve-group';
import type { DiscountCurve } from '../../../pricing/curves/discount-curve';
import { nodeMoved, parallelMoved } from '../../../pricing/curves/moved-curve';
import type { RatesMarket } from '../../../pricing/measures/rates-market';
import { certain, dualQuotes } from '../support/dual-curve';
import { curveSet, marketOf } from '../support/rates-books';
import { desk } from '../support/rates-desk';

const market = marketOf(curveSet);
const bump = 1e-4;
/** Per million of notional and basis point: a relative error of 1e-6 of the largest bucket, and the noise of doubles. */
const close = (actual: number, expected: number, scale: number): void =>
  expect(Math.abs(actual - expected)).toBeLessThan(1e-6 * Math.abs(scale) + 2e-6);

const withCurve = (name: string, change: (curve: DiscountCurve) => DiscountCurve): RatesMarket => {
  const curves = new Map(market.curves);
  curves.set(name, change(curves.get(name)!));
  const { set: _set, ...rest } = market;
  return { ...rest, curves };
};

describe.each(desk)('%s', (name, price) => {
  // The roll-back costs a hundred times a formula: one node of each curve judges it.
  const stride = name === 'Bermudan swaption' ? 30 : 3;
  const here = certain(price(market));
  const scale = here.greeks['dv01']!.value;

  test('answers a value, Greeks with conventions, and an explanation', () => {
    expect(Number.isFinite(here.value)).toBe(true);
    expect(
      Object.values(here.greeks).every(
        ({ value, convention }) => Number.isFinite(value) && convention.length > 10,
      ),
    ).toBe(true);
    expect(here.explain.at(-1)).toMatchObject({ name: 'value', value: here.value });
  });

  test.each([1e-6, 5e-7])('zero deltas are what moving one zero rate by %d shows', (step) => {
    for (const [own, curve] of market.curves) {
      for (let node = 3; node < curve.times.length; node += stride) {
        const at = (by: number): number =>
          certain(price(withCurve(own, (old) => nodeMoved(old, node, by)))).value;
        const expected = (bump * (at(step) - at(-step))) / (2 * step);
        const greek = here.greeks[`zero-delta ${own} ${curve.labels[node]}`];
        close(greek?.value ?? 0, expected, scale);
      }
    }
  });

  test('dv01 and gamma are what moving all zero rates shows', () => {
    const at = (by: number): number => {
      const curves = new Map([...market.curves].map(([name, curve]) => [name, parallelMoved(curve, by)]));
      const { set: _set, ...rest } = market;
      return certain(price({ ...rest, curves })).value;
    };
    const narrow = 3e-6;
    const step = 2e-5;
    const [up, down] = [at(step), at(-step)];
    close(scale, (bump * (at(narrow) - at(-narrow))) / (2 * narrow), scale);
    const curvature = (bump * bump * (up - 2 * here.value + down)) / (step * step);
    expect(Math.abs(here.greeks['gamma']!.value - curvature)).toBeLessThan(2e-4 * Math.abs(curvature) + 2e-5);
  });

  test.each(['O-5Y', 'S-7Y', 'F-6M'])('the par delta to %s is what rebuilding the curves shows', (quote) => {
    const step = 1e-5;
    const at = (by: number): number =>
      certain(price(marketOf(certain(rebuildCurves(curveSet, { [quote]: dualQuotes[quote]! + by }))))).value;
    close(here.greeks[`par-delta ${quote}`]!.value, (bump * (at(step) - at(-step))) / (2 * step), scale);
  });
});
