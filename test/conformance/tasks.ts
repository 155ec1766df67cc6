/** Tasks: commits, owners, recorded epochs, skips. */
import type { Shape } from '../../runtime/graph/shape';
import type { Suite } from './suite';
import { changes, chunkOf, epoch, keysOf, POSITIONS, QUOTES, read, rowsOf, TASK, to } from './support';

export function describeTasks({ open }: Suite): void {
  const quotes = { topic: QUOTES.name };
  const output = (...keys: string[]) => to(QUOTES.name, 0, chunkOf(...keys));

  it('a new task begins with nothing', async () => {
    const { backend } = await open();
    const { restored } = await backend.openTask(TASK);
    const { held, ...rest } = restored;
    expect(held('positions')).toBe(0);
    expect({ ...rest, table: restored.table('positions') }).toEqual({
      epoch: 0,
      nextStep: 0,
      now: 0,
      progress: [],
      phase: undefined,
      filled: [],
      table: undefined,
    });
  });

  it('what an epoch committed is there after a restart: outputs, tables, progress and clock together', async () => {
    const { backend, reopen } = await open();
    await backend.log.createTopics([QUOTES, POSITIONS]);
    const task = await backend.openTask(TASK);
    const readTo = (next: number, partition = 0) => ({ topic: QUOTES.name, partition, next });
    await task.commit(
      epoch(1, {
        outputs: [to(POSITIONS.name, 0, chunkOf('p')), to(QUOTES.name, 1, chunkOf('q', 'r'))],
        tables: [changes(new Map([[0, 'flat']]))],
        steps: [
          { now: 10, read: [readTo(3)] },
          { now: 12, read: [readTo(5), readTo(2, 1)] },
        ],
      }),
    );
    await task.commit(epoch(2, { steps: [{ now: 15, read: [readTo(9)] }, { now: 20 }] }));
    const again = await reopen();
    expect(keysOf(await read(again, 1, { topic: POSITIONS.name }))).toEqual(['p']);
    expect(keysOf(await read(again, 2, { ...quotes, partition: 1 }))).toEqual(['q', 'r']);
    const store = await again.openTask(TASK);
    const { epoch: number, nextStep, now, progress } = store.restored;
    expect({ number, nextStep, now }).toEqual({ number: 2, nextStep: 4, now: 20 });
    expect([...progress].sort((a, b) => a.partition - b.partition)).toEqual([readTo(9), readTo(2, 1)]);
    expect(rowsOf(store)).toEqual([[0, 'flat', '"string"']]);
  });

  it('shows outputs once they are durable, not before, in the order of commits', async () => {
    const { backend } = await open();
    await backend.log.createTopics([QUOTES]);
    const task = await backend.openTask(TASK);
    const reader = backend.log.reader({ ...quotes, partition: 0, next: 0 }, 'eager');
    const first = task.commit(epoch(1, { outputs: [output('a', 'b')] }));
    const second = task.commit(epoch(2, { outputs: [output('c')] }));
    expect(reader.poll(1_000)).toBeUndefined();
    await Promise.all([first, second]);
    expect(keysOf(await read(backend, 3, quotes))).toEqual(['a', 'b', 'c']);
    reader.close();
  });

  it('holds two commits open and refuses a third, and an epoch out of order', async () => {
    const { backend } = await open();
    await backend.log.createTopics([QUOTES]);
    const task = await backend.openTask(TASK);
    const two = [task.commit(epoch(1)), task.commit(epoch(2))];
    await expect(task.commit(epoch(3))).rejects.toThrow(/2 commits open/);
    await Promise.all(two);
    await expect(task.commit(epoch(5))).rejects.toThrow(/in order/);
    await task.commit(epoch(3, { outputs: [output('c')] }));
    expect(keysOf(await read(backend, 1, quotes))).toEqual(['c']);
  });

  it('a task opened again fences its first owner, whose commits change nothing', async () => {
    const { backend } = await open();
    await backend.log.createTopics([QUOTES]);
    const first = await backend.openTask(TASK);
    await first.commit(epoch(1, { outputs: [output('a')] }));
    const second = await backend.openTask(TASK);
    await expect(first.commit(epoch(2, { outputs: [output('zombie')] }))).rejects.toMatchObject({
      name: 'FencedError',
    });
    await second.commit(epoch(2, { outputs: [output('b')] }));
    expect(keysOf(await read(backend, 2, quotes))).toEqual(['a', 'b']);
  });

  it('tasks of one job and of others are apart', async () => {
    const { backend } = await open();
    const one = await backend.openTask(TASK);
    const other = await backend.openTask({ ...TASK, partition: 1 });
    await one.commit(epoch(1, { tables: [changes(new Map([[0, 'one']]))] }));
    await other.commit({ ...epoch(1), task: { ...TASK, partition: 1 } });
    expect(rowsOf(await backend.openTask({ ...TASK, partition: 1 }))).toEqual([]);
    expect(rowsOf(await backend.openTask(TASK))).toEqual([[0, 'one', '"string"']]);
  });

  it('records epochs as they were: steps, clock, reads, dead messages, and where the outputs lie', async () => {
    const { backend, reopen } = await open();
    await backend.log.createTopics([QUOTES]);
    const task = await backend.openTask(TASK);
    const steps = [
      { now: 3, read: [{ ...quotes, partition: 1, next: 4 }], dead: [], snapshots: [] },
      {
        now: 4,
        read: [],
        dead: [
          { ...quotes, partition: 1, offset: 2, reason: 'Undecodable', detail: 'no number', by: 'runtime' },
        ],
        snapshots: [
          { topic: 'market.marks', from: 0, to: 300 },
          { topic: 'risk.pnl', from: 2 ** 20, to: 2 ** 20 + 1 },
        ],
      },
    ];
    for (const number of [1, 2, 3])
      await task.commit(epoch(number, { steps, outputs: [output(`e${number}`, 'x')] }));
    const again = await reopen();
    const epochs = await all(again.recorded(TASK, 2));
    expect(epochs.map(({ number }) => number)).toEqual([2, 3]);
    expect(epochs[0]).toMatchObject({ task: TASK, build: 'test', firstStep: 2, steps });
    const [place] = epochs[0]!.outputs;
    const messages = await read(again, 2, { ...quotes, from: place!.first });
    expect(keysOf(messages)).toEqual(['e2', 'x']);
    expect(place!.next).toBeGreaterThan(messages[1]!.offset);
    expect(await all(again.recorded({ job: 'unknown', partition: 0 }, 1))).toEqual([]);
  });

  it('keeps phases with their epochs; what a fill reads is apart; reshaped and retired tasks let go', async () => {
    const { backend, reopen } = await open();
    await backend.log.createTopics([QUOTES]);
    const shape = (...names: string[]): Shape => ({
      tasks: 1,
      pipelines: names.map((name) => ({ name, reads: [], tables: [], writes: [] })),
    });
    const at = (next: number) => [{ read: [{ ...quotes, partition: 0, next }] }];
    const task = await backend.openTask(TASK);
    const tables = [changes(new Map([[0, 'flat']]))];
    await task.commit({ ...epoch(1, { steps: at(4), tables }), phase: { shape: shape('one') } });
    const filling = { pipelines: shape('two').pipelines, upTo: [], muted: [], replaced: [] };
    await task.commit({ ...epoch(2, { steps: at(2) }), phase: { shape: shape('one'), filling } });
    const again = await reopen();
    const left = again.tasks().find(({ task: id }) => id.job === TASK.job)!;
    expect(left.phase).toEqual({ shape: shape('one'), filling });
    expect(left.progress).toEqual([{ ...quotes, partition: 0, next: 4 }]);
    expect(left.filled).toEqual([{ ...quotes, partition: 0, next: 2 }]);
    expect(left.held('positions')).toBe(1);
    const store = await again.openTask(TASK);
    const adopts = [{ ...quotes, partition: 1, next: 3 }];
    await store.commit({ ...epoch(3), phase: { shape: shape('one', 'two'), adopts } });
    const epochs = await all(again.recorded(TASK, 1));
    expect(epochs.map(({ phase }) => phase?.shape.pipelines.length)).toEqual([1, 1, 2]);

    const phase = { shape: shape('two') };
    await again.reshape(TASK, { phase, emptied: ['positions'], unread: [QUOTES.name] });
    await expect(store.commit(epoch(4))).rejects.toMatchObject({ name: 'FencedError' });
    const { restored } = await again.openTask(TASK);
    expect({ phase: restored.phase, progress: restored.progress, filled: restored.filled }).toEqual({
      phase,
      progress: [],
      filled: [],
    });
    expect(restored.held('positions')).toBe(0);
    await again.retire(TASK);
    expect(again.tasks()).toEqual([]);
    expect((await again.openTask(TASK)).restored.epoch).toBe(0);
  });

  it('names what a person has set aside, whether the task has passed it or not', async () => {
    const { backend, reopen } = await open();
    await backend.log.createTopics([QUOTES]);
    const skip = { ...quotes, partition: 0, offset: 5, by: 'ops', why: 'a fill of 2099', epoch: 3 };
    await backend.skip(TASK, skip);
    const again = await reopen();
    const task = await again.openTask(TASK);
    expect(await task.skips()).toEqual([skip]);
    await task.commit(epoch(1, { steps: [{ read: [{ ...quotes, partition: 0, next: 6 }] }] }));
    expect(await task.skips()).toEqual([skip]);
  });
}

async function all<T>(items: Iterable<T> | AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
}
