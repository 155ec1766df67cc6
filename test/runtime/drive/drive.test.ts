import { fuse } from '../../../runtime/graph/job';
import { pipeline } from '../../../runtime/graph/pipeline';
import { type Backend, CorruptionError, LostError } from '../../../runtime/ports/backend';
import type { Epoch, TopicPartition } from '../../../runtime/ports/epoch';
import { broadcast, topic } from '../../../runtime/stream/topic';
import { MessageCursor } from '../../../runtime/wire/messages';
import { envelopeFrom } from '../../../schemas/cloud-events';
import { MemoryBackend, MemoryDisk } from '../../support/memory-backend';
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
import { ToyWorld } from '../../support/toy-world';

const latest = (rows: readonly Amount[]): Record<number, number> =>
  Object.fromEntries(rows.map(({ key, amount }) => [key, amount]));

describe('a driven task', () => {
  let world: ToyWorld;
  afterEach(() => world.stop());

  test('commits what it computed, and goes on from there when opened again', async () => {
    const disk = new MemoryDisk();
    world = await new ToyWorld(new MemoryBackend(disk)).open();
    await world.send([
      { key: 1, amount: 5 },
      { key: 2, amount: 7 },
    ]);
    await world.until(() => world.committed(sums).length === 2);
    await world.stop();
    world = await new ToyWorld(new MemoryBackend(disk)).open();
    await world.backend.log.append({ producer: 'other', sequence: 1, outputs: [] });
    world = Object.assign(world, { sequence: 1 });
    await world.send([{ key: 1, amount: 10 }]);
    await world.until(() => world.committed(sums).length === 3);

    expect(latest(world.committed(sums))).toEqual({ 1: 15, 2: 7 });
  });

  test.each([
    new CorruptionError('the record of epoch 7 is missing'),
    new LostError('the commit thread died'),
  ])('%s: the task is lost, says why, and is not tried again', async (error) => {
    const backend = new MemoryBackend();
    world = await new ToyWorld(backend).open();
    backend.commitFailures.push(error);
    await world.send([{ key: 1, amount: 5 }]);
    await world.until(() => world.drivers[0]!.status().state === 'lost');
    await world.drivers[0]!.run();

    expect(world.events.map(({ event }) => event)).toEqual(['restored', 'lost']);
    expect(world.events.at(-1)!.error).toBe(error);
    expect(world.drivers[0]!.status().failure).toBe(error.message);
  });

  test('a timer fires in an idle task', async () => {
    world = await new ToyWorld(new MemoryBackend()).open();
    await world.send([{ key: 3, amount: 1 }]);
    await world.readUpTo(1);
    world.clock.set(world.clock.now() + 1_000_000);
    await world.until(() => world.committed(echoes).length === 1);

    expect(world.committed(echoes)).toEqual([{ key: 3, amount: 1 }]);
  });

  test('10 back-pressure: under pressure no step starts, and nothing is lost', async () => {
    world = new ToyWorld(new MemoryBackend());
    world.pressure = 'the sink lags';
    await world.open();
    await world.send([{ key: 1, amount: 5 }]);
    await world.until(() => world.drivers[0]!.status().pressure !== undefined);
    expect(world.committed(sums)).toEqual([]);
    world.pressure = undefined;
    await world.until(() => world.committed(sums).length === 1);
  });

  test('10 back-pressure: a task that may not step lets the rest of its thread have its turn', async () => {
    let asked = 0;
    world = new ToyWorld(new MemoryBackend(), {
      pressure: () => {
        asked += 1;
        if (asked > 1000) throw new Error('asked without end');
        return 'the sink lags';
      },
    });
    await world.open();
    await world.send([{ key: 1, amount: 5 }]);
    await world.send([{ key: 1, amount: 6 }]);
    await new Promise(setImmediate);

    expect(world.drivers[0]!.status()).toMatchObject({ state: 'running', pressure: 'the sink lags' });
    expect(asked).toBeLessThan(10);
  });

  test('10 back-pressure: an open epoch at its limit waits for the commit before it, whatever waits to be read', async () => {
    let asked = 0;
    const pressure = (): undefined => {
      asked += 1;
      if (asked > 1000) throw new Error('asked without end');
    };
    const backend = new MemoryBackend();
    const openTask = backend.openTask.bind(backend);
    backend.openTask = async (id) => {
      const store = await openTask(id);
      const commit = async (epoch: Epoch): Promise<void> => {
        for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
        await store.commit(epoch);
      };
      return { ...store, commit };
    };
    world = await new ToyWorld(backend, { openBytesMax: 1, stepBytes: 1, pressure }).open();
    for (let amount = 1; amount <= 20; amount += 1) await world.send([{ key: 1, amount }]);
    await world.until(() => world.committed(sums).at(-1)?.amount === 210);

    expect(world.events.map(({ event }) => event)).toEqual(['restored']);
  });

  test('a commit that fails drops the task, and it is restored from its last epoch', async () => {
    const backend = new MemoryBackend();
    world = await new ToyWorld(backend).open();
    backend.commitFailures.push(new Error('the disk is gone'));
    await world.send([{ key: 1, amount: 5 }]);
    await world.until(() => world.committed(sums).length === 1);

    expect(world.events.map(({ event }) => event)).toEqual(['restored', 'failed', 'restored']);
    expect(world.committed(sums)).toEqual([{ key: 1, amount: 5 }]);
  });

  test('a task whose commits fail waits out its pause before it is restored', async () => {
    const backend = new MemoryBackend();
    backend.commitFailures.push(...Array.from({ length: 1000 }, () => new Error('the disk is gone')));
    world = await new ToyWorld(backend, { retryMicros: 1_000_000 }).open();
    const restores = (): number => world.events.filter(({ event }) => event === 'restored').length;
    await world.send([{ key: 1, amount: 5 }]);
    await world.until(() => world.drivers[0]!.status().state === 'failed');
    for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
    expect(restores()).toBe(1);
    world.clock.set(world.clock.now() + 1_000_000);
    await world.until(() => restores() === 2);
  });

  test('timers run under pressure: what is stale becomes stale, though nothing is read', async () => {
    world = await new ToyWorld(new MemoryBackend()).open();
    await world.send([{ key: 3, amount: 1 }]);
    await world.readUpTo(1);
    world.pressure = 'the quota is reached';
    await world.send([{ key: 4, amount: 1 }]);
    world.clock.set(world.clock.now() + 1_000_000);
    await world.until(() => world.committed(echoes).length === 1);

    expect(world.committed(sums)).toEqual([{ key: 3, amount: 1 }]);
  });

  test('a clock that goes six hours ahead and back does not stop timers', async () => {
    world = await new ToyWorld(new MemoryBackend()).open();
    await world.until(() => world.drivers[0]!.status().state === 'running');
    world.clock.mislead(6 * 3.6e9);
    await world.send([{ key: 3, amount: 1 }]);
    await world.readUpTo(1);
    await world.until(() => world.drivers[0]!.status().clock !== undefined);
    world.clock.mislead(0);
    await world.send([{ key: 4, amount: 1 }]);
    await world.readUpTo(2);
    world.clock.set(world.clock.now() + 1_000_000);
    await world.until(() => world.committed(echoes).length === 2);

    expect(world.drivers[0]!.status().clock).toBeUndefined();
  });

  test('a second owner fences the first', async () => {
    const backend = new MemoryBackend();
    world = await new ToyWorld(backend).open();
    await world.send([{ key: 1, amount: 5 }]);
    await world.until(() => world.committed(sums).length === 1);
    await backend.openTask({ job: 'toy-job', partition: 0 });
    await world.send([{ key: 1, amount: 5 }]);
    await world.until(() => world.drivers[0]!.status().state === 'fenced');

    expect(world.committed(sums)).toEqual([{ key: 1, amount: 5 }]);
  });
});

