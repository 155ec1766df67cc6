/**
 * What the firm makes: one task for all accounts
 *
 *   risk.account_pnl ────┐
 *   (rows, broadcast)    ├─ sumFirm ──► risk.firm_totals ──► ClickHouse
 *   risk.account_totals ─┘  [firm_currency_parts, firm_parts, firm_totals]
 *   (rows, broadcast)
 */
import { sumFirm } from '../operators/sum-firm';
import { pipeline } from '../runtime/graph/pipeline';
import { broadcast } from '../runtime/stream/topic';
import { accountPnl, accountTotals, firmTotals as firmTotalsTopic } from '../schemas/risk';
import { firmCurrencyPartTable, firmPartTable, firmTotalTable } from '../schemas/tables';
import { firmTotalsTable } from '../sinks/clickhouse/tables';

export const firmTotals = pipeline({
  name: 'firm_totals',
  reads: { currencies: broadcast(accountPnl), totals: broadcast(accountTotals) },
  state: { currencyParts: firmCurrencyPartTable, parts: firmPartTable, totals: firmTotalTable },
  writes: { totals: firmTotalsTopic },
  build: (from, state) => ({ totals: sumFirm(from, state) }),
  sinks: [firmTotalsTable],
});
