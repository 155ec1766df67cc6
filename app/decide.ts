/** Carries out what a person decides of a folder's state, and tells what was done. Nobody may hold the folder. */
import { existsSync } from 'node:fs';
import type { Decided } from '../runtime/evolution/retire';
import type { Job } from '../runtime/graph/job';
import type { Backend } from '../runtime/ports/backend';
import type { Config } from './config';
import { CommandError, ExitCode } from './exit-codes';
import { openFolder } from './folder';
import { noFolderError, remoteAccess } from './open-access';
import { systemClock } from './system-clock';

export interface Decision {
  readonly config: Config;
  readonly json: boolean;
  readonly type: string;
  readonly name: string;
}

export async function decide(
  { config, json, type, name }: Decision,
  act: (backend: Backend, jobs: readonly Job[]) => Promise<Decided>,
): Promise<void> {
  const { dataFolder: dir, quotaMegabytes } = config;
  await refuseHeld(dir);
  if (!existsSync(dir)) throw noFolderError(dir);
  const folder = await openFolder({ dir, quotaBytes: quotaMegabytes * 1e6, clock: systemClock });
  try {
    const { done } = await act(folder.backend, folder.jobs);
    const text = json ? JSON.stringify({ type, name, done }) : done.join('\n');
    process.stdout.write(`${text}\n`);
  } finally {
    await folder.close();
  }
}

export async function refuseHeld(dir: string): Promise<void> {
  if (!(await remoteAccess(dir))) return;
  throw new CommandError(`${dir} is held by a running job. Stop it first.`, ExitCode.Usage);
}
