/**
 * Opens a data folder: one commit thread that writes, this thread and others that read.
 */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { BackendError } from '../../runtime/ports/backend';
import type { Clock } from '../../runtime/ports/clock';
import { checkAddressSpace } from './address-space';
import { EmbeddedBackend, type EmbeddedShare, lostError } from './backend';
import { takeCensus } from './census';
import { checkOwnerFile } from './claim';
import { errorOf } from './connection';
import { checkDataFile, prepareFolder } from './folder';
import { makeFolder } from './make-folder';
import type { Reply, StoreHealth, ThreadSettings } from './protocol';
import type { Compatibility } from './registry';
import { lastTransactionOf, openError, openLmdb, View } from './store';

export { EmbeddedBackend, type EmbeddedShare } from './backend';

export interface EmbeddedOptions {
  /** Created if it is missing. One process at a time owns it. */
  readonly dir: string;
  /** At this size appends are refused; commits still have a reserve of the same size. */
  readonly quotaBytes: number;
  readonly clock: Pick<Clock, 'now'>;
  /** How schemas may follow each other; only identical ones if not given. */
  readonly compatibility?: Compatibility;
  /** A test's own commit thread: compiled file and what it is to find in `workerData.data`. */
  readonly thread?: { readonly file: string; readonly data?: unknown };
}

/** Address space only: the file grows as it is filled. */
const mapBytesOf = (quotaBytes: number): number => 2 * quotaBytes + 2 ** 30;

/** Folders that this process owns: its own record in a store does not tell it from itself. */
const openFolders = new Set<string>();

/** Throws BackendError where the folder cannot be used as it is, CorruptionError where it is damaged. */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedBackend> {
  const dir = createFolder(options.dir);
  if (openFolders.has(dir))
    throw new BackendError(
      `the data folder ${dir} is open in this process already. Share that backend, or close it first.`,
    );
  openFolders.add(dir);
  try {
    return await openFolder(dir, options);
  } catch (error) {
    openFolders.delete(dir);
    throw error;
  }
}

/** Joins from another thread of the process that owns the folder. */
export function attachEmbedded(
  share: EmbeddedShare,
  options: Pick<EmbeddedOptions, 'clock' | 'compatibility'>,
): EmbeddedBackend {
  const { clock, compatibility } = options;
  return new EmbeddedBackend({
    ...share,
    clock,
    compatibility,
    joined: true,
    onClose: () => Promise.resolve(),
  });
}

/** Opens a folder that nobody owns for reading only: whatever would write is refused with BackendError. */
export function openReadOnly({ dir, clock }: Pick<EmbeddedOptions, 'dir' | 'clock'>): EmbeddedBackend {
  try {
    prepareFolder(dir, false);
    checkOwnerFile(dir);
    checkDataFile(dir, { mayExtend: false });
    checkAddressSpace(dir, mapBytesOf(0));
    const db = openLmdb({ dir, mapBytes: mapBytesOf(0), readOnly: true });
    takeCensus(new View(db), lastTransactionOf(db));
    return new EmbeddedBackend({
      dir,
      mapBytes: mapBytesOf(0),
      health: { usedBytes: 0, quotaBytes: 0, troubles: [] },
      clock,
      port: undefined,
      compatibility: undefined,
      joined: true,
      onClose: () => db.close(),
    });
  } catch (error) {
    throw openError(dir, error);
  }
}

function createFolder(dir: string): string {
  try {
    makeFolder(dir);
    return realpathSync(dir);
  } catch (error) {
    throw openError(dir, error);
  }
}

async function openFolder(dir: string, options: EmbeddedOptions): Promise<EmbeddedBackend> {
  const { quotaBytes, clock, compatibility, thread } = options;
  const mapBytes = mapBytesOf(quotaBytes);
  checkAddressSpace(dir, mapBytes);
  const settings: ThreadSettings = { dir, quotaBytes, mapBytes, data: thread?.data };
  const worker = new Worker(thread?.file ?? join(__dirname, 'commit-thread.js'), { workerData: settings });
  const health = await started(worker);
  const onClose = async (): Promise<void> => {
    await worker.terminate();
    openFolders.delete(dir);
  };
  const backend = new EmbeddedBackend({
    dir,
    mapBytes,
    health,
    clock,
    port: worker,
    compatibility,
    joined: false,
    onClose,
  });
  worker.on('error', (error) => backend.lose(lostError(`died: ${error.message}`, error)));
  worker.on('exit', () => {
    openFolders.delete(dir);
    backend.lose(lostError('has ended'));
  });
  return backend;
}

function started(worker: Worker): Promise<StoreHealth> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (reply: Reply) => {
      worker.off('error', reject);
      if (reply.kind === 'ready') resolve(reply.health);
      else reject(reply.kind === 'failed' ? errorOf(reply.failure) : lostError('did not start'));
    });
  });
}
