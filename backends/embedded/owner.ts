/**
 * One process owns a folder: who it is stands in the file `owner`, which the owner touches every few seconds, and in the
 * store itself, where every transaction looks at it.
 *
 * A process that was killed leaves its record behind. Where the system tells of it, it is known to be gone: no process of
 * that id, or one that started at another time, or one that has ended and only waits to be fetched by its parent. A
 * record of another machine, another boot or another container tells nothing by its id: there the file's age decides.
 */
import { readFileSync, readlinkSync } from 'node:fs';
import { type BackendError, HeldError } from '../../runtime/ports/backend';

export interface Owner {
  readonly pid: number;
  /** Start of the process in clock ticks since boot; 0 where the system does not tell. */
  readonly started: number;
  readonly boot: string;
  /** The space in which the process id means something: containers have their own. */
  readonly space?: string;
  /** Process and instant of its claim: no other owner has it. */
  readonly token?: string;
}

/** What can be said of an owner by its record alone. */
export type Life = 'runs' | 'gone' | 'unknown';

const readOr = (read: () => string, otherwise: string): string => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};

// /proc/PID/stat: the state and, twenty fields on, the start, counted behind the command, which may hold spaces and brackets.
const STATE = 0;
const START = 19;
const statOf = (pid: number | 'self'): readonly string[] =>
  readOr(() => readFileSync(`/proc/${pid}/stat`, 'latin1'), '')
    .trim()
    .split(') ')
    .at(-1)!
    .split(' ');
const startOf = (stat: readonly string[]): number => Number(stat[START] ?? 0);

export const thisProcess = (): Owner => ({
  pid: process.pid,
  started: startOf(statOf('self')),
  boot: readOr(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim(), ''),
  space: readOr(() => readlinkSync('/proc/self/ns/pid'), ''),
});

/** Whether the owner's process still runs, as far as this one can know. */
export function lifeOf(owner: Owner): Life {
  const me = thisProcess();
  if (owner.boot !== me.boot || (owner.space ?? me.space) !== me.space) return 'unknown';
  // This process asks before it owns anything: whoever had its id is no more.
  if (owner.pid === me.pid) return 'gone';
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // A process of another user answers EPERM: it is there.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return 'gone';
  }
  const stat = statOf(owner.pid);
  // Ended, and not yet fetched by its parent: it holds nothing any more.
  if (stat[STATE] === 'Z' || stat[STATE] === 'X') return 'gone';
  const started = startOf(stat);
  return started === 0 || owner.started === 0 || started === owner.started ? 'runs' : 'gone';
}

export const heldError = (dir: string, { pid, space }: Owner, life: Life = 'runs'): BackendError =>
  new HeldError(
    life === 'unknown'
      ? `the data folder ${dir} is in use by process ${pid} of another machine or container (${space ?? 'unknown'}). Stop it first; if it was killed, try again in a few seconds.`
      : `the data folder ${dir} is in use by process ${pid}. Talk to it through its socket in that folder, or stop it first.`,
  );
