/**
 * Cash, partitioned by account
 *
 *   reference.instruments ──┐
 *   (rows, broadcast)       │
 *   ledger.positions ───────┼─ sumCash ──► ledger.cash ──► ClickHouse
 *   (rows)                  │  [cash_parts, cash, paid_fees, settled_instruments]
 *   ledger.foreign_fees ────┘
 *   (rows)
 */
import { sumCash } from '../operators/sum-cash';
import { pipeline } from '../runtime/graph/pipeline';
import { broadcast, partitioned } from '../runtime/stream/topic';
import { cash as cashTopic, foreignFees, positions } from '../schemas/ledger';
import { instruments } from '../schemas/reference';
import { cashPartTable, cashTable, paidFeeTable, settledInstrumentTable } from '../schemas/tables';
import { cashTable as cashSink } from '../sinks/clickhouse/tables';

export const cash = pipeline({
  name: 'cash',
  reads: {
    instruments: broadcast(instruments),
    positions: partitioned(positions),
    foreignFees: partitioned(foreignFees),
  },
  state: {
    settled: settledInstrumentTable,
    parts: cashPartTable,
    fees: paidFeeTable,
    balances: cashTable,
  },
  writes: { cash: cashTopic },
  build: (from, state) => ({ cash: sumCash(from, state) }),
  sinks: [cashSink],
});
