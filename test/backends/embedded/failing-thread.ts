/** A commit thread whose transactions fail: every nth before it is flushed, or one so that it dies, before or after. */
import { workerData } from 'node:worker_threads';
import { runCommitThread } from '../../../backends/embedded/commit-loop';

interface Failures {
  readonly everyNth?: number;
  readonly dieAt?: number;
  readonly afterFlush?: number;
  readonly damageAt?: number;
}
const { everyNth, dieAt, afterFlush, damageAt } = (workerData as { readonly data: Failures }).data;
let passings = 0;
let flushes = 0;

runCommitThread({
  failpoint: (name) => {
    if (name === 'commit.after-flush') {
      flushes += 1;
      if (flushes === afterFlush) throw new Error('Input/output error');
    }
    if (name !== 'commit.before-flush') return;
    passings += 1;
    if (passings === dieAt) {
      setImmediate(() => {
        throw new Error('the disk is on fire');
      });
      throw new Error('Input/output error');
    }
    if (passings === damageAt) throw new Error('MDB_PAGE_NOTFOUND: Requested page not found');
    if (everyNth && passings % everyNth === 0) throw new Error('No space left on device');
  },
});
