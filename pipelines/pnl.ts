/**
 * P&L, partitioned by account
 *
 *   market.marks ── conflate ── changed marks ──┐
 *   (columns, broadcast)  [latest_marks,        │
 *                          conflation_timers]   ├─ markToMarket ──┬──► risk.pnl ──────────► ClickHouse
 *   ledger.positions ───────────────────────────┤  [valued_       │
 *   (rows)                                      │   positions]    │
 *                                               ├──────────── sumByAccount ──► risk.account_pnl ──► ClickHouse
 *   ledger.foreign_fees ────────────────────────┘             [account_parts, account_totals,
 *   (rows)                                    │     │          counted_fees, account_periods,
 *   reference.trading_days ───────────────────┘     │          fee_starts, roll_timers, calendar_days]
 *   (rows, broadcast)                               │
 *   reference.instruments ──────────────────── totalInBase ──► risk.account_totals ──► ClickHouse
 *   (rows, broadcast)                          [currency_pairs]
 *
 *   reference.accounts, reference.scopes ── followBooks ── side, base currency and calendar of each
 *   (rows, broadcast)  [account_versions,                  account to all three
 *                       scope_versions, book_settings,
 *                       book_timers]
 */
import { conflate } from '../operators/conflate';
import { followBooks } from '../operators/follow-books';
import { type MarkConvention, markToMarket } from '../operators/mark-to-market';
import { type DayRoll, rollsAt } from '../operators/risk/trading-day';
import { sumByAccount } from '../operators/sum-by-account';
import { totalInBase } from '../operators/total-in-base';
import { pipeline } from '../runtime/graph/pipeline';
import { broadcast, partitioned } from '../runtime/stream/topic';
import { foreignFees, positions } from '../schemas/ledger';
import { marks } from '../schemas/market';
import { accounts, instruments, scopes, tradingDays } from '../schemas/reference';
import { accountPnl, accountTotals, positionPnl } from '../schemas/risk';
import {
  accountPartTable,
  accountPeriodTable,
  accountTotalTable,
  accountVersionTable,
  bookSettingsTable,
  bookTimers,
  calendarDayTable,
  conflationTimers,
  countedFeeTable,
  currencyPairTable,
  feeStartTable,
  latestMarkTable,
  rollTimers,
  scopeVersionTable,
  valuedPositionTable,
} from '../schemas/tables';
import { accountPnlTable, accountTotalsTable, pnlTable } from '../sinks/clickhouse/tables';

export interface PnlOptions {
  /** Marks are passed on so often at most; 0: in every step. */
  readonly everyMicros: number;
  readonly convention: MarkConvention;
  /** What totals over several currencies are in. */
  readonly baseCurrency: string;
  /** When trading days begin where no calendar says: at midnight UTC unless somebody says otherwise. */
  readonly dayRoll?: DayRoll;
}

export const pnlWith = (options: PnlOptions) =>
  pipeline({
    name: 'pnl',
    reads: {
      instruments: broadcast(instruments),
      accounts: broadcast(accounts),
      scopes: broadcast(scopes),
      tradingDays: broadcast(tradingDays),
      marks: broadcast(marks),
      positions: partitioned(positions),
      foreignFees: partitioned(foreignFees),
    },
    state: {
      latest: latestMarkTable,
      timers: conflationTimers,
      valued: valuedPositionTable,
      parts: accountPartTable,
      totals: accountTotalTable,
      countedFees: countedFeeTable,
      periods: accountPeriodTable,
      feeStarts: feeStartTable,
      rolls: rollTimers,
      calendarDays: calendarDayTable,
      currencyPairs: currencyPairTable,
      accountVersions: accountVersionTable,
      scopeVersions: scopeVersionTable,
      bookSettings: bookSettingsTable,
      bookTimers,
    },
    writes: { pnl: positionPnl, accountPnl, accountTotals },
    build: ({ instruments, accounts, scopes, tradingDays, marks, positions, foreignFees }, state) => {
      const books = followBooks({ accounts, scopes }, state);
      const changed = conflate(marks, state, options);
      const pnl = markToMarket(
        { marks: changed, positions, books },
        { marks: state.latest, positions: state.valued, bookSettings: state.bookSettings },
        options,
      );
      const sums = sumByAccount({ books, tradingDays, positions, foreignFees, pnl }, state, {
        dayRoll: options.dayRoll ?? rollsAt(0),
      });
      const totals = totalInBase({ instruments, marks: changed, accounts: sums, books }, state, options);
      return { pnl, accountPnl: sums, accountTotals: totals };
    },
    sinks: [pnlTable, accountPnlTable, accountTotalsTable],
  });

export const pnl = pnlWith({ everyMicros: 100_000, convention: 'mid', baseCurrency: 'USD' });
