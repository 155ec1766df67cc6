/**
 * Where the socket of a data folder is: `breakwater.sock` in it. The address of a Unix socket holds 107 bytes at most;
 * where the folder's path is too long, the socket is in a folder of its own among the temporary files, which only its
 * owner may enter and whose name nobody can know beforehand. The file `breakwater.socket` in the data folder tells it:
 * a socket that another user put where it might be looked for is never asked.
 */
import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ADDRESS_BYTES_MAX = 103;
const NAME = 'breakwater.sock';

const pointerOf = (real: string): string => join(real, 'breakwater.socket');
const fits = (path: string): boolean => Buffer.byteLength(path) <= ADDRESS_BYTES_MAX;

/** Where whoever holds the folder would listen; undefined where that is nowhere. The folder must exist. */
export function socketPath(dir: string): string | undefined {
  const real = realpathSync(dir);
  const inFolder = join(real, NAME);
  if (fits(inFolder)) return inFolder;
  try {
    const path = readFileSync(pointerOf(real), 'utf8');
    return isPrivate(dirname(path), statSync(real).uid) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Makes the place to listen at; `remove` takes away what was made for it. The folder is held by this process. */
export function makeSocketPlace(dir: string): { readonly path: string; readonly remove: () => void } {
  const real = realpathSync(dir);
  const inFolder = join(real, NAME);
  if (fits(inFolder)) return { path: inFolder, remove: () => undefined };
  const left = socketPath(dir);
  if (left !== undefined) rmSync(dirname(left), { recursive: true, force: true });
  const place = mkdtempSync(join(tmpdir(), 'breakwater-'));
  const path = join(place, 's');
  writeFileSync(pointerOf(real), path, { mode: 0o600 });
  return {
    path,
    remove: () => {
      rmSync(pointerOf(real), { force: true });
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** Whether a folder is its owner's alone, and the owner that of the data. */
function isPrivate(place: string, owner: number): boolean {
  const { uid, mode } = statSync(place);
  return uid === owner && (mode & 0o077) === 0;
}
