/**
 * Awkward dates against QuantLib 1.44 (Python package): values of single instruments, negative rates, stubs at both ends,
 * ends of months, payments after unadjusted dates, fixings of the past, on two curves of seven nodes.
 */
import { microsOfDay, parseDay } from '../../../pricing/calendars/date';
import type { Result } from '../../../pricing/contract';
import { discountCurve, flatCurve } from '../../../pricing/curves/discount-curve';
import { bondPrices } from '../../../pricing/measures/bond';
import { capFloorPricers } from '../../../pricing/measures/cap-floor';
import { valueFlows } from '../../../pricing/measures/flow-valuation';
import { hullWhiteSwaptionPricer } from '../../../pricing/measures/hull-white';
import { fraPricer } from '../../../pricing/measures/linear-rates';
import type { RatesMarket } from '../../../pricing/measures/rates-market';
import { swaptionPricers } from '../../../pricing/measures/swaption';
import { yieldFromCleanPrice } from '../../../pricing/models/bond-yield';
import { resolveBond } from '../../../pricing/products/bond';
import { resolveCapFloor } from '../../../pricing/products/cap-floor';
import { resolveFra } from '../../../pricing/products/fra';
import type { ScheduleBook } from '../../../pricing/products/schedule-book';
import {
  type FixedLegBook,
  type FloatingLegBook,
  type LegBook,
  resolveSwap,
} from '../../../pricing/products/swap';
import { resolveSwaption, type Swaption } from '../../../pricing/products/swaption';
import { certain } from '../support/dual-curve';

const today = parseDay('2025-02-10')!;
const context = { valuationTime: microsOfDay(today), snapshot: 'two curves below zero' };
const nodes = [91, 365, 730, 1826, 3652, 7305, 14_610];
const curve = (name: string, zeros: readonly number[]) =>
  discountCurve({
    name,
    reference: today,
    times: Float64Array.from(nodes, (days) => days / 365),
    zeros: Float64Array.from(zeros),
    interpolation: 'log-linear-discount',
  });
/** Past fixings by a rule: 2 % and a saw-tooth over days counted from 1899-12-30. */
const past = new Map(
  Array.from({ length: 320 }, (_, back): [number, number] => {
    const day = today - 1 - back;
    return [day, 0.02 + 1e-5 * ((day + 25_569) % 97)];
  }),
);
const market: RatesMarket = {
  curves: new Map([
    ['D', curve('D', [-0.006, -0.007, -0.0065, -0.005, -0.002, 0.003, 0.005])],
    ['F', curve('F', [-0.004, -0.005, -0.0045, -0.003, 0, 0.005, 0.007])],
  ]),
  discount: { EUR: 'D', GBP: 'D' },
  forward: { 'EUR-EURIBOR-6M': 'F', 'EUR-ESTR': 'D', 'GBP-SONIA': 'D' },
  fixings: new Map(['EUR-EURIBOR-6M', 'EUR-ESTR', 'GBP-SONIA'].map((name) => [name, past])),
};
const oneCurve: RatesMarket = { ...market, forward: { 'EUR-EURIBOR-6M': 'D' } };

const fixed = (terms: Partial<FixedLegBook> & { readonly schedule: ScheduleBook }): LegBook => ({
  type: 'fixed',
  pays: false,
  currency: 'EUR',
  notional: 1e6,
  rate: 0.03,
  dayCount: 'ACT/360',
  paymentConvention: 'Following',
  ...terms,
});
const floating = (terms: Partial<FloatingLegBook> & { readonly schedule: ScheduleBook }): LegBook => ({
  type: 'floating',
  pays: true,
  currency: 'EUR',
  notional: 1e6,
  index: 'EUR-ESTR',
  dayCount: 'ACT/360',
  paymentConvention: 'Following',
  ...terms,
});
const legsWorth = (...legs: readonly LegBook[]): number => {
  const swap = certain(resolveSwap({ legs }));
  const flows = swap.legs.flatMap((leg) => leg.flows);
  return certain(valueFlows(flows, { market, context, currency: swap.currency })).value.value;
};

