/** Hull–White as a plug-in: parity of swaptions, Bermudans no less than Europeans, and the limit of no volatility. */
import { calendarOf } from '../calendars/calendar-registry';
import { parseDay } from '../calendars/date';
import { tenorOf } from '../calendars/tenor';
import { calibrateHullWhite, type HullWhiteStart, type NamedSwaptionQuote } from '../calibration/hull-white';
import { marketSwaption } from '../calibration/market-swaption';
import type { SwapConvention } from '../calibration/rate-instruments';
import { type PricingContext, success } from '../contract';
import { flatCurve } from '../curves/discount-curve';
import { bermudanSwaptionPricer } from '../measures/bermudan-swaption';
import { type HullWhiteModel, hullWhiteSwaptionPricer } from '../measures/hull-white';
import { swapPricer } from '../measures/swap';
import { swaptionRate } from '../measures/swaption';
import { impliedBachelierVolatility } from '../models/implied-volatility';
import { rateIndexOf } from '../products/rate-index';
import { resolveSwap, type SwapBook } from '../products/swap';
import { resolveSwaption, type Swaption } from '../products/swaption';
import { largest, type ModelPlugin, type ValidationCheck } from './model-plugin';

const context: PricingContext = {
  valuationTime: Date.parse('2026-01-15T00:00:00Z') * 1000,
  snapshot: 'validation',
};
const today = parseDay('2026-01-15')!;
const market = {
  curves: new Map([
    ['discount', flatCurve('discount', today, 0.02)],
    ['forward', flatCurve('forward', today, 0.023)],
  ]),
  discount: { EUR: 'discount' },
  forward: { 'EUR-EURIBOR-6M': 'forward' },
};
const model: HullWhiteModel = { kind: 'hull-white', market, reversion: 0.03, volatility: 0.009 };

const euribor: SwapConvention = {
  spotLag: 2,
  calendar: calendarOf('TARGET'),
  fixedTenor: tenorOf('1Y'),
  fixedDayCount: '30/360',
  convention: 'ModifiedFollowing',
  index: rateIndexOf('EUR-EURIBOR-6M'),
};

const book = (rate: number, paysFixed: boolean): SwapBook => {
  const schedule = (tenor: string) => ({
    start: '2027-01-19',
    end: '5Y',
    tenor,
    calendar: 'TARGET',
    convention: 'ModifiedFollowing',
  });
  const common = { currency: 'EUR', notional: 1 };
  return {
    legs: [
      { ...common, type: 'fixed', pays: paysFixed, dayCount: '30/360', schedule: schedule('1Y'), rate },
      {
        ...common,
        type: 'floating',
        pays: !paysFixed,
        dayCount: 'ACT/360',
        schedule: schedule('6M'),
        index: 'EUR-EURIBOR-6M',
      },
    ],
  };
};

const rates = [0.01, 0.02, 0.024, 0.03, 0.045];

function swaptionValue(rate: number, paysFixed: boolean, m = model): number {
  const swaption = resolveSwaption({ buys: true, swap: book(rate, paysFixed), exercises: ['2027-01-15'] });
  if (!swaption.ok || swaption.value.kind !== 'swaption') return Number.NaN;
  const result = hullWhiteSwaptionPricer.price(swaption.value, m, context);
  return result.ok ? result.value.value : Number.NaN;
}

function swapValue(rate: number): number {
  const swap = resolveSwap(book(rate, true));
  if (!swap.ok) return Number.NaN;
  const result = swapPricer.price(swap.value, { kind: 'discounting', market }, context);
  return result.ok ? result.value.value : Number.NaN;
}

const parity = (): ValidationCheck => ({
  kind: 'parity',
  name: 'payer less receiver is the swap, per unit of notional',
  found: largest(
    rates.map((rate) => swaptionValue(rate, true) - swaptionValue(rate, false) - swapValue(rate)),
  ),
  allowed: 1e-10,
  cases: rates.length,
  source: 'the holder of both has the swap',
});

