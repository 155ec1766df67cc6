/** The backend as one thread of the owning process sees it, or as a reader of a folder that nobody owns. */
import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import {
  type Backend,
  type BackendHealth,
  LostError,
  type Membership,
  type Reshape,
  type Skip,
  type TaskLeft,
  type TaskOwner,
  type TaskStore,
} from '../../runtime/ports/backend';
import type { Clock } from '../../runtime/ports/clock';
import type { RecordedEpoch, TaskId } from '../../runtime/ports/epoch';
import { EmbeddedBookmarks } from './bookmarks';
import { Connection, type News, readOnlyError } from './connection';
import { EmbeddedLog } from './log';
import { LogState } from './log-state';
import { EmbeddedNames } from './name-book';
import type { StoreHealth } from './protocol';
import { recorded } from './recorded';
import type { TaskRecord } from './records';
import { type Compatibility, EmbeddedRegistry, identicalOnly } from './registry';
import { restore } from './restore';
import { type Lmdb, openLmdb, View } from './store';
import { EmbeddedTask } from './task-store';
import { tasksLeft } from './tasks-left';

/** What another thread of this process needs to join. Transfer `port` along. */
export interface EmbeddedShare {
  readonly dir: string;
  readonly mapBytes: number;
  readonly health: StoreHealth;
  readonly port: MessagePort;
}

/** How long tasks may take to finish when their owner leaves. */
const LEAVING_MICROS = 60_000_000;

export interface BackendParts {
  readonly dir: string;
  readonly mapBytes: number;
  readonly health: StoreHealth;
  readonly clock: Pick<Clock, 'now'>;
  /** The way to the commit thread; none where the folder is only read. */
  readonly port: Worker | MessagePort | undefined;
  readonly compatibility: Compatibility | undefined;
  /** A thread that joined: it hears of names, but does not allot them. */
  readonly joined: boolean;
  /** What remains to be done when this thread has let go. */
  readonly onClose: () => Promise<void>;
}

export class EmbeddedBackend implements Backend {
  readonly log: EmbeddedLog;
  readonly registry: EmbeddedRegistry;
  readonly names: EmbeddedNames;
  readonly bookmarks: EmbeddedBookmarks;
  /** Resolves with the reason if the commit thread ends before it was asked to. */
  readonly lost: Promise<Error>;
  private tellLost: (error: Error) => void = () => undefined;
  private readonly db: Lmdb;
  private readonly view: View;
  private readonly state: LogState;
  private readonly connection: Connection | undefined;

  constructor(private readonly parts: BackendParts) {
    const { dir, mapBytes, port, clock, health } = parts;
    this.db = openLmdb({ dir, mapBytes, readOnly: true });
    this.lost = new Promise((resolve) => {
      this.tellLost = resolve;
    });
    this.view = new View(this.db);
    this.state = new LogState(this.view);
    const { state } = this;
    this.connection =
      port &&
      new Connection(port, {
        clock,
        health,
        onNews: (news) => this.learn(news),
        onLost: (error) => this.tellLost(error),
      });
    this.log = new EmbeddedLog(this.connection, state);
    this.registry = new EmbeddedRegistry(this.connection, parts.compatibility ?? identicalOnly, this.view);
    this.names = new EmbeddedNames(
      parts.joined ? undefined : this.connection,
      this.registry,
      this.log,
      this.view,
    );
    this.bookmarks = new EmbeddedBookmarks(this.connection, this.view);
  }

  private learn(news: News): void {
    if (news.kind === 'joined') {
      this.state.catchUp();
      this.names.load();
      return;
    }
    this.state.update(news.ends);
    this.names.learn(news.names);
  }

  /** Who holds the folder owns all tasks. */
  own(
    { name, partitions }: { readonly name: string; readonly partitions: number },
    owner: TaskOwner,
  ): Membership {
    const tasks = Array.from({ length: partitions }, (_, partition) => ({ job: name, partition }));
    owner.assigned(tasks);
    return { leave: () => owner.revoked(tasks, LEAVING_MICROS) };
  }

  async openTask(id: TaskId): Promise<TaskStore> {
    const connection = this.writer();
    const task = await connection.ask<TaskRecord>({ kind: 'task', task: id });
    return new EmbeddedTask(id, task.generation, await restore(this.view, task), connection, this.view);
  }

  recorded(id: TaskId, fromEpoch: number): Iterable<RecordedEpoch> {
    return recorded(this.view, id, fromEpoch);
  }

  tasks(): readonly TaskLeft[] {
    return tasksLeft(this.view);
  }

  reshape(task: TaskId, change: Reshape): Promise<void> {
    return this.writer().ask({ kind: 'reshape', task, change });
  }

  retire(task: TaskId): Promise<void> {
    return this.writer().ask({ kind: 'retire', task });
  }

  skip(id: TaskId, skip: Skip): Promise<void> {
    return this.writer().ask({ kind: 'skip', task: id, skip });
  }

  health(): BackendHealth {
    const { usedBytes, quotaBytes, troubles } = this.connection?.health ?? this.parts.health;
    return { usedBytes, quotaBytes, troubles, accepting: usedBytes < quotaBytes };
  }

  async tidy(): Promise<void> {
    while (await this.writer().ask<boolean>({ kind: 'tidy', open: this.state.positions() }));
  }

  /** A way in for another thread of this process: the sinks' thread reads the log and sets bookmarks. */
  share(): EmbeddedShare {
    const { port1, port2 } = new MessageChannel();
    const connection = this.writer();
    connection.connect(port2);
    const { dir, mapBytes } = this.parts;
    return { dir, mapBytes, health: connection.health, port: port1 };
  }

  /** The commit thread is no more: whatever waits for it fails. */
  lose(error: Error): void {
    this.connection?.lose(error);
  }

  async close(): Promise<void> {
    await this.connection?.close();
    await this.db.close();
    await this.parts.onClose();
  }

  private writer(): Connection {
    if (!this.connection) throw readOnlyError();
    return this.connection;
  }
}

export const lostError = (why: string, cause?: Error): LostError =>
  new LostError(`the commit thread ${why}. Restart the process: it goes on from what was durable.`, {
    cause,
  });
