import fc from 'fast-check';
import { holidayList } from '../../../pricing/calendars/business-calendar';
import { addBusinessDays, adjust, businessDaysBetween } from '../../../pricing/calendars/business-day';
import { calendarNamed, calendarNames, calendarOf } from '../../../pricing/calendars/calendar-registry';
import {
  addMonths,
  civilFrom,
  dayFrom,
  formatDay,
  parseDay,
  weekdayOf,
} from '../../../pricing/calendars/date';
import { dayCountNamed, yearFraction } from '../../../pricing/calendars/day-count';
import { cdsMaturity, nextImm, previousTwentieth, thirdWednesday } from '../../../pricing/calendars/imm';
import { lunarDay } from '../../../pricing/calendars/lunisolar';

const day = (text: string): number => parseDay(text)!;
const anyDay = fc.integer({ min: day('1901-01-01'), max: day('2199-12-31') });

test('a day is the day that the runtime calls it, weekday included', () => {
  fc.assert(
    fc.property(anyDay, (value) => {
      const date = new Date(value * 86_400_000);
      expect(formatDay(value)).toBe(date.toISOString().slice(0, 10));
      expect(weekdayOf(value)).toBe(date.getUTCDay() === 0 ? 7 : date.getUTCDay());
      const { year, month, day: dayOfMonth } = civilFrom(value);
      expect(dayFrom(year, month, dayOfMonth)).toBe(value);
    }),
  );
});

test('what is no date is refused, not mended', () => {
  expect(['2025-02-30', '2023-02-29', '2025-13-01', '2025-00-10', '25-01-01', 'today'].map(parseDay)).toEqual(
    new Array(6).fill(undefined),
  );
});

test('a month after the 31st of January is the end of February', () => {
  expect(formatDay(addMonths(day('2024-01-31'), 1))).toBe('2024-02-29');
  expect(formatDay(addMonths(day('2025-01-31'), -2))).toBe('2024-11-30');
});

test.each([
  ['TARGET', '2025-04-18 2025-04-21 2025-05-01 2025-12-25 2025-12-26'],
  [
    'UnitedKingdom:Settlement',
    '2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26',
  ],
])('%s from February 2025 to the end of the year', (name, expected) => {
  const list = holidayList(calendarOf(name), { first: day('2025-02-01'), last: day('2025-12-31') });
  expect(list.map(formatDay).join(' ')).toBe(expected);
});

test('joined calendars close when either does', () => {
  const both = calendarOf('TARGET+UnitedStates:Settlement');
  expect(both.isBusinessDay(day('2025-07-04'))).toBe(false);
  expect(both.isBusinessDay(day('2025-05-01'))).toBe(false);
  expect(both.isBusinessDay(day('2025-07-03'))).toBe(true);
});

test('an unknown calendar is named in the refusal', () => {
  const refused = calendarNamed('Atlantis');
  expect(refused.ok ? '' : `${refused.reason} ${refused.message}`).toMatch(
    /calendar-must-be-known.*"Atlantis"/,
  );
});

test('business days added are business days between, in every calendar', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...calendarNames().filter((name) => !calendarOf(name).covers)),
      fc.integer({ min: day('1995-01-01'), max: day('2045-01-01') }),
      fc.integer({ min: 1, max: 40 }),
      (name, from, count) => {
        const calendar = calendarOf(name);
        const start = adjust(from, 'Following', calendar);
        const end = addBusinessDays(start, count, calendar);
        expect(calendar.isBusinessDay(end)).toBe(true);
        expect(businessDaysBetween(start, end, calendar)).toBe(count);
        expect(addBusinessDays(end, -count, calendar)).toBe(start);
      },
    ),
  );
});

test('day counts add up over a day in between where they are linear, and change sign', () => {
  fc.assert(
    fc.property(anyDay, fc.nat(4000), fc.nat(4000), (start, first, second) => {
      for (const name of ['ACT/360', 'ACT/365F', 'ACT/ACT ISDA', 'NL/365'] as const) {
        const whole = yearFraction(name, start, start + first + second);
        const parts =
          yearFraction(name, start, start + first) +
          yearFraction(name, start + first, start + first + second);
        expect(whole).toBeCloseTo(parts, 10);
        expect(yearFraction(name, start + first, start)).toBeCloseTo(
          -yearFraction(name, start, start + first),
          10,
        );
      }
    }),
  );
});

test('day counts go by every name that trade messages use', () => {
  expect(
    ['Act/365.Fixed', 'A360', '30E/360', 'ACT/ACT.ISDA', 'BondBasis'].map((name) => dayCountNamed(name)),
  ).toEqual(
    ['ACT/365F', 'ACT/360', '30E/360', 'ACT/ACT ISDA', '30/360'].map((value) => ({ ok: true, value })),
  );
  expect(dayCountNamed('ACT/361').ok).toBe(false);
});

test('contracts roll on IMM Wednesdays and credit on twentieths', () => {
  expect(formatDay(thirdWednesday(2025, 3))).toBe('2025-03-19');
  expect(formatDay(nextImm(day('2025-03-19')))).toBe('2025-06-18');
  expect(formatDay(nextImm(day('2025-03-19'), { serial: true }))).toBe('2025-04-16');
  expect(formatDay(previousTwentieth(day('2025-03-19')))).toBe('2024-12-20');
  // Before 2015-12-21 maturities rolled each quarter, since then each half-year.
  expect(formatDay(cdsMaturity(day('2014-01-22'), 60))).toBe('2019-03-20');
  expect(formatDay(cdsMaturity(day('2025-02-10'), 60))).toBe('2029-12-20');
  expect(formatDay(cdsMaturity(day('2025-03-20'), 60))).toBe('2030-06-20');
});

test('a calendar of declared days answers for its years and throws beyond them, never guesses', () => {
  const shanghai = calendarOf('China:SSE');
  expect(shanghai.isBusinessDay(day('2024-02-12'))).toBe(false);
  expect(shanghai.isBusinessDay(day('2024-02-19'))).toBe(true);
  // Interbank business is made good on some weekends.
  expect(calendarOf('China:IB').isBusinessDay(day('2024-02-18'))).toBe(true);
  expect(() => shanghai.isBusinessDay(day('2031-02-12'))).toThrow(
    /China:SSE is known for 2005 to 2026, not for 2031/,
  );
});

test.each([
  ['lunar new year', 1, 1, '2020-01-25 2033-01-31 2034-02-19 2050-01-23'],
  ['the harvest moon, after a leap month too', 8, 15, '2020-10-01 2033-09-08 2034-09-27 2050-09-30'],
])('%s by the moon and the sun', (_name, month, dayOfMonth, expected) => {
  const days = [2020, 2033, 2034, 2050].map((year) =>
    formatDay(lunarDay(year, { month, day: dayOfMonth, east: 9 })),
  );
  expect(days.join(' ')).toBe(expected);
});
