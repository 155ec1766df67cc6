/** Forward rate agreements (ISDA 2006, article 4): settled at the start of the period, discounted at the fixing itself. */
import { adjust } from '../calendars/business-day';
import type { Day } from '../calendars/date';
import { yearFraction } from '../calendars/day-count';
import { failure, type Result, success } from '../contract';
import { fixingDateOf, maturityOf, type RateIndex, rateIndexNamed } from './rate-index';
import { dayNamed, finiteNumber, gathered, positiveAmount } from './schedule-book';

export interface FraBook {
  /** The buyer pays the fixed rate. */
  readonly buys: boolean;
  readonly notional: number;
  readonly index: string;
  /** ISO date on which the period starts; a holiday is moved by the convention of the index, as is the end. */
  readonly start: string;
  /** ISO date; the index's tenor after the start where absent. */
  readonly end?: string;
  readonly rate: number;
}

export interface Fra {
  readonly kind: 'fra';
  readonly currency: string;
  /** Positive where the floating rate is received. */
  readonly notional: number;
  readonly index: RateIndex;
  readonly fixing: Day;
  readonly start: Day;
  readonly end: Day;
  readonly fraction: number;
  readonly rate: number;
}

export function resolveFra(book: FraBook): Result<Fra> {
  const parts = gathered({
    index: rateIndexNamed(book.index),
    start: dayNamed(book.start, 'start'),
    end: book.end === undefined ? success(undefined) : dayNamed(book.end, 'end'),
    notional: positiveAmount(book.notional, 'notional'),
    rate: finiteNumber(book.rate, 'rate'),
  });
  if (!parts.ok) return parts;
  const { index, notional, rate } = parts.value;
  // Interest runs between days on which the index's money moves: a date on a holiday is taken as its convention moves it.
  const onBusinessDay = (day: Day): Day => adjust(day, index.convention, index.calendar);
  const start = onBusinessDay(parts.value.start);
  const end = parts.value.end === undefined ? maturityOf(index, start) : onBusinessDay(parts.value.end);
  if (end <= start)
    return failure('fra-period-must-be-positive', `the period ends ${book.end}, not after ${book.start}.`);
  return success({
    kind: 'fra',
    currency: index.currency,
    notional: book.buys ? notional : -notional,
    index,
    fixing: fixingDateOf(index, start),
    start,
    end,
    fraction: yearFraction(index.dayCount, start, end, index),
    rate,
  });
}
