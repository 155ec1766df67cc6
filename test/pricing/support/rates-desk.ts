/** One of each rates product, on the dual euro market, for tests of what all pricers promise. */
import type { Result, Valuation } from '../../../pricing/contract';
import { bermudanSwaptionPricer } from '../../../pricing/measures/bermudan-swaption';
import { bondPricer } from '../../../pricing/measures/bond';
import { capFloorPricers } from '../../../pricing/measures/cap-floor';
import { hullWhiteSwaptionPricer } from '../../../pricing/measures/hull-white';
import { hullWhiteCapFloorPricer } from '../../../pricing/measures/hull-white-cap-floor';
import { fraPricer, termDepositPricer } from '../../../pricing/measures/linear-rates';
import type { RatesMarket } from '../../../pricing/measures/rates-market';
import { swapPricer } from '../../../pricing/measures/swap';
import { swaptionPricers } from '../../../pricing/measures/swaption';
import { resolveBond } from '../../../pricing/products/bond';
import { resolveFra } from '../../../pricing/products/fra';
import { resolveSwap } from '../../../pricing/products/swap';
import { resolveTermDeposit } from '../../../pricing/products/term-deposit';
import { certain } from './dual-curve';
import {
  amortising,
  basis,
  bermudan,
  bond,
  cap,
  context,
  european,
  markedToMarket,
  ois,
  overnightCap,
  swapBook,
} from './rates-books';

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
