/** Swaptions as volatility matrices quote them: exercise after a tenor, into a standard swap, at the money or at a strike. */
import { addBusinessDays, advance } from '../calendars/business-day.js';
import { formatDay } from '../calendars/date.js';
import type { Tenor } from '../calendars/tenor.js';
import { failure, type PricingContext, type Result } from '../contract.js';
import { type RatesMarket, valuationDay } from '../measures/rates-market.js';
import { swaptionRate } from '../measures/swaption.js';
import { resolveSwaption, type Swaption } from '../products/swaption.js';
import { conventionSwap } from './convention-swap.js';
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
  const rule = { calendar: convention.calendar, convention: convention.convention };
  const exercise = advance(valuationDay(context), expiry, rule);
  const start = addBusinessDays(exercise, convention.spotLag, convention.calendar);
  const swap = conventionSwap({ convention, start, tenor, paysFixed: true, rate: strike, notional: 1 });
  const made = resolveSwaption({ buys: true, swap, exercises: [formatDay(exercise)] });
  if (!made.ok) return made;
  if (made.value.kind === 'swaption') return { ok: true, value: made.value };
  return failure('swaption-must-be-european', 'one exercise date makes a European option.');
}
