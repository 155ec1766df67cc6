/** The job on a folder, live: tasks driven by the wall clock, with what the people who run it want to know. */

import type { TaskEvent, TaskStatus } from '../runtime/drive/drive';
import type { RunningTask } from '../runtime/drive/running-task';
import type { Clock } from '../runtime/ports/clock';
import type { SkipRequest } from './access';
import type { Folder } from './folder';
import { Housekeeping } from './housekeeping';
import { openTasks } from './open-tasks';
import { skipLive } from './skip-message';

export interface LiveJobOptions {
  readonly folder: Folder;
  readonly clock: Clock;
  /** Threads that run tasks at most; undefined: what the machine has. */
  readonly workers?: number | undefined;
  readonly report: (event: TaskEvent) => void;
  /** Which sink is behind, and why; undefined when they keep up. An alarm: it stops no step. */
  readonly sinksLag: () => string | undefined;
}

export class LiveJob {
  /** Rejects when the store is damaged or gone: nothing can be gone on with. */
  readonly failed: Promise<never>;
  private running: Promise<unknown> | undefined;
  private readonly house: Housekeeping;

  private constructor(
    private readonly options: LiveJobOptions,
    private readonly tasks: readonly RunningTask[],
    lost: Promise<Error>,
  ) {
    this.failed = Promise.race([lost, options.folder.backend.lost]).then((error) => Promise.reject(error));
    this.failed.catch(() => undefined);
    this.house = new Housekeeping({ backend: options.folder.backend, clock: options.clock });
  }

  static async open(options: LiveJobOptions): Promise<LiveJob> {
    const { folder, report } = options;
    let lose: (error: Error) => void = () => undefined;
    const lost = new Promise<Error>((resolve) => {
      lose = resolve;
    });
    const tasks = await openTasks({
      ...options,
      pressure: () => quotaOf(folder),
      report: (event) => {
        report(event);
        if (event.error) lose(event.error);
      },
    });
    return new LiveJob(options, tasks, lost);
  }

  start(): void {
    this.running = Promise.all(this.tasks.map((task) => task.run()));
    this.house.start();
  }

  /** Finishes what is open, commits it and lets go. */
  async stop(): Promise<void> {
    this.house.stop();
    await Promise.all(this.tasks.map((task) => task.stop()));
    await this.running;
  }

  /** Throws a CommandError where it would have no effect. */
  skip(request: SkipRequest): Promise<void> {
    return skipLive(this.tasks, request);
  }

  statuses(): readonly TaskStatus[] {
    return this.tasks.map((task) => task.status());
  }

  /** Messages appended to the job's inputs that it has not read yet. */
  lag(): number {
    const { log } = this.options.folder.backend;
    return this.tasks
      .flatMap((task) => task.progress())
      .reduce(
        (sum, { topic, partition, next }) => sum + Math.max(log.ends({ topic, partition }).next - next, 0),
        0,
      );
  }

  /** Why whoever watches should not count on the job now; empty when all is well. */
  troubles(): string[] {
    const { folder, sinksLag } = this.options;
    const troubles: string[] = [...folder.backend.health().troubles];
    const own = [quotaOf(folder), sinksLag(), this.house.trouble()];
    for (const reason of own) if (reason !== undefined && !troubles.includes(reason)) troubles.push(reason);
    for (const status of this.statuses()) {
      const name = `task ${status.task.job}/${status.task.partition}`;
      if (status.state !== 'running') troubles.push(`${name} is ${status.state}${detailOf(status)}`);
      if (status.clock !== undefined) troubles.push(`${name}: ${status.clock}`);
    }
    return troubles;
  }
}

function quotaOf({ backend }: Folder): string | undefined {
  const { accepting, usedBytes, quotaBytes } = backend.health();
  if (accepting) return undefined;
  return `the log is at its quota: ${usedBytes} of ${quotaBytes} bytes. Raise "quotaMegabytes", or let retention make room.`;
}

function detailOf({ poison, failure }: TaskStatus): string {
  if (poison) return ` at ${poison.topic}/${poison.partition}/${poison.offset}`;
  return failure === undefined ? '' : `: ${failure}`;
}
