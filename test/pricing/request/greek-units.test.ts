/** Greeks in the units that a desk asks for, by row or for the whole request. */
import { standardRegistry } from '../../../pricing/pricers';
import { isFailed, type PricedRow, priceRequest } from '../../../pricing/request';
import { standardModels } from '../../../pricing/request/standard-models';
import { standardProducts } from '../../../pricing/request/standard-products';
import { answered, answers, faultsOf } from '../support/rows';

const valuation = '2026-01-15';
const m = { model: 'black-scholes', spot: 100, rate: 0.03, dividend: 0.01, volatility: 0.25 };
const call = { product: 'vanilla', model: 'm', right: 'call', strike: 105, time: 1 };
const raw = answered(valuation, { m }, call);
const figure = (answer: PricedRow, name: string): number => answer.greeks[name]!.value;

test('the units of a desk: a point of volatility, a calendar day, a percent of rates', () => {
  const answer = answered(valuation, { m }, { ...call, greeks: 'desk' });
  expect(figure(answer, 'vega')).toBeCloseTo(figure(raw, 'vega') / 100, 12);
  expect(answer.greeks['vega']!.convention).toBe('per 0.01 of volatility');
  expect(figure(answer, 'theta')).toBeCloseTo(figure(raw, 'thetaDay'), 12);
  expect(answer.greeks['theta']!.convention).toBe('per calendar day (ACT/365), market held');
  expect(figure(answer, 'rho')).toBeCloseTo(figure(raw, 'rho') / 100, 12);
  expect(figure(answer, 'dividendRho')).toBeCloseTo(figure(raw, 'dividendRho') / 100, 12);
  for (const name of ['delta', 'gamma', 'vanna']) expect(answer.greeks[name]).toEqual(raw.greeks[name]);
});

test.each([
  ['per-day-365.25', 365.25],
  ['per-business-day-252', 252],
  ['per-year', 1],
])('theta %s', (theta, days) => {
  const answer = answered(valuation, { m }, { ...call, greeks: { theta } });
  expect(figure(answer, 'theta')).toBeCloseTo(figure(raw, 'theta') / days, 12);
});

test('delta against the forward, and less the premium paid in the asset', () => {
  const by = (delta: string) => figure(answered(valuation, { m }, { ...call, greeks: { delta } }), 'delta');
  const carried = Math.exp(-0.01);
  expect(by('spot')).toBe(figure(raw, 'delta'));
  expect(by('forward')).toBeCloseTo(figure(raw, 'delta') / carried, 12);
  expect(by('spot-premium-adjusted')).toBeCloseTo(figure(raw, 'delta') - raw.value / 100, 12);
  expect(by('forward-premium-adjusted')).toBeCloseTo((figure(raw, 'delta') - raw.value / 100) / carried, 12);
  const answer = answered(valuation, { m }, { ...call, greeks: { delta: 'forward' } });
  expect(answer.greeks['delta']!.convention).toBe('forward delta, per unit of spot');
});

test('theta of the last day is of the part that is left, and held to the price', () => {
  const last = { ...call, time: 0.5 / 365, strike: 100, greeks: { theta: 'per-day-365', thetaCap: true } };
  const answer = answered(valuation, { m }, last);
  const free = answered(valuation, { m }, { ...last, greeks: { theta: 'per-day-365' } });
  expect(figure(answer, 'theta')).toBeCloseTo(Math.max(0.5 * figure(free, 'theta'), -answer.value), 14);
  expect(answer.greeks['theta']!.convention).toContain('of at most the price');
  const far = answered(valuation, { m }, { ...last, strike: 103 });
  expect(figure(far, 'theta')).toBe(-far.value);
});

test('rates: a row of units scales the volatility of a swaption, and leaves what is per basis point', () => {
  const nodes = [{ date: '2036-01-15', zero: 0.02 }];
  const market = {
    curves: [{ name: 'EUR', nodes }],
    discount: { EUR: 'EUR' },
    forward: { 'EUR-EURIBOR-6M': 'EUR' },
  };
  const schedule = {
    start: '2027-01-19',
    end: '3Y',
    tenor: '6M',
    calendar: 'TARGET',
    convention: 'ModifiedFollowing',
  };
  const leg = { currency: 'EUR', notional: 1e6, dayCount: 'ACT/360', schedule, index: 'EUR-EURIBOR-6M' };
  const cap = { product: 'cap-floor', model: 'b', right: 'cap', buys: true, strike: 0.02, leg };
  const b = { model: 'bachelier-rates', ...market, volatility: 0.008 };
  const plain = answered(valuation, { b }, cap);
  const desk = answered(valuation, { b }, { ...cap, greeks: { vega: 'per-point', theta: 'per-year' } });
  expect(figure(desk, 'vega')).toBeCloseTo(figure(plain, 'vega') / 100, 8);
  expect(figure(desk, 'theta')).toBeCloseTo(figure(plain, 'theta') * 365, 6);
  expect(desk.greeks['dv01']).toEqual(plain.greeks['dv01']);
});

test('a request has units for all its rows, and a row may ask for its own', () => {
  const priced = priceRequest(
    {
      context: { valuationTime: Date.parse(`${valuation}T00:00:00Z`) * 1000, snapshot: 'test' },
      models: { m },
      products: [call, { ...call, greeks: { vega: 'per-unit' } }],
      greeks: 'desk',
    },
    { products: standardProducts, models: standardModels },
    standardRegistry,
  );
  const [first, second] = priced.map((row) => (isFailed(row) ? raw : row));
  expect(figure(first!, 'vega')).toBeCloseTo(figure(raw, 'vega') / 100, 12);
  expect(figure(second!, 'vega')).toBe(figure(raw, 'vega'));
  expect(figure(second!, 'rho')).toBeCloseTo(figure(raw, 'rho') / 100, 12);
});

test.each<[unknown, string]>([
  ['bloomberg', '1 greeks: field-must-be-known'],
  [{ vega: 'per-lot' }, '1 greeks.vega: field-must-be-known'],
  [{ vegas: 'per-point' }, '1 greeks.vegas: field-must-be-known'],
])('units %j are refused', (greeks, fault) => {
  expect(faultsOf(answers(valuation, { m }, [{ ...call, greeks }]))).toEqual([fault]);
});

test('a model in a CSV cell is JSON', () => {
  expect(answered(valuation, {}, { ...call, model: JSON.stringify(m) }).value).toBe(raw.value);
});
