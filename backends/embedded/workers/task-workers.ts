/**
 * Tasks on worker threads, as the main thread sees them. Each thread has its share of the tasks for its life; one that
 * dies takes only those with it, and is begun anew after a pause, from what was durable.
 */
import { Worker } from 'node:worker_threads';
import type { TaskEvent, TaskStatus } from '../../../runtime/drive/drive';
import type { RunningTask } from '../../../runtime/drive/running-task';
import { BackendError, type Skip } from '../../../runtime/ports/backend';
import type { Clock } from '../../../runtime/ports/clock';
import type { Progress, TaskId } from '../../../runtime/ports/epoch';
import type { EmbeddedBackend } from '../backend';
import { errorOf } from '../connection';
import { type FromWorker, isTask, type TaskNews, type ToWorker, type WorkerSettings } from './protocol';

export interface TaskWorkersOptions {
  readonly backend: EmbeddedBackend;
  /** Compiled; it calls `runTaskWorker`. */
  readonly file: string;
  readonly data: unknown;
  readonly tasks: readonly TaskId[];
  /** Threads at most. */
  readonly workers: number;
  readonly clock: Pick<Clock, 'after'>;
  /** How long to wait before a thread that died is begun anew. */
  readonly retryMicros: number;
  readonly report: (event: TaskEvent) => void;
}

export class TaskWorkers {
  readonly tasks: readonly RunningTask[];
  private readonly threads: readonly TaskThread[];

  private constructor(options: TaskWorkersOptions) {
    const count = Math.min(options.workers, options.tasks.length);
    this.threads = Array.from({ length: count }, (_, number) => {
      const own = options.tasks.filter((_task, index) => index % count === number);
      return new TaskThread(options, own);
    });
    this.tasks = this.threads.flatMap((thread) => thread.tasks);
  }

  /** Resolves when every task is open. Rejects with what stands in the way of the first. */
  static async open(options: TaskWorkersOptions): Promise<TaskWorkers> {
    const workers = new TaskWorkers(options);
    try {
      await Promise.all(workers.threads.map((thread) => thread.start()));
    } catch (error) {
      await Promise.all(workers.threads.map((thread) => thread.kill()));
      throw error;
    }
    return workers;
  }

  /** Tells something to the file that all threads run. */
  tell(data: unknown): void {
    for (const thread of this.threads) thread.send({ kind: 'tell', data });
  }

  /** Ends a thread without warning, as a fault would: for tests. */
  async break(number: number): Promise<void> {
    await this.threads[number]!.break();
  }
}

interface Waiting {
  readonly resolve: (refusal: string | undefined) => void;
  readonly reject: (error: Error) => void;
}

class TaskThread {
  readonly tasks: readonly ThreadTask[];
  readonly stopped: Promise<void>;
  private worker: Worker | undefined;
  private readonly skips = new Map<number, Waiting>();
  private nextId = 1;
  private stopping = false;
  private isOver = false;
  private finish: () => void = () => undefined;
  private cancelRetry: (() => void) | undefined;