const convergence = (): ValidationCheck => ({
  kind: 'convergence',
  name: 'without volatility a swaption is the swap or nothing, per unit of notional',
  found: largest(
    rates.map(
      (rate) => swaptionValue(rate, true, { ...model, volatility: 1e-7 }) - Math.max(swapValue(rate), 0),
    ),
  ),
  allowed: 1e-6,
  cases: rates.length,
  source: 'Jamshidian 1989',
});

/** A Bermudan holds every right of the European with its first date. */
function arbitrage(): ValidationCheck {
  const lacks = rates.map((rate) => {
    const bermudan = resolveSwaption({
      buys: true,
      swap: book(rate, true),
      exercises: ['2027-01-15', '2029-01-15'],
    });
    if (!bermudan.ok || bermudan.value.kind !== 'bermudan-swaption') return Number.NaN;
    const result = bermudanSwaptionPricer.price(bermudan.value, model, context);
    return result.ok ? Math.max(swaptionValue(rate, true) - result.value.value, 0) : Number.NaN;
  });
  return {
    kind: 'arbitrage',
    name: 'more exercise dates are worth no less, per unit of notional',
    found: largest(lacks),
    allowed: 1e-6,
    cases: rates.length,
    source: 'the holder may ignore a date',
  };
}

/** Swaptions at the volatilities that the model itself gives them must give the model back. */
function calibration(): ValidationCheck {
  const quotes = (['1Y', '2Y', '5Y'] as const).flatMap((expiry) =>
    (['2Y', '5Y', '10Y'] as const).flatMap((tenor) => {
      const swaption = marketSwaption(
        { expiry: tenorOf(expiry), tenor: tenorOf(tenor), convention: euribor },
        { market, context },
      );
      const volatility = swaption.ok ? modelVolatility(swaption.value) : Number.NaN;
      const name = `${expiry} into ${tenor}`;
      return swaption.ok ? [{ name, swaption: swaption.value, kind: 'bachelier' as const, volatility }] : [];
    }),
  );
  const fit = calibrateHullWhite(quotes, { market, context });
  return {
    kind: 'convergence',
    name: 'calibration returns to the volatilities that the model gave, error of normal volatility',
    found: fit.ok && fit.value.converged ? fit.value.error.max : Number.POSITIVE_INFINITY,
    allowed: 1e-9,
    cases: quotes.length,
    source: 'a round trip',
  };
}

function modelVolatility(swaption: Swaption): number {
  const priced = hullWhiteSwaptionPricer.price(swaption, model, context);
  const rate = swaptionRate(swaption, { market, context });
  if (!priced.ok || !rate.ok) return Number.NaN;
  const implied = impliedBachelierVolatility({
    right: 'call',
    price: priced.value.value,
    forward: rate.value.forward(0).value,
    strike: rate.value.strike,
    discount: rate.value.annuity(0).value,
    time: (swaption.exercise - today) / 365,
  });
  return implied.ok ? implied.value : Number.NaN;
}

/** Swaptions with the market that their swaps are forecast in. */
export interface SwaptionQuotes extends HullWhiteStart {
  readonly quotes: readonly NamedSwaptionQuote[];
}

export const hullWhitePlugin: ModelPlugin<SwaptionQuotes> = {
  name: 'hull-white',
  about: 'one-factor short rate, calibrated to swaption volatilities',
  parameters: [
    { name: 'reversion', about: 'per year' },
    { name: 'volatility', about: 'absolute, of the short rate, per year', least: 0 },
  ],
  calibrate: ({ quotes, ...start }) => {
    const fit = calibrateHullWhite(quotes, start);
    if (!fit.ok) return fit;
    const { reversion, volatility } = fit.value.parameters;
    return success({ ...fit.value, parameters: { reversion, volatility } });
  },
  validate: () => [parity(), arbitrage(), convergence(), calibration()],
};
