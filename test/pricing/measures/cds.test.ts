import { formatDay, microsOfDay, parseDay } from '../../../pricing/calendars/date';
import { cdsMaturity } from '../../../pricing/calendars/imm';
import { bootstrapCredit, type CreditQuote } from '../../../pricing/calibration/cds-bootstrap';
import { flatCurve } from '../../../pricing/curves/discount-curve';
import { nodeMoved } from '../../../pricing/curves/moved-curve';
import { type CdsModel, cdsPricer } from '../../../pricing/measures/cds';
import { type CdsBook, resolveCds } from '../../../pricing/products/cds';
import { certain } from '../support/dual-curve';

const trade = parseDay('2025-02-10')!;
const context = { valuationTime: microsOfDay(trade), snapshot: 'test' };
const discount = flatCurve('USD', trade, 0.035);
const book: CdsBook = {
  buysProtection: true,
  currency: 'USD',
  notional: 1e7,
  coupon: 0.01,
  start: '2025-02-11',
  maturity: '2029-12-20',
  entity: 'ACME',
  recovery: 0.4,
};
const quotes: readonly CreditQuote[] = [6, 12, 24, 36, 60, 84, 120].map((months, place) => ({
  label: `${months}M`,
  cds: certain(
    resolveCds({ ...book, coupon: 0.005 + 0.0015 * place, maturity: formatDay(cdsMaturity(trade, months)) }),
  ),
}));
const survival = certain(bootstrapCredit(quotes, { entity: 'ACME', trade, discount }));
const model: CdsModel = {
  kind: 'isda-cds',
  market: { curves: new Map([['USD', discount]]), discount: { USD: 'USD' }, forward: {} },
  survival: new Map([['ACME', survival]]),
  quotes: new Map([['ACME', quotes]]),
};
const explained = (
  name: string,
  valuation: { readonly explain: readonly { name: string; value: number | string }[] },
): number => valuation.explain.find((step) => step.name === name)!.value as number;

test('every quoted swap has a clean upfront of nothing, and its coupon for par spread', () => {
  for (const { cds } of quotes) {
    const valuation = certain(cdsPricer.price(cds, model, context));
    expect(Math.abs(explained('clean upfront', valuation))).toBeLessThan(1e-6 * 1e-3 * cds.notional);
    expect(explained('par spread', valuation)).toBeCloseTo(cds.coupon, 9);
  }
});

test('survival falls and stays a probability', () => {
  let last = 1;
  for (let time = 0.1; time < 12; time += 0.1) {
    expect(survival.discount(time)).toBeLessThan(last);
    last = survival.discount(time);
  }
  expect(last).toBeGreaterThan(0);
});

test('the buyer gains what the seller loses', () => {
  const bought = certain(cdsPricer.price(certain(resolveCds(book)), model, context));
  const sold = certain(
    cdsPricer.price(certain(resolveCds({ ...book, buysProtection: false })), model, context),
  );
  expect(bought.value + sold.value).toBeCloseTo(0, 6);
  expect(bought.greeks['cs01']!.value).toBeGreaterThan(0);
});

test.each([1e-5, 1e-4])('deltas are what moving the market by %d shows', (step) => {
  const cds = certain(resolveCds(book));
  const here = certain(cdsPricer.price(cds, model, context));
  const at = (place: number, by: number): number => {
    const moved = quotes.map((quote, index) =>
      index === place ? { ...quote, cds: { ...quote.cds, coupon: quote.cds.coupon + by } } : quote,
    );
    const rebuilt = certain(bootstrapCredit(moved, { entity: 'ACME', trade, discount }));
    return certain(cdsPricer.price(cds, { ...model, survival: new Map([['ACME', rebuilt]]) }, context)).value;
  };
  quotes.forEach(({ label }, place) => {
    const difference = ((at(place, step) - at(place, -step)) / (2 * step)) * 1e-4;
    expect(Math.abs(here.greeks[`spread-delta ${label}`]!.value - difference)).toBeLessThan(1e-3);
  });
  const rates = (by: number): number =>
    certain(
      cdsPricer.price(
        cds,
        { ...model, market: { ...model.market, curves: new Map([['USD', nodeMoved(discount, 0, by)]]) } },
        context,
      ),
    ).value;
  const difference = ((rates(step) - rates(-step)) / (2 * step)) * 1e-4;
  expect(Math.abs(here.greeks['zero-delta USD flat']!.value - difference)).toBeLessThan(1e-3);
});

test('what cannot be priced says why', () => {
  const cds = certain(resolveCds({ ...book, entity: 'NOBODY' }));
  expect(cdsPricer.price(cds, model, context)).toMatchObject({ reason: 'survival-curve-must-be-present' });
  expect(resolveCds({ ...book, recovery: 1 })).toMatchObject({ reason: 'recovery-must-be-a-share' });
  const dear = [{ label: '1Y', cds: { ...quotes[1]!.cds, coupon: -5 } }];
  expect(bootstrapCredit(dear, { entity: 'ACME', trade, discount })).toMatchObject({
    reason: 'credit-quote-must-be-attainable',
  });
});
