/** The dual euro market as a desk sees it, and books of each rates product on it. */
import { microsOfDay } from '../../../pricing/calendars/date';
import type { PricingContext } from '../../../pricing/contract';
import { buildCurves, type CurveSet, compileCurveGroup } from '../../../pricing/curves/curve-group';
import type { RatesMarket } from '../../../pricing/measures/rates-market';
import { type CapFloor, resolveCapFloor } from '../../../pricing/products/cap-floor';
import type { SwapBook } from '../../../pricing/products/swap';
import { type BermudanSwaption, resolveSwaption, type Swaption } from '../../../pricing/products/swaption';
import { certain, dualCurve, dualQuotes, trade } from './dual-curve';

export const context: PricingContext = { valuationTime: microsOfDay(trade), snapshot: 'dual euro market' };
export const curveSet: CurveSet = certain(buildCurves(certain(compileCurveGroup(dualCurve())), dualQuotes));

/** A quarter of overnight fixings behind the valuation date, for products under way. */
const fixings: RatesMarket['fixings'] = new Map([
  [
    'EUR-ESTR',
    new Map(
      Array.from({ length: 100 }, (_, back): [number, number] => [trade - 1 - back, 0.029 + 1e-5 * back]),
    ),
  ],
]);

export const marketOf = (set: CurveSet): RatesMarket => ({
  curves: set.curves,
  discount: { EUR: 'EUR-OIS', USD: 'EUR-6M' },
  // The six-month curve stands in for a second currency.
  forward: {
    'EUR-EURIBOR-6M': 'EUR-6M',
    'EUR-EURIBOR-3M': 'EUR-OIS',
    'EUR-ESTR': 'EUR-OIS',
    'USD-SOFR': 'EUR-6M',
  },
  fx: { EURUSD: { rate: 1.05, spot: trade + 2 } },
  fixings: fixings!,
  set,
});

export const swapBook = (start: string, end: string, { pays = true, rate = 0.024 } = {}): SwapBook => ({
  legs: [
    {
      type: 'fixed',
      pays,
      currency: 'EUR',
      notional: 1e6,
      rate,
      dayCount: '30/360',
      schedule: { start, end, tenor: '1Y', calendar: 'TARGET', convention: 'ModifiedFollowing' },
    },
    {
      type: 'floating',
      pays: !pays,
      currency: 'EUR',
      notional: 1e6,
      index: 'EUR-EURIBOR-6M',
      dayCount: 'ACT/360',
      schedule: { start, end, tenor: '6M', calendar: 'TARGET', convention: 'ModifiedFollowing' },
    },
  ],
});

export function european(
  exercise: string,
  start: string,
  end: string,
  terms: { readonly pays?: boolean; readonly rate?: number; readonly cash?: boolean } = {},
): Swaption {
  const settlement = terms.cash ? 'cash-par-yield' : 'physical';
  const made = certain(
    resolveSwaption({ buys: true, swap: swapBook(start, end, terms), exercises: [exercise], settlement }),
  );
  if (made.kind !== 'swaption') throw new Error('one exercise date makes a European option');
  return made;
}

export function bermudan(
  exercises: readonly string[],
  start: string,
  end: string,
  terms: { readonly pays?: boolean; readonly rate?: number } = {},
): BermudanSwaption {
  const made = certain(resolveSwaption({ buys: true, swap: swapBook(start, end, terms), exercises }));
  if (made.kind !== 'bermudan-swaption') throw new Error('several exercise dates make a Bermudan option');
  return made;
}

export const cap = (right: 'cap' | 'floor', strike: number): CapFloor =>
  certain(
    resolveCapFloor({
      right,
      buys: true,
      strike,
      leg: {
        currency: 'EUR',
        notional: 1e6,
        index: 'EUR-EURIBOR-6M',
        dayCount: 'ACT/360',
        schedule: {
          start: '2025-08-12',
          end: '5Y',
          tenor: '6M',
          calendar: 'TARGET',
          convention: 'ModifiedFollowing',
        },
      },
    }),
  );

