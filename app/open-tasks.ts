/** Opens the tasks of a folder: in this thread where there is one, else on worker threads behind the one commit thread. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { TaskWorkers } from '../backends/embedded/workers/task-workers';
import type { TaskEvent } from '../runtime/drive/drive';
import { openJob, prepareJob } from '../runtime/drive/open-job';
import type { RunningTask } from '../runtime/drive/running-task';
import type { Clock } from '../runtime/ports/clock';
import type { Folder } from './folder';
import { liveSettings } from './job';
import { countsOf } from './layout';
import type { TaskWorkerData } from './task-worker-data';

export interface OpenTasksOptions {
  readonly folder: Folder;
  readonly clock: Clock;
  readonly workers?: number | undefined;
  readonly pressure: () => string | undefined;
  readonly report: (event: TaskEvent) => void;
}

/** Throws an EvolutionError where the folder's state is not that of these jobs: before a task is opened. */
export async function openTasks(options: OpenTasksOptions): Promise<readonly RunningTask[]> {
  const { folder, clock, workers = availableParallelism(), report } = options;
  const { backend, jobs, layout, options: jobOptions } = folder;
  const counts = countsOf(layout);
  for (const job of jobs) await prepareJob({ ...liveSettings, job, backend, counts });
  const ids = jobs.flatMap((job) =>
    Array.from({ length: job.partitions }, (_, partition) => ({ job: job.name, partition })),
  );
  if (ids.length > 1 && workers > 1) {
    const opened = await TaskWorkers.open({
      backend,
      file: join(__dirname, 'task-worker.js'),
      data: { layout, options: jobOptions } satisfies TaskWorkerData,
      tasks: ids,
      workers,
      clock,
      retryMicros: liveSettings.retryMicros,
      report,
    });
    return opened.tasks;
  }
  const tasks: RunningTask[] = [];
  for (const job of jobs)
    tasks.push(...(await openJob({ ...liveSettings, ...options, job, backend, counts })));
  return tasks;
}
