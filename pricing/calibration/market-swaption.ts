/** Swaptions as volatility matrices quote them: exercise after a tenor, into a standard swap, at the money or at a strike. */
import { addBusinessDays, advance } from '../calendars/business-day.js';
import { formatDay } from '../calendars/date.js';
import { formatTenor, type Tenor } from '../calendars/tenor.js';
import { failure, type PricingContext, type Result } from '../contract.js';
import { type RatesMarket, valuationDay } from '../measures/rates-market.js';
import { swaptionRate } from '../measures/swaption.js';
import type { SwapBook } from '../products/swap.js';
import { resolveSwaption, type Swaption } from '../products/swaption.js';
import type { SwapConvention } from './rate-instruments.js';

export interface MarketSwaption {
  readonly expiry: Tenor;
  readonly tenor: Tenor;
  readonly convention: SwapConvention;
  /** The forward swap rate where absent. */
  readonly strike?: number;
}

interface Setting {
  readonly market: RatesMarket;
  readonly context: PricingContext;
}

/** A payer swaption on a notional of one, physically settled. */
export function marketSwaption(terms: MarketSwaption, setting: Setting): Result<Swaption> {
  if (terms.strike !== undefined) return payer(terms, terms.strike, setting);
  const any = payer(terms, 0, setting);
  if (!any.ok) return any;
  const rate = swaptionRate(any.value, setting);
  return rate.ok ? payer(terms, rate.value.forward(0).value, setting) : rate;
}

function payer(
  { expiry, tenor, convention }: MarketSwaption,
  strike: number,
  { context }: Setting,
): Result<Swaption> {
  const { calendar, spotLag, index, fixedTenor, floatTenor, paymentLag = 0 } = convention;
  const exercise = advance(valuationDay(context), expiry, { calendar, convention: convention.convention });
  const schedule = (period: Tenor) => ({
    start: formatDay(addBusinessDays(exercise, spotLag, calendar)),
    end: formatTenor(tenor),
    tenor: formatTenor(period),
    calendar: calendar.name,
    convention: convention.convention,
    rule: convention.rule ?? 'Backward',
    endOfMonth: convention.endOfMonth ?? false,
  });
  const common = {
    currency: index.currency,
    notional: 1,
    paymentLag,
    paymentConvention: convention.convention,
  };
  const swap: SwapBook = {
    legs: [
      {
        ...common,
        type: 'fixed',
        pays: true,
        rate: strike,
        dayCount: convention.fixedDayCount,
        schedule: schedule(fixedTenor),
      },
      {
        ...common,
        type: 'floating',
        pays: false,
        index: index.name,
        dayCount: index.dayCount,
        averaged: convention.averaged ?? false,
        forwardOver: convention.forwardOver ?? 'index-period',
        schedule: schedule(floatTenor ?? (index.overnight ? fixedTenor : index.tenor)),
      },
    ],
  };
  const made = resolveSwaption({ buys: true, swap, exercises: [formatDay(exercise)] });
  if (!made.ok) return made;
  if (made.value.kind === 'swaption') return { ok: true, value: made.value };
  return failure('swaption-must-be-european', 'one exercise date makes a European option.');
}
