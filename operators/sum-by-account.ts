/**
 * Sums P&L by account and currency, and emits each sum that a step changed, once.
 *
 * Realised P&L is summed exactly. Unrealised P&L and market value are doubles, whose running sums would depend on the
 * order of updates: each is rounded to a multiple of 2⁻³² (2·10⁻¹⁰ of the currency) and those are summed exactly, so that
 * a sum is the same whatever came before and however large, and the same when worked out anew on restore. What is unpriced is counted, and left out of the sums: it is never zero.
 *
 * At the roll of an account's trading day, which its book's calendar tells, what each position has made is kept, and so is the day's, month's and year's P&L
 * known: unknown, with its known part beside it, where a position has no price, or had none then, or nobody was there.
 *
 * State: what each position adds, and had made when the day, month and year began; each account's day; fees in other
 * currencies; the last sums; days of calendars; a timer for the next roll. The sums are derived from the parts.
 */

import { changesOf } from '../runtime/stream/changes';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Numbered } from '../runtime/tables/numbered';
import type { ReadonlyRows, Rows } from '../runtime/tables/rows';
import type { Timers } from '../runtime/tables/timers';
import type { ForeignFee, ForeignFeeChanges, PositionChanges } from '../schemas/ledger';
import type { TradingDay, TradingDayChanges } from '../schemas/reference';
import type { AccountPnl, AccountPnlChanges, PositionPnlColumns } from '../schemas/risk';
import {
  type AccountPartColumns,
  type AccountPeriod,
  accountTotalKey,
  type BookSettings,
  type FeeStart,
  foreignFeeKey,
} from '../schemas/tables';
import { AccountSums } from './risk/account-sums';
import type { BookSettingsChanges } from './risk/book-settings';
import { CalendarDays } from './risk/calendar-days';
import { Periods } from './risk/periods';
import type { DayRoll } from './risk/trading-day';

interface Inputs {
  /** Accounts whose book says otherwise than before by which calendar their days roll. */
  readonly books: Stream<BookSettingsChanges>;
  readonly tradingDays: Stream<TradingDayChanges>;
  readonly positions: Stream<PositionChanges>;
  readonly foreignFees: Stream<ForeignFeeChanges>;
  readonly pnl: Stream<PositionPnlColumns>;
}

export interface SumByAccountTables {
  readonly parts: Numbered<AccountPartColumns>;
  readonly totals: Rows<AccountPnl>;
  readonly countedFees: Rows<ForeignFee>;
  readonly periods: Rows<AccountPeriod>;
  readonly feeStarts: Rows<FeeStart>;
  readonly rolls: Timers;
  readonly calendarDays: Rows<TradingDay>;
  readonly bookSettings: ReadonlyRows<BookSettings>;
}

/** What a roll changes. */
const MADE = ['dayPnl', 'dayKnownPnl', 'monthPnl', 'monthKnownPnl', 'yearPnl', 'yearKnownPnl'] as const;

export function sumByAccount(
  { books, tradingDays, positions, foreignFees, pnl }: Inputs,
  tables: SumByAccountTables,
  { dayRoll }: { readonly dayRoll: DayRoll },
): Stream<AccountPnlChanges> {
  const { fired } = tables.rolls;
  const inputs = { fired, books, tradingDays, positions, foreignFees, pnl };
  return operator('sum-by-account', inputs, ({ marker }) => {
    const days = new CalendarDays(tables.calendarDays, tables.bookSettings, dayRoll);
    const periods = new Periods(tables.periods, tables.rolls, days);
    const sums = new AccountSums(tables.parts, tables.totals.values(), periods, tables.feeStarts);
    for (const row of tables.countedFees.values()) sums.takeForeignFees(row, row.fees, undefined);
    const changed = marker();
    const count = (row: ForeignFee, now: number): void => {
      const before = tables.countedFees.get(foreignFeeKey(row))?.fees ?? 0n;
      tables.countedFees.set(row);
      changed.add(sums.takeForeignFees(row, row.fees - before, now));
    };
    /** Of a period that has begun; most accounts made nothing in the one before, and say nothing new. */
    const rolled = marker();
    const roll = (now: number): void => {
      for (const group of sums.roll(now)) rolled.add(group);
    };
    const isNews = (row: AccountPnl): boolean => {
      const before = tables.totals.get(accountTotalKey(row));
      return before === undefined || MADE.some((field) => !Object.is(before[field], row[field]));
    };
    return {
      on: {
        fired({ length }, { now }) {
          if (length > 0) roll(now);
        },
        books({ set, removed }, { now }) {
          if (set.length + removed.length > 0) roll(now);
        },
        tradingDays(changes, { now }) {
          if (changes.set.length + changes.removed.length === 0) return;
          days.take(changes);
          roll(now);
        },
        positions({ set, removed }, { now }) {
          for (const position of set) changed.add(sums.takePosition(position, now));
          for (const key of removed) {
            const group = sums.dropPosition(key);
            if (group >= 0) changed.add(group);
          }
        },
        foreignFees({ set, removed }, { now }) {
          for (const row of set) count(row, now);
          for (const key of removed) count({ ...key, fees: 0n, time: 0, knownAt: 0 }, now);
        },
        pnl(columns) {
          for (let index = 0; index < columns.length; index += 1) changed.add(sums.takePnl(columns, index));
        },
      },
      emit({ now }) {
        const rows = Array.from(changed.keys(), (group) => sums.row(group, now));
        for (const group of rolled.keys()) {
          const row = changed.has(group) ? undefined : sums.row(group, now);
          if (row && isNews(row)) rows.push(row);
        }
        for (const row of rows) tables.totals.set(row);
        changed.clear();
        rolled.clear();
        return changesOf(rows);
      },
    };
  });
}
