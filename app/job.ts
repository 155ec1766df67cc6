/** The jobs of the application: every pipeline, fused to run in one graph or in two. */

import { type RulesByKind, USUAL_RULES } from '../operators/marks/rules';
import { bars } from '../pipelines/bars';
import { cash } from '../pipelines/cash';
import { exposures } from '../pipelines/exposures';
import { firmTotals } from '../pipelines/firm-totals';
import { greeks } from '../pipelines/greeks';
import { limits } from '../pipelines/limits';
import { marksWith } from '../pipelines/marks';
import { pnl } from '../pipelines/pnl';
import { positions } from '../pipelines/positions';
import { scopeGreeks } from '../pipelines/scope-greeks';
import { valuations } from '../pipelines/valuations';
import { volumes } from '../pipelines/volumes';
import { fuse, type Job } from '../runtime/graph/job';
import { envelopeFrom } from '../schemas/cloud-events';
import { schemaVersions } from '../schemas/evolution/schema-versions';
import { deadLetters } from '../schemas/ops';
import { version } from './version';

/** What the configuration says of how jobs compute. It passes between threads, as plain data. */
export interface JobOptions {
  /** By which rules quotes become marks. */
  readonly markRules: RulesByKind;
}
export const USUAL_OPTIONS: JobOptions = { markRules: USUAL_RULES };

/** All in one task: marks pass to P&L in memory. */
export const riskJobWith = ({ markRules }: JobOptions): Job =>
  fuse({
    name: 'risk',
    pipelines: [
      marksWith({ rules: markRules }),
      ...[
        volumes,
        positions,
        cash,
        pnl,
        valuations,
        exposures,
        limits,
        bars,
        greeks,
        scopeGreeks,
        firmTotals,
      ],
    ],
  });
export const riskJob: Job = riskJobWith(USUAL_OPTIONS);

/** The same, divided: by instrument, by account with marks from the log, and for the firm with what accounts add. */
export const marketJobWith = ({ markRules }: JobOptions): Job =>
  fuse({ name: 'market', pipelines: [marksWith({ rules: markRules }), volumes, bars] });
export const accountJob: Job = fuse({ name: 'risk', pipelines: [positions, cash, pnl, exposures, greeks] });
/** … and what is of no account: values of instruments, sums over all accounts. */
export const firmJob: Job = fuse({ name: 'firm', pipelines: [valuations, limits, scopeGreeks, firmTotals] });

/** What every way of running a job has in common. */
export const settings = {
  deadLetters,
  versions: schemaVersions,
  envelope: envelopeFrom('/breakwater/risk'),
  /** Byte-exact replay is for one build and one major version of Node. */
  build: `breakwater ${version} on Node ${process.versions.node.split('.')[0]}`,
  stepBytes: 1 << 20,
  holdMicros: 10_000_000,
};

/** … and every way of running it live. */
export const liveSettings = {
  ...settings,
  openBytesMax: 8 << 20,
  snapshotMicros: 60_000_000,
  retryMicros: 1_000_000,
};
