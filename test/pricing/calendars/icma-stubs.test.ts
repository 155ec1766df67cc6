/** ICMA rule 251 on the roll dates of a schedule: stubs near a whole period, long ones, adjusted dates. */
import { calendarOf } from '../../../pricing/calendars/calendar-registry';
import { formatDay, parseDay } from '../../../pricing/calendars/date';
import type { ScheduleTerms } from '../../../pricing/calendars/schedule';
import { tenorOf } from '../../../pricing/calendars/tenor';
import { accruedAt, resolveBond } from '../../../pricing/products/bond';
import { accrualPeriods } from '../../../pricing/products/leg';

const day = (text: string): number => parseDay(text)!;
const terms = (start: string, end: string, more: Partial<ScheduleTerms> = {}): ScheduleTerms => ({
  start: day(start),
  end: day(end),
  tenor: tenorOf('1Y'),
  calendar: calendarOf('Null'),
  convention: 'Unadjusted',
  ...more,
});
const fractions = (schedule: ScheduleTerms): readonly number[] => {
  const periods = accrualPeriods({ schedule, dayCount: 'ACT/ACT ICMA' });
  if (!periods.ok) throw new Error(periods.message);
  return periods.value.map(({ fraction }) => fraction);
};

// The first four lines are the examples of ISDA's paper of 1998 on Actual/Actual, whose sums are its own.
test.each<[string, ScheduleTerms, readonly number[]]>([
  ['short first', terms('1999-02-01', '2000-07-01', { first: day('1999-07-01') }), [150 / 365, 1]],
  [
    'long first',
    terms('2002-08-15', '2004-01-15', { tenor: tenorOf('6M'), first: day('2003-07-15') }),
    [181 / 362 + 153 / 368, 0.5],
  ],
  [
    'short last',
    terms('1999-07-30', '2000-06-30', { tenor: tenorOf('6M'), rule: 'Forward' }),
    [0.5, 152 / 364],
  ],
  [
    'long last at month ends',
    terms('1999-11-30', '2000-04-30', {
      tenor: tenorOf('3M'),
      rule: 'Forward',
      nextToLast: day('1999-11-30'),
      endOfMonth: true,
    }),
    [91 / 364 + 61 / 368],
  ],
  [
    'a last stub of 360 days in 365',
    terms('2025-01-15', '2028-01-10', { rule: 'Forward' }),
    [1, 1, 360 / 365],
  ],
  ['a first stub of 362 days in 365', terms('2025-01-18', '2027-01-15'), [362 / 365, 1]],
  ['one period, shorter than its tenor', terms('2025-01-18', '2025-07-15', { rule: 'Zero' }), [178 / 365]],
])('%s', (_name, schedule, expected) => {
  const found = fractions(schedule);
  expect(found).toHaveLength(expected.length);
  for (const [i, fraction] of expected.entries()) expect(found[i]).toBeCloseTo(fraction, 14);
});

test('whole periods count one over the frequency whatever adjustment did, stubs go by adjusted roll dates', () => {
  const adjusted = { calendar: calendarOf('TARGET'), convention: 'ModifiedFollowing' as const };
  // Rolls of 12 April: Saturday in 2025, Sunday in 2026; the stub starts on a Wednesday.
  const found = fractions(terms('2024-06-12', '2027-04-12', adjusted));
  expect(found).toEqual([
    (day('2025-04-14') - day('2024-06-12')) / (day('2025-04-14') - day('2024-04-12')),
    1,
    1,
  ]);
});

test('a bond accrues and pays by the same dates: a stub accrues to its own coupon', () => {
  const bond = resolveBond({
    currency: 'EUR',
    face: 100,
    coupon: 0.05,
    dayCount: 'ACT/ACT ICMA',
    settlementLag: 0,
    schedule: {
      start: '2025-01-15',
      end: '2028-01-10',
      tenor: '1Y',
      calendar: 'Null',
      convention: 'Unadjusted',
      rule: 'Forward',
    },
  });
  if (!bond.ok) throw new Error(bond.message);
  expect(accruedAt(bond.value, day('2028-01-09'))).toBeCloseTo((5 * 359) / 365, 13);
  const paid = bond.value.flows.map((flow) =>
    flow.type === 'fixed' ? `${formatDay(flow.pay)} ${flow.amount}` : '',
  );
  expect(paid.slice(1, 3)).toEqual(['2027-01-15 5', `2028-01-10 ${100 * (360 / 365) * 0.05}`]);
});
