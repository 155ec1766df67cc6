/** Sets a message or timer aside for every task that has still to come to it; where there is none, it is refused. */
import type { TaskDriver } from '../runtime/drive';
import { skipRefusal } from '../runtime/skip';
import type { SkipRequest } from './access';
import { CommandError } from './exit-codes';
import type { Folder } from './folder';
import { PARTITIONS, riskJob } from './job';

/** In the process that runs the tasks. Throws a CommandError that says why not. */
export async function skipLive(drivers: readonly TaskDriver[], request: SkipRequest): Promise<void> {
  const refusals: (string | undefined)[] = [];
  for (const driver of drivers) refusals.push(await driver.skip(request));
  refuseIfNobody(refusals);
}

/** In a folder whose tasks are not running: they pass it over when they start. */
export async function skipStopped({ backend }: Folder, request: SkipRequest): Promise<void> {
  const refusals: (string | undefined)[] = [];
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    const id = { job: riskJob.name, partition };
    const task = await backend.openTask(id);
    const { progress } = task.restored;
    await task.close();
    const unread = riskJob.inputs
      .filter(({ topic }) => !progress.some((place) => place.topic === topic.name))
      .map(({ topic }) => ({ topic: topic.name, partition: request.partition, next: 0 }));
    const context = { log: backend.log, progress: [...progress, ...unread], poison: undefined };
    const refusal = await skipRefusal(request, context);
    if (refusal === undefined) await backend.skip(id, request);
    refusals.push(refusal);
  }
  refuseIfNobody(refusals);
}

function refuseIfNobody(refusals: readonly (string | undefined)[]): void {
  if (refusals.includes(undefined)) return;
  throw new CommandError([...new Set(refusals)].join(' '));
}
