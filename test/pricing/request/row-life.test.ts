/** An answer says where the product stands, and what is paid on the day of the valuation, which its value leaves out. */
import { isFailed } from '../../../pricing/request';
import { answered, answers } from '../support/rows';

const curve = [{ date: '2036-01-15', zero: 0.02 }];
const market = {
  model: 'discounting',
  curves: [{ name: 'EUR', nodes: curve }],
  discount: { EUR: 'EUR' },
  forward: { 'EUR-EURIBOR-6M': 'EUR' },
};
const deposit = {
  product: 'term-deposit',
  model: 'd',
  lends: true,
  currency: 'EUR',
  notional: 1e6,
  start: '2025-01-15',
  end: '2026-01-15',
  rate: 0.03,
  dayCount: 'ACT/360',
};

test('a deposit that is repaid today has settled: its value is nothing, and its money is due', () => {
  const answer = answered('2026-01-15', { d: market }, deposit);
  expect(answer).toMatchObject({ value: 0, life: 'settled' });
  expect(answer.due).toEqual([
    { day: '2026-01-15', currency: 'EUR', amount: 1e6 * (1 + (0.03 * 365) / 360), of: 'fixed 2026-01-15' },
  ]);
});

test('one that is under way says nothing of either', () => {
  const answer = answered('2026-01-15', { d: market }, { ...deposit, end: '2026-07-15' });
  expect(answer.life).toBeUndefined();
  expect(answer.due).toBeUndefined();
});

test('an option of later today says so', () => {
  const flat = { model: 'black-scholes', spot: 100, rate: 0.03, volatility: 0.2 };
  const call = { product: 'vanilla', model: 'f', right: 'call', strike: 105 };
  const at = (expiry: string) => answered('2026-01-15', { f: flat }, { ...call, expiry });
  expect(at('2026-01-15T16:00:00Z').life).toBe('expiring-today');
  expect(at('2026-01-16T16:00:00Z').life).toBeUndefined();
  const over = answers('2026-01-15', { f: flat }, [{ ...call, expiry: '2026-01-14T23:00:00Z' }])[0]!;
  expect(isFailed(over) && over.failures[0]!.reason).toBe('expired');
});

test('a coupon of today whose fixing nobody knows is not made up', () => {
  const floater = {
    product: 'bond',
    model: 'd',
    currency: 'EUR',
    face: 1e6,
    schedule: {
      start: '2024-01-15',
      end: '2028-01-15',
      tenor: '6M',
      calendar: 'TARGET',
      convention: 'ModifiedFollowing',
    },
    dayCount: 'ACT/360',
    floating: { index: 'EUR-EURIBOR-6M' },
    settlementLag: 2,
  };
  const fixings = [{ index: 'EUR-EURIBOR-6M', date: '2026-01-13', value: 0.021 }];
  const answer = answered('2026-01-15', { d: { ...market, fixings } }, floater);
  expect(answer).toMatchObject({ dueMissing: 'fixing-must-be-known' });
  const told = [...fixings, { index: 'EUR-EURIBOR-6M', date: '2025-07-11', value: 0.02 }];
  const paid = answered('2026-01-15', { d: { ...market, fixings: told } }, floater);
  expect(paid.due![0]!.amount).toBeCloseTo((1e6 * 0.02 * 184) / 360, 6);
});

test('a forward rate agreement that was paid last year has settled, and asks for no fixing', () => {
  const fra = {
    product: 'fra',
    model: 'd',
    buys: true,
    notional: 1e6,
    index: 'EUR-EURIBOR-6M',
    start: '2025-01-15',
    rate: 0.02,
  };
  expect(answered('2026-01-15', { d: market }, fra)).toMatchObject({ value: 0, life: 'settled' });
});
