/**
 * Exposures, partitioned by account
 *
 *   reference.instruments ────────────────────────────┐
 *   (rows, broadcast)                                 │
 *   market.marks ── conflate ── changed marks ────────┤
 *   (columns, broadcast)  [exposure_marks,            ├─ exposePositions ──┬──► risk.position_exposures
 *                          exposure_timers]           │  [exposed_positions,└──► risk.exposure_parts
 *   ledger.positions ─────────────────────────────────┤   exposure_pairs,
 *   (rows)                                            │   exposure_currencies,
 *   risk.pnl ─────────────────────────────────────────┘   exposure_parts]
 *   (columns)
 */
import { conflate } from '../operators/conflate';
import { exposePositions } from '../operators/expose-positions';
import { columnsPart, part } from '../operators/part';
import { pipeline } from '../runtime/graph/pipeline';
import { broadcast, partitioned } from '../runtime/stream/topic';
import {
  exposedPositionTable,
  exposureCurrencyTable,
  exposureMarkTable,
  exposurePairTable,
  exposureParts,
  exposurePartTable,
  exposureTimers,
  positionExposures,
} from '../schemas/exposures';
import { positions } from '../schemas/ledger';
import { marks } from '../schemas/market';
import { instruments } from '../schemas/reference';
import { positionPnl } from '../schemas/risk';

export interface ExposuresOptions {
  /** Rates are followed so often at most; 0: in every step. */
  readonly everyMicros: number;
  /** What exposures are in. */
  readonly baseCurrency: string;
}

export const exposuresWith = (options: ExposuresOptions) =>
  pipeline({
    name: 'exposures',
    reads: {
      instruments: broadcast(instruments),
      marks: broadcast(marks),
      positions: partitioned(positions),
      pnl: partitioned(positionPnl),
    },
    state: {
      latest: exposureMarkTable,
      timers: exposureTimers,
      currencyPairs: exposurePairTable,
      currencies: exposureCurrencyTable,
      exposed: exposedPositionTable,
      parts: exposurePartTable,
    },
    writes: { positions: positionExposures, parts: exposureParts },
    build: ({ instruments, marks, positions, pnl }, state) => {
      const changed = conflate(marks, state, options);
      const exposed = exposePositions({ instruments, marks: changed, positions, pnl }, state, options);
      return { positions: columnsPart(exposed, 'positions'), parts: part(exposed, 'parts') };
    },
    sinks: [],
  });

export const exposures = exposuresWith({ everyMicros: 100_000, baseCurrency: 'USD' });
