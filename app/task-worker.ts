/** A thread that runs tasks of the application's jobs: `data` is the layout of the folder. */
import { runTaskWorker } from '../backends/embedded/workers/run-worker';
import { incompatibilities } from '../schemas/evolution/compatible';
import { liveSettings } from './job';
import { countsOf, jobsOf, type Layout } from './layout';
import { systemClock } from './system-clock';

runTaskWorker((data) => ({
  ...liveSettings,
  jobs: jobsOf(data as Layout),
  counts: countsOf(data as Layout),
  clock: systemClock,
  compatibility: incompatibilities,
}));
