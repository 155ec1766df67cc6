/**
 * Tasks that move between processes, over a log with gaps, late visibility, repeats, and commits of which nobody knows
 * whether they took effect: whatever moves when, the job says what it says undisturbed, once, and is computed again as it
 * was.
 */
import fc from 'fast-check';
import { TaskDriver } from '../../runtime/drive/drive';
import { prepareTopics, topicsOf } from '../../runtime/drive/open-job';
import { OwnJob } from '../../runtime/drive/own-job';
import { recompute } from '../../runtime/rerun/recompute';
import type { Topic } from '../../runtime/stream/topic';
import type { DeadLetterRow } from '../../runtime/task/runner';
import { compareRuns } from '../support/compare-runs';
import { cases } from '../support/long-runs';
import { MemoryBackend, MemoryDisk } from '../support/memory-backend';
import {
  type Amount,
  amounts,
  amountsAsMessages,
  echoes,
  FORGET,
  HandClock,
  letters,
  sums,
  toyJob,
} from '../support/toy';

const PARTITIONS = 3;
const job = toyJob(PARTITIONS);
const deadLetters = letters as Topic as Topic<readonly DeadLetterRow[]>;
const SECOND = 1_000_000;
const compared = { topics: [sums, echoes] as Topic[], tables: job.tables };

/** Processes that share the tasks of the toy job. */
class Cluster {
  readonly clock = new HandClock();
  readonly members: OwnJob[] = [];
  private sequence = 0;

  private constructor(
    readonly backend: MemoryBackend,
    private readonly schemaIds: ReadonlyMap<string, number>,
  ) {}

  static async open(backend: MemoryBackend): Promise<Cluster> {
    await backend.names.numbersOf('toy', ['a', 'b', 'c', 'd']);
    return new Cluster(
      backend,
      await prepareTopics([...topicsOf(job), letters as Topic], PARTITIONS, backend),
    );
  }

  get options() {
    const { backend, schemaIds, clock } = this;
    return {
      job,
      backend,
      schemaIds,
      clock,
      deadLetters,
      build: 'test',
      stepBytes: 64,
      holdMicros: SECOND,
      pressure: () => undefined,
      openBytesMax: 1 << 20,
      snapshotMicros: 1e12,
      retryMicros: 100,
    };
  }

  join(): void {
    const drive = (partition: number): TaskDriver => new TaskDriver(this.options, partition);
    this.members.push(new OwnJob({ job, backend: this.backend, clock: this.clock, drive }));
  }

  leave(index: number): void {
    if (this.members.length > 1) void this.members.splice(index % this.members.length, 1)[0]!.stop();
  }

  /** One is not heard of, loses its tasks, and comes back as another. */
  evict(index: number): void {
    const member = this.members.splice(index % this.members.length, 1)[0]!;
    void this.backend.group({ name: job.name, partitions: PARTITIONS }).evict(member);
    this.join();
  }

  async send(rows: readonly Amount[]): Promise<void> {
    this.sequence += 1;
    const outputs = [0, 1, 2].map((partition) => ({
      topic: amounts.name,
      partition,
      messages: amountsAsMessages(
        rows.filter(({ key }) => key % PARTITIONS === partition),
        this.schemaIds.get(amounts.name)!,
      ),
    }));
    await this.backend.log.append({ producer: 'test', sequence: this.sequence, outputs });
  }

  async turns(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn += 1) {
      await new Promise(setImmediate);
      this.clock.set(this.clock.elapsed() + 100);
    }
  }

  /** Until all is read and every timer has rung, then everybody leaves. */
  async drain(): Promise<void> {
    const moved = (): Promise<void> =>
      this.backend.group({ name: job.name, partitions: PARTITIONS }).settled();
    let isOver = false;
    void moved().then(() => {
      isOver = true;
    });
    while (!isOver) await this.turns(10);
    const settle = async (): Promise<void> => {
      for (let quiet = 0, last = ''; quiet < 30; ) {
        await this.turns(10);
        const drivers = this.members.flatMap((member) => member.drivers);
        const places = drivers.flatMap((driver) => driver.progress());
        const isRead =
          drivers.length === PARTITIONS &&
          places.length >= PARTITIONS &&
          drivers.every((driver) => driver.status().state === 'running');
        const now = JSON.stringify([places, drivers.map((driver) => driver.status().epoch)]);
        quiet = isRead && now === last ? quiet + 1 : 0;
        last = now;
      }
    };
    await settle();
    this.clock.set(this.clock.elapsed() + 3 * SECOND);
    await settle();
    const left = Promise.all(this.members.splice(0).map((member) => member.stop()));
    let isGone = false;
    void left.then(() => {
      isGone = true;
    });
    while (!isGone) await this.turns(10);
  }

  async tasks() {
    const stores = [];
    for (let partition = 0; partition < PARTITIONS; partition += 1)
      stores.push((await this.backend.openTask({ job: job.name, partition })).restored);
    return stores;
  }
}

