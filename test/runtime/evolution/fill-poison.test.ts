/** What throws while a pipeline that is new is filled is found, named and set aside, as in a task that runs. */

import { rebuildNamed } from '../../../runtime/evolution/retire';
import type { Job } from '../../../runtime/graph/job';
import { type AnyPipeline, pipeline } from '../../../runtime/graph/pipeline';
import type { Skip } from '../../../runtime/ports/backend';
import { operator } from '../../../runtime/stream/operator';
import { partitioned } from '../../../runtime/stream/topic';
import { timersTable } from '../../../runtime/tables/timers';
import { MemoryBackend, MemoryDisk } from '../../support/memory-backend';
import { type Amount, amounts, letters, sums } from '../../support/toy';
import { jobOf, notes, toy } from '../../support/toy-evolution';
import { ToyWorld } from '../../support/toy-world';

const SECOND = 1_000_000;
const BAD = 13;

/** Notes each amount; throws at those of 13, and rings a bell half a second after those of 99, of which one is broken. */
const fragile: AnyPipeline = pipeline({
  name: 'fragile',
  reads: { amounts: partitioned(amounts) },
  state: { timers: timersTable({ name: 'bells', limit: 100 }) },
  writes: { notes },
  sinks: [],
  build: (from, { timers }) => ({
    notes: operator('fragile', { fired: timers.fired, amounts: from.amounts }, () => {
      let out: Amount[] = [];
      return {
        on: {
          fired({ length, key }) {
            for (let index = 0; index < length; index += 1)
              if (key[index] === 8) throw new RangeError('bell 8 is broken');
              else out.push({ key: key[index]!, amount: 0 });
          },
          amounts(rows, { now }) {
            for (const row of rows) {
              if (row.amount === BAD) throw new RangeError('thirteen');
              if (row.amount === 99) timers.set(row.key, now + SECOND / 2);
              out.push(row);
            }
          },
        },
        emit() {
          const emitted = out;
          out = [];
          return emitted;
        },
      };
    }),
  }),
});

const rows = (...pairs: readonly (readonly [number, number])[]): Amount[] =>
  pairs.map(([key, amount]) => ({ key, amount }));

describe('poison in a fill', () => {
  const disk = () => new MemoryDisk();
  let world: ToyWorld;
  let sequence = 0;
  beforeEach(() => {
    sequence = 0;
  });
  afterEach(() => world.stop());

  const open = async (on: MemoryDisk, job: Job): Promise<void> => {
    world = await new ToyWorld(new MemoryBackend(on), { job, partitions: 1, sequence }).open();
  };
  const status = () => world.drivers[0]!.status();
  const skip = (place: Pick<Skip, 'topic' | 'partition' | 'offset'>) =>
    world.drivers[0]!.skip({ ...place, by: 'ada', why: 'a slip' });
  const send = (sent: readonly Amount[]): Promise<void> => {
    sequence += 1;
    return world.send(sent);
  };
  const isPoisoned = () => status().state === 'poisoned';
  const isRunning = () => status().state === 'running';

  async function held(sent: readonly Amount[]): Promise<MemoryDisk> {
    const on = disk();
    await open(on, jobOf(toy));
    await send(sent);
    await world.readUpTo(sent.length);
    await world.stop();
    return on;
  }

  test('a message that a new pipeline throws at is named, set aside, told once; the rest is filled', async () => {
    const on = await held(rows([1, 5], [2, BAD], [3, 7], [4, BAD], [5, 1]));
    const job = jobOf(toy, fragile);
    await open(on, job);
    for (const offset of [1, 3]) {
      await world.until(isPoisoned);
      expect(status().poison).toMatchObject({ topic: amounts.name, partition: 0, offset });
      expect(await skip({ topic: amounts.name, partition: 0, offset: 0 })).toMatch(/read already/);
      expect(await skip(status().poison!)).toBeUndefined();
      await world.until(() => world.committed(letters).some((letter) => letter.offset === offset));
    }
    await world.until(isRunning);
    expect(world.committed(notes)).toEqual(rows([1, 5], [3, 7], [5, 1]));
    expect(world.committed(sums)).toHaveLength(5);
    expect(world.committed(letters)).toMatchObject([
      { offset: 1, reason: 'skipped', by: 'ada' },
      { offset: 3, reason: 'skipped', by: 'ada' },
    ]);
    expect(await world.recomputed(job)).toEqual([]);
  });

  test('a fill that was stopped at poison stands at it again, and passes it when that was set aside meanwhile', async () => {
    const on = await held(rows([1, 5], [2, BAD], [3, 7]));
    const job = jobOf(toy, fragile);
    await open(on, job);
    await world.until(isPoisoned);
    await world.stop();
    await open(on, job);
    await world.until(isPoisoned);
    const { poison } = status();
    const stopped = world.stop();
    expect(await skip(poison!)).toBeUndefined();
    await stopped;
    await open(on, job);
    await world.until(isRunning);
    expect(world.committed(notes)).toEqual(rows([1, 5], [3, 7]));
    expect(world.committed(letters)).toHaveLength(1);
  });

  test('what was set aside once is passed over when its pipeline is made anew, and not told again', async () => {
    const on = disk();
    const job = jobOf(toy, fragile);
    await open(on, job);
    await send(rows([1, 5], [2, BAD], [3, 7]));
    await world.until(isPoisoned);
    expect(await skip(status().poison!)).toBeUndefined();
    await world.until(() => world.committed(notes).length === 2);
    await world.stop();
    await rebuildNamed(world.backend, [job], 'fragile', { partial: false });
    await open(on, job);
    await world.until(isRunning);
    expect(world.committed(letters)).toHaveLength(1);
    expect(world.committed(notes)).toEqual(rows([1, 5], [3, 7]));
  });

  test.each([
    ['while a pipeline is filled', 1, 64],
    ['when what was filled is taken in', 1 << 16, 0],
  ])('a timer that throws %s is named and set aside', async (_, stepBytes, more) => {
    const rest = Array.from({ length: more }, () => [1, 5] as const);
    const on = await held(rows([8, 99], [9, 99], ...rest));
    const job = jobOf(toy, fragile);
    world = new ToyWorld(new MemoryBackend(on), { job, partitions: 1, sequence, stepBytes });
    // Both bells are due by the next epoch.
    world.onCommit = () => world.clock.set(world.clock.now() + 2 * SECOND);
    await world.open();
    await world.until(isPoisoned);
    const { poison } = status();
    expect(poison).toMatchObject({ topic: 'timer/bells', partition: 8 });
    expect(world.events.map(({ event }) => event)).not.toContain('restored');
    expect(await skip(poison!)).toBeUndefined();
    await world.until(() => world.committed(letters).length === 1 && isRunning());
    await world.until(() => world.committed(notes).length === more + 3);
    expect(world.committed(letters)).toMatchObject([{ topic: 'timer/bells', reason: 'skipped' }]);
    expect(await world.recomputed(job)).toEqual([]);
  });
});
