/**
 * Whether this process may map a store: LMDB maps as much as the store may ever hold, and where the system allows less
 * (`ulimit -v`, a container's rules) its binding dies without a word. Linux tells; elsewhere it is tried.
 */
import { readFileSync } from 'node:fs';
import { BackendError } from '../../runtime/ports/backend';

export interface AddressSpace {
  /** What this process may have in all, bytes; infinite where there is no limit. */
  readonly limit: number;
  readonly used: number;
}

/** Throws BackendError. Called before the first thread maps: all threads share the map. */
export function checkAddressSpace(dir: string, mapBytes: number, { limit, used } = addressSpace()): void {
  if (used + mapBytes <= limit) return;
  const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  throw new BackendError(
    `the data folder ${dir} wants ${gigabytes(mapBytes)} of address space, and this process may have ${gigabytes(Math.max(limit - used, 0))} more. Raise the limit (ulimit -v), or lower "quotaMegabytes".`,
  );
}

function addressSpace(): AddressSpace {
  try {
    const limit = /^Max address space\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1];
    const used = /^VmSize:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
    return {
      limit: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
      used: 1024 * Number(used ?? 0),
    };
  } catch {
    return { limit: Number.POSITIVE_INFINITY, used: 0 };
  }
}
