/** A commit thread whose transactions fail before they are flushed: every nth of them, or one so that it dies. */
import { workerData } from 'node:worker_threads';
import { runCommitThread } from '../../../backends/embedded/commit-loop';

const { everyNth, dieAt } = (
  workerData as { readonly data: { readonly everyNth?: number; readonly dieAt?: number } }
).data;
let passings = 0;

runCommitThread({
  failpoint: (name) => {
    if (name !== 'commit.before-flush') return;
    passings += 1;
    if (passings === dieAt) {
      setImmediate(() => {
        throw new Error('the disk is on fire');
      });
      throw new Error('Input/output error');
    }
    if (everyNth && passings % everyNth === 0) throw new Error('No space left on device');
  },
});
