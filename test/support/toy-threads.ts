/** The toy job on worker threads, with the ways to feed it, wait for it and read what it committed. */
import { join } from 'node:path';
import { type EmbeddedBackend, openEmbedded } from '../../backends/embedded/open';
import { TaskWorkers } from '../../backends/embedded/workers/task-workers';
import type { DriveOptions, TaskEvent } from '../../runtime/drive/drive';
import { prepareJob, prepareTopics, topicsOf } from '../../runtime/drive/open-job';
import { type Difference, recompute } from '../../runtime/rerun/recompute';
import type { Topic } from '../../runtime/stream/topic';
import { partitionOf } from '../../runtime/wire/partition';
import { ToldClock } from './told-clock';
import { type Amount, amounts, amountsAsMessages, type echoes, letters, sums, toyJob } from './toy';
import { readAll } from './toy-world';

const START = 1_700_000_000_000_000;
const file = join(__dirname, 'toy-worker.js');
const deadLetters = letters as Topic as DriveOptions['deadLetters'];

export interface ToyThreadsOptions {
  readonly dir: string;
  /** Tasks of the job. */
  readonly count: number;
  readonly threads: number;
  /** A commit thread of the test's own. */
  readonly thread?: { readonly file: string; readonly data?: unknown };
}

const PRODUCER = 'test';

/** The toy job over so many tasks on so many threads. */
export class ToyThreads {
  /** How many batches have been sent. */
  sequence = 0;
  private schemaIds: ReadonlyMap<string, number> = new Map();
  time = START;

  private constructor(
    readonly backend: EmbeddedBackend,
    readonly clock: ToldClock,
    readonly count: number,
    readonly workers: TaskWorkers,
    readonly events: readonly TaskEvent[],
  ) {}

  static async open(options: ToyThreadsOptions): Promise<ToyThreads> {
    const { dir, count, threads, thread } = options;
    const clock = new ToldClock(START);
    const backend = await openEmbedded({ dir, quotaBytes: 1e9, clock, ...(thread && { thread }) });
    await backend.names.numbersOf(
      'toy',
      Array.from({ length: 20 }, (_, number) => `n${number}`),
    );
    const { job } = await prepareJob({ job: toyJob(count), backend, deadLetters });
    const events: TaskEvent[] = [];
    const workers = await TaskWorkers.open({
      backend,
      file,
      data: count,
      tasks: Array.from({ length: job.partitions }, (_, partition) => ({ job: job.name, partition })),
      workers: threads,
      clock,
      retryMicros: 1_000,
      report: (event) => events.push(event),
    });
    const opened = new ToyThreads(backend, clock, count, workers, events);
    opened.sequence = (await backend.log.producer(PRODUCER))?.sequence ?? 0;
    opened.schemaIds = await prepareTopics([...topicsOf(job), letters as Topic], count, backend);
    return opened;
  }

  async send(rows: readonly Amount[]): Promise<void> {
    this.sequence += 1;
    await this.backend.log.append({
      producer: PRODUCER,
      sequence: this.sequence,
      outputs: rows.map((row) => ({
        topic: amounts.name,
        partition: partitionOf(String(row.key), this.count),
        messages: amountsAsMessages([row], this.schemaIds.get(amounts.name)!),
      })),
    });
  }

  advance(micros: number): void {
    this.time += micros;
    this.workers.tell(this.time);
    for (const task of this.workers.tasks) task.nudge();
  }

  async until(isSo: () => boolean): Promise<void> {
    for (let turn = 0; turn < 4_000; turn += 1) {
      if (isSo()) return;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error(
      `it never came to be: ${JSON.stringify(this.workers.tasks.map((task) => task.status()))}, ${JSON.stringify(this.events)}`,
    );
  }

  all(topic: typeof amounts | typeof echoes): Amount[] {
    return Array.from({ length: this.count }, (_, partition) =>
      readAll(this.backend, topic, partition),
    ).flat();
  }

  total(): number {
    const last = new Map<number, number>();
    for (let partition = 0; partition < this.count; partition += 1)
      for (const { key, amount } of readAll(this.backend, sums, partition)) last.set(key, amount);
    return [...last.values()].reduce((sum, amount) => sum + amount, 0);
  }

  async drained(): Promise<void> {
    const ends = (partition: number): number =>
      this.backend.log.ends({ topic: amounts.name, partition }).next;
    await this.until(() =>
      this.workers.tasks.every((task) => {
        const place = task.progress()[0];
        return task.status().state === 'running' && (place?.next ?? 0) === ends(task.id.partition);
      }),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.tasks.map((task) => task.stop()));
  }

  /** What differs when the recorded epochs of each task are run again. */
  async recomputed(): Promise<Difference[]> {
    const all = Array.from({ length: this.count }, (_, partition) => {
      const job = toyJob(this.count);
      const { backend, schemaIds } = this;
      return recompute(backend.recorded({ job: job.name, partition }, 1), {
        job,
        partition,
        backend,
        schemaIds,
        deadLetters,
        build: 'test',
        stepBytes: 1 << 12,
        holdMicros: 5_000_000,
      });
    });
    return (await Promise.all(all)).flat();
  }
}
