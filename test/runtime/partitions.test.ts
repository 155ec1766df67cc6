/** Partition counts belong to topics: jobs adapt to what they read, and jobs of different counts run side by side. */
import { openEmbedded } from '../../backends/embedded/open';
import type { DriveOptions, TaskDriver } from '../../runtime/drive/drive';
import { openJob, prepareTopics } from '../../runtime/drive/open-job';
import { FusionError, fuse, type Job } from '../../runtime/graph/job';
import { type AnyPipeline, pipeline } from '../../runtime/graph/pipeline';
import type { Backend } from '../../runtime/ports/backend';
import type { RowsCodec } from '../../runtime/stream/codec';
import { operator } from '../../runtime/stream/operator';
import { broadcast, partitioned, type Topic, topic } from '../../runtime/stream/topic';
import { partitionOf } from '../../runtime/wire/partition';
import { MemoryBackend } from '../support/memory-backend';
import { memoryFolder } from '../support/memory-folder';
import { type Amount, amounts, amountsAsMessages, HandClock, letters, sums, toyJob } from '../support/toy';
import { noterOf, notes } from '../support/toy-evolution';
import { readAll, ToyWorld } from '../support/toy-world';

const root = memoryFolder();

const codec = amounts.codec as RowsCodec<Amount>;
const event = (name: string, partitionedBy: 'key' | 'amount' | undefined): Topic<readonly Amount[]> =>
  topic({
    name,
    kind: 'event',
    codec: { ...codec, record: name },
    key: ['key'],
    ...(partitionedBy && { partitionedBy }),
  });

const byKey = event('test.by_key', 'key');
const byAmount = event('test.by_amount', 'amount');
const fast = event('test.fast', 'key');
const joined = event('test.joined', 'amount');

/** Passes on what it reads. */
const relay = (
  name: string,
  from: Topic<readonly Amount[]>,
  to: Topic<readonly Amount[]>,
  also?: Topic<readonly Amount[]>,
): AnyPipeline =>
  pipeline({
    name,
    reads: { from: partitioned(from), ...(also && { also: broadcast(also) }) },
    state: {},
    writes: { to },
    sinks: [],
    build: (streams) => ({
      to: operator(name, streams as { from: typeof streams.from }, () => {
        let out: Amount[] = [];
        const take = (rows: readonly Amount[]): void => void out.push(...rows);
        return {
          on: { from: take, ...(also && { also: take }) },
          emit() {
            const emitted = out;
            out = [];
            return emitted;
          },
        };
      }),
    }),
  });

const settings = (clock: HandClock): Omit<DriveOptions, 'job' | 'backend' | 'schemaIds'> => ({
  clock,
  deadLetters: letters as Topic as DriveOptions['deadLetters'],
  build: 'test',
  stepBytes: 1 << 16,
  holdMicros: 5_000_000,
  pressure: () => undefined,
  openBytesMax: 1 << 20,
  snapshotMicros: 1e12,
  retryMicros: 1_000,
});

const created = (backend: Backend): Record<string, number> =>
  Object.fromEntries(backend.log.topics().map(({ name, partitions }) => [name, partitions]));

const by = (keys: number, amounts_: number) => (one: Topic) =>
  one.partitionedBy === 'key' ? keys : amounts_;

async function send(backend: Backend, to: Topic, rows: readonly Amount[], sequence: number): Promise<void> {
  const ids = await prepareTopics([to], 1, backend);
  const partitions = created(backend)[to.name]!;
  const field = to.partitionedBy as 'key' | 'amount';
  await backend.log.append({
    producer: 'test',
    sequence,
    outputs: rows.map((row) => ({
      topic: to.name,
      partition: partitionOf(String(row[field]), partitions),
      messages: amountsAsMessages([row], ids.get(to.name)!),
    })),
  });
}

const all = (backend: Backend, from: Topic<readonly Amount[]>): Amount[] =>
  Array.from({ length: created(backend)[from.name]! }, (_, partition) =>
    readAll(backend, from, partition),
  ).flat();

