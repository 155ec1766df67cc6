import fc from 'fast-check';
import { calendarOf } from '../../../pricing/calendars/calendar-registry';
import { formatDay, parseDay } from '../../../pricing/calendars/date';
import { type ScheduleTerms, scheduleDates } from '../../../pricing/calendars/schedule';
import { tenorOf } from '../../../pricing/calendars/tenor';

const day = (text: string): number => parseDay(text)!;
const terms: ScheduleTerms = {
  start: day('2025-02-12'),
  end: day('2026-04-12'),
  tenor: tenorOf('6M'),
  calendar: calendarOf('TARGET'),
  convention: 'ModifiedFollowing',
};
const dates = (changed: Partial<ScheduleTerms>): string => {
  const made = scheduleDates({ ...terms, ...changed });
  return made.ok ? made.value.map(formatDay).join(' ') : made.message;
};

test.each([
  ['a short first stub, rolling back from the end', {}, '2025-02-12 2025-04-14 2025-10-13 2026-04-13'],
  ['a short last stub, rolling forward', { rule: 'Forward' }, '2025-02-12 2025-08-12 2026-02-12 2026-04-13'],
  ['a long first stub by its end date', { first: day('2025-10-12') }, '2025-02-12 2025-10-13 2026-04-13'],
  ['one period', { rule: 'Zero' }, '2025-02-12 2026-04-13'],
  [
    'IMM Wednesdays inside',
    { rule: 'ThirdWednesday', tenor: tenorOf('3M'), start: day('2025-03-19'), end: day('2025-12-17') },
    '2025-03-19 2025-06-18 2025-09-17 2025-12-17',
  ],
  [
    'credit coupons from the twentieth before the trade, the last date not adjusted',
    {
      rule: 'CDS2015',
      tenor: tenorOf('3M'),
      start: day('2025-02-11'),
      end: day('2026-06-20'),
      calendar: calendarOf('WeekendsOnly'),
      convention: 'Following',
    },
    '2024-12-20 2025-03-20 2025-06-20 2025-09-22 2025-12-22 2026-03-20 2026-06-20',
  ],
] as const)('%s', (_name, changed, expected) => {
  expect(dates(changed as Partial<ScheduleTerms>)).toBe(expected);
});

test('terms that make no schedule are refused with the reason', () => {
  expect(dates({ end: terms.start })).toMatch(/ends 2025-02-12, not after its start/);
  expect(dates({ tenor: tenorOf('0M') })).toMatch(/must be positive/);
  expect(dates({ first: day('2027-01-01') })).toMatch(/first date 2027-01-01 must lie/);
  expect(dates({ calendar: calendarOf('TARGET+China:SSE'), end: day('2031-04-12') })).toMatch(
    /known for 2005 to 2026/,
  );
});

test('dates rise, start and end stand, and every inner date is a business day', () => {
  const calendar = calendarOf('TARGET+UnitedStates:Settlement');
  fc.assert(
    fc.property(
      fc.integer({ min: day('2005-01-01'), max: day('2030-01-01') }),
      fc.integer({ min: 20, max: 6000 }),
      fc.constantFrom('1M', '3M', '6M', '1Y', '4W'),
      fc.constantFrom('Forward', 'Backward'),
      fc.boolean(),
      (start, length, tenor, rule, endOfMonth) => {
        const made = scheduleDates({
          ...terms,
          calendar,
          start,
          end: start + length,
          tenor: tenorOf(tenor),
          rule,
          endOfMonth,
        });
        expect(made.ok).toBe(true);
        if (!made.ok) return;
        for (let index = 1; index < made.value.length; index += 1) {
          expect(made.value[index]!).toBeGreaterThan(made.value[index - 1]!);
          expect(calendar.isBusinessDay(made.value[index]!)).toBe(true);
        }
        expect(Math.abs(made.value[0]! - start)).toBeLessThan(7);
        expect(Math.abs(made.value.at(-1)! - start - length)).toBeLessThan(7);
      },
    ),
  );
});
