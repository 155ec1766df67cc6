/**
 * Bars, partitioned by instrument
 *
 *   market.trades ── gatherBars ──► market.bars ──► ClickHouse
 *   (columns)        [kept_bars, bar_trades]
 */
import { gatherBars } from '../operators/gather-bars';
import { pipeline } from '../runtime/graph/pipeline';
import { partitioned } from '../runtime/stream/topic';
import { bars as barsTopic, trades } from '../schemas/market';
import { barTradeTable, keptBarTable } from '../schemas/tables';
import { barsTable } from '../sinks/clickhouse/tables';

export const bars = pipeline({
  name: 'bars',
  reads: { trades: partitioned(trades) },
  state: { bars: keptBarTable, seen: barTradeTable },
  writes: { bars: barsTopic },
  build: (from, state) => ({
    bars: gatherBars(from.trades, state, { tradesRemembered: barTradeTable.limit }),
  }),
  sinks: [barsTable],
});
