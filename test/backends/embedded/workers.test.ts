/** Tasks on worker threads: the same answers for any number of them, and a thread that dies takes only its own along. */
import { join } from 'node:path';
import { type EmbeddedBackend, openEmbedded } from '../../../backends/embedded/open';
import { TaskWorkers } from '../../../backends/embedded/workers/task-workers';
import type { DriveOptions, TaskEvent } from '../../../runtime/drive';
import { prepareJob, prepareTopics, topicsOf } from '../../../runtime/open-job';
import { partitionOf } from '../../../runtime/partition';
import { recompute } from '../../../runtime/recompute';
import type { Topic } from '../../../runtime/topic';
import { compareRuns } from '../../support/compare-runs';
import { memoryFolder } from '../../support/memory-folder';
import { ToldClock } from '../../support/told-clock';
import {
  type Amount,
  amounts,
  amountsAsMessages,
  echoes,
  letters,
  POISON,
  sums,
  toyJob,
} from '../../support/toy';
import { readAll } from '../../support/toy-world';

const root = memoryFolder();
const START = 1_700_000_000_000_000;
const file = join(__dirname, 'toy-worker.js');
const deadLetters = letters as Topic as DriveOptions['deadLetters'];

/** The toy job over so many tasks on so many threads. */
class Threads {
  private sequence = 0;
  private schemaIds: ReadonlyMap<string, number> = new Map();
  time = START;

  private constructor(
    readonly backend: EmbeddedBackend,
    readonly clock: ToldClock,
    readonly count: number,
    readonly workers: TaskWorkers,
    readonly events: readonly TaskEvent[],
  ) {}

  static async open(count: number, threads: number): Promise<Threads> {
    const clock = new ToldClock(START);
    const dir = join(root, `${count}-${threads}-${Math.random()}`);
    const backend = await openEmbedded({ dir, quotaBytes: 1e9, clock });
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
    const opened = new Threads(backend, clock, count, workers, events);
    opened.schemaIds = await prepareTopics([...topicsOf(job), letters as Topic], count, backend);
    return opened;
  }

  async send(rows: readonly Amount[]): Promise<void> {
    this.sequence += 1;
    await this.backend.log.append({
      producer: 'test',
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

  recomputed(): unknown[] {
    return Array.from({ length: this.count }, (_, partition) => {
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
  }
}

const rows = Array.from({ length: 200 }, (_, index) => ({ key: index % 17, amount: (index % 5) + 1 }));
const TOTAL = rows.reduce((sum, { amount }) => sum + amount, 0);

async function ran(count: number, threads: number): Promise<Threads> {
  const world = await Threads.open(count, threads);
  for (let at = 0; at < rows.length; at += 20) await world.send(rows.slice(at, at + 20));
  await world.drained();
  await world.until(() => world.total() === TOTAL);
  world.advance(2_000_000);
  await world.until(() => new Set(world.all(echoes).map(({ key }) => key)).size === 17);
  await world.stop();
  return world;
}

describe('tasks on worker threads', () => {
  test('laws 2, 3 and 7: one, two and four tasks give the same answers, and their epochs the same bytes', async () => {
    const worlds = [await ran(1, 1), await ran(2, 2), await ran(4, 2)];
    const [one, ...others] = worlds;
    const compared = { topics: [amounts, sums] as readonly Topic[], tables: [] };
    for (const other of others)
      expect(
        compareRuns({ backend: one!.backend, tasks: [] }, { backend: other.backend, tasks: [] }, compared),
      ).toEqual([]);
    for (const world of worlds)
      expect(await Promise.all(world.recomputed())).toEqual(world.recomputed().map(() => []));
    for (const { backend } of worlds) await backend.close();
  }, 60_000);

  test('a thread that dies is begun anew with its tasks alone, and nothing is lost or doubled', async () => {
    const world = await Threads.open(4, 2);
    const [first, second] = [rows.slice(0, 100), rows.slice(100)];
    const restored = (): number[] =>
      world.events.filter(({ event }) => event === 'restored').map(({ task }) => task.partition);
    await world.until(() => restored().length === 4);
    await world.send(first);
    await world.workers.break(0);
    await world.send(second);
    await world.drained();
    await world.until(() => world.total() === TOTAL);
    const failed = world.events.filter(({ event }) => event === 'failed').map(({ task }) => task.partition);
    expect(failed.sort()).toEqual([0, 2]);
    expect(restored().sort()).toEqual([0, 0, 1, 2, 2, 3]);
    await world.stop();
    expect(await Promise.all(world.recomputed())).toEqual([[], [], [], []]);
    await world.backend.close();
  }, 60_000);

  test('a message that makes a task throw stops that task alone, and is set aside by a person over the threads', async () => {
    const world = await Threads.open(2, 2);
    await world.send([{ key: 1, amount: POISON }]);
    const task = world.workers.tasks.find(({ id }) => id.partition === partitionOf('1', 2))!;
    await world.until(() => task.status().state === 'poisoned');
    const place = { topic: amounts.name, partition: task.id.partition, offset: 0 };
    expect(await task.skip({ ...place, offset: 7, by: 'ops', why: 'a try' })).toMatch(
      /cannot be set aside|no message/,
    );
    expect(await task.skip({ ...place, by: 'ops', why: 'not survived' })).toBeUndefined();
    await world.send([{ key: 1, amount: 2 }]);
    await world.until(() => world.total() === 2);
    expect(readAll(world.backend, letters)).toMatchObject([{ offset: 0, reason: 'skipped', by: 'ops' }]);
    await world.stop();
    expect(world.workers.tasks.map((one) => one.status().state)).toEqual(['stopped', 'stopped']);
    await world.backend.close();
  }, 60_000);
});
