/** Whatever throws at an operator is found at its own step, named, and can be set aside; nothing else can. */
import { fuse } from '../../../runtime/graph/job';
import { pipeline } from '../../../runtime/graph/pipeline';
import { operator } from '../../../runtime/stream/operator';
import { partitioned } from '../../../runtime/stream/topic';
import { rowsTable } from '../../../runtime/tables/rows';
import { timersTable } from '../../../runtime/tables/timers';
import { MemoryBackend } from '../../support/memory-backend';
import { type Amount, amounts, echoes, letters, POISON, sums } from '../../support/toy';
import { ToyWorld } from '../../support/toy-world';

const SECOND = 1_000_000;

const keptTable = rowsTable<Amount>({
  name: 'kept',
  codec: sums.codec as never,
  key: ({ key }) => String(key),
  limit: 1000,
});

/** Keeps amounts a hundred times as large, and writes nothing. */
const keeping = fuse({
  name: 'toy-job',
  pipelines: [
    pipeline({
      name: 'keep',
      reads: { amounts: partitioned(amounts) },
      state: { table: keptTable },
      writes: { echoes },
      sinks: [],
      build: ({ amounts: from }, { table }) => ({
        echoes: operator('keep', { from }, () => ({
          on: {
            from(rows) {
              for (const { key, amount } of rows) table.set({ key, amount: amount * 100 });
            },
          },
          emit: () => [],
        })),
      }),
    }),
  ],
});

/** A timer for each key; those of odd keys throw when they fire, whoever asked for it. */
const ringing = fuse({
  name: 'toy-job',
  pipelines: [
    pipeline({
      name: 'ring',
      reads: { amounts: partitioned(amounts) },
      state: { timers: timersTable({ name: 'alarms', limit: 100 }) },
      writes: { echoes },
      sinks: [],
      build: ({ amounts: from }, { timers }) => ({
        echoes: operator('ring', { fired: timers.fired, from }, () => {
          let rung: Amount[] = [];
          return {
            on: {
              fired({ length, key }) {
                for (let index = 0; index < length; index += 1) {
                  if (key[index]! % 2 === 1) throw new RangeError(`alarm ${key[index]} is broken`);
                  rung.push({ key: key[index]!, amount: 0 });
                }
              },
              from(rows, { now }) {
                for (const { key } of rows) timers.set(key, now + SECOND);
              },
            },
            emit() {
              const out = rung;
              rung = [];
              return out;
            },
          };
        }),
      }),
    }),
  ],
});

describe('poison', () => {
  let world: ToyWorld;
  afterEach(() => world.stop());
  const status = () => world.drivers[0]!.status();
  const skip = (place: { topic?: string; partition?: number; offset: number }) =>
    world.drivers[0]!.skip({ topic: amounts.name, partition: 0, by: 'ada', why: 'by mistake', ...place });
  const restores = (): number => world.events.filter(({ event }) => event === 'restored').length;

  test('a row of a table that cannot be saved is the poison of the message that set it, and no endless loop', async () => {
    world = await new ToyWorld(new MemoryBackend(), { job: keeping }).open();
    await world.send([
      { key: 1, amount: 5 },
      { key: 2, amount: 2 ** 51 },
      { key: 3, amount: 7 },
    ]);
    await world.until(() => status().state === 'poisoned');
    expect(status().poison).toMatchObject({ topic: amounts.name, partition: 0, offset: 1 });
    expect(restores()).toBe(2);
    expect(await skip({ offset: 1 })).toBeUndefined();
    await world.until(() => world.drivers[0]!.progress()[0]?.next === 3 && status().state === 'running');

    expect(world.committed(letters)).toMatchObject([{ offset: 1, reason: 'skipped', by: 'ada' }]);
  });

  test('a timer that makes an operator throw is named, and set aside like a message; other timers ring', async () => {
    world = await new ToyWorld(new MemoryBackend(), { job: ringing }).open();
    await world.send([
      { key: 2, amount: 1 },
      { key: 3, amount: 1 },
      { key: 4, amount: 1 },
    ]);
    await world.readUpTo(3);
    world.clock.set(world.clock.now() + SECOND);
    await world.until(() => status().state === 'poisoned');
    const { poison } = status();
    expect(poison).toMatchObject({
      topic: 'timer/alarms',
      partition: 3,
      detail: expect.stringContaining('alarm 3'),
    });
    expect(await skip({ ...poison! })).toBeUndefined();
    await world.until(() => world.committed(echoes).length === 2);
    await world.until(() => world.committed(letters).length === 1);

    expect(world.committed(echoes).map(({ key }) => key)).toEqual([2, 4]);
    expect(world.committed(letters)).toMatchObject([
      { topic: 'timer/alarms', partition: 3, offset: poison!.offset, reason: 'skipped', by: 'ada' },
    ]);
    expect(status().state).toBe('running');
  });

  test('a message ahead of the task is set aside before it is read', async () => {
    world = new ToyWorld(new MemoryBackend());
    world.pressure = 'the quota is reached';
    await world.open();
    await world.send([
      { key: 1, amount: 5 },
      { key: 1, amount: POISON },
      { key: 1, amount: 6 },
    ]);
    await world.until(() => status().state === 'running');
    expect(await skip({ offset: 1 })).toBeUndefined();
    world.pressure = undefined;
    await world.until(() => world.committed(letters).length === 1);

    expect(world.committed(sums)).toEqual([{ key: 1, amount: 11 }]);
    expect(restores()).toBe(1);
  });

  test.each([
    ['a message that was read without a throw', { offset: 0 }, /has been read already/],
    ['a message that does not exist', { offset: 7 }, /there is no message/],
    ['a topic that the task does not read', { topic: sums.name, offset: 0 }, /reads nothing of/],
    ['a partition that the task does not read', { partition: 4, offset: 0 }, /reads nothing of/],
    [
      'a timer that the task does not stand at',
      { topic: 'timer/echo-timers', offset: 5 },
      /no timer that the task stands at/,
    ],
  ])('%s cannot be set aside, and nobody is told that it was', async (_, place, why) => {
    world = await new ToyWorld(new MemoryBackend()).open();
    await world.send([{ key: 1, amount: 5 }]);
    await world.until(() => world.committed(sums).length === 1);

    expect(await skip(place)).toMatch(why);
    expect(world.committed(letters)).toEqual([]);
    expect(world.committed(sums)).toEqual([{ key: 1, amount: 5 }]);
  });

  test('an operator that throws at two messages together, and at neither alone, is past them after the hunt', async () => {
    let thrown = 0;
    const together = fuse({
      name: 'toy-job',
      pipelines: [
        pipeline({
          name: 'together',
          reads: { amounts: partitioned(amounts) },
          state: {},
          writes: { echoes },
          sinks: [],
          build: ({ amounts: from }) => ({
            echoes: operator('together', { from }, () => {
              let seen: readonly Amount[] = [];
              return {
                on: {
                  from(rows) {
                    if (rows.length > 1) {
                      thrown += 1;
                      throw new RangeError('two at once');
                    }
                    seen = [...rows];
                  },
                },
                emit: () => seen,
              };
            }),
          }),
        }),
      ],
    });
    world = await new ToyWorld(new MemoryBackend(), { job: together }).open();
    await world.send([
      { key: 1, amount: 1 },
      { key: 2, amount: 2 },
    ]);
    await world.until(() => world.committed(echoes).length === 2);

    expect(thrown).toBe(1);
    expect(status().state).toBe('running');
  });
});
