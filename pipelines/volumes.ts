/**
 * Volumes, partitioned by instrument
 *
 *   market.trades ── sumVolumes ──► market.volumes ──► ClickHouse
 *   (columns)        [traded_volumes, seen_trades]
 */
import { sumVolumes } from '../operators/sum-volumes';
import { pipeline } from '../runtime/graph/pipeline';
import { partitioned } from '../runtime/stream/topic';
import { trades, volumes as volumesTopic } from '../schemas/market';
import { seenTradeTable, tradedVolumeTable } from '../schemas/tables';
import { volumesTable } from '../sinks/clickhouse/tables';

export const volumes = pipeline({
  name: 'volumes',
  reads: { trades: partitioned(trades) },
  state: { volumes: tradedVolumeTable, seen: seenTradeTable },
  writes: { volumes: volumesTopic },
  build: (from, state) => ({
    volumes: sumVolumes(from.trades, state, { tradesRemembered: seenTradeTable.limit }),
  }),
  sinks: [volumesTable],
});
