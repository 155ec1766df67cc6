/** Programs change while their data stay: what is new is filled, what is gone is asked about, nothing is guessed. */
import { openEmbedded } from '../../../backends/embedded/open';
import { rebuildChanged, rebuildNamed, refusedOf, retireNamed } from '../../../runtime/evolution/retire';
import type { Job } from '../../../runtime/graph/job';
import type { Backend } from '../../../runtime/ports/backend';
import type { RowOf, Topic } from '../../../runtime/stream/topic';
import { MemoryBackend, MemoryDisk } from '../../support/memory-backend';
import { memoryFolder } from '../../support/memory-folder';
import { type Amount, amounts, echoes, sums } from '../../support/toy';
import {
  doubler,
  doublerTimes,
  doubles,
  jobOf,
  noter,
  noterOf,
  notes,
  toy,
  toyBroadcast,
  toyWithLimit,
  toyWithTable,
} from '../../support/toy-evolution';
import { ToyWorld } from '../../support/toy-world';

const HOUR = 3.6e9;
const root = memoryFolder();
let folders = 0;

type Open = () => Promise<Backend>;

const time = { now: 1_700_000_000_000_000 };

const BACKENDS: readonly (readonly [string, () => Open])[] = [
  [
    'memory',
    () => {
      const disk = new MemoryDisk();
      return async () => new MemoryBackend(disk);
    },
  ],
  [
    'embedded',
    () => {
      folders += 1;
      const dir = `${root}/${folders}`;
      return () => openEmbedded({ dir, quotaBytes: 1e9, clock: { now: () => time.now } });
    },
  ],
];

const rows = (...pairs: readonly (readonly [number, number])[]): Amount[] =>
  pairs.map(([key, amount]) => ({ key, amount }));

const lastOf = (records: readonly Amount[]): Record<string, number> =>
  Object.fromEntries(records.map(({ key, amount }) => [key, amount]));

