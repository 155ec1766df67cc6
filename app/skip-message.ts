/** Sets a message or timer aside for every task that has still to come to it; where there is none, it is refused. */

import type { RunningTask } from '../runtime/drive/running-task';
import { skipRefusal } from '../runtime/drive/skip';
import type { Job } from '../runtime/graph/job';
import type { SkipRequest } from './access';
import { CommandError } from './exit-codes';
import type { Folder } from './folder';

/** In the process that runs the tasks. Throws a CommandError that says why not. */
export async function skipLive(tasks: readonly RunningTask[], request: SkipRequest): Promise<void> {
  const refusals: (string | undefined)[] = [];
  for (const task of tasks) refusals.push(await task.skip(request));
  refuseIfNobody(refusals);
}

/** In a folder whose tasks are not running: they pass it over when they start. */
export async function skipStopped(folder: Folder, request: SkipRequest): Promise<void> {
  const refusals: (string | undefined)[] = [];
  for (const job of folder.jobs)
    for (let partition = 0; partition < job.partitions; partition += 1)
      refusals.push(await skipFor(folder, job, partition, request));
  refuseIfNobody(refusals);
}

async function skipFor(
  { backend }: Folder,
  job: Job,
  partition: number,
  request: SkipRequest,
): Promise<string | undefined> {
  const id = { job: job.name, partition };
  const task = await backend.openTask(id);
  const { progress, filled, phase, epoch } = task.restored;
  await task.close();
  const unread = job.inputs
    .filter(({ distribution }) => distribution === 'broadcast' || request.partition === partition)
    .filter(({ topic }) => !progress.some((place) => place.topic === topic.name))
    .map(({ topic }) => ({ topic: topic.name, partition: request.partition, next: 0 }));
  const refusal = await skipRefusal(request, {
    log: backend.log,
    progress: [...progress, ...unread],
    poison: undefined,
    filling: phase?.filling && { filled, upTo: phase.filling.upTo },
  });
  if (refusal === undefined) await backend.skip(id, { ...request, epoch });
  return refusal;
}

function refuseIfNobody(refusals: readonly (string | undefined)[]): void {
  if (refusals.includes(undefined)) return;
  throw new CommandError([...new Set(refusals)].join(' '));
}
