/**
 * Where the socket of a data folder is: `breakwater.sock` in it. The address of a Unix socket holds 107 bytes at most;
 * where the folder's path is too long, the socket is in the folder for temporary files, named after a hash of the path.
 */
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ADDRESS_BYTES_MAX = 103;

/** The folder must exist. */
export function socketPath(dir: string): string {
  const real = realpathSync(dir);
  const inFolder = join(real, 'breakwater.sock');
  if (Buffer.byteLength(inFolder) <= ADDRESS_BYTES_MAX) return inFolder;
  const hash = createHash('sha256').update(real).digest('hex').slice(0, 16);
  return join(tmpdir(), `breakwater-${hash}.sock`);
}