describe.each(BACKENDS)('evolution, %s', (_, store) => {
  let open: Open;
  let sequence: number;
  let world: ToyWorld;
  beforeEach(() => {
    open = store();
    sequence = 0;
  });

  /** Runs a job, sends, and waits until all of it is computed; answers the world, stopped and closed. */
  async function run(
    job: Job,
    sent: readonly Amount[],
    during?: (world: ToyWorld) => void,
  ): Promise<ToyWorld> {
    const backend = await open();
    try {
      world = await new ToyWorld(backend, { job, partitions: 1, sequence }).open();
    } catch (error) {
      await backend.close();
      throw error;
    }
    sequence += 1;
    await world.send(sent);
    const place = { topic: amounts.name, partition: 0 };
    await world.until(() => {
      const [status] = world.drivers.map((driver) => driver.status());
      const end = backend.log.ends(place).next;
      return (
        status!.state === 'running' &&
        world.drivers[0]!.progress().some((one) => one.topic === place.topic && one.next === end)
      );
    });
    during?.(world);
    await world.stop();
    return world;
  }

  async function close(): Promise<void> {
    await world.backend.close();
  }

  const committed = <Data>(topic: Topic<Data>): RowOf<Data>[] => world.committed(topic);

  test('a pipeline that is added later sees what its inputs hold, and writes it once', async () => {
    await run(jobOf(toy), rows([1, 5], [2, 7]));
    await close();
    await run(jobOf(toy, doubler), rows([1, 1]));
    expect(lastOf(committed(doubles))).toEqual({ 1: 12, 2: 14 });
    await close();
    await run(jobOf(toy, doubler), rows([2, 1]));
    expect(committed(doubles)).toEqual(rows([1, 10], [2, 14], [1, 12], [2, 16]));
    expect(committed(sums)).toEqual(rows([1, 5], [2, 7], [1, 6], [2, 8]));
    await close();
  });

  test('a pipeline that reads events is filled from the log, and says that it is all of it', async () => {
    await run(jobOf(toy), rows([1, 5], [2, 7]));
    await close();
    await run(jobOf(toy, noter), rows([1, 1]));
    expect(committed(notes)).toEqual(rows([1, 5], [2, 7], [1, 1]));
    expect(world.events.map(({ event }) => event)).toEqual(['filling', 'filled', 'restored', 'stopped']);
    expect(world.events[0]!.detail).toBe('pipeline "noter" is filled from all that its topics ever held');
    expect(world.drivers[0]!.status().filled).toEqual([]);
    await close();
  });

  test('two that are added together, one reading the other, are filled together', async () => {
    const job = jobOf(toy, doubler, noterOf(doubles));
    await run(jobOf(toy), rows([1, 5], [2, 7]));
    await close();
    await run(job, rows([1, 1]));
    expect(lastOf(committed(doubles))).toEqual({ 1: 12, 2: 14 });
    expect(committed(notes)).toEqual(rows([1, 10], [2, 14], [1, 12]));
    await close();
  });

  test('law 7: the epochs of a task that was filled, made anew and filled again give the same bytes', async () => {
    await run(jobOf(toy), rows([1, 5], [2, 7]));
    await close();
    await run(jobOf(toy, doubler), rows([1, 1]));
    const job = jobOf(toy, doublerTimes(0), noterOf(doubles));
    await close();
    await run(jobOf(toy, doubler, noterOf(doubles)), rows([3, 1]));
    await close();
    await run(jobOf(toy, doubler, noterOf(doubles)), rows([3, 1]));
    const same = jobOf(toy, doubler, noterOf(doubles));
    await rebuildNamed(world.backend, [same], 'doubler', { partial: false });
    await close();
    await run(same, rows([2, 2]));
    expect(await world.recomputed(same)).toEqual([]);
    // A program that does something else is found out.
    expect(await world.recomputed(job)).not.toEqual([]);
    await close();
  });

  test.each([
    [
      'a table is renamed',
      jobOf(toyWithTable('sums_v2')),
      /table "sums_v2" of pipeline "toy" is new and would begin empty, and table "sums" is no longer declared\. .* say "breakwater rebuild toy"/,
    ],
    ['a pipeline is gone', jobOf(noter), /pipeline "toy" ran in job "toy-job" .* "breakwater retire toy"/],
    [
      'an input is read otherwise',
      jobOf(toyBroadcast),
      /pipeline "toy" read topic "toy.amounts" partitioned, and would now read it broadcast/,
    ],
    [
      'a limit is below what is held',
      jobOf(toyWithLimit(1)),
      /table "sums" holds 2 records, more than its limit of 1/,
    ],
  ])('when %s the task is refused by name, and nothing is written', async (_name, job, message) => {
    await run(jobOf(toy), rows([1, 5], [2, 7]));
    await close();
    await expect(run(job, rows([1, 1]))).rejects.toThrow(message);
    await run(jobOf(toy), rows([2, 1]));
    expect(lastOf(committed(sums))).toMatchObject({ 2: 8 });
    await close();
  });

  test('a limit that is raised is taken as it is', async () => {
    await run(jobOf(toyWithLimit(2)), rows([1, 5], [2, 7]));
    await close();
    await run(jobOf(toyWithLimit(3)), rows([3, 1]));
    expect(lastOf(committed(sums))).toEqual({ 1: 5, 2: 7, 3: 1 });
    await close();
  });

  test('a pipeline that is retired leaves its topics, and a new one in its place is filled', async () => {
    await run(jobOf(toy, doubler), rows([1, 5], [2, 7]));
    const renamed = jobOf(toy, doublerTimes(3, { name: 'tripler' }));
    const { done } = await retireNamed(world.backend, [renamed], 'doubler');
    expect(done).toHaveLength(1);
    await close();
    await run(renamed, rows([1, 1]));
    expect(lastOf(committed(doubles))).toEqual({ 1: 18, 2: 21 });
    await close();
  });

  test('a renamed table is made anew from its topics once a person says so; events are not told again', async () => {
    await run(jobOf(toy), rows([1, 5], [2, 7]));
    world.clock.set(world.clock.now() + 2_000_000);
    const next = jobOf(toyWithTable('sums_v2'));
    await rebuildNamed(world.backend, [next], 'toy', { partial: false });
    await close();
    await run(next, rows([1, 1]));
    expect(lastOf(committed(sums))).toEqual({ 1: 6, 2: 7 });
    expect(committed(echoes)).toEqual([]);
    await close();
  });

  test('all that a start would refuse is made anew in one go, with those that follow it, and only once', async () => {
    await run(jobOf(toy, doubler, noter), rows([1, 5], [2, 7]));
    const next = jobOf(toyWithTable('sums_v2'), doublerTimes(3), noterOf(doubles));
    await close();
    await expect(run(next, rows([1, 1]))).rejects.toThrow(/"breakwater rebuild toy"/);
    const backend = await open();
    expect(refusedOf(backend, [next])).toHaveLength(3);
    const { done } = await rebuildChanged(backend, [next], { partial: false });
    expect(done).toEqual([expect.stringContaining('"toy", "noter", "doubler"')]);
    expect(refusedOf(backend, [next])).toEqual([]);
    expect(await rebuildChanged(backend, [next], { partial: false })).toEqual({ done: [] });
    await backend.close();
    await run(next, rows([1, 1]));
    expect(lastOf(committed(sums))).toEqual({ 1: 6, 2: 7 });
    expect(lastOf(committed(doubles))).toEqual({ 1: 18, 2: 21 });
    await close();
  });

  test('what is gone is left to a person to decide, though the rest is made anew', async () => {
    await run(jobOf(toy, doubler), rows([1, 5]));
    const next = jobOf(toyWithTable('sums_v2'));
    await rebuildChanged(world.backend, [next], { partial: false });
    expect(refusedOf(world.backend, [next])).toEqual([
      expect.stringContaining('say "breakwater retire doubler"'),
    ]);
    await close();
  });

  test('keys that a pipeline made anew does not know any more are removed from its topic', async () => {
    await run(jobOf(toy, doubler), rows([1, 5], [2, 7]));
    const none = jobOf(toy, doublerTimes(0));
    await rebuildNamed(world.backend, [none], 'doubler', { partial: false });
    await close();
    await run(none, rows([1, 1]));
    expect(world.tombstones(doubles)).toHaveLength(2);
    const now = world.clock.now();
    for (const removedAt of world.removedAt(doubles))
      expect(Math.abs(removedAt - now)).toBeLessThan(1_000_000);
    await close();
  });

  test('what is part of the program is not retired, and what never was is not found', async () => {
    await run(jobOf(toy), rows([1, 5]));
    const jobs = [jobOf(toy)];
    await expect(retireNamed(world.backend, jobs, 'toy')).rejects.toThrow('say "breakwater rebuild toy"');
    await expect(retireNamed(world.backend, jobs, 'sums')).rejects.toThrow('part of pipeline "toy"');
    await expect(retireNamed(world.backend, jobs, 'toy-job')).rejects.toThrow('part of this program');
    await expect(retireNamed(world.backend, jobs, 'tyo')).rejects.toThrow('There are toy-job, toy.');
    await expect(rebuildNamed(world.backend, jobs, 'tyo', { partial: false })).rejects.toThrow('It has toy.');
    await close();
  });

  test('a fill that is cut short goes on where it was', async () => {
    const many = Array.from({ length: 400 }, (_unused, index) => [index % 10, index] as const);
    await run(jobOf(toy), rows(...many));
    await close();
    const backend = await open();
    // So small steps that the fill takes several epochs; it is stopped after the second.
    const short = new ToyWorld(backend, { job: jobOf(toy, noter), partitions: 1, sequence, stepBytes: 64 });
    let commits = 0;
    short.onCommit = () => {
      commits += 1;
      if (commits === 2) void short.stop();
    };
    await short.open();
    await short.until(() => commits === 2);
    await short.stop();
    await backend.close();
    await run(jobOf(toy, noter), rows([1, 1]));
    expect(committed(notes)).toEqual(rows(...many, [1, 1]));
    await close();
  });
});