const anyAmount: fc.Arbitrary<Amount> = fc.record({
  key: fc.integer({ min: 0, max: 3 }),
  amount: fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(FORGET)),
});
const anyEvent = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('send' as const), rows: fc.array(anyAmount, { maxLength: 6 }) }),
  },
  fc.record({ kind: fc.constantFrom('join' as const, 'leave' as const, 'evict' as const), index: fc.nat(3) }),
  fc.record({ kind: fc.constant('wait' as const), index: fc.nat(20) }),
);

async function undisturbed(batches: readonly (readonly Amount[])[]): Promise<Cluster> {
  const cluster = await Cluster.open(new MemoryBackend());
  cluster.join();
  for (const rows of batches) await cluster.send(rows);
  await cluster.drain();
  return cluster;
}

test(
  'tasks that move over a log with faults say what they say undisturbed, and are computed again as they were',
  () =>
    fc.assert(
      fc.asyncProperty(fc.nat(1e6), fc.array(anyEvent, { maxLength: 12 }), async (seed, events) => {
        const cluster = await Cluster.open(
          new MemoryBackend(new MemoryDisk(), { seed, budgetMicros: 2_000 }),
        );
        cluster.join();
        for (const event of events) {
          if (event.kind === 'send') await cluster.send(event.rows);
          else if (event.kind === 'join') cluster.join();
          else if (event.kind === 'wait') await cluster.turns(event.index);
          else cluster[event.kind](event.index);
        }
        await cluster.drain();
        const calm = await undisturbed(
          events.flatMap((event) => (event.kind === 'send' ? [event.rows] : [])),
        );
        const [ours, theirs] = [
          { backend: cluster.backend, tasks: await cluster.tasks() },
          { backend: calm.backend, tasks: await calm.tasks() },
        ];
        expect(compareRuns(ours, theirs, compared)).toEqual([]);
        for (let partition = 0; partition < PARTITIONS; partition += 1) {
          const recorded = cluster.backend.recorded({ job: job.name, partition }, 1);
          expect(await recompute(recorded, { ...cluster.options, partition })).toEqual([]);
        }
      }),
      { numRuns: cases(25) },
    ),
  120_000,
);

test('a task that does not finish within its budget is dropped, and its owner commits nothing more', async () => {
  const backend = new MemoryBackend(new MemoryDisk(), { budgetMicros: 1_000 });
  const openTask = backend.openTask.bind(backend);
  let release: () => void = () => undefined;
  const stuck = new Promise<void>((resolve) => {
    release = resolve;
  });
  let commits = 0;
  backend.openTask = async (id) => {
    const store = await openTask(id);
    return {
      ...store,
      commit: async (epoch) => {
        commits += 1;
        await stuck;
        await store.commit(epoch);
      },
    };
  };
  const cluster = await Cluster.open(backend);
  cluster.join();
  await cluster.send([{ key: 0, amount: 1 }]);
  await cluster.turns(20);
  await cluster.send([{ key: 0, amount: 2 }]);
  await cluster.turns(20);
  const [member] = cluster.members;
  const [driver] = member!.drivers;
  let isGone = false;
  void member!.stop().then(() => {
    isGone = true;
  });
  while (!isGone) await cluster.turns(10);
  expect(commits).toBeGreaterThan(0);
  const before = commits;
  release();
  while (driver!.status().state !== 'stopped') await cluster.turns(10);

  expect(commits).toBe(before);
});
