/**
 * Exposures of scopes and limits on them: one task for the firm
 *
 *   risk.exposure_parts ── sumScopes ── exposures ──┬────────────────────► risk.exposures ────────► ClickHouse
 *   (rows, broadcast)      [summed_parts,           │
 *                           scope_exposures]        │
 *   risk.position_exposures ────────────────────────┼─ judgeLimits ──┬──► risk.limit_statuses ────► ClickHouse
 *   (columns, broadcast)                            │  [limits,      ├──► risk.breaches ──────────► ClickHouse
 *   risk.limits ────────────────────────────────────┘   statuses,    └──► risk.breach_parts ──────► ClickHouse
 *   (rows, broadcast)                                   contributions,
 *                                                       limit_timers]
 */
import { judgeLimits } from '../operators/judge-limits';
import { part } from '../operators/part';
import { sumScopes } from '../operators/sum-scopes';
import { pipeline } from '../runtime/graph/pipeline';
import { broadcast } from '../runtime/stream/topic';
import {
  exposureParts,
  exposures,
  positionExposures,
  scopeExposureTable,
  summedPartTable,
} from '../schemas/exposures';
import {
  breaches,
  breachParts,
  contributionTable,
  limitStatuses,
  limitStatusTable,
  limits as limitsTopic,
  limitTable,
  limitTimers,
} from '../schemas/limits';
import {
  breachesTable,
  breachPartsTable,
  exposuresTable,
  limitStatusesTable,
} from '../sinks/clickhouse/tables';

export interface LimitsOptions {
  /** What levels must be in. */
  readonly baseCurrency: string;
}

export const limitsWith = (options: LimitsOptions) =>
  pipeline({
    name: 'limits',
    reads: {
      limits: broadcast(limitsTopic),
      positions: broadcast(positionExposures),
      parts: broadcast(exposureParts),
    },
    state: {
      parts: summedPartTable,
      exposures: scopeExposureTable,
      limits: limitTable,
      statuses: limitStatusTable,
      contributions: contributionTable,
      timers: limitTimers,
    },
    writes: { exposures, statuses: limitStatuses, breaches, breachParts },
    build: ({ limits, positions, parts }, state) => {
      const exposures = sumScopes(parts, state);
      const judged = judgeLimits({ limits, positions, exposures }, state, options);
      return {
        exposures,
        statuses: part(judged, 'statuses'),
        breaches: part(judged, 'breaches'),
        breachParts: part(judged, 'parts'),
      };
    },
    sinks: [exposuresTable, limitStatusesTable, breachesTable, breachPartsTable],
  });

export const limits = limitsWith({ baseCurrency: 'USD' });
