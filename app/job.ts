/** The job of the application: every pipeline, fused to run in one graph. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { marks } from '../pipelines/marks';
import { pnl } from '../pipelines/pnl';
import { positions } from '../pipelines/positions';
import { volumes } from '../pipelines/volumes';
import { fuse, type Job } from '../runtime/job';
import { envelopeFrom } from '../schemas/cloud-events';
import { schemaVersions } from '../schemas/evolution/schema-versions';
import { deadLetters } from '../schemas/ops';

/** In one process everything is one task; more partitions are for more cores. */
export const PARTITIONS = 1;

export const riskJob: Job = fuse({
  name: 'risk',
  pipelines: [marks, volumes, positions, pnl],
  partitions: PARTITIONS,
});

/** Of this program. */
export const version = versionOf();

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

function versionOf(): string {
  const text = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
