/** A thread that runs tasks of the application's jobs: `data` tells which. */
import { runTaskWorker } from '../backends/embedded/workers/run-worker';
import { incompatibilities } from '../schemas/evolution/compatible';
import { liveSettings } from './job';
import { countsOf, jobsOf } from './layout';
import { systemClock } from './system-clock';
import type { TaskWorkerData } from './task-worker-data';

runTaskWorker((data) => {
  const { layout, options } = data as TaskWorkerData;
  return {
    ...liveSettings,
    jobs: jobsOf(layout, options),
    counts: countsOf(layout),
    clock: systemClock,
    compatibility: incompatibilities,
  };
});
