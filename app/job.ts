/** The job of the application: every pipeline, fused to run in one graph. */
import { marks } from '../pipelines/marks';
import { pnl } from '../pipelines/pnl';
import { positions } from '../pipelines/positions';
import { volumes } from '../pipelines/volumes';
import { fuse, type Job } from '../runtime/job';
import { schemaVersions } from '../schemas/evolution/schema-versions';
import { deadLetters } from '../schemas/ops';
import { cloudEvents } from './envelope';

/** In one process everything is one task; more partitions are for more cores. */
export const PARTITIONS = 1;

export const riskJob: Job = fuse({
  name: 'risk',
  pipelines: [marks, volumes, positions, pnl],
  partitions: PARTITIONS,
});

/** What every way of running the job has in common. */
export const jobSettings = {
  job: riskJob,
  deadLetters,
  versions: schemaVersions,
  envelope: cloudEvents,
  /** Byte-exact replay is for one build and one major version of Node. */
  build: `breakwater ${versionOf()} on Node ${process.versions.node.split('.')[0]}`,
  stepBytes: 1 << 20,
  holdMicros: 10_000_000,
};

function versionOf(): string {
  const { version } = require('../../package.json') as { readonly version: string };
  return version;
}
