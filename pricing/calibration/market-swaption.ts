/** Swaptions as volatility matrices quote them: exercise after a tenor, into a standard swap, at the money or at a strike. */
import { addBusinessDays, advance } from '../calendars/business-day';
import { formatDay } from '../calendars/date';
import type { Tenor } from '../calendars/tenor';
import { failure, type PricingContext, type Result } from '../contract';
import { type RatesMarket, valuationDay } from '../measures/rates-market';
import { swaptionRate } from '../measures/swaption';
import { resolveSwaption, type Swaption } from '../products/swaption';
import { conventionSwap } from './convention-swap';
import type { SwapConvention } from './rate-instruments';

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
