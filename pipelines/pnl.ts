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
 *   (rows)                                                     counted_fees]
 */
import { conflate } from '../operators/conflate';
import { type MarkConvention, markToMarket } from '../operators/mark-to-market';
import { sumByAccount } from '../operators/sum-by-account';
import { pipeline } from '../runtime/pipeline';
import { broadcast, partitioned } from '../runtime/topic';
import { foreignFees, positions } from '../schemas/ledger';
import { marks } from '../schemas/market';
import { accountPnl, positionPnl } from '../schemas/risk';
import {
  accountPartTable,
  accountTotalTable,
  conflationTimers,
  countedFeeTable,
  latestMarkTable,
  valuedPositionTable,
} from '../schemas/tables';
import { accountPnlTable, pnlTable } from '../sinks/clickhouse/tables';

export interface PnlOptions {
  /** Marks are passed on so often at most; 0: in every step. */
  readonly everyMicros: number;
  readonly convention: MarkConvention;
}

export const pnlWith = (options: PnlOptions) =>
  pipeline({
    name: 'pnl',
    reads: {
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
    },
    writes: { pnl: positionPnl, accountPnl },
    build: ({ marks, positions, foreignFees }, state) => {
      const changed = conflate(marks, state, options);
      const pnl = markToMarket(
        { marks: changed, positions },
        { marks: state.latest, positions: state.valued },
        options,
      );
      return { pnl, accountPnl: sumByAccount({ positions, foreignFees, pnl }, state) };
    },
    sinks: [pnlTable, accountPnlTable],
  });

export const pnl = pnlWith({ everyMicros: 100_000, convention: 'mid' });