const london = {
  start: '2024-11-30',
  end: '2027-07-13',
  calendar: 'GBP',
  convention: 'MF',
  endOfMonth: true,
};
const sonia: ScheduleBook = {
  start: '2024-12-20',
  end: '2026-02-05',
  tenor: '6M',
  calendar: 'GBP',
  convention: 'Following',
};
const unadjusted: ScheduleBook = {
  start: '2025-03-15',
  end: '2027-03-14',
  tenor: '6M',
  calendar: 'TARGET',
  convention: 'Unadjusted',
  rule: 'Forward',
};
const averaged: ScheduleBook = {
  start: '2025-02-12',
  end: '2030-02-12',
  tenor: '3M',
  calendar: 'TARGET',
  convention: 'MF',
  rule: 'Forward',
};
const soniaLeg = { currency: 'GBP', dayCount: 'ACT/365F', paymentLag: 2, schedule: sonia };

test.each([
  [
    'a swap under way, stub first, ends of months',
    31_223.51545388347,
    () =>
      legsWorth(
        fixed({ rate: 0.014, dayCount: '30E/360', schedule: { ...london, tenor: '1Y' } }),
        floating({ index: 'EUR-EURIBOR-6M', spread: 0.0013, schedule: { ...london, tenor: '6M' } }),
      ),
  ],
  [
    'an overnight swap under way, paid two days late',
    35_496.40124978685,
    () => legsWorth(fixed(soniaLeg), floating({ ...soniaLeg, index: 'GBP-SONIA', spread: 0.0013 })),
  ],
  [
    'coupons paid two days after ends on weekends',
    61_292.52064640076,
    () => legsWorth(fixed({ paymentLag: 2, schedule: unadjusted })),
  ],
  [
    'an averaged overnight leg of five years',
    179_738.79448606493,
    () =>
      legsWorth(
        fixed({ paymentLag: 1, schedule: averaged }),
        floating({ paymentLag: 1, averaged: true, schedule: averaged }),
      ),
  ],
  [
    'a forward rate agreement from the end of a quarter',
    -12_725.822088835277,
    () => {
      const fra = resolveFra({
        buys: true,
        notional: 1e6,
        index: 'EUR-EURIBOR-6M',
        start: '2025-03-31',
        rate: 0.02,
      });
      return certain(fraPricer.price(certain(fra), { kind: 'discounting', market }, context)).value;
    },
  ],
])('%s', (_name, published, price) => {
  // Averages keep their second order: a billionth of the notional a quarter.
  expect(Math.abs(price() - published)).toBeLessThan(_name.includes('averaged') ? 5e-3 : 1e-8);
});

test('a bond of twenty years at yields near zero: clean price, accrued interest, yield', () => {
  const bond = certain(
    resolveBond({
      currency: 'EUR',
      face: 100,
      coupon: 0.058,
      dayCount: 'ACT/ACT ICMA',
      settlementLag: 3,
      paymentConvention: 'Following',
      schedule: {
        start: '2023-07-31',
        end: '2044-12-20',
        tenor: '6M',
        calendar: 'TARGET',
        convention: 'Unadjusted',
      },
    }),
  );
  const { clean, accrued, settlement } = certain(bondPrices(bond, { market, context }));
  expect(clean).toBeCloseTo(209.29474101437796, 11);
  expect(accrued).toBeCloseTo(0.8763736263736277, 12);
  const terms = { settlement, compounding: 'Compounded', frequency: 2 } as const;
  expect(certain(yieldFromCleanPrice(bond, clean, terms))).toBeCloseTo(0.001877893079437184, 12);
});

const floor = certain(
  resolveCapFloor({
    right: 'floor',
    buys: true,
    strike: 0.005,
    leg: {
      currency: 'EUR',
      notional: 1e6,
      index: 'EUR-EURIBOR-6M',
      dayCount: 'ACT/360',
      paymentConvention: 'Following',
      schedule: {
        start: '2024-11-27',
        end: '2035-04-11',
        tenor: '6M',
        calendar: 'TARGET',
        convention: 'MF',
        terminationConvention: 'Unadjusted',
        rule: 'Forward',
      },
    },
  }),
);