test('a fill says from where on, when events from before are no longer kept', async () => {
  const [, make] = BACKENDS[1]!;
  const open = make();
  let backend = await open();
  let world = await new ToyWorld(backend, { job: jobOf(toy), partitions: 1 }).open();
  await world.send(rows([1, 5]));
  await world.readUpTo(1);
  time.now += 48 * HOUR;
  await world.send(rows([2, 7]));
  await world.until(() => world.committed(sums).length === 2);
  await world.stop();
  // A clock that went so far ahead is believed when it has stood for an hour.
  time.now += 2 * HOUR;
  await backend.tidy();
  expect(backend.log.ends({ topic: amounts.name, partition: 0 }).first).toBe(1);
  await expect(rebuildNamed(backend, [jobOf(toy)], 'toy', { partial: false })).rejects.toThrow(
    'toy.amounts/0 is kept from offset 1 on',
  );
  const renamed = [jobOf(toyWithTable('sums_v2'))];
  await expect(rebuildChanged(backend, renamed, { partial: false })).rejects.toThrow('with --partial');
  expect(refusedOf(backend, renamed)).toHaveLength(1);
  await backend.close();

  const said =
    'pipeline "noter" is filled from toy.amounts/0 from offset 1 on: what came before is no longer kept';
  for (const restart of [false, true]) {
    backend = await open();
    world = await new ToyWorld(backend, { job: jobOf(toy, noter), partitions: 1 }).open();
    await world.until(() => world.drivers[0]!.status().state === 'running');
    expect(world.drivers[0]!.status().filled).toEqual([said]);
    expect(world.events.filter(({ detail }) => detail === said)).toHaveLength(restart ? 0 : 2);
    expect(world.committed(notes)).toEqual(rows([2, 7]));
    await world.stop();
    await backend.close();
  }
});

test('a job that is gone holds its inputs back until it is retired', async () => {
  const [, make] = BACKENDS[1]!;
  const backend = await make()();
  const first = await new ToyWorld(backend, { job: jobOf(toy), partitions: 1 }).open();
  await first.send(rows([1, 1]));
  await first.until(() => first.committed(sums).length === 1);
  await first.stop();
  const renamed: Job = { ...jobOf(toy), name: 'toy-job-2' };
  const second = await new ToyWorld(backend, { job: renamed, partitions: 1, sequence: 1 }).open();
  for (let index = 0; index < 20; index += 1) await second.send(rows([1, 1]));
  await second.until(() => second.drivers[0]!.progress()[0]!.next === 21);
  await second.stop();
  time.now += 1000 * HOUR;
  await backend.tidy();
  time.now += 2 * HOUR;
  await backend.tidy();
  expect(backend.log.ends({ topic: amounts.name, partition: 0 })).toEqual({ first: 1, next: 21 });

  await retireNamed(backend, [renamed], 'toy-job');
  await backend.tidy();
  expect(backend.log.ends({ topic: amounts.name, partition: 0 })).toEqual({ first: 21, next: 21 });
  expect(backend.tasks().map(({ task }) => task.job)).toEqual(['toy-job-2']);
  await backend.close();
});
