/** What a thread that runs tasks is told: plain data, by which it makes the same jobs. */
import type { JobOptions } from './job';
import type { Layout } from './layout';

export interface TaskWorkerData {
  readonly layout: Layout;
  readonly options: JobOptions;
}
