/**
 * The yield curve that the ISDA standard model discounts on: money market rates and par swaps under the conventions that
 * ISDA fixed by currency, with weekends the only holidays (Tokyo's as well for the yen). The floating leg of a swap is worth
 * its notional less the discounted one, so one curve serves. Source: ISDA, "Interest rate curve XML specifications".
 */
import { calendarOf } from '../calendars/calendar-registry';
import type { Day } from '../calendars/date';
import type { DayCount } from '../calendars/day-count';
import { type Tenor, tenorOf } from '../calendars/tenor';
import { failure, type Result, success } from '../contract';
import type { CalibrationInstrument } from '../curves/term';
import type { RateIndex } from '../products/rate-index';
import { deposit, parSwap, type Quoted, type SwapConvention } from './rate-instruments';

interface Row {
  readonly spotLag: number;
  readonly calendar: string;
  readonly money: DayCount;
  readonly fixedTenor: string;
  readonly fixedDayCount: DayCount;
  readonly floatTenor: string;
}

const rows: Readonly<Record<string, Row>> = {
  USD: {
    spotLag: 2,
    calendar: 'WeekendsOnly',
    money: 'ACT/360',
    fixedTenor: '6M',
    fixedDayCount: '30/360',
    floatTenor: '3M',
  },
  EUR: {
    spotLag: 2,
    calendar: 'WeekendsOnly',
    money: 'ACT/360',
    fixedTenor: '1Y',
    fixedDayCount: '30/360',
    floatTenor: '6M',
  },
  GBP: {
    spotLag: 0,
    calendar: 'WeekendsOnly',
    money: 'ACT/365F',
    fixedTenor: '6M',
    fixedDayCount: 'ACT/365F',
    floatTenor: '6M',
  },
  JPY: {
    spotLag: 2,
    calendar: 'Japan',
    money: 'ACT/360',
    fixedTenor: '6M',
    fixedDayCount: 'ACT/365F',
    floatTenor: '6M',
  },
};

export interface IsdaRate extends Quoted {
  readonly currency: string;
  readonly curve: string;
  readonly trade: Day;
  readonly tenor: Tenor;
}

const rowOf = (currency: string): Result<Row> => {
  const row = Object.hasOwn(rows, currency) ? rows[currency] : undefined;
  return row
    ? success(row)
    : failure(
        'isda-currency-must-be-known',
        `no ISDA rate conventions for "${currency}": there are ${Object.keys(rows).join(', ')}. Write the instrument out.`,
      );
};

/** A money market rate. */
export function isdaDeposit(rate: IsdaRate): Result<CalibrationInstrument> {
  const row = rowOf(rate.currency);
  if (!row.ok) return row;
  const { spotLag, calendar, money } = row.value;
  return success(deposit({ ...rate, spotLag, calendar: calendarOf(calendar), dayCount: money }));
}

const indexOf = ({ calendar, money, floatTenor, spotLag }: Row, currency: string): RateIndex => ({
  name: `${currency}-ISDA-${floatTenor}`,
  currency,
  overnight: false,
  tenor: tenorOf(floatTenor),
  fixingLag: spotLag,
  dayCount: money,
  calendar: calendarOf(calendar),
  convention: 'ModifiedFollowing',
  endOfMonth: false,
});

/** A par swap rate. */
export function isdaSwap(rate: IsdaRate): Result<CalibrationInstrument> {
  const row = rowOf(rate.currency);
  if (!row.ok) return row;
  const { spotLag, calendar, fixedTenor, fixedDayCount } = row.value;
  const convention: SwapConvention = {
    spotLag,
    calendar: calendarOf(calendar),
    fixedTenor: tenorOf(fixedTenor),
    fixedDayCount,
    convention: 'ModifiedFollowing',
    index: indexOf(row.value, rate.currency),
    forwardOver: 'accrual-period',
  };
  return parSwap({ ...rate, convention, discount: rate.curve, forward: rate.curve });
}
