/** A thread of the bench over several tasks: `data` is the number of partitions by instrument and by account. */
import { systemClock } from '../app/system-clock';
import { runTaskWorker } from '../backends/embedded/workers/run-worker';
import { deadLetters } from '../schemas/ops';
import { dividedJobs, SETTINGS } from './divided-jobs';

runTaskWorker((data) => ({
  ...SETTINGS,
  jobs: dividedJobs(data as number),
  counts: () => data as number,
  clock: systemClock,
  deadLetters,
}));
