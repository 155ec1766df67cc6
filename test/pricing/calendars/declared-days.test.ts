/** Closures that no rule foretells, and days that are none: each as its exchange, bank or government declared it. */
import { holidayList } from '../../../pricing/calendars/business-calendar';
import { calendarNamed, calendarOf } from '../../../pricing/calendars/calendar-registry';
import { formatDay, parseDay } from '../../../pricing/calendars/date';

const day = (text: string): number => parseDay(text)!;

test.each([
  ['India', '2024-11-20', "Maharashtra's assembly election"],
  ['India', '2025-08-27', 'Ganesh Chaturthi'],
  ['India', '2025-09-08', 'Id-E-Milad, moved in Mumbai from the fifth'],
  ['India', '2025-10-21', 'Diwali Laxmi Pujan'],
  ['SouthKorea:KRX', '2026-06-03', 'local elections'],
  ['SouthKorea:KRX', '2026-07-17', 'Constitution Day, a holiday again since 2026'],
  ['SouthKorea:Settlement', '2027-07-19', 'its substitute for a Saturday'],
  ['Brazil:Exchange', '2014-06-12', 'opening of the World Cup'],
  ['SouthAfrica', '2011-12-27', 'by proclamation, Christmas Day being a Sunday'],
  ['Hungary', '2024-12-27', 'worked off on 7 December'],
  ['Poland:Settlement', '2018-11-12', 'a hundred years of independence'],
  ['Italy:Settlement', '2011-03-17', 'a hundred and fifty years of unity'],
  ['HongKong', '2023-07-17', 'typhoon Talim'],
  ['HongKong', '2026-04-07', 'the day after Easter Monday, on which Ching Ming was observed'],
  ['Singapore', '2020-07-10', 'polling day'],
  ['Taiwan', '2024-10-03', 'typhoon Krathon'],
])('%s is closed on %s: %s', (name, date) => {
  expect(calendarOf(name).isBusinessDay(day(date))).toBe(false);
});

test.each([
  ['India', '2025-09-05', 'Id-E-Milad was moved'],
  ['Brazil:Exchange', '2020-07-09', 'the state took the day in May'],
  ['Japan', '2003-05-06', 'only a Sunday on the fifth was made good before 2007'],
  ['Mexico', '2006-03-20', 'the reform of the law began with 2007 here'],
  ['China:SSE', '2006-04-04', 'tomb sweeping is a holiday since 2008'],
  ['SouthAfrica', '1993-04-27', 'Freedom Day is of 1994'],
  ['Italy:Settlement', '2000-06-02', 'the day of the republic came back in 2001'],
])('%s is open on %s: %s', (name, date) => {
  expect(calendarOf(name).isBusinessDay(day(date))).toBe(true);
});

test("Hong Kong's year 2026, as its exchange published it", () => {
  const days = holidayList(calendarOf('HKEX'), { first: day('2026-01-01'), last: day('2026-12-31') });
  expect(days.map((each) => formatDay(each).slice(5)).join(' ')).toBe(
    '01-01 02-17 02-18 02-19 04-03 04-06 04-07 05-01 05-25 06-19 07-01 10-01 10-19 12-25',
  );
});

test('a year that was not declared is refused, and currencies name their calendars', () => {
  expect(() => calendarOf('Singapore').isBusinessDay(day('2031-01-02'))).toThrow(/known for 2006 to 2026/);
  for (const name of ['HKD', 'SGD', 'TWD', 'INR', 'KRW', 'TARGET+HKD'])
    expect(calendarNamed(name).ok).toBe(true);
});

test('a year that was not declared is refused as often as it is asked for, and the year before stands', () => {
  for (const name of ['China:SSE', 'India', 'Taiwan', 'China:SSE+TARGET']) {
    const calendar = calendarOf(name);
    const last = calendar.covers!.last;
    expect(calendar.isBusinessDay(day(`${last}-12-31`))).toBe(true);
    for (const date of ['01-04', '01-05', '05-12'])
      expect(() => calendar.isBusinessDay(day(`${last + 1}-${date}`))).toThrow(/is known for/);
    expect(calendar.isBusinessDay(day(`${last}-12-31`))).toBe(true);
  }
});
