/** The job of the application: every pipeline, fused to run in one graph. */
import { marks } from '../pipelines/marks';
import { pnl } from '../pipelines/pnl';
import { positions } from '../pipelines/positions';
import { volumes } from '../pipelines/volumes';
import { fuse, type Job } from '../runtime/job';
import { envelopeFrom } from '../schemas/cloud-events';
import { schemaVersions } from '../schemas/evolution/schema-versions';
import { deadLetters } from '../schemas/ops';
import { version } from './version';

/** In one process everything is one task; more partitions are for more cores. */
export const PARTITIONS = 1;

export const riskJob: Job = fuse({
  name: 'risk',
  pipelines: [marks, volumes, positions, pnl],
  partitions: PARTITIONS,
});

/** All that this program runs. */
export const jobs: readonly Job[] = [riskJob];

/** What every way of running the job has in common. */
export const jobSettings = {
  job: riskJob,
  deadLetters,
  versions: schemaVersions,
  envelope: envelopeFrom('/breakwater/risk'),
  /** Byte-exact replay is for one build and one major version of Node. */
  build: `breakwater ${version} on Node ${process.versions.node.split('.')[0]}`,
  stepBytes: 1 << 20,
  holdMicros: 10_000_000,
};
