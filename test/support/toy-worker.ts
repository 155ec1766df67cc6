/** The toy job on a thread of its own: `data` is the number of its tasks. */
import { runTaskWorker } from '../../backends/embedded/workers/run-worker';
import type { DriveOptions } from '../../runtime/drive/drive';
import type { Topic } from '../../runtime/stream/topic';
import { ToldClock } from './told-clock';
import { letters, toyJob } from './toy';

const clock = new ToldClock(1_700_000_000_000_000);

runTaskWorker((data) => ({
  jobs: [toyJob(data as number)],
  clock,
  told: (time) => {
    clock.time = time as number;
  },
  deadLetters: letters as Topic as DriveOptions['deadLetters'],
  build: 'test',
  stepBytes: 1 << 12,
  holdMicros: 5_000_000,
  openBytesMax: 1 << 20,
  snapshotMicros: 1e12,
  retryMicros: 1_000,
}));
