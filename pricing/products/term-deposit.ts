/** Term deposits: a notional lent at a simple rate. */
import { calendarNamed } from '../calendars/calendar-registry';
import type { Day } from '../calendars/date';
import { yearFraction } from '../calendars/day-count';
import { failure, type Result, success } from '../contract';
import type { FixedFlow } from './flow';
import { dayCountField, dayNamed, finiteNumber, gathered, positiveAmount } from './schedule-book';

export interface TermDepositBook {
  readonly lends: boolean;
  readonly currency: string;
  readonly notional: number;
  readonly start: string;
  readonly end: string;
  readonly rate: number;
  readonly dayCount: string;
  /** Whose business days BUS/252 counts; other day counts need none. */
  readonly calendar?: string;
}

export interface TermDeposit {
  readonly kind: 'term-deposit';
  readonly currency: string;
  readonly start: Day;
  readonly end: Day;
  readonly flows: readonly FixedFlow[];
}

export function resolveTermDeposit(book: TermDepositBook): Result<TermDeposit> {
  const parts = gathered({
    start: dayNamed(book.start, 'start'),
    end: dayNamed(book.end, 'end'),
    notional: positiveAmount(book.notional, 'notional'),
    rate: finiteNumber(book.rate, 'rate'),
    dayCount: dayCountField(book.dayCount),
    calendar: book.calendar === undefined ? success(undefined) : calendarNamed(book.calendar),
  });
  if (!parts.ok) return parts;
  const { start, end, rate, dayCount, calendar } = parts.value;
  if (end <= start)
    return failure(
      'deposit-period-must-be-positive',
      `the deposit ends ${book.end}, not after ${book.start}.`,
    );
  if (dayCount === 'BUS/252' && !calendar)
    return failure(
      'calendar-must-be-present',
      'BUS/252 counts business days. Give the calendar, such as "Brazil:Settlement".',
    );
  if (dayCount === 'ACT/ACT ICMA')
    return failure(
      'dayCount-must-suit-a-deposit',
      'ACT/ACT ICMA counts shares of coupon periods, and a deposit has none. Give ACT/ACT ISDA, or what was agreed.',
    );
  const notional = book.lends ? parts.value.notional : -parts.value.notional;
  const { currency } = book;
  const grown = notional * (1 + rate * yearFraction(dayCount, start, end, { calendar, termination: end }));
  return success({
    kind: 'term-deposit',
    currency,
    start,
    end,
    flows: [
      { type: 'fixed', pay: start, currency, amount: -notional },
      { type: 'fixed', pay: end, currency, amount: grown },
    ],
  });
}
