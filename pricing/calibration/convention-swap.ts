/** A swap under a named convention, as dealers say it: a tenor, a rate, a notional; the legs follow. */
import { addBusinessDays, advance } from '../calendars/business-day';
import { type Day, formatDay } from '../calendars/date';
import { formatTenor, type Tenor } from '../calendars/tenor';
import type { SwapBook } from '../products/swap';
import type { SwapConvention } from './rate-instruments';

export interface ConventionSwap {
  readonly convention: SwapConvention;
  readonly start: Day;
  readonly tenor: Tenor;
  readonly paysFixed: boolean;
  readonly rate: number;
  readonly notional: number;
  /** On the floating leg. */
  readonly spread?: number;
}

/** The day on which a swap traded on a day starts. */
export const spotOf = ({ calendar, spotLag }: SwapConvention, trade: Day): Day =>
  addBusinessDays(addBusinessDays(trade, 0, calendar), spotLag, calendar);

export function conventionSwap(terms: ConventionSwap): SwapBook {
  const { convention, start, tenor, paysFixed, rate, notional, spread = 0 } = terms;
  const { calendar, index, fixedTenor, floatTenor, paymentLag = 0, endOfMonth = false } = convention;
  const end = advance(start, tenor, { calendar, convention: 'Unadjusted', endOfMonth });
  const schedule = (period: Tenor) => ({
    start: formatDay(start),
    end: formatDay(end),
    tenor: formatTenor(period),
    calendar: calendar.name,
    convention: convention.convention,
    rule: convention.rule ?? ('Backward' as const),
    endOfMonth,
  });
  const common = {
    currency: index.currency,
    notional,
    paymentLag,
    paymentConvention: convention.convention,
  };
  return {
    legs: [
      {
        ...common,
        type: 'fixed',
        pays: paysFixed,
        rate,
        dayCount: convention.fixedDayCount,
        schedule: schedule(fixedTenor),
      },
      {
        ...common,
        type: 'floating',
        pays: !paysFixed,
        index: index.name,
        dayCount: index.dayCount,
        spread,
        averaged: convention.averaged ?? false,
        forwardOver: convention.forwardOver ?? 'index-period',
        schedule: schedule(floatTenor ?? (index.overnight ? fixedTenor : index.tenor)),
      },
    ],
  };
}
