/** Tables of dates: day counts, holiday lists, business-day conventions, schedules, rate conversions, roundings. */
import { holidayList } from '../../../pricing/calendars/business-calendar';
import { advance, conventionNamed } from '../../../pricing/calendars/business-day';
import { calendarNamed, calendarOf } from '../../../pricing/calendars/calendar-registry';
import { type Day, formatDay, parseDay } from '../../../pricing/calendars/date';
import { dayCountNamed, yearFraction } from '../../../pricing/calendars/day-count';
import { type ScheduleRule, scheduleDates } from '../../../pricing/calendars/schedule';
import { tenorOf } from '../../../pricing/calendars/tenor';
import { type Thirty360, thirty360Days } from '../../../pricing/calendars/thirty-360';
import type { Result } from '../../../pricing/contract';
import {
  type Compounding,
  convertRate,
  type FrequencyName,
  frequencies,
} from '../../../pricing/curves/interest-rate';
import { type RoundingMode, roundTo } from '../../../pricing/math/rounding';
import { type AnyReferenceTable, numberIn, type ReferenceTable, type Row } from './reference-table';

const dayIn = (text: string | undefined): Day => {
  const day = parseDay(text ?? '');
  if (day === undefined) throw new Error(`"${text}" is no date`);
  return day;
};

const certain = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.message);
  return result.value;
};

const thirty360 = (file: string, variant: Thirty360, termination?: string): ReferenceTable => ({
  file,
  price: (row) => ({
    expected: numberIn(row, 'expected'),
    actual: thirty360Days(variant, {
      start: dayIn(row['start']),
      end: dayIn(row['end']),
      termination: termination === undefined ? undefined : dayIn(termination),
    }),
    tolerance: 0,
  }),
});

const actualActual: ReferenceTable = {
  file: 'daycounters.testActualActual.csv',
  price: (row) => {
    const dayCount = certain(dayCountNamed(row['day_counter'] ?? ''));
    const reference = row['ref_start']
      ? { referenceStart: dayIn(row['ref_start']), referenceEnd: dayIn(row['ref_end']) }
      : {};
    return {
      expected: numberIn(row, 'expected'),
      actual: yearFraction(dayCount, dayIn(row['start']), dayIn(row['end']), reference),
      tolerance: numberIn(row, 'tol'),
    };
  },
};

const conventions: ReferenceTable = {
  file: 'businessdayconventions.testConventions.csv',
  price: (row) => ({
    expected: row['expected'] ?? '',
    actual: formatDay(
      advance(dayIn(row['start']), tenorOf(row['period'] ?? ''), {
        calendar: calendarOf(row['calendar'] ?? ''),
        convention: certain(conventionNamed(row['convention'] ?? '')),
        endOfMonth: row['end_of_month'] === 'true',
      }),
    ),
    tolerance: 0,
  }),
};

const frequencyIn = (row: Row, column: string): number => {
  const found = frequencies[row[column] as FrequencyName];
  if (found === undefined) throw new Error(`"${row[column]}" is no frequency`);
  return found;
};

const conversions: ReferenceTable = {
  file: 'interestrates.testConversions.cases.csv',
  price: (row) => {
    const terms = (compounding: string, frequency: string) => ({
      compounding: row[compounding] as Compounding,
      frequency: frequencyIn(row, frequency),
    });
    const converted = convertRate(numberIn(row, 'r'), {
      time: numberIn(row, 't'),
      from: terms('comp', 'freq'),
      to: terms('comp2', 'freq2'),
    });
    const decimals = numberIn(row, 'precision');
    return {
      expected: numberIn(row, 'expected'),
      actual: roundTo(certain(converted), { mode: 'closest', decimals }),
      tolerance: 1e-12,
    };
  },
};

const roundings: ReferenceTable = {
  file: 'rounding.global.testData.csv',
  price: (row) =>
    (['closest', 'up', 'down', 'floor', 'ceiling'] as const).map((mode: RoundingMode) => ({
      figure: mode,
      expected: numberIn(row, mode),
      actual: roundTo(numberIn(row, 'x'), { mode, decimals: numberIn(row, 'precision') }),
      tolerance: 1e-12,
    })),
};

