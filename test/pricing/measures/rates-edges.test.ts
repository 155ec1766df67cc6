/** Dates on holidays, day counts that need a calendar, smiles outside their domain: answers by row, or the right date. */
import { microsOfDay, parseDay } from '../../../pricing/calendars/date';
import { discountCurve } from '../../../pricing/curves/discount-curve';
import { standardRegistry } from '../../../pricing/pricers';
import { resolveTermDeposit } from '../../../pricing/products/term-deposit';
import { isFailed } from '../../../pricing/request';
import type { PlainRow } from '../../../pricing/request/fields';
import { answered, answers, faultsOf } from '../support/rows';

const valuation = '2025-11-03';
const curve = (name: string, zero: number) => ({ name, nodes: [{ date: '2065-11-03', zero }] });
const market = {
  curves: [curve('O', 0.02), curve('F', 0.025)],
  discount: { EUR: 'O', BRL: 'O' },
  forward: { 'EUR-EURIBOR-6M': 'F' },
};
const models = {
  d: { model: 'discounting', ...market },
  s: { model: 'sabr-rates', alpha: 0.03, beta: 0.5, rho: -0.95, nu: 1.2, ...market },
  bs: { model: 'black-scholes', spot: 100, rate: 0.02, dividend: 0, volatility: 0.2 },
};
const fra = (start: string, more: PlainRow = {}): PlainRow => ({
  product: 'fra',
  model: 'd',
  buys: true,
  notional: 1_000_000,
  index: 'EUR-EURIBOR-6M',
  start,
  rate: 0.02,
  ...more,
});

describe('a forward rate agreement between holidays runs between the business days that they move to', () => {
  test.each([
    ['Christmas Day', fra('2025-12-25'), fra('2025-12-29')],
    ['Boxing Day', fra('2025-12-26', { end: '2026-06-26' }), fra('2025-12-29', { end: '2026-06-26' })],
    ['Good Friday', fra('2026-04-03'), fra('2026-04-07')],
    ['a month that ends on a Sunday', fra('2026-05-31'), fra('2026-05-29')],
    [
      'an end on a Saturday',
      fra('2026-01-12', { end: '2026-07-11' }),
      fra('2026-01-12', { end: '2026-07-13' }),
    ],
  ])('%s', (_name, holiday, byHand) => {
    expect(answered(valuation, models, holiday).value).toBe(answered(valuation, models, byHand).value);
  });
  // 29 December to 29 June, 182 days: (e^(0.025·182/365) − 1 − 0.02·182/360) over one plus itself, at the start.
  test('from Christmas Day', () => {
    expect(answered(valuation, models, fra('2025-12-25')).value).toBeCloseTo(2395.166, 3);
  });
});

describe('BUS/252', () => {
  const deposit = {
    product: 'term-deposit',
    model: 'd',
    lends: true,
    currency: 'BRL',
    notional: 100,
    start: '2026-02-02',
    end: '2027-02-02',
    rate: 0.1,
    dayCount: 'BUS/252',
  };
  const vanilla = { product: 'vanilla', model: 'bs', right: 'call', strike: 100, time: 1 };

  test('without a calendar is refused by its row, and the rows about it are priced', () => {
    const rows = answers(valuation, models, [vanilla, deposit, vanilla]);
    expect(rows.map(isFailed)).toEqual([false, true, false]);
    expect(faultsOf(rows)).toEqual(['2 : calendar-must-be-present']);
  });

  test('counts the business days of the calendar, of a schedule by its own', () => {
    // Weekdays from 2 February 2026 to 2 February 2027: 261, less the twelve holidays of Brazil that fall on them.
    const discounted = (days: number): number =>
      -100 * Math.exp(-0.02 * (91 / 365)) + 100 * (1 + (0.1 * days) / 252) * Math.exp(-0.02 * (456 / 365));
    const row = { ...deposit, calendar: 'Brazil:Settlement' };
    expect(answered(valuation, models, row).value).toBeCloseTo(discounted(249), 10);
    expect(answered(valuation, models, { ...deposit, calendar: 'WeekendsOnly' }).value).toBeCloseTo(
      discounted(261),
      10,
    );
    const schedule = {
      start: '2026-02-02',
      end: '2027-02-02',
      tenor: '1Y',
      calendar: 'WeekendsOnly',
      convention: 'Unadjusted',
    };
    const bond = {
      product: 'bond',
      model: 'd',
      currency: 'BRL',
      face: 100,
      coupon: 0.1,
      dayCount: 'BUS/252',
    };
    expect(answered(valuation, models, { ...bond, settlementLag: 0, schedule }).value).toBeCloseTo(
      100 * (1 + (0.1 * 261) / 252) * Math.exp(-0.02 * (456 / 365)),
      10,
    );
  });
});

test('SABR whose expansion has gone below zero is refused with its strike, not priced at intrinsic value', () => {
  const swaption = {
    product: 'swaption',
    model: 's',
    buys: true,
    convention: 'EUR-FIXED-1Y-EURIBOR-6M',
    tenor: '10Y',
    strike: 0.03,
    paysFixed: true,
    notional: 1e6,
    expiry: '20Y',
  };
  const rows = answers(valuation, models, [swaption, { ...swaption, expiry: '1Y' }]);
  expect(faultsOf(rows)).toEqual(['1 : sabr-volatility-must-be-positive']);
});

test('curves of another day than the valuation are refused with both days', () => {
  const day = (text: string): number => parseDay(text)!;
  const curve = discountCurve({
    name: 'EUR',
    reference: day('2025-11-03'),
    times: Float64Array.of(10),
    zeros: Float64Array.of(0.02),
    interpolation: 'log-linear-discount',
    labels: ['10Y'],
  });
  const model = {
    kind: 'discounting',
    market: { curves: new Map([['EUR', curve]]), discount: { EUR: 'EUR' }, forward: {} },
  };
  const deposit = resolveTermDeposit({
    lends: true,
    currency: 'EUR',
    notional: 100,
    start: '2026-02-02',
    end: '2027-02-02',
    rate: 0.02,
    dayCount: 'ACT/360',
  });
  if (!deposit.ok) throw new Error(deposit.message);
  const at = (text: string) =>
    standardRegistry.price(deposit.value, model, { valuationTime: microsOfDay(day(text)), snapshot: 'eod' });
  expect(at('2025-11-03').ok).toBe(true);
  expect(at('2025-11-04')).toMatchObject({ ok: false, reason: 'curves-must-be-of-the-valuation-date' });
});
