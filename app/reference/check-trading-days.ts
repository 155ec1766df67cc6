/** Days that there are, each before the next. */
import { formatTime } from '../../sources/field-text';
import type { Catalogue } from './catalogue';
import type { ReferenceRow } from './reference-row';
import type { Report } from './report';

const DAY = 86_400_000_000;

export function checkTradingDays(catalogue: Catalogue, report: Report): void {
  const byCalendar = new Map<string, ReferenceRow[]>();
  for (const row of catalogue.rows) {
    if (row.of.topic.name !== 'reference.trading_days') continue;
    checkDay(row, report);
    const calendar = String(row.row['calendar']);
    const days = byCalendar.get(calendar);
    if (days) days.push(row);
    else byCalendar.set(calendar, [row]);
  }
  for (const days of byCalendar.values()) {
    days.sort((a, b) => (String(a.row['date']) < String(b.row['date']) ? -1 : 1));
    for (let index = 1; index < days.length; index += 1) checkOrder(days[index - 1]!, days[index]!, report);
  }
}

function checkDay(row: ReferenceRow, report: Report): void {
  const { date, opens, closes } = row.row as {
    readonly date: string;
    readonly opens: number;
    readonly closes: number;
  };
  const midnight = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) * 1000 : Number.NaN;
  if (Number.isNaN(midnight) || formatTime(midnight).slice(0, 10) !== date)
    report(row, 'date', `"${date}" is no day that there is`, 'Write it like 2026-03-02.');
  else if (Math.abs(opens - midnight) > 2 * DAY)
    report(
      row,
      'opens',
      `${formatTime(opens)} is more than two days from ${date}`,
      'Times are in UTC. Mend one of the two.',
    );
  if (closes <= opens)
    report(
      row,
      'closes',
      `${formatTime(closes)} is not after opens, ${formatTime(opens)}`,
      'Times are in UTC. Mend one of the two.',
    );
  else if (closes - opens > 2 * DAY)
    report(
      row,
      'closes',
      `${formatTime(closes)} is more than two days after opens`,
      'Times are in UTC. Mend one of the two.',
    );
}

function checkOrder(before: ReferenceRow, after: ReferenceRow, report: Report): void {
  const closes = before.row['closes'] as number;
  if ((after.row['opens'] as number) >= closes) return;
  const what = `begins before ${String(before.row['date'])} of the same calendar ends, at ${formatTime(closes)}`;
  const row = after.place ? after : before;
  report(
    row,
    row === after ? 'opens' : 'closes',
    row === after ? what : `${String(after.row['date'])} ${what}`,
    'A trading day ends before the next begins. Mend one of the two.',
  );
}