describe('tasks of one job', () => {
  let world: ToyWorld;
  afterEach(() => world.stop());

  test('law 3 isolation: one that is stopped and one that is restored do not stop the other', async () => {
    const backend = new MemoryBackend();
    world = await new ToyWorld(backend, { partitions: 2 }).open();
    await world.drivers[0]!.stop();
    await world.send([{ key: 1, amount: 1 }], 0);
    await world.send([{ key: 4, amount: 4 }], 1);
    await world.until(() => world.drivers[1]!.status().epoch === 1);
    backend.commitFailures.push(new Error('the disk is gone'));
    await world.send([{ key: 4, amount: 4 }], 1);
    await world.until(() => world.drivers[1]!.status().epoch === 2);

    expect(world.drivers.map((driver) => driver.status().state)).toEqual(['stopped', 'running']);
    expect(world.drivers[0]!.status().epoch).toBe(0);
  });

  test('a broadcast input is read by every task, all its partitions', async () => {
    world = await new ToyWorld(new MemoryBackend(), { partitions: 2, job: toyJob(2, broadcast) }).open();
    await world.send([{ key: 1, amount: 1 }], 0);
    await world.send([{ key: 4, amount: 4 }], 1);
    await world.until(() => world.drivers.every((driver) => driver.status().counts.recordsIn === 2));

    expect(world.drivers[0]!.progress()).toEqual([
      { topic: 'toy.amounts', partition: 0, next: 1 },
      { topic: 'toy.amounts', partition: 1, next: 1 },
    ]);
  });
});

