/** Calendars and indices that reference data bring, used by products under their names. */
import { calendarNamed, defineCalendar } from '../../../pricing/calendars/calendar-registry';
import { CalendarNotDeclared } from '../../../pricing/calendars/coverage';
import { parseDay } from '../../../pricing/calendars/date';
import type { GivenCalendar } from '../../../pricing/calendars/given-calendars';
import { resolveFra } from '../../../pricing/products/fra';
import { defineRateIndex, rateIndexNamed } from '../../../pricing/products/rate-index';
import { certain } from '../support/dual-curve';

const day = (text: string): number => parseDay(text)!;
const desk: GivenCalendar = {
  name: 'Desk',
  weekend: [5, 6],
  holidays: ['2026-03-02', '2026-12-31'],
  workingWeekends: ['2026-03-06'],
  first: 2025,
  last: 2027,
};

test('a calendar of reference data keeps its own weekend, holidays and working days, alone and joined', () => {
  certain(defineCalendar(desk));
  const own = certain(calendarNamed('Desk'));
  const open = (text: string) => own.isBusinessDay(day(text));
  expect(['2026-03-01', '2026-03-02', '2026-03-06', '2026-03-07'].map(open)).toEqual([
    true,
    false,
    true,
    false,
  ]);
  const joint = certain(calendarNamed('Desk+TARGET'));
  expect(joint.isBusinessDay(day('2026-03-01'))).toBe(false);
  expect(() => own.isBusinessDay(day('2028-01-03'))).toThrow(CalendarNotDeclared);
});

test('later data replace earlier ones, also where the calendar is joined with others', () => {
  certain(defineCalendar({ ...desk, name: 'Moving' }));
  const before = certain(calendarNamed('Moving+TARGET'));
  certain(defineCalendar({ ...desk, name: 'Moving', holidays: ['2026-03-03'] }));
  const after = certain(calendarNamed('Moving+TARGET'));
  expect([before, after].map((calendar) => calendar.isBusinessDay(day('2026-03-03')))).toEqual([true, false]);
});

test.each<[Partial<GivenCalendar>, string]>([
  [{ name: 'TARGET' }, 'calendar-must-be-new'],
  [{ name: 'EUR' }, 'calendar-must-be-new'],
  [{ name: 'A+B' }, 'calendar-name-must-be-plain'],
  [{ holidays: ['2026-02-30'] }, 'holiday-must-be-covered'],
  [{ holidays: ['2028-01-03'] }, 'holiday-must-be-covered'],
  [{ weekend: [1, 2, 3, 4, 5, 6, 7] }, 'weekend-must-leave-a-day'],
  [{ first: 2027, last: 2026 }, 'calendar-years-must-rise'],
])('a calendar with %j is refused as %s', (change, reason) => {
  expect(defineCalendar({ ...desk, name: 'Other', ...change })).toMatchObject({ ok: false, reason });
});

test('a rate index of reference data is what products of that name are on', () => {
  certain(defineCalendar(desk));
  certain(
    defineRateIndex({
      name: 'SAR-DESK',
      currency: 'SAR',
      calendar: 'Desk',
      dayCount: 'ACT/360',
      fixingLag: 1,
    }),
  );
  const fra = certain(
    resolveFra({ buys: true, notional: 1e6, index: 'SAR-DESK-3M', start: '2026-03-02', rate: 0.05 }),
  );
  expect(fra.currency).toBe('SAR');
  expect(fra.start).toBe(day('2026-03-03'));
  expect(certain(rateIndexNamed('SAR-DESK-6M')).fixingLag).toBe(1);
  expect(
    defineRateIndex({
      name: 'EUR-ESTR',
      currency: 'EUR',
      calendar: 'TARGET',
      dayCount: 'ACT/360',
      fixingLag: 0,
    }),
  ).toMatchObject({
    reason: 'rate-index-must-be-new',
  });
  expect(
    defineRateIndex({ name: 'X-Y', currency: 'X', calendar: 'Nowhere', dayCount: 'ACT/360', fixingLag: 0 }),
  ).toMatchObject({
    reason: 'calendar-must-be-known',
  });
  expect(
    defineRateIndex({ name: 'X-Y', currency: 'X', calendar: 'Desk', dayCount: 'ACT/300', fixingLag: 0 }),
  ).toMatchObject({
    ok: false,
  });
});