interface HolidayCheck {
  readonly test: string;
  readonly calendar: string;
  readonly start: string;
  readonly end: string;
  readonly include_weekends: boolean;
  readonly holidays: readonly string[];
}

/** Lists that contradict the law or the exchange they stand for. */
const disputed: Readonly<Record<string, string>> = {
  testMalta:
    'the list keeps a Friday and Saturday weekend, so it counts Sundays as holidays; banks in Malta close on Saturday and Sunday, and so does the calendar here',
  testKoreaStockExchange:
    'the list lacks the presidential election of 2025-06-03, when the exchange was closed, elections that the law has set since, Constitution Day and the substitute of Labour Day since 2026, and adds 2026-09-28, though harvest holidays are made good for a Sunday only',
};

const holidays: ReferenceTable<HolidayCheck> = {
  file: 'calendars.holiday_lists.json',
  rows: (text) => (JSON.parse(text) as { readonly checks: readonly HolidayCheck[] }).checks,
  price: (check) => ({
    expected: check.holidays.join(' '),
    actual: holidayList(certain(calendarNamed(check.calendar)), {
      first: dayIn(check.start),
      last: dayIn(check.end),
      weekends: check.include_weekends,
    })
      .map(formatDay)
      .join(' '),
    tolerance: 0,
  }),
  unmatched: ({ test, calendar }) =>
    calendarNamed(calendar).ok
      ? disputed[test]
      : 'the library has no rules for this calendar: it answers `calendar-must-be-known`',
};

interface ScheduleCheck {
  readonly test: string;
  readonly parameters: Readonly<Record<string, string | boolean>>;
  readonly expected: readonly string[];
}

const tenors: Readonly<Record<string, string>> = {
  Daily: '1D',
  Weekly: '1W',
  Monthly: '1M',
  Quarterly: '3M',
  Semiannual: '6M',
  Annual: '1Y',
};

const schedules: ReferenceTable<ScheduleCheck> = {
  file: 'schedule.expected_dates.json',
  rows: (text) => (JSON.parse(text) as { readonly checks: readonly ScheduleCheck[] }).checks,
  price: ({ parameters, expected }) => {
    const text = (name: string): string | undefined => parameters[name] as string | undefined;
    const optional = (name: string, key: string): object =>
      text(name) === undefined ? {} : { [key]: dayIn(text(name)) };
    const dates = scheduleDates({
      start: dayIn(text('effective_date')),
      end: dayIn(text('termination_date')),
      tenor: tenorOf(text('tenor') ?? tenors[text('frequency') ?? ''] ?? ''),
      calendar: certain(calendarNamed(text('calendar') ?? '')),
      convention: certain(conventionNamed(text('convention') ?? 'Following')),
      rule: (text('rule') ?? 'Backward') as ScheduleRule,
      endOfMonth: parameters['end_of_month'] === true,
      ...(text('termination_convention') === undefined
        ? {}
        : { terminationConvention: certain(conventionNamed(text('termination_convention') ?? '')) }),
      ...optional('first_date', 'first'),
      ...optional('next_to_last_date', 'nextToLast'),
    });
    return { expected: expected.join(' '), actual: certain(dates).map(formatDay).join(' '), tolerance: 0 };
  },
};

export const calendarTables: readonly AnyReferenceTable[] = [
  thirty360('daycounters.testThirty360_BondBasis.data.csv', '30/360'),
  thirty360('daycounters.testThirty360_EurobondBasis.data.csv', '30E/360'),
  thirty360('daycounters.testThirty360_USA.data.csv', '30U/360'),
  thirty360('daycounters.testThirty360_ISDA.data1.csv', '30E/360 ISDA', '2009-08-20'),
  thirty360('daycounters.testThirty360_ISDA.data2.csv', '30E/360 ISDA', '2012-02-29'),
  thirty360('daycounters.testThirty360_ISDA.data3.csv', '30E/360 ISDA', '2008-02-29'),
  actualActual,
  conventions,
  conversions,
  roundings,
  holidays,
  schedules,
] as readonly AnyReferenceTable[];
