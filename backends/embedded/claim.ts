/**
 * The claim on a folder, made before anything in it is looked at: of several that start at once one gets it. It is the
 * file `owner`, linked into place whole, and kept fresh while its process runs.
 */
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { heldError, lifeOf, type Owner, thisProcess } from './owner';

/** How often an owner that runs says so, and how old its word may be. */
export const BEAT_MILLIS = 2_000;
const FRESH_MILLIS = 10_000;
const LOOK_MILLIS = 250;
const ATTEMPTS_MAX = 20;

const ownerFile = (dir: string): string => join(dir, 'owner');

interface Found {
  readonly text: string;
  readonly owner: Owner | undefined;
  /** When the owner last said that it runs, by the clock of the file system. */
  readonly at: number;
}

/** Throws BackendError where somebody else owns the folder. Waits for seconds where only time can tell. */
export function claimFolder(dir: string): Owner {
  const me: Owner = {
    ...thisProcess(),
    token: `${process.pid}.${process.hrtime.bigint()}`,
  };
  const mine = `${ownerFile(dir)}.${me.token}`;
  writeFileSync(mine, JSON.stringify(me), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      if (linked(mine, ownerFile(dir))) return me;
      const found = read(dir);
      if (!found) continue;
      if (found.owner && isHeld(found, mine, dir)) throw heldError(dir, found.owner, lifeOf(found.owner));
      clear(dir, found, mine);
    }
    throw heldError(dir, read(dir)?.owner ?? me);
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Says that the owner runs. */
export function beat(dir: string): void {
  const now = Date.now() / 1000;
  try {
    utimesSync(ownerFile(dir), now, now);
  } catch {
    // Taken away: the next transaction will see by whom.
  }
}

/** Lets go of a claim, unless somebody else has it by now. */
export function releaseFolder(dir: string, me: Owner): void {
  if (read(dir)?.owner?.token === me.token) rmSync(ownerFile(dir), { force: true });
}

/** Refuses a folder that another process holds, for those who only read. Says nothing of races. */
export function checkOwnerFile(dir: string): void {
  const found = read(dir);
  if (!found?.owner) return;
  const life = lifeOf(found.owner);
  if (life === 'runs' || (life === 'unknown' && Date.now() - found.at < FRESH_MILLIS))
    throw heldError(dir, found.owner, life);
}

function read(dir: string): Found | undefined {
  try {
    const text = readFileSync(ownerFile(dir), 'utf8');
    return { text, owner: ownerIn(text), at: statSync(ownerFile(dir)).mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function ownerIn(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    // Written by one that was killed as it wrote its name.
    return undefined;
  }
}

/** Of an owner that only its beat tells of, waits for the next, or until there should have been several. */
function isHeld({ owner, at }: Found, mine: string, dir: string): boolean {
  const life = lifeOf(owner!);
  if (life !== 'unknown') return life === 'runs';
  for (;;) {
    utimesSync(mine, Date.now() / 1000, Date.now() / 1000);
    if (statSync(mine).mtimeMs - at > FRESH_MILLIS) return false;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MILLIS);
    const again = read(dir);
    if (!again) return false;
    if (again.at !== at) return true;
  }
}

/** Takes the record of an owner that is gone out of the way; a record that came meanwhile is put back. */
function clear(dir: string, { text }: Found, mine: string): void {
  const aside = `${mine}.stale`;
  try {
    renameSync(ownerFile(dir), aside);
  } catch {
    return;
  }
  if (readFileSync(aside, 'utf8') !== text) linked(aside, ownerFile(dir));
  rmSync(aside, { force: true });
}

/** Gives a file another name unless that is taken. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // No links on this file system: created whole or not at all is the next best.
    return created(to, readFileSync(from));
  }
}

function created(file: string, content: Buffer): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
