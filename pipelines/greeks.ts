/**
 * Sensitivities, partitioned by account
 *
 *   reference.instruments ────────┐
 *   (rows, broadcast)             │
 *   valuation.unit_values ────────┤
 *   (columns, broadcast)          ├─ exposeGreeks ──┬──► risk.position_greeks ──► ClickHouse
 *   ledger.positions ─────────────┤  [greek_positions,└──► risk.greek_parts
 *   (rows)                        │   greek_values,
 *   risk.position_exposures ──────┘   greek_instruments,
 *   (columns)                         greek_currencies, greek_parts]
 */
import { exposeGreeks } from '../operators/expose-greeks';
import { columnsPart, part } from '../operators/part';
import { pipeline } from '../runtime/graph/pipeline';
import { broadcast, partitioned } from '../runtime/stream/topic';
import { positionExposures } from '../schemas/exposures';
import {
  greekCurrencyTable,
  greekInstrumentTable,
  greekParts,
  greekPartTable,
  greekPositionTable,
  greekValueTable,
  positionGreeks,
} from '../schemas/greeks';
import { positions } from '../schemas/ledger';
import { instruments } from '../schemas/reference';
import { unitValues } from '../schemas/valuation';
import { positionGreeksTable } from '../sinks/clickhouse/tables';

export interface GreeksOptions {
  /** What sensitivities are in. */
  readonly baseCurrency: string;
}

export const greeksWith = (options: GreeksOptions) =>
  pipeline({
    name: 'greeks',
    reads: {
      instruments: broadcast(instruments),
      values: broadcast(unitValues),
      positions: partitioned(positions),
      exposures: partitioned(positionExposures),
    },
    state: {
      instruments: greekInstrumentTable,
      values: greekValueTable,
      currencies: greekCurrencyTable,
      positions: greekPositionTable,
      parts: greekPartTable,
    },
    writes: { positions: positionGreeks, parts: greekParts },
    build: (from, state) => {
      const exposed = exposeGreeks(from, state, options);
      return { positions: columnsPart(exposed, 'positions'), parts: part(exposed, 'parts') };
    },
    sinks: [positionGreeksTable],
  });

export const greeks = greeksWith({ baseCurrency: 'USD' });
