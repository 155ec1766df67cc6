/** Runs the blocks that it is sent; the job is plain data, so nothing but numbers crosses the threads. */
import { parentPort, workerData } from 'node:worker_threads';
import { type MonteCarloJob, prepareJob, runBlock } from './monte-carlo';

interface Share {
  readonly job: MonteCarloJob;
  readonly from: number;
  readonly to: number;
}

const { job, from, to } = workerData as Share;
const prepared = prepareJob(job);
if (!prepared.ok) throw new Error(prepared.message);
const { value } = prepared;
parentPort?.postMessage(Array.from({ length: to - from }, (_, i) => runBlock(value, from + i)));
