/** Monte Carlo on worker threads: the same bits as on one thread, because blocks and their order are the same. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { failure, type Result, success } from '../contract';
import type { Moments } from './moments';
import { blockCount, finishJob, type MonteCarloJob, type MonteCarloResult, prepareJob } from './monte-carlo';

const THREADS_MAX = 64;

/** One worker's blocks, or an error when it dies. */
const share = (job: MonteCarloJob, from: number, to: number): Promise<readonly (readonly Moments[])[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(join(__dirname, 'worker.js'), { workerData: { job, from, to } });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code !== 0) reject(new Error(`the simulation thread ended with code ${code}`));
    });
  });

/** Splits the blocks evenly over `threads` workers. A worker that dies rejects: that is a bug, not a refusal. */
export async function monteCarloOnThreads(
  job: MonteCarloJob,
  settings: { readonly threads: number },
): Promise<Result<MonteCarloResult>> {
  const prepared = prepareJob(job);
  if (!prepared.ok) return prepared;
  const { threads } = settings;
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= THREADS_MAX)) {
    return failure(
      'threads-must-be-within-limits',
      `cannot run on ${threads} threads. Ask for 1 to ${THREADS_MAX}.`,
    );
  }
  const blocks = blockCount(job);
  const edges = Array.from({ length: threads + 1 }, (_, i) => Math.floor((i * blocks) / threads));
  const parts = await Promise.all(
    edges
      .slice(1)
      .map((to, i) => ({ from: edges[i]!, to }))
      .filter(({ from, to }) => to > from)
      .map(({ from, to }) => share(job, from, to)),
  );
  return success(finishJob(job, parts.flat()));
}
