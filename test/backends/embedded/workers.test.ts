/** Tasks on worker threads: the same answers for any number of them, and a thread that dies takes only its own along. */
import { join } from 'node:path';
import type { Topic } from '../../../runtime/stream/topic';
import { partitionOf } from '../../../runtime/wire/partition';
import { compareRuns } from '../../support/compare-runs';
import { memoryFolder } from '../../support/memory-folder';
import { amounts, echoes, letters, POISON, sums } from '../../support/toy';
import { ToyThreads } from '../../support/toy-threads';
import { readAll } from '../../support/toy-world';

const root = memoryFolder();
let folders = 0;
const folder = (): string => {
  folders += 1;
  return join(root, String(folders));
};

const rows = Array.from({ length: 200 }, (_, index) => ({ key: index % 17, amount: (index % 5) + 1 }));
const TOTAL = rows.reduce((sum, { amount }) => sum + amount, 0);

async function ran(count: number, threads: number): Promise<ToyThreads> {
  const world = await ToyThreads.open({ dir: folder(), count, threads });
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
    for (const world of worlds) expect(await world.recomputed()).toEqual([]);
    for (const { backend } of worlds) await backend.close();
  }, 60_000);

  test('a thread that dies is begun anew with its tasks alone, and nothing is lost or doubled', async () => {
    const world = await ToyThreads.open({ dir: folder(), count: 4, threads: 2 });
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
    expect(await world.recomputed()).toEqual([]);
    await world.backend.close();
  }, 60_000);

  test('a thread that is only beginning accepts nothing that it cannot do', async () => {
    const world = await ToyThreads.open({ dir: folder(), count: 2, threads: 2 });
    const [task] = world.workers.tasks;
    await world.until(() => task!.status().state === 'running');
    await world.workers.break(0);
    const skip = {
      topic: amounts.name,
      partition: task!.id.partition,
      offset: 0,
      by: 'ops',
      why: 'too early',
    };
    let answer: unknown;
    await world.until(() => {
      if (answer === undefined)
        void task!.skip(skip).then(
          (refusal) => {
            answer = `answered ${refusal}`;
          },
          (error: Error) => {
            if (!error.message.includes('not running')) answer = error.message;
          },
        );
      return answer !== undefined;
    });
    expect(answer).toMatch(/no message at|cannot be set aside/);
    await world.stop();
    await world.backend.close();
  }, 60_000);

  test('a message that makes a task throw stops that task alone, and is set aside by a person over the threads', async () => {
    const world = await ToyThreads.open({ dir: folder(), count: 2, threads: 2 });
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
