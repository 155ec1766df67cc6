/**
 * Exposures of the firm and of each account, as sums of what accounts say that they add. Emits each scope that a step
 * changed, once: a part costs the scopes that it lies in.
 *
 * State: the parts as they were last summed, and the exposures as last said. Sums are derived.
 */
import { changesOf } from '../runtime/stream/changes';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Rows } from '../runtime/tables/rows';
import {
  type Exposure,
  type ExposureChanges,
  type ExposurePart,
  type ExposurePartChanges,
  exposurePartKey,
  scopeKey,
} from '../schemas/exposures';
import { ScopeExposures } from './risk/scope-exposures';

export interface SumScopesTables {
  readonly parts: Rows<ExposurePart>;
  readonly exposures: Rows<Exposure>;
}

export function sumScopes(
  parts: Stream<ExposurePartChanges>,
  tables: SumScopesTables,
): Stream<ExposureChanges> {
  return operator('sum-scopes', { parts }, ({ marker }) => {
    const scopes = new ScopeExposures(tables.parts.values());
    const changed = marker();
    return {
      on: {
        parts({ set }) {
          for (const part of set) {
            scopes.take(part, tables.parts.get(exposurePartKey(part)), changed);
            tables.parts.set(part);
          }
        },
      },
      emit({ now }) {
        const said = (scope: Parameters<typeof scopeKey>[0]) => tables.exposures.get(scopeKey(scope));
        const rows = Array.from(changed.keys(), (number) => scopes.row(number, said, now));
        for (const row of rows) tables.exposures.set(row);
        changed.clear();
        return changesOf(rows);
      },
    };
  });
}
