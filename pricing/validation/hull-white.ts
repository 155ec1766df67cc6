/** Hull–White as a plug-in: parity of swaptions, Bermudans no less than Europeans, and the limit of no volatility. */
import { parseDay } from '../calendars/date.js';
import type { PricingContext } from '../contract.js';
import { flatCurve } from '../curves/discount-curve.js';
import { bermudanSwaptionPricer } from '../measures/bermudan-swaption.js';
import { type HullWhiteModel, hullWhiteSwaptionPricer } from '../measures/hull-white.js';
import { swapPricer } from '../measures/swap.js';
import { resolveSwap, type SwapBook } from '../products/swap.js';
import { resolveSwaption } from '../products/swaption.js';
import { largest, type ModelPlugin, type ValidationCheck } from './model-plugin.js';

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

export const hullWhitePlugin: ModelPlugin = {
  name: 'hull-white',
  about:
    'one-factor short rate; calibrated to swaptions by `fitHullWhite` (pricing/calibration/hull-white.ts)',
  parameters: [
    { name: 'reversion', about: 'per year' },
    { name: 'volatility', about: 'absolute, of the short rate, per year', least: 0 },
  ],
  validate: () => [parity(), arbitrage(), convergence()],
};