  constructor(
    private readonly options: TaskWorkersOptions,
    private readonly ids: readonly TaskId[],
  ) {
    this.tasks = ids.map((id) => new ThreadTask(id, this));
    this.stopped = new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  start(): Promise<void> {
    const { backend, file, data } = this.options;
    const share = backend.share();
    const settings: WorkerSettings = { share, tasks: this.ids, data };
    const worker = new Worker(file, { workerData: settings, transferList: [share.port] });
    this.worker = worker;
    return new Promise((resolve, reject) => {
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'ready') resolve();
        else if (message.kind === 'failed') reject(errorOf(message.failure));
        else this.take(message);
      });
      let why = 'it ended';
      worker.on('error', (error) => {
        why = error.message;
      });
      worker.on('exit', () => {
        const error = new BackendError(`the thread of tasks ${names(this.ids)} died: ${why}.`);
        reject(error);
        if (worker === this.worker) this.lose(error);
      });
    });
  }

  send(message: ToWorker): void {
    this.worker?.postMessage(message);
  }

  skip(task: TaskId, skip: Skip): Promise<string | undefined> {
    const id = this.nextId;
    this.nextId += 1;
    return new Promise((resolve, reject) => {
      if (!this.worker)
        return reject(new BackendError(`${names([task])} is not running just now. Try again.`));
      this.skips.set(id, { resolve, reject });
      this.send({ kind: 'skip', id, task, skip });
    });
  }

  async stop(): Promise<void> {
    if (!this.stopping) {
      this.stopping = true;
      this.cancelRetry?.();
      if (this.worker) this.send({ kind: 'stop' });
      else this.end();
    }
    await this.stopped;
  }

  async kill(): Promise<void> {
    this.stopping = true;
    await this.worker?.terminate();
    this.end();
  }

  async break(): Promise<void> {
    await this.worker?.terminate();
  }

  private take(message: Exclude<FromWorker, { kind: 'ready' | 'failed' }>): void {
    if (message.kind === 'news') for (const news of message.tasks) this.taskOf(news.status.task)?.learn(news);
    else if (message.kind === 'event') {
      const { failure, ...event } = message.event;
      this.options.report({ ...event, ...(failure && { error: errorOf(failure) }) });
    } else if (message.kind === 'stopped') this.end();
    else {
      const waiting = this.skips.get(message.id);
      this.skips.delete(message.id);
      if (message.kind === 'skipped') waiting?.resolve(message.refusal);
      else waiting?.reject(errorOf(message.failure));
    }
  }

  /** The thread is no more. Unless that was asked for, its tasks are begun anew: nothing of them but what was durable. */
  private lose(error: Error): void {
    this.worker = undefined;
    for (const { reject } of this.skips.values()) reject(error);
    this.skips.clear();
    if (this.stopping || this.isOver) return this.end();
    for (const task of this.tasks) {
      task.fail(error.message);
      this.options.report({ task: task.id, event: 'failed', detail: error.message });
    }
    this.cancelRetry = this.options.clock.after(this.options.retryMicros, () => {
      this.start().catch(() => undefined);
    });
  }

  private end(): void {
    this.isOver = true;
    this.finish();
  }

  private taskOf(id: TaskId): ThreadTask | undefined {
    return this.tasks.find((task) => isTask(task.id, id));
  }
}

/** A task on another thread: what was last heard of it, a tenth of a second old at most. */
class ThreadTask implements RunningTask {
  private heard: TaskNews;

  constructor(
    readonly id: TaskId,
    private readonly thread: TaskThread,
  ) {
    this.heard = { status: { ...UNHEARD, task: id }, progress: [] };
  }

  run(): Promise<void> {
    return this.thread.stopped;
  }

  stop(): Promise<void> {
    return this.thread.stop();
  }

  nudge(): void {
    this.thread.send({ kind: 'nudge' });
  }

  skip(skip: Skip): Promise<string | undefined> {
    return this.thread.skip(this.id, skip);
  }

  status(): TaskStatus {
    return this.heard.status;
  }

  progress(): readonly Progress[] {
    return this.heard.progress;
  }

  learn(news: TaskNews): void {
    this.heard = news;
  }

  fail(failure: string): void {
    this.heard = { ...this.heard, status: { ...this.heard.status, state: 'failed', failure } };
  }
}

const names = (ids: readonly TaskId[]): string =>
  ids.map(({ job, partition }) => `${job}/${partition}`).join(', ');

const UNHEARD: Omit<TaskStatus, 'task'> = {
  state: 'starting',
  epoch: 0,
  now: 0,
  counts: { steps: 0, recordsIn: 0, recordsOut: 0, deadLetters: 0, bytesIn: 0 },
  pressure: undefined,
  poison: undefined,
  failure: undefined,
  filled: [],
  clock: undefined,
};
