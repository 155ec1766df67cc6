/** One set of words for where a product stands, in pricers, books and reasons alike, with the cash that its end brings. */
import type { BookOption } from '../../../pricing/batch/book-option';
import { microsOfDay } from '../../../pricing/calendars/date';
import { standardRegistry } from '../../../pricing/pricers';
import { resolveBond } from '../../../pricing/products/bond';
import { resolveSwap } from '../../../pricing/products/swap';
import type { Kinded } from '../../../pricing/registry';
import { LIVES, lifeAt, lifeOnDay } from '../../../pricing/time/life';
import { productLife } from '../../../pricing/time/product-life';
import { rollMarket } from '../../../pricing/time/roll-market';
import { optionPayment } from '../../../pricing/time/settle-option';
import { optionSamples } from '../measures/option-samples';
import { certain, trade } from '../support/dual-curve';
import { bond, cap, curveSet, european, marketOf, swapBook } from '../support/rates-books';

const HOUR = 3600e6;
const noon = Date.UTC(2026, 2, 20, 12) * 1000;

test.each([
  [{ expires: noon + 13 * HOUR }, 'live'],
  [{ expires: noon + 1 }, 'expiring-today'],
  [{ expires: noon }, 'expired'],
  [{ expires: noon - HOUR, settles: noon + 24 * HOUR }, 'expired'],
  [{ expires: noon - HOUR, settles: noon }, 'settled'],
  [{ expires: noon - 900 * HOUR }, 'expired'],
] as const)('at noon %j is %s', (terms, life) => {
  expect(lifeAt(terms, noon)).toBe(life);
});

test('the day is the venue’s where the venue has one, and no state is made of a time that is none', () => {
  const chicago = { from: noon - 14 * HOUR, until: noon + 10 * HOUR };
  expect(lifeAt({ expires: noon + 11 * HOUR }, noon)).toBe('expiring-today');
  expect(lifeAt({ expires: noon + 11 * HOUR }, noon, chicago)).toBe('live');
  expect(() => lifeAt({ expires: Number.NaN }, noon)).toThrow(RangeError);
});

test('a product never goes back', () => {
  const terms = { expires: 100, settles: 102 };
  const lives = Array.from({ length: 8 }, (_, day) => LIVES.indexOf(lifeOnDay(terms, 97 + day)));
  expect(lives).toEqual([0, 0, 0, 1, 2, 3, 3, 3]);
});

const context = { valuationTime: noon, snapshot: 'close' };
const expiring = optionSamples.filter(
  ([product]) => 'time' in product && !['spot', 'forward', 'future'].includes(product.kind),
);

test.each(expiring)('%j is refused as expired from its expiry on', (product, model) => {
  const over = { ...product, time: 0 };
  expect(productLife(over, context)).toBe('expired');
  expect(standardRegistry.price(over, model, context)).toMatchObject({ ok: false, reason: 'expired' });
});

const on = (day: number) => ({ valuationTime: microsOfDay(day), snapshot: 'close' });
const swap = certain(resolveSwap(swapBook('2025-02-12', '2Y')));
const lastPay = Math.max(...swap.legs.flatMap(({ flows }) => flows.map(({ pay }) => pay)));

test('rates products count in days: what pays today has settled, an exercise of today is still open', () => {
  expect(productLife(swap, on(lastPay - 1))).toBe('live');
  expect(productLife(swap, on(lastPay))).toBe('settled');
  const option = european('2027-02-10', '2027-02-12', '5Y');
  expect(productLife(option, on(option.exercise))).toBe('expiring-today');
  expect(productLife(option, on(option.exercise + 1))).toBe('expired');
  expect(productLife({ kind: 'spot' }, on(trade))).toBe('live');
});

test.each([
  ['bond', certain(resolveBond({ ...bond, coupon: 0.03 })), 'discounting'],
  ['cap', cap('cap', 0.02), 'black'],
])('a %s that is over says so by the same word', (_, product, kind) => {
  const day = trade + 4000;
  const life = productLife(product, on(day));
  expect(life).toBe('settled');
  const market = certain(
    rollMarket(marketOf(curveSet), { to: day, curves: 'rates-stand', fixings: 'must-be-known' }),
  );
  const priced = standardRegistry.price(product, { kind, market, volatility: 0.2 } as Kinded, on(day));
  expect(priced).toMatchObject({ ok: false, reason: life });
});

const vanilla: BookOption = {
  right: 'call',
  exercise: 'european',
  strike: 100,
  expiry: noon,
  underlying: 0,
  rate: 0,
  yield: 0,
};

test.each([
  [{}, { settlementPrice: 107 }, 7],
  [{ right: 'put' }, { settlementPrice: 107 }, 0],
  [{ on: 'coin' }, { settlementPrice: 125 }, 0.2],
  [{ pays: 'cash', cash: 10 }, { settlementPrice: 101 }, 10],
  [{ pays: 'asset' }, { settlementPrice: 101 }, 101],
  [{ pays: 'asset' }, { settlementPrice: 99 }, 0],
  [{ pays: 'knock-out', upper: 120 }, { settlementPrice: 110, touched: false }, 10],
  [{ pays: 'knock-out', upper: 120, cash: 3 }, { settlementPrice: 110, touched: true }, 0],
  [{ pays: 'knock-in', upper: 120, cash: 3 }, { settlementPrice: 110, touched: false }, 3],
  [{ pays: 'knock-in', upper: 120 }, { settlementPrice: 110, touched: true }, 10],
] as const)('an option with %j that ends at %j pays %s', (terms, end, amount) => {
  expect(certain(optionPayment({ ...vanilla, ...terms }, end))).toBeCloseTo(amount, 12);
});

test.each([
  [{}, { settlementPrice: Number.NaN }, 'settlement-price-must-be-known'],
  [{ pays: 'knock-in', upper: 120 }, { settlementPrice: 110 }, 'touch-must-be-known'],
] as const)('an option with %j that ends at %j is not paid: %s', (terms, end, reason) => {
  expect(optionPayment({ ...vanilla, ...terms }, end)).toMatchObject({ ok: false, reason });
});
