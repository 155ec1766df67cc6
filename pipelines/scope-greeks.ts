/**
 * Sensitivities of scopes: one task for the firm
 *
 *   reference.accounts, reference.scopes, reference.parties ──┐
 *   (rows, broadcast)                                         ├─ sumGreeks ──► risk.greeks ──► ClickHouse
 *   risk.greek_parts ─────────────────────────────────────────┘  [summed_greeks, scope_greeks,
 *   (rows, broadcast)                                             placed_accounts, placed_scopes,
 *                                                                 placed_parties, place_timers]
 */
import { sumGreeks } from '../operators/sum-greeks';
import { pipeline } from '../runtime/graph/pipeline';
import { broadcast } from '../runtime/stream/topic';
import {
  greekParts,
  greeks,
  placedAccountTable,
  placedPartyTable,
  placedScopeTable,
  placeTimers,
  scopeGreeksTable,
  summedGreekTable,
} from '../schemas/greeks';
import { accounts, parties, scopes } from '../schemas/reference';
import { greeksTable } from '../sinks/clickhouse/tables';

export interface ScopeGreeksOptions {
  /** What sensitivities are in. */
  readonly baseCurrency: string;
}

export const scopeGreeksWith = (options: ScopeGreeksOptions) =>
  pipeline({
    name: 'scope_greeks',
    reads: {
      accounts: broadcast(accounts),
      scopes: broadcast(scopes),
      parties: broadcast(parties),
      parts: broadcast(greekParts),
    },
    state: {
      parts: summedGreekTable,
      greeks: scopeGreeksTable,
      accounts: placedAccountTable,
      scopes: placedScopeTable,
      parties: placedPartyTable,
      timers: placeTimers,
    },
    writes: { greeks },
    build: (from, state) => ({ greeks: sumGreeks(from, state, options) }),
    sinks: [greeksTable],
  });

export const scopeGreeks = scopeGreeksWith({ baseCurrency: 'USD' });
