/**
 * LMDB opened the one way this backend needs it: binary keys and values, and commits that return once the data is
 * flushed (fdatasync) and the meta page behind it written through (O_DSYNC). All threads of a process share one map.
 */
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import { BackendError, CorruptionError } from '../../runtime/ports/backend';
import { asDamage } from './lmdb-errors';
import { unseal, unsealJson } from './seal';

export type Lmdb = RootDatabase<Buffer, Buffer>;

/** LMDB's own name for its file in a folder. */
export const dataFile = (dir: string): string => join(dir, 'data.mdb');

const READERS_MAX = 64;

export function openLmdb(options: {
  readonly dir: string;
  readonly mapBytes: number;
  readonly readOnly: boolean;
}): Lmdb {
  try {
    return open<Buffer, Buffer>({
      path: options.dir,
      mapSize: options.mapBytes,
      readOnly: options.readOnly,
      noSubdir: false,
      overlappingSync: false,
      encoding: 'binary',
      keyEncoding: 'binary',
      maxReaders: READERS_MAX,
    });
  } catch (error) {
    throw openError(options.dir, error);
  }
}

/** What kept a folder from being opened, as an error that says what to do. */
export function openError(dir: string, error: unknown): Error {
  if (error instanceof BackendError || error instanceof CorruptionError) return error;
  return new BackendError(
    `cannot open the data folder ${dir}: ${reasonOf(error)}. Check that it exists, is writable by this user and lies on a local file system with room.`,
    { cause: error },
  );
}

/** LMDB's own words, without the last thing its binding remembers to have done, which misleads. */
export const reasonOf = (error: unknown): string => {
  const reason = (error as Error).message.replace(/: Attempting to.*$/, '');
  return reason.startsWith('Input/output error') ? `${reason} (part of a write was not taken)` : reason;
};

/** The reading side: values are copied out, verified, and never kept open across a turn of the event loop. */
export class View {
  constructor(private readonly db: Database<Buffer, Buffer>) {}

  /** Sees what other threads have committed since. */
  refresh(): void {
    this.db.resetReadTxn();
  }

  /** A copy of the bytes under a key. */
  get(key: Buffer): Buffer | undefined {
    try {
      return this.db.getBinary(key);
    } catch (error) {
      throw asDamage(error as Error);
    }
  }

  sealed(key: Buffer): Buffer | undefined {
    const value = this.get(key);
    return value && unseal(key, value);
  }

  json<T>(key: Buffer): T | undefined {
    const value = this.get(key);
    return value && unsealJson<T>(key, value);
  }

  /** Keys and values from `start` to before `end`, in order, or from the end backwards. */
  *range(options: {
    readonly start: Buffer;
    readonly end: Buffer;
    readonly reverse?: boolean;
    readonly limit?: number;
  }): Generator<{ readonly key: Buffer; readonly value: Buffer }> {
    try {
      for (const { key, value } of this.db.getRange(options)) yield { key: Buffer.from(key), value };
    } catch (error) {
      throw asDamage(error as Error);
    }
  }
}

/** Everything under a kind (and its first numbers): from the prefix to before the one after it. */
export function prefixed(prefix: Buffer): { readonly start: Buffer; readonly end: Buffer } {
  const end = Buffer.from(prefix);
  for (let index = end.length - 1; index >= 0; index -= 1) {
    end[index] = (end[index]! + 1) & 255;
    if (end[index] !== 0) break;
  }
  return { start: prefix, end };
}

/** Number of the last transaction, by LMDB's meta page. */
export const lastTransactionOf = (db: Lmdb): number =>
  (db.getStats() as { readonly lastTxnId: number }).lastTxnId;