const option = (
  settlement: 'physical' | 'cash-par-yield',
  forwardOver: 'index-period' | 'accrual-period',
): Swaption => {
  const schedule = { start: '2026-03-03', end: '2033-03-03', calendar: 'TARGET', convention: 'MF' };
  const legs = [
    fixed({
      pays: true,
      rate: 0.002,
      dayCount: '30/360',
      schedule: { ...schedule, tenor: '1Y', rule: 'Forward' },
    }),
    floating({
      pays: false,
      index: 'EUR-EURIBOR-6M',
      forwardOver,
      schedule: { ...schedule, tenor: '6M', rule: 'Forward' },
    }),
  ];
  const made = certain(
    resolveSwaption({ buys: true, swap: { legs }, exercises: ['2026-02-27'], settlement }),
  );
  if (made.kind !== 'swaption') throw new Error('one date makes a European option');
  return made;
};

test.each([
  [
    'floor under way, shifted Black',
    161_521.84828022594,
    () =>
      capFloorPricers.black.price(floor, { kind: 'black', market, volatility: 0.5, shift: 0.03 }, context),
  ],
  [
    'floor under way, Bachelier',
    115_050.34338965264,
    () => capFloorPricers.bachelier.price(floor, { kind: 'bachelier', market, volatility: 0.01 }, context),
  ],
  [
    'swaption in par-yield cash, Bachelier',
    10_933.242234738109,
    () =>
      swaptionPricers.bachelier.price(
        option('cash-par-yield', 'index-period'),
        { kind: 'bachelier', market, volatility: 0.006 },
        context,
      ),
  ],
  [
    'swaption, shifted Black',
    28_935.409894288707,
    () =>
      swaptionPricers.black.price(
        option('physical', 'index-period'),
        { kind: 'black', market, volatility: 0.4, shift: 0.03 },
        context,
      ),
  ],
  [
    'swaption, Hull–White by Jamshidian on one curve',
    7_964.028924239459,
    () =>
      hullWhiteSwaptionPricer.price(
        option('physical', 'accrual-period'),
        { kind: 'hull-white', market: oneCurve, reversion: 0.05, volatility: 0.008 },
        context,
      ),
  ],
] as readonly (readonly [
  string,
  number,
  () => Result<{ readonly value: number }>,
])[])('%s', (name, published, price) => {
  // Jamshidian's root is found to 1e-8 of the rate there.
  expect(Math.abs(certain(price()).value - published)).toBeLessThan(name.includes('Hull') ? 1e-3 : 1e-8);
});

test('a fixing of a day to come is not looked at, though a file may hold it', () => {
  const fra = certain(
    resolveFra({ buys: true, notional: 1e6, index: 'EUR-EURIBOR-6M', start: '2025-03-31', rate: 0.02 }),
  );
  const later = new Map([...past, [fra.fixing, 0.5] as const]);
  const told = { ...market, fixings: new Map([['EUR-EURIBOR-6M', later]]) };
  const value = (on: RatesMarket): number =>
    certain(fraPricer.price(fra, { kind: 'discounting', market: on }, context)).value;
  expect(value(told)).toBe(value(market));
});

test('a gilt bought after its coupon has gone: interest owed back, price and yield', () => {
  const gilt = certain(
    resolveBond({
      currency: 'GBP',
      face: 100,
      coupon: 0.045,
      dayCount: 'ACT/ACT ICMA',
      settlementLag: 1,
      exCoupon: { days: 7, unit: 'business-days' },
      schedule: {
        start: '2022-09-07',
        end: '2034-09-07',
        tenor: '6M',
        calendar: 'GBP',
        convention: 'Unadjusted',
      },
    }),
  );
  const on = (text: string) => {
    const day = parseDay(text)!;
    const flat = { curves: new Map([['G', flatCurve('G', day, 0.04)]]), discount: { GBP: 'G' }, forward: {} };
    return certain(
      bondPrices(gilt, { market: flat, context: { valuationTime: microsOfDay(day), snapshot: 'gilt' } }),
    );
  };
  const { clean, accrued, settlement } = on('2025-02-26');
  expect(clean).toBeCloseTo(103.57120572660652, 11);
  expect(accrued).toBeCloseTo(-0.09944751381214534, 12);
  const terms = { settlement, compounding: 'Compounded', frequency: 2 } as const;
  expect(certain(yieldFromCleanPrice(gilt, clean, terms))).toBeCloseTo(0.04044297428432407, 12);
  // Two days before, the coupon is still in the price: nearly all of it has accrued.
  expect(on('2025-02-24').accrued).toBeCloseTo((2.25 * 171) / 181, 10);
  expect(clean - on('2025-02-24').clean).toBeCloseTo(0, 1);
});
