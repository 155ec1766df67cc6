/**
 * ClickHouse in this process, behind the ordinary client. The client's `connection` hook and `chdb/connection` are
 * marked experimental: this file alone touches them, and package.json pins both packages.
 *
 * One process owns a folder; its threads may each open it. A connection runs one query at a time.
 */
import { type ClickHouseClient, type ClickHouseClientConfigOptions, createClient } from '@clickhouse/client';
import { version } from 'chdb';
import { createChdbConnection } from 'chdb/connection';
import { BackendError } from '../../../runtime/ports/backend';

/**
 * Loads the engine into this thread; answers its version. The thread that lives longest must do it before any other:
 * when the last thread that loaded the engine ends, the library is unmapped under the engine's own threads, and the
 * process dies of SIGSEGV.
 */
export function holdEngine(): string {
  loaded = true;
  return version().libchdb;
}

let loaded = false;
/** Whether this thread has loaded the engine. */
export const isEngineLoaded = (): boolean => loaded;

/** The two packages bring the same interface in two copies of its types. */
type InjectedConnection = NonNullable<ClickHouseClientConfigOptions['connection']>;

export function connectChdb(dir: string): ClickHouseClient {
  try {
    return createClient({ connection: createChdbConnection({ path: dir }) as unknown as InjectedConnection });
  } catch (error) {
    throw new BackendError(
      `cannot open ClickHouse in ${dir}: ${(error as Error).message}. If no other process holds the data folder and it may be written, its files are damaged: "breakwater check --repair" sets them aside, and the next start fills the tables anew.`,
      { cause: error },
    );
  }
}
