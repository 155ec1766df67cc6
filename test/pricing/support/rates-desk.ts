/** One of each rates product, on the dual euro market, for tests of what all pricers promise. */
import { microsOfDay } from '../../../pricing/calendars/date.js';
import type { PricingContext, Result, Valuation } from '../../../pricing/contract.js';
import { buildCurves, type CurveSet, compileCurveGroup } from '../../../pricing/curves/curve-group.js';
import { bermudanSwaptionPricer } from '../../../pricing/measures/bermudan-swaption.js';
import { bondPricer } from '../../../pricing/measures/bond.js';
import { capFloorPricers } from '../../../pricing/measures/cap-floor.js';
import { hullWhiteSwaptionPricer } from '../../../pricing/measures/hull-white.js';
import { hullWhiteCapFloorPricer } from '../../../pricing/measures/hull-white-cap-floor.js';
import { fraPricer, termDepositPricer } from '../../../pricing/measures/linear-rates.js';
import type { RatesMarket } from '../../../pricing/measures/rates-market.js';
import { swapPricer } from '../../../pricing/measures/swap.js';
import { swaptionPricers } from '../../../pricing/measures/swaption.js';
import { resolveBond } from '../../../pricing/products/bond.js';
import { type CapFloor, resolveCapFloor } from '../../../pricing/products/cap-floor.js';
import { resolveFra } from '../../../pricing/products/fra.js';
import { resolveSwap, type SwapBook } from '../../../pricing/products/swap.js';
import { type BermudanSwaption, resolveSwaption, type Swaption } from '../../../pricing/products/swaption.js';
import { resolveTermDeposit } from '../../../pricing/products/term-deposit.js';
import { certain, dualCurve, dualQuotes, trade } from './dual-curve.js';

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

const ois: SwapBook = {
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

const basis: SwapBook = {
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

const bond = {
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

const linear = (market: RatesMarket) => ({ kind: 'discounting', market }) as const;
const hullWhite = (market: RatesMarket) =>
  ({ kind: 'hull-white', market, reversion: 0.03, volatility: 0.008 }) as const;
const smile = { alpha: 0.02, beta: 0.5, rho: -0.2, nu: 0.45, shift: 0.01 };

/** Every pricer of the library's rates desk, as a function of the market alone. */
export const desk: readonly (readonly [string, (market: RatesMarket) => Result<Valuation>])[] = [
  [
    'deposit',
    (market) =>
      termDepositPricer.price(
        certain(
          resolveTermDeposit({
            lends: true,
            currency: 'EUR',
            notional: 1e6,
            start: '2025-03-10',
            end: '2026-03-10',
            rate: 0.02,
            dayCount: 'ACT/360',
          }),
        ),
        linear(market),
        context,
      ),
  ],
  [
    'FRA',
    (market) =>
      fraPricer.price(
        certain(
          resolveFra({
            buys: true,
            notional: 1e6,
            index: 'EUR-EURIBOR-6M',
            start: '2026-02-12',
            rate: 0.021,
          }),
        ),
        linear(market),
        context,
      ),
  ],
  [
    'fixed/float swap',
    (market) =>
      swapPricer.price(certain(resolveSwap(swapBook('2025-02-12', '10Y'))), linear(market), context),
  ],
  ['overnight swap', (market) => swapPricer.price(certain(resolveSwap(ois)), linear(market), context)],
  [
    'basis swap with averaging',
    (market) => swapPricer.price(certain(resolveSwap(basis)), linear(market), context),
  ],
  [
    'amortising swap with a stub',
    (market) => swapPricer.price(certain(resolveSwap(amortising)), linear(market), context),
  ],
  [
    'cross-currency swap, marked to market',
    (market) => swapPricer.price(certain(resolveSwap(markedToMarket)), linear(market), context),
  ],
  [
    'fixed bond',
    (market) => bondPricer.price(certain(resolveBond({ ...bond, coupon: 0.03 })), linear(market), context),
  ],
  [
    'floating bond',
    (market) =>
      bondPricer.price(
        certain(
          resolveBond({
            ...bond,
            dayCount: 'ACT/360',
            schedule: { ...bond.schedule, start: '2025-05-15', tenor: '6M' },
            floating: { index: 'EUR-EURIBOR-6M', spread: 0.002 },
          }),
        ),
        linear(market),
        context,
      ),
  ],
  [
    'cap under Black',
    (market) =>
      capFloorPricers.black.price(
        cap('cap', 0.025),
        { kind: 'black', market, volatility: 0.3, shift: 0.01 },
        context,
      ),
  ],
  [
    'floor under Bachelier',
    (market) =>
      capFloorPricers.bachelier.price(
        cap('floor', 0.02),
        { kind: 'bachelier', market, volatility: [0.006, 0.0065, 0.007] },
        context,
      ),
  ],
  [
    'cap under SABR',
    (market) => capFloorPricers.sabr.price(cap('cap', 0.03), { kind: 'sabr', market, ...smile }, context),
  ],
  [
    'overnight cap under Bachelier',
    (market) =>
      capFloorPricers.bachelier.price(
        overnightCap('cap', 0.022),
        { kind: 'bachelier', market, volatility: 0.007 },
        context,
      ),
  ],
  [
    'overnight floor under shifted Black',
    (market) =>
      capFloorPricers.black.price(
        overnightCap('floor', 0.024),
        { kind: 'black', market, volatility: [0.2, 0.25], shift: 0.02 },
        context,
      ),
  ],
  [
    'overnight cap under Hull–White',
    (market) => hullWhiteCapFloorPricer.price(overnightCap('cap', 0.022), hullWhite(market), context),
  ],
  [
    'swaption under Black',
    (market) =>
      swaptionPricers.black.price(
        european('2027-02-10', '2027-02-12', '5Y'),
        { kind: 'black', market, volatility: 0.28 },
        context,
      ),
  ],
  [
    'swaption paid in par-yield cash',
    (market) =>
      swaptionPricers.bachelier.price(
        european('2027-02-10', '2027-02-12', '5Y', { cash: true }),
        { kind: 'bachelier', market, volatility: 0.0075 },
        context,
      ),
  ],
  [
    'receiver swaption under normal SABR',
    (market) =>
      swaptionPricers.sabr.price(
        european('2030-02-08', '2030-02-12', '10Y', { pays: false, rate: 0.02 }),
        { kind: 'sabr', market, quoted: 'normal', ...smile },
        context,
      ),
  ],
  [
    'swaption under Hull–White',
    (market) =>
      hullWhiteSwaptionPricer.price(european('2027-02-10', '2027-02-12', '5Y'), hullWhite(market), context),
  ],
  [
    'par-yield cash under Hull–White',
    (market) =>
      hullWhiteSwaptionPricer.price(
        european('2027-02-10', '2027-02-12', '5Y', { cash: true, pays: false }),
        hullWhite(market),
        context,
      ),
  ],
  [
    'cap under Hull–White',
    (market) => hullWhiteCapFloorPricer.price(cap('cap', 0.025), hullWhite(market), context),
  ],
  [
    'Bermudan swaption',
    (market) =>
      bermudanSwaptionPricer.price(
        bermudan(['2027-02-10', '2028-02-10', '2029-02-08', '2030-02-08'], '2027-02-12', '6Y'),
        hullWhite(market),
        context,
      ),
  ],
];