describe('poison', () => {
  let world: ToyWorld;
  afterEach(() => world.stop());

  test('stops its own partition at the message, keeps what came before, and waits for a person', async () => {
    world = await new ToyWorld(new MemoryBackend(), { partitions: 2 }).open();
    await world.send(
      [
        { key: 1, amount: 5 },
        { key: 2, amount: POISON },
        { key: 1, amount: 6 },
      ],
      0,
    );
    await world.until(() => world.drivers[0]!.status().state === 'poisoned');
    await world.send([{ key: 4, amount: 4 }], 1);
    await world.until(() => world.drivers[1]!.status().counts.recordsIn === 1);

    expect(world.drivers[0]!.status().poison).toMatchObject({
      topic: 'toy.amounts',
      partition: 0,
      offset: 1,
    });
    expect(world.drivers[1]!.status().state).toBe('running');
  });

  test('a skip moves the message to dead letters, attributed, and the task goes on', async () => {
    world = await new ToyWorld(new MemoryBackend()).open();
    await world.send([
      { key: 1, amount: 5 },
      { key: 2, amount: POISON },
      { key: 1, amount: 6 },
    ]);
    await world.until(() => world.drivers[0]!.status().state === 'poisoned');
    await world.backend.skip(
      { job: 'toy-job', partition: 0 },
      { topic: 'toy.amounts', partition: 0, offset: 1, by: 'ada', why: 'test amount' },
    );
    await world.until(() => latest(world.committed(sums))[1] === 11);
    await world.until(() => world.committed(letters).length === 1);

    expect(world.committed(letters)[0]).toMatchObject({
      offset: 1,
      reason: 'skipped',
      by: 'ada',
      detail: 'test amount',
    });
    expect(latest(world.committed(sums))).toEqual({ 1: 11 });
  });
});

describe('ids of events', () => {
  let world: ToyWorld;
  afterEach(() => world.stop());

  const eventJob = (partitions: number) => {
    const [toy] = toyJob(partitions, broadcast).pipelines;
    const { build } = toy!;
    const events = topic({ ...amounts, name: 'toy.told', cloudEventType: 'toy.told' });
    return fuse({
      name: 'toy-job',
      partitions,
      pipelines: [
        pipeline({
          ...toy!,
          writes: { ...toy!.writes, events },
          build: (from: never, state: never) => ({
            ...build(from, state),
            events: (from as { readonly amounts: unknown }).amounts,
          }),
        } as never),
      ],
    });
  };

  test('tasks that read one broadcast message make different ones', async () => {
    world = new ToyWorld(new MemoryBackend(), {
      partitions: 2,
      job: eventJob(2),
      envelope: envelopeFrom('/breakwater/toy'),
    });
    await world.open();
    await world.send([
      { key: 1, amount: 5 },
      { key: 4, amount: 5 },
    ]);
    await world.until(() => world.drivers.every((driver) => driver.status().epoch > 0));
    const ids = [0, 1].flatMap((partition) =>
      headersOf(world.backend, { topic: 'toy.told', partition }).map((headers) => headers.get('ce_id')!),
    );

    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(4);
  });
});

