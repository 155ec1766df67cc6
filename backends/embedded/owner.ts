/**
 * One process owns a folder. Who it is stands in the store itself, and is looked at and changed inside a write
 * transaction: LMDB's lock between processes decides races, and a process that was killed leaves a record that anyone
 * can see is stale: its process id is gone, or belongs to one that started at another time, or before this boot.
 */
import { readFileSync } from 'node:fs';
import { BackendError } from '../../runtime/backend';

export interface Owner {
  readonly pid: number;
  /** Start of the process in clock ticks since boot; 0 where the system does not tell. */
  readonly started: number;
  readonly boot: string;
}

const readOr = (file: string, otherwise: string): string => {
  try {
    return readFileSync(file, 'latin1').trim();
  } catch {
    return otherwise;
  }
};

// Field 22 of /proc/PID/stat, counted behind the command, which may hold spaces and brackets.
const startOf = (pid: number | 'self'): number =>
  Number(readOr(`/proc/${pid}/stat`, '').split(') ').at(-1)?.split(' ')[19] ?? 0);

export const thisProcess = (): Owner => ({
  pid: process.pid,
  started: startOf('self'),
  boot: readOr('/proc/sys/kernel/random/boot_id', ''),
});

/** Whether another process that still runs is the owner. */
export function isHeldByOther(owner: Owner): boolean {
  const me = thisProcess();
  if (owner.boot !== me.boot || owner.pid === me.pid) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // A process of another user answers EPERM: it is there.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const started = startOf(owner.pid);
  return started === 0 || owner.started === 0 || started === owner.started;
}

export const heldError = (dir: string, { pid }: Owner): BackendError =>
  new BackendError(
    `the data folder ${dir} is in use by process ${pid}. Talk to it through its socket in that folder, or stop it first.`,
  );
