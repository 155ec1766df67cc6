/**
 * Opens a data folder: one commit thread that writes, this thread and others that read.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Backend, BackendHealth, Skip, TaskStore } from '../../runtime/backend';
import { BackendError } from '../../runtime/backend';
import type { Clock } from '../../runtime/clock';
import type { RecordedEpoch, TaskId } from '../../runtime/epoch';
import { EmbeddedBookmarks } from './bookmarks';
import { Connection, errorOf } from './connection';
import { EmbeddedLog } from './log';
import { LogState } from './log-state';
import { EmbeddedNames, type NamesTopic } from './name-book';
import type { Reply, StoreHealth, ThreadSettings } from './protocol';
import { recorded } from './recorded';
import type { TaskRecord } from './records';
import { type Compatibility, EmbeddedRegistry, identicalOnly } from './registry';
import { restore } from './restore';
import { type Lmdb, openLmdb, View } from './store';
import { EmbeddedTask } from './task-store';

export interface EmbeddedOptions {
  /** Created if it is missing. One process at a time owns it. */
  readonly dir: string;
  /** At this size appends are refused; commits still have a reserve. */
  readonly quotaBytes: number;
  readonly clock: Clock;
  /** How schemas may follow each other; only identical ones if not given. */
  readonly compatibility?: Compatibility;
  readonly namesTopic?: NamesTopic;
  /** A test's own commit thread: compiled file and what it is to find in `workerData.data`. */
  readonly thread?: { readonly file: string; readonly data?: unknown };
}

/** What another thread of this process needs to join. Transfer `port` along. */
export interface EmbeddedShare {
  readonly dir: string;
  readonly mapBytes: number;
  readonly health: StoreHealth;
  readonly port: MessagePort;
}

/** Address space only: the file grows as it is filled. */
const mapBytesOf = (quotaBytes: number): number => 2 * quotaBytes + 2 ** 30;

export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedBackend> {
  const { dir, quotaBytes, clock } = options;
  const mapBytes = mapBytesOf(quotaBytes);
  createFolder(dir);
  const settings: ThreadSettings = { dir, quotaBytes, mapBytes, data: options.thread?.data };
  const worker = new Worker(options.thread?.file ?? join(__dirname, 'commit-thread.js'), {
    workerData: settings,
  });
  const health = await started(worker);
  return new EmbeddedBackend({ dir, mapBytes, health, clock, port: worker, worker, options });
}

/** Joins from another thread of the process that owns the folder. */
export function attachEmbedded(
  share: EmbeddedShare,
  options: Pick<EmbeddedOptions, 'clock' | 'compatibility' | 'namesTopic'>,
): EmbeddedBackend {
  return new EmbeddedBackend({ ...share, clock: options.clock, worker: undefined, options });
}

function createFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw new BackendError(`cannot create the data folder ${dir}: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

function started(worker: Worker): Promise<StoreHealth> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (reply: Reply) => {
      worker.off('error', reject);
      if (reply.kind === 'ready') resolve(reply.health);
      else
        reject(
          reply.kind === 'failed'
            ? errorOf(reply.failure)
            : new BackendError('the commit thread did not start.'),
        );
    });
  });
}

interface Parts {
  readonly dir: string;
  readonly mapBytes: number;
  readonly health: StoreHealth;
  readonly clock: Clock;
  readonly port: Worker | MessagePort;
  readonly worker: Worker | undefined;
  readonly options: Pick<EmbeddedOptions, 'compatibility' | 'namesTopic'>;
}

export class EmbeddedBackend implements Backend {
  readonly log: EmbeddedLog;
  readonly registry: EmbeddedRegistry;
  readonly names: EmbeddedNames;
  readonly bookmarks: EmbeddedBookmarks;
  private readonly db: Lmdb;
  private readonly view: View;
  private readonly connection: Connection;

  constructor(private readonly parts: Parts) {
    this.db = openLmdb({ dir: parts.dir, mapBytes: parts.mapBytes, readOnly: true });
    this.view = new View(this.db);
    const state = new LogState(this.view);
    this.connection = new Connection(parts.port, parts.clock, (ends) => state.update(ends), parts.health);
    this.log = new EmbeddedLog(this.connection, state);
    this.registry = new EmbeddedRegistry(
      this.connection,
      parts.options.compatibility ?? identicalOnly,
      this.view,
    );
    this.names = new EmbeddedNames(this.connection, () => parts.options.namesTopic, this.view);
    this.bookmarks = new EmbeddedBookmarks(this.connection, this.view);
    parts.worker?.on('error', (error) =>
      this.connection.lose(new BackendError(`the commit thread died: ${error.message}`, { cause: error })),
    );
    parts.worker?.on('exit', () => this.connection.lose(new BackendError('the commit thread has ended.')));
  }

  async openTask(id: TaskId): Promise<TaskStore> {
    const task = await this.connection.ask<TaskRecord>({ kind: 'task', task: id });
    return new EmbeddedTask(id, task.generation, await restore(this.view, task), this.connection, this.view);
  }

  recorded(id: TaskId, fromEpoch: number): Iterable<RecordedEpoch> {
    return recorded(this.view, id, fromEpoch);
  }

  skip(id: TaskId, skip: Skip): Promise<void> {
    return this.connection.ask({ kind: 'skip', task: id, skip });
  }

  health(): BackendHealth {
    const { usedBytes, quotaBytes, troubles } = this.connection.health;
    return { usedBytes, quotaBytes, troubles, accepting: usedBytes < quotaBytes };
  }

  /** A way in for another thread of this process: the sinks' thread reads the log and sets bookmarks. */
  share(): EmbeddedShare {
    const { port1, port2 } = new MessageChannel();
    this.connection.connect(port2);
    const { dir, mapBytes } = this.parts;
    return { dir, mapBytes, health: this.connection.health, port: port1 };
  }

  async close(): Promise<void> {
    if (this.parts.worker) {
      await this.connection.close();
      await this.parts.worker.terminate();
    } else {
      (this.parts.port as MessagePort).close();
      this.connection.lose(new BackendError('this thread has left the backend.'));
    }
    await this.db.close();
  }
}
