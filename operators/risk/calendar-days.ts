/**
 * The trading days of accounts by the calendar of their book: a day lasts from its opening until the next one opens, so that
 * what happens after the close, or over a weekend, is still of the day that closed. Where there is no calendar, or it lists
 * no day, neither then nor later, days roll as they do in the house.
 */
import type { ReadonlyRows, Rows } from '../../runtime/tables/rows';
import type { TradingDay as CalendarDay, TradingDayChanges } from '../../schemas/reference';
import { type BookSettings, tradingDayKey } from '../../schemas/tables';
import type { DayRoll, TradingDay } from './trading-day';

export class CalendarDays implements DayRoll {
  /** By calendar, in order of opening; derived from the table when one has changed. */
  private sorted: Map<string, CalendarDay[]> | undefined;

  constructor(
    private readonly table: Rows<CalendarDay>,
    private readonly settings: ReadonlyRows<BookSettings>,
    private readonly house: DayRoll,
  ) {}

  take({ set, removed }: TradingDayChanges): void {
    for (const row of set) this.table.set(row);
    for (const key of removed) this.table.delete(tradingDayKey(key));
    this.sorted = undefined;
  }

  dayOf(account: number, time: number): TradingDay {
    const days = this.daysOf(this.settings.get(String(account))?.calendar ?? undefined);
    const next = firstAfter(days, time);
    const [day, following] = [days[next - 1], days[next]];
    if (day && (following || time < day.closes))
      return this.listed(days, day, following?.opens ?? day.closes);
    const usual = this.house.dayOf(account, time);
    return { ...usual, until: Math.min(usual.until, following?.opens ?? Number.POSITIVE_INFINITY) };
  }

  private listed(days: readonly CalendarDay[], day: CalendarDay, until: number): TradingDay {
    const first = (letters: number): number =>
      days.find(({ date }) => date.slice(0, letters) === day.date.slice(0, letters))!.opens;
    return {
      date: day.date,
      from: day.opens,
      until,
      monthFrom: first('2026-03'.length),
      yearFrom: first('2026'.length),
    };
  }

  private daysOf(calendar: string | undefined): readonly CalendarDay[] {
    if (calendar === undefined) return [];
    this.sorted ??= sortedByCalendar(this.table.values());
    return this.sorted.get(calendar) ?? [];
  }
}

function sortedByCalendar(rows: Iterable<CalendarDay>): Map<string, CalendarDay[]> {
  const sorted = new Map<string, CalendarDay[]>();
  for (const row of rows) {
    const days = sorted.get(row.calendar);
    if (days) days.push(row);
    else sorted.set(row.calendar, [row]);
  }
  for (const days of sorted.values()) days.sort((a, b) => a.opens - b.opens);
  return sorted;
}

function firstAfter(days: readonly CalendarDay[], time: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (days[middle]!.opens <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
