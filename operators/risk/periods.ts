/** The trading day, month and year of each account: when they began, and whether it was known here by then. */
import type { Rows } from '../../runtime/tables/rows';
import type { Timers } from '../../runtime/tables/timers';
import type { AccountPeriod } from '../../schemas/tables';
import type { DayRoll } from './trading-day';

/** What changes with a roll; a day always does. */
export const PERIODS = ['day', 'month', 'year'] as const;
export type Period = (typeof PERIODS)[number];

const ROLL_TIMER = 0;
/** Letters of a date that tell its year and month. */
const [YEAR, MONTH] = ['2026'.length, '2026-03'.length];
const isOfOne = (letters: number, a: string, b: string): boolean =>
  a.slice(0, letters) === b.slice(0, letters);

export class Periods {
  constructor(
    private readonly table: Rows<AccountPeriod>,
    private readonly timers: Timers,
    private readonly roll: DayRoll,
  ) {}

  of(account: number): AccountPeriod {
    return this.table.get(String(account))!;
  }

  /** Takes note of an account that has a position. */
  see(account: number, now: number): void {
    if (this.table.get(String(account))) return;
    const { date, from, until, monthFrom, yearFrom } = this.roll.dayOf(account, now);
    this.table.set({ account, tradingDay: date, dayFrom: from, monthFrom, yearFrom, seen: now });
    this.arm(until);
  }

  /** Accounts whose day is over, each with the periods that are over with it. */
  *rollAll(now: number): Generator<{ readonly account: number; readonly over: readonly Period[] }> {
    const before = [...this.table.values()];
    for (const row of before) {
      const { account, tradingDay } = row;
      const { date, from, until, monthFrom, yearFrom } = this.roll.dayOf(account, now);
      this.arm(until);
      // A day that another calendar has not begun yet goes on until it has.
      if (date <= tradingDay) continue;
      const isOver = {
        day: true,
        month: !isOfOne(MONTH, date, tradingDay),
        year: !isOfOne(YEAR, date, tradingDay),
      };
      this.table.set({
        ...row,
        tradingDay: date,
        dayFrom: from,
        monthFrom: isOver.month ? monthFrom : row.monthFrom,
        yearFrom: isOver.year ? yearFrom : row.yearFrom,
      });
      yield { account, over: PERIODS.filter((period) => isOver[period]) };
    }
  }

  /**
   * What a position that is new here had made when a period began: nothing, where the account was known by then, or the
   * position is younger. Else nobody was there to see it: NaN.
   */
  startOf({ account, since }: { readonly account: number; readonly since: number }, period: Period): number {
    const row = this.of(account);
    const from = fromOf(row, period);
    return row.seen < from || since >= from ? 0 : Number.NaN;
  }

  private arm(until: number): void {
    const due = this.timers.dueOf(ROLL_TIMER);
    if (due === undefined || until < due) this.timers.set(ROLL_TIMER, until);
  }
}

const fromOf = ({ dayFrom, monthFrom, yearFrom }: AccountPeriod, period: Period): number =>
  period === 'day' ? dayFrom : period === 'month' ? monthFrom : yearFrom;
