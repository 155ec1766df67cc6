/**
 * A copy of a data folder for what has to write beside what it reads: ClickHouse cannot open its files where nothing may
 * be written. The copy is private, and gone when it is closed; the folder stays as it is.
 */
import {
  accessSync,
  constants,
  cpSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from './exit-codes';

export interface CopiedFolder {
  readonly dir: string;
  remove(): void;
}

/** What must stay free where the copy goes. */
const SPARE_BYTES = 256 * 2 ** 20;

/** Whether anything can be written in a folder: not on read-only media, on a full disk, or in somebody else's. */
export function isWritable(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK);
    const { blocks, bavail } = statfsSync(dir);
    // Some file systems tell nothing of their room.
    return blocks === 0 || bavail > 0;
  } catch {
    return false;
  }
}

/** Throws a CommandError where there is no room for it. */
export function copyFolder(dir: string): CopiedFolder {
  const bytes = bytesIn(dir);
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bytes + SPARE_BYTES > bavail * bsize)
    throw new CommandError(
      `${dir} cannot be written, and its copy of ${Math.ceil(bytes / 1e6)} MB finds no room in ${tmpdir()}. Copy the folder to where there is room, and name that with --dir.`,
    );
  const place = mkdtempSync(join(tmpdir(), 'breakwater-copy-'));
  const copy = join(place, 'data');
  try {
    // Marks of a process that held the folder elsewhere mean nothing in a copy.
    const isLeft = (path: string): boolean => !/[/\\](owner|lock\.mdb|breakwater\.sock(et)?)$/.test(path);
    cpSync(dir, copy, { recursive: true, filter: isLeft });
  } catch (error) {
    rmSync(place, { recursive: true, force: true });
    throw error;
  }
  return { dir: copy, remove: () => rmSync(place, { recursive: true, force: true }) };
}

function bytesIn(dir: string): number {
  let bytes = 0;
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) bytes += bytesIn(path);
    else if (entry.isFile()) bytes += statSync(path).size;
  }
  return bytes;
}