describe('bad records', () => {
  let world: ToyWorld;
  afterEach(() => world.stop());

  test('a record that cannot be decoded goes to dead letters by itself, with its bytes', async () => {
    world = await new ToyWorld(new MemoryBackend()).open();
    await world.send([{ key: 1, amount: 5 }]);
    const { bytes, ...rest } = {
      bytes: Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 9, 9, 9]),
      baseOffset: 0,
      nextOffset: 1,
      count: 1,
    };
    await world.backend.log.append({
      producer: 'rubbish',
      sequence: 1,
      outputs: [{ topic: 'toy.amounts', partition: 0, messages: { ...rest, bytes } }],
    });
    await world.send([{ key: 1, amount: 6 }]);
    await world.until(() => latest(world.committed(sums))[1] === 11);

    expect(world.committed(letters)).toMatchObject([
      {
        topic: 'toy.amounts',
        partition: 0,
        offset: 1,
        reason: 'schema-unknown',
        by: 'runtime',
        value: Uint8Array.of(9, 9, 9),
      },
    ]);
  });

  test('a schema that was registered elsewhere is loaded, and its records are good', async () => {
    const backend = new MemoryBackend();
    world = await new ToyWorld(backend, { versions: { resolve: (codec) => codec } }).open();
    const id = await backend.registry.register('elsewhere', `${amounts.codec.schema} `);
    const { schema } = backend.registry;
    const loaded = new Set<number>();
    backend.registry.schema = (asked) => (asked !== id || loaded.has(asked) ? schema(asked) : undefined);
    let outages = 2;
    backend.registry.load = async (asked) => {
      outages -= 1;
      if (outages >= 0) throw new Error('the registry cannot be reached');
      loaded.add(asked);
      return schema(asked);
    };
    const outputs = [
      { topic: amounts.name, partition: 0, messages: amountsAsMessages([{ key: 1, amount: 9 }], id) },
    ];
    await backend.log.append({ producer: 'elsewhere', sequence: 1, outputs });
    await world.send([{ key: 1, amount: 1 }]);
    await world.until(() => latest(world.committed(sums))[1] === 10);

    expect(world.committed(letters)).toEqual([]);
    expect(outages).toBe(-1);
  });

  test('a number not yet known holds its partition until it is', async () => {
    world = await new ToyWorld(new MemoryBackend()).open();
    await world.send([
      { key: 10, amount: 5 },
      { key: 1, amount: 1 },
    ]);
    await world.until(() => world.drivers[0]!.status().counts.steps > 0);
    expect(world.committed(sums)).toEqual([]);
    await world.backend.names.numbersOf('toy', ['name 10']);
    await world.until(() => world.committed(sums).length === 2);

    expect(latest(world.committed(sums))).toEqual({ 10: 5, 1: 1 });
  });

  test('a record that is held lets the rest of its thread have its turn, whatever waits behind it', async () => {
    let asked = 0;
    const pressure = (): undefined => {
      asked += 1;
      if (asked > 1000) throw new Error('asked without end');
    };
    world = await new ToyWorld(new MemoryBackend(), { pressure }).open();
    await world.send([{ key: 77, amount: 5 }]);
    await world.send([{ key: 1, amount: 1 }]);
    await new Promise(setImmediate);
    await new Promise(setImmediate);

    expect(world.drivers[0]!.status().state).toBe('running');
    expect(asked).toBeLessThan(50);
  });

  test('a number that nobody allots in time is passed, too, by a task that looks for poison', async () => {
    world = await new ToyWorld(new MemoryBackend()).open();
    await world.send([
      { key: 77, amount: 5 },
      { key: 1, amount: 1 },
      { key: 2, amount: POISON },
    ]);
    // It is held twice: before the task threw, and again when it was restored.
    for (let second = 0; second < 20; second += 1) {
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      world.clock.set(world.clock.now() + 1_000_000);
    }

    expect(world.drivers[0]!.status()).toMatchObject({ state: 'poisoned', poison: { offset: 2 } });
    expect(world.committed(letters)).toMatchObject([{ offset: 0, reason: 'unknown-number' }]);
    expect(world.committed(sums)).toEqual([{ key: 1, amount: 1 }]);
  });

  test('a number that nobody allots in time goes to dead letters, and the rest goes on', async () => {
    world = await new ToyWorld(new MemoryBackend()).open();
    await world.send([
      { key: 77, amount: 5 },
      { key: 1, amount: 1 },
    ]);
    await world.until(() => world.drivers[0]!.status().counts.steps > 0);
    world.clock.set(world.clock.now() + 5_000_000);
    await world.until(() => world.committed(letters).length === 1 && world.committed(sums).length === 1);

    expect(world.committed(letters)).toMatchObject([
      { offset: 0, reason: 'unknown-number', detail: 'toy 77 was not allotted within 5 s' },
    ]);
  });
});

function headersOf({ log }: Pick<Backend, 'log'>, place: TopicPartition): ReadonlyMap<string, string>[] {
  const reader = log.reader({ ...place, next: 0 }, 'test');
  const headers: Map<string, string>[] = [];
  const cursor = new MessageCursor();
  for (let chunk = reader.poll(1 << 20); chunk; chunk = reader.poll(1 << 20)) {
    cursor.over(chunk);
    while (cursor.next()) headers.push(new Map(cursor.headers()));
  }
  return headers;
}
