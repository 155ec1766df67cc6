import { formatDay, microsOfDay } from '../../../pricing/calendars/date';
import { bootstrapCredit } from '../../../pricing/calibration/cds-bootstrap';
import { indexPrice, spreadOfUpfront, upfrontOfSpread } from '../../../pricing/calibration/cds-conversion';
import { flatCurve } from '../../../pricing/curves/discount-curve';
import { cdsPricer } from '../../../pricing/measures/cds';
import { type CdsBook, resolveCds } from '../../../pricing/products/cds';
import { index2014, setting2014 } from '../support/credit-sets';
import { withData } from '../support/data-folder';
import { certain, trade } from '../support/dual-curve';

const context = { valuationTime: microsOfDay(trade), snapshot: 'index' };
const discount = flatCurve('USD', trade, 0.04);
const terms = { entity: 'HY', trade, discount };
const book: CdsBook = {
  buysProtection: true,
  currency: 'USD',
  notional: 1e7,
  coupon: 0.05,
  start: '2025-02-11',
  maturity: '2029-12-20',
  entity: 'HY',
  recovery: 0.3,
};
const survival = certain(
  bootstrapCredit([{ label: '5Y', cds: { ...certain(resolveCds(book)), coupon: 0.032 } }], terms),
);
const model = {
  kind: 'isda-cds',
  market: { curves: new Map([['USD', discount]]), discount: { USD: 'USD' }, forward: {} },
  survival: new Map([['HY', survival]]),
} as const;
const priced = (more: Partial<CdsBook>) =>
  certain(cdsPricer.price(certain(resolveCds({ ...book, ...more })), model, context));

test('an index is worth its factor of the original notional, and its price is that of what is left', () => {
  const [whole, left] = [priced({}), priced({ index: { factor: 0.97, names: 100 } })];
  expect(left.value).toBeCloseTo(0.97 * whole.value, 6);
  const upfront = certain(upfrontOfSpread(certain(resolveCds(book)), 0.032, terms));
  const price = left.explain.find(({ name }) => name === 'index price')!.value as number;
  expect(price).toBeCloseTo(indexPrice(upfront), 9);
  expect(price).toBeGreaterThan(100);
});

test('one default of a hundred names is paid for on a hundredth of the original notional', () => {
  const left = priced({ index: { factor: 0.97, names: 100 } });
  const after = priced({ index: { factor: 0.96, names: 100 } });
  expect(left.greeks['jump-to-default']!.value).toBeCloseTo(1e5 * 0.7 + after.value - left.value, 6);
});

test('spread and upfront are two words for one quote', () => {
  const cds = certain(resolveCds(book));
  for (const spread of [0.005, 0.032, 0.049, 0.12, 0.4]) {
    const upfront = certain(upfrontOfSpread(cds, spread, terms));
    expect(Math.sign(upfront)).toBe(Math.sign(spread - 0.05));
    expect(certain(spreadOfUpfront(cds, upfront, terms))).toBeCloseTo(spread, 11);
  }
});

test('a factor above one, or half a name, is refused', () => {
  for (const index of [{ factor: 1.2 }, { factor: 0 }, { factor: 0.9, names: 2.5 }])
    expect(resolveCds({ ...book, index })).toMatchObject({ reason: 'index-factor-must-be-a-share' });
});

withData('curves', 'credit-2014-01-22')('the index of 2014-01-22', () => {
  test('its published prices are those of maturities eighteen months before the ones beside them', () => {
    const { rows, recovery, factor } = index2014();
    const { trade: day, discount: rates } = setting2014();
    expect(factor).toBe(0.97);
    const price = (maturity: string, spread: number): number => {
      const cds = resolveCds({ ...book, recovery, maturity, start: formatDay(day + 1) });
      const upfront = upfrontOfSpread(certain(cds), spread, { entity: 'I', trade: day, discount: rates });
      return indexPrice(certain(upfront)) / 100;
    };
    const earlier: Readonly<Record<string, string>> = {
      '2019-06-20': '2017-12-20',
      '2021-06-20': '2019-12-20',
      '2024-06-20': '2022-12-20',
    };
    for (const { maturity, modelSpread, modelPrice } of rows) {
      if (!(maturity in earlier)) continue;
      // Half a per cent of price where dates agree, one to two and a half where they do not.
      expect(Math.abs(price(earlier[maturity]!, modelSpread) - modelPrice)).toBeLessThan(0.002);
      expect(Math.abs(price(maturity, modelSpread) - modelPrice)).toBeGreaterThan(0.008);
    }
  });
});