/** Quarterly on the overnight rate, its first period under way; `start` moves that. */
export const overnightCap = (right: 'cap' | 'floor', strike: number, start = '2024-12-12'): CapFloor =>
  certain(
    resolveCapFloor({
      right,
      buys: true,
      strike,
      leg: {
        currency: 'EUR',
        notional: 1e6,
        index: 'EUR-ESTR',
        dayCount: 'ACT/360',
        paymentLag: 1,
        schedule: { start, end: '3Y', tenor: '3M', calendar: 'TARGET', convention: 'ModifiedFollowing' },
      },
    }),
  );

export const ois: SwapBook = {
  legs: [
    {
      type: 'fixed',
      pays: false,
      currency: 'EUR',
      notional: 1e6,
      rate: 0.02,
      dayCount: 'ACT/360',
      paymentLag: 1,
      schedule: {
        start: '2025-02-12',
        end: '7Y',
        tenor: '1Y',
        calendar: 'TARGET',
        convention: 'ModifiedFollowing',
      },
    },
    {
      type: 'floating',
      pays: true,
      currency: 'EUR',
      notional: 1e6,
      index: 'EUR-ESTR',
      spread: 0.001,
      dayCount: 'ACT/360',
      paymentLag: 1,
      schedule: {
        start: '2025-02-12',
        end: '7Y',
        tenor: '1Y',
        calendar: 'TARGET',
        convention: 'ModifiedFollowing',
      },
    },
  ],
};

export const basis: SwapBook = {
  legs: [
    {
      type: 'floating',
      pays: true,
      currency: 'EUR',
      notional: 1e6,
      index: 'EUR-EURIBOR-6M',
      dayCount: 'ACT/360',
      schedule: {
        start: '2025-02-12',
        end: '4Y',
        tenor: '6M',
        calendar: 'TARGET',
        convention: 'ModifiedFollowing',
      },
    },
    {
      type: 'floating',
      pays: false,
      currency: 'EUR',
      notional: 1e6,
      index: 'EUR-ESTR',
      averaged: true,
      dayCount: 'ACT/360',
      schedule: {
        start: '2025-02-12',
        end: '4Y',
        tenor: '3M',
        calendar: 'TARGET',
        convention: 'ModifiedFollowing',
      },
    },
  ],
};

const quarterly = {
  start: '2025-02-12',
  end: '5Y',
  tenor: '3M',
  calendar: 'TARGET',
  convention: 'ModifiedFollowing',
};

/** Overnight rates of two currencies, the dollar notional following the rate from the second quarter on. */
export const markedToMarket: SwapBook = {
  currency: 'EUR',
  legs: [
    {
      type: 'floating',
      pays: true,
      currency: 'EUR',
      notional: 1e6,
      index: 'EUR-ESTR',
      spread: -0.002,
      dayCount: 'ACT/360',
      exchange: 'both',
      schedule: quarterly,
    },
    {
      type: 'floating',
      pays: false,
      currency: 'USD',
      notional: 1.04e6,
      index: 'USD-SOFR',
      dayCount: 'ACT/360',
      exchange: 'both',
      resets: { currency: 'EUR', notional: 1e6 },
      schedule: quarterly,
    },
  ],
};

/** Falling notionals, and a short first period between three and six months. */
export const amortising: SwapBook = {
  legs: [
    {
      type: 'fixed',
      pays: true,
      currency: 'EUR',
      notional: [1e6, 8e5, 6e5, 3e5],
      rate: [0.024, 0.025],
      dayCount: '30/360',
      schedule: { start: '2025-02-12', end: '2029-06-12', tenor: '1Y', calendar: 'TARGET', convention: 'MF' },
    },
    {
      type: 'floating',
      pays: false,
      currency: 'EUR',
      notional: [1e6, 1e6, 8e5, 8e5, 6e5, 6e5, 3e5],
      index: 'EUR-EURIBOR-6M',
      dayCount: 'ACT/360',
      stubs: { first: { index: 'EUR-EURIBOR-3M', to: 'EUR-EURIBOR-6M' } },
      schedule: { start: '2025-02-12', end: '2029-06-12', tenor: '6M', calendar: 'TARGET', convention: 'MF' },
    },
  ],
};

export const bond = {
  currency: 'EUR',
  face: 1e6,
  schedule: {
    start: '2023-05-15',
    end: '2033-05-15',
    tenor: '1Y',
    calendar: 'TARGET',
    convention: 'Unadjusted',
  },
  dayCount: 'ACT/ACT ICMA',
  settlementLag: 2,
};