describe.each(['memory', 'embedded'] as const)('partitions, %s', (kind) => {
  let backend: Backend;
  let drivers: TaskDriver[];
  const clock = new HandClock();
  beforeEach(async () => {
    drivers = [];
    backend =
      kind === 'memory'
        ? new MemoryBackend()
        : await openEmbedded({ dir: `${root}/${Math.random()}`, quotaBytes: 1e9, clock });
    await backend.names.numbersOf(
      'toy',
      Array.from({ length: 40 }, (_, number) => `n${number}`),
    );
  });
  afterEach(async () => {
    await Promise.all(drivers.map((driver) => driver.stop()));
    await backend.close();
  });

  async function start(job: Job, counts?: (one: Topic) => number): Promise<number> {
    const opened = await openJob({ ...settings(clock), job, backend, counts });
    for (const driver of opened) void driver.run();
    drivers.push(...opened);
    return opened.length;
  }

  async function until(isSo: () => boolean): Promise<void> {
    for (let turn = 0; turn < 5_000; turn += 1) {
      if (isSo()) return;
      await new Promise((resolve) => setTimeout(resolve, 1));
      clock.set(clock.now() + 10);
    }
    throw new Error(`it never came to be: ${JSON.stringify(drivers.map((driver) => driver.status()))}`);
  }

  test('two jobs of different counts run side by side, and cross through the log', async () => {
    const counts = by(2, 4);
    const market = fuse({ name: 'market', pipelines: [relay('quick', byKey, fast)] });
    const risk = fuse({ name: 'risk', pipelines: [relay('join', byAmount, joined, fast)] });
    expect(await start(market, counts)).toBe(2);
    expect(await start(risk, counts)).toBe(4);
    expect(created(backend)).toMatchObject({
      'test.by_key': 2,
      'test.fast': 2,
      'test.by_amount': 4,
      'test.joined': 4,
      'toy.dead_letters': 1,
    });
    const rows = Array.from({ length: 20 }, (_, index) => ({ key: index, amount: 100 + index }));
    await send(backend, byKey, rows, 1);
    await send(backend, byAmount, rows, 2);
    await until(() => all(backend, joined).length >= 20 + 4 * 20);
    const seen = all(backend, joined).map(({ key }) => key);
    // Each of its own once, and what is broadcast once in each of the four tasks.
    for (const { key } of rows) expect(seen.filter((one) => one === key)).toHaveLength(5);
  });

  test('a job that comes later runs as its topic has partitions, whatever it was declared with', async () => {
    expect(
      await start(fuse({ name: 'market', pipelines: [relay('quick', byKey, fast)], partitions: 3 })),
    ).toBe(3);
    expect(await start(fuse({ name: 'later', pipelines: [noterOf(fast)] }))).toBe(3);
    const rows = Array.from({ length: 12 }, (_, index) => ({ key: index, amount: index }));
    await send(backend, byKey, rows, 1);
    await until(() => all(backend, notes).length === 12);
    expect(
      all(backend, notes)
        .map(({ key }) => key)
        .sort((a, b) => a - b),
    ).toEqual(rows.map(({ key }) => key));
  });

  test('a topic without routing has one partition, and the job that reads it one task', async () => {
    const plain = event('test.plain', undefined);
    expect(await start(fuse({ name: 'plain', pipelines: [noterOf(plain)] }), () => 2)).toBe(1);
    expect(created(backend)['test.plain']).toBe(1);
  });

  test('inputs of different counts are refused by name, with what to do', async () => {
    await prepareTopics([byKey], 2, backend);
    await prepareTopics([fast], 3, backend);
    const both = pipeline({
      name: 'both',
      reads: { one: partitioned(byKey), other: partitioned(fast) },
      state: {},
      writes: { joined },
      sinks: [],
      build: ({ one }) => ({ joined: one }),
    });
    await expect(start(fuse({ name: 'uneven', pipelines: [both] }))).rejects.toThrow(
      /job "uneven" reads topics of different partition counts: test.by_key has 2, test.fast has 3\. .*repartitioning is no command yet/,
    );
    await expect(start(fuse({ name: 'wide', pipelines: [relay('quick', byKey, fast)] }))).rejects.toThrow(
      /runs as 2 tasks by key, and topic "test.fast", which it writes by the same field, has 3 partitions/,
    );
  });

  test('a task that was left by a job of another count is not taken for one of this', async () => {
    const world = await new ToyWorld(backend, { job: toyJob(1) }).open();
    await world.send([{ key: 1, amount: 5 }]);
    await world.until(() => world.committed(sums).length === 1);
    await world.stop();
    const left = backend.tasks()[0]!;
    const shape = { ...left.phase!.shape, tasks: 2 };
    await backend.reshape(left.task, { phase: { shape }, emptied: [], unread: [] });
    await expect(start(toyJob(1))).rejects.toThrow('ran as 2 tasks, and would now run as 1');
  });
});

test('a topic that passes in memory for one reader and is broadcast to another is refused', () => {
  const pipelines = [relay('quick', byKey, fast), noterOf(fast), relay('join', byKey, joined, fast)];
  expect(() => fuse({ name: 'job', pipelines, partitions: 2 })).toThrow(FusionError);
  expect(() => fuse({ name: 'job', pipelines, partitions: 2 })).toThrow('Split the job');
  expect(() => fuse({ name: 'job', pipelines })).not.toThrow();
});
