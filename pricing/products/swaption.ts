/** Options on swaps: European with one exercise date, Bermudan with several. */
import { addBusinessDays } from '../calendars/business-day';
import { calendarNamed } from '../calendars/calendar-registry';
import { type Day, formatDay } from '../calendars/date';
import { failure, type Result, success } from '../contract';
import { dayNamed } from './schedule-book';
import { type ResolvedLeg, resolveSwap, type Swap, type SwapBook } from './swap';

export interface SwaptionBook {
  readonly buys: boolean;
  /** One fixed and one floating leg, seen from the side of the option's holder. */
  readonly swap: SwapBook;
  /** ISO dates on which the holder may enter the swap; one makes a European option. */
  readonly exercises: readonly string[];
  readonly settlement?: SwaptionSettlement;
}

/**
 * The swap itself; cash by the par yield (ISDA 2006, 18.3(c)); or the collateralised cash price of 2018, which is the swap's
 * worth on agreed discount factors, so that it values as the swap does.
 */
export type SwaptionSettlement = 'physical' | 'cash-par-yield' | 'cash-collateralised';

export interface Swaption {
  readonly kind: 'swaption';
  readonly side: 1 | -1;
  readonly swap: Swap;
  readonly fixed: ResolvedLeg;
  readonly floating: ResolvedLeg;
  readonly exercise: Day;
  readonly settlement: SwaptionSettlement;
}

export interface BermudanSwaption {
  readonly kind: 'bermudan-swaption';
  readonly side: 1 | -1;
  readonly swap: Swap;
  readonly fixed: ResolvedLeg;
  readonly floating: ResolvedLeg;
  /** Rising; each is before the start of the last period. */
  readonly exercises: readonly Day[];
}

/** Monthly exercise over thirty years. */
const exerciseLimit = 360;

export function resolveSwaption(book: SwaptionBook): Result<Swaption | BermudanSwaption> {
  const swap = resolveSwap(book.swap);
  if (!swap.ok) return swap;
  const { legs } = swap.value;
  const fixed = legs.find(({ type }) => type === 'fixed');
  const floating = legs.find(({ type }) => type === 'floating');
  if (
    legs.length !== 2 ||
    !fixed ||
    !floating ||
    fixed.pays === floating.pays ||
    fixed.currency !== floating.currency
  ) {
    return failure(
      'swaption-needs-fixed-against-floating',
      'an option needs a swap of one fixed and one floating leg, one paid, one received, in one currency.',
    );
  }
  const exercises: Day[] = [];
  for (const text of book.exercises) {
    const day = dayNamed(text, 'exercise');
    if (!day.ok) return day;
    exercises.push(day.value);
  }
  exercises.sort((a, b) => a - b);
  const last = fixed.periods.at(-1)!.start;
  if (exercises.length === 0 || exercises.length > exerciseLimit || exercises.at(-1)! > last) {
    return failure(
      'exercise-must-precede-the-swap',
      `give 1 to ${exerciseLimit} exercise dates, the last not after ${formatDay(last)}.`,
    );
  }
  const common = { side: book.buys ? 1 : -1, swap: swap.value, fixed, floating } as const;
  if (exercises.length > 1) return success({ kind: 'bermudan-swaption', ...common, exercises });
  const exercise = exercises[0]!;
  if (exercise > fixed.periods[0]!.start) {
    return failure(
      'exercise-must-precede-the-swap',
      `one exercise date must not be after the start ${formatDay(fixed.periods[0]!.start)}.`,
    );
  }
  return success({ kind: 'swaption', ...common, exercise, settlement: book.settlement ?? 'physical' });
}

/** The exercise date that stands a number of business days before each period of a swap. */
export function noticeDates(
  leg: ResolvedLeg,
  { calendar, days }: { readonly calendar: string; readonly days: number },
): Result<readonly Day[]> {
  const found = calendarNamed(calendar);
  if (!found.ok) return found;
  return success(leg.periods.map(({ start }) => addBusinessDays(start, -days, found.value)));
}
