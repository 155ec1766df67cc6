/** The job on a folder, live: tasks driven by the wall clock, with what the people who run it want to know. */
import type { Clock } from '../runtime/clock';
import type { TaskDriver, TaskEvent, TaskStatus } from '../runtime/drive';
import { openJob } from '../runtime/open-job';
import type { SkipRequest } from './access';
import type { Folder } from './folder';
import { Housekeeping } from './housekeeping';
import { jobSettings, PARTITIONS } from './job';
import { skipLive } from './skip-message';

const OPEN_BYTES_MAX = 8 << 20;
const SNAPSHOT_MICROS = 60_000_000;
const RETRY_MICROS = 1_000_000;

export interface LiveJobOptions {
  readonly folder: Folder;
  readonly clock: Clock;
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
    private readonly drivers: readonly TaskDriver[],
    lost: Promise<Error>,
  ) {
    this.failed = Promise.race([lost, options.folder.backend.lost]).then((error) => Promise.reject(error));
    this.failed.catch(() => undefined);
    this.house = new Housekeeping({ backend: options.folder.backend, clock: options.clock });
  }

  static async open(options: LiveJobOptions): Promise<LiveJob> {
    const { folder, clock, report } = options;
    const pressure = (): string | undefined => quotaOf(folder);
    let lose: (error: Error) => void = () => undefined;
    const lost = new Promise<Error>((resolve) => {
      lose = resolve;
    });
    const drivers = await openJob({
      ...jobSettings,
      backend: folder.backend,
      clock,
      pressure,
      report: (event) => {
        report(event);
        if (event.error) lose(event.error);
      },
      openBytesMax: OPEN_BYTES_MAX,
      snapshotMicros: SNAPSHOT_MICROS,
      retryMicros: RETRY_MICROS,
    });
    return new LiveJob(options, drivers, lost);
  }

  start(): void {
    this.running = Promise.all(this.drivers.map((driver) => driver.run()));
    this.house.start();
  }

  /** Finishes what is open, commits it and lets go. */
  async stop(): Promise<void> {
    this.house.stop();
    await Promise.all(this.drivers.map((driver) => driver.stop()));
    await this.running;
  }

  /** Throws a CommandError where it would have no effect. */
  skip(request: SkipRequest): Promise<void> {
    return skipLive(this.drivers, request);
  }

  statuses(): readonly TaskStatus[] {
    return this.drivers.map((driver) => driver.status());
  }

  /** Messages appended to the job's inputs that it has not read yet. */
  lag(): number {
    const { log } = this.options.folder.backend;
    return this.drivers
      .flatMap((driver) => driver.progress())
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
    if (this.drivers.length !== PARTITIONS) troubles.push('not all tasks are open');
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
