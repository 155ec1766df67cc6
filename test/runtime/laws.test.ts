/** The laws that the runtime itself keeps, whatever the operators compute. Numbered as in docs/ARCHITECTURE.md. */
import fc from 'fast-check';
import { prepareTopics } from '../../runtime/drive/open-job';
import { fuse } from '../../runtime/graph/job';
import type { Backend } from '../../runtime/ports/backend';
import { recompute } from '../../runtime/rerun/recompute';
import { type Topic, topic } from '../../runtime/stream/topic';
import { TableFullError } from '../../runtime/tables/table';
import type { Envelope } from '../../runtime/task/outlet';
import { type DeadLetterRow, type RunnerOptions, TaskRunner } from '../../runtime/task/runner';
import { compareRuns } from '../support/compare-runs';
import { cases } from '../support/long-runs';
import { MemoryBackend } from '../support/memory-backend';
import { type Amount, amounts, amountsAsMessages, echoes, letters, sums, toyJob } from '../support/toy';

const job = toyJob();
const deadLetters = letters as Topic as Topic<readonly DeadLetterRow[]>;
const START = 1_700_000_000_000_000;

/** How a history is cut: messages a step, whether the epoch ends behind it, and how much time passes. */
interface CutStep {
  readonly messages: number;
  readonly endsEpoch: boolean;
  readonly micros: number;
}

const anyAmount: fc.Arbitrary<Amount> = fc.record({
  key: fc.integer({ min: 0, max: 3 }),
  amount: fc.integer({ min: -50, max: 50 }),
});
const anyCut: fc.Arbitrary<CutStep> = fc.record({
  messages: fc.integer({ min: 0, max: 5 }),
  endsEpoch: fc.boolean(),
  micros: fc.constant(0),
});

async function prepared(
  history: readonly Amount[],
): Promise<{ backend: MemoryBackend; options: Omit<RunnerOptions, 'restored'> }> {
  const backend = new MemoryBackend();
  await backend.names.numbersOf('toy', ['a', 'b', 'c', 'd']);
  const schemaIds = await prepareTopics([amounts, sums, echoes, deadLetters as Topic], 1, backend);
  await backend.log.append({
    producer: 'test',
    sequence: 1,
    outputs: [
      {
        topic: amounts.name,
        partition: 0,
        messages: amountsAsMessages(history, schemaIds.get(amounts.name)!),
      },
    ],
  });
  const options = {
    job,
    partition: 0,
    backend,
    schemaIds,
    deadLetters,
    build: 'test',
    stepBytes: 1 << 20,
    holdMicros: 1e6,
  };
  return { backend, options };
}

/** Runs a history as it is cut, and to its end; `crashes` drops the task at every epoch and restores it. */
async function play(history: readonly Amount[], cuts: readonly CutStep[], crashes = false) {
  const { backend, options } = await prepared(history);
  const id = { job: job.name, partition: 0 };
  let store = await backend.openTask(id);
  let runner = new TaskRunner({ ...options, restored: store.restored });
  let now = START;
  const all = [
    ...cuts,
    { messages: Number.POSITIVE_INFINITY, endsEpoch: false, micros: 0 },
    { messages: 0, endsEpoch: true, micros: 2e6 },
  ];
  for (const { messages, endsEpoch, micros } of all) {
    now += micros;
    runner.step({ now, maxMessages: messages });
    if (!endsEpoch) continue;
    await store.commit(runner.takeEpoch());
    if (!crashes) continue;
    runner.close();
    store = await backend.openTask(id);
    runner = new TaskRunner({ ...options, restored: store.restored });
  }
  return { backend, options, tasks: [(await backend.openTask(id)).restored] };
}

const newTask = async () => (await new MemoryBackend().openTask({ job: 'new', partition: 0 })).restored;

const compared = { topics: [sums, echoes] as Topic[], tables: job.tables };

describe('the runtime', () => {
  const anyRun = (property: (history: Amount[], cuts: CutStep[]) => Promise<void>): Promise<void> =>
    fc.assert(
      fc.asyncProperty(fc.array(anyAmount, { maxLength: 20 }), fc.array(anyCut, { maxLength: 8 }), property),
      {
        numRuns: cases(60),
      },
    );

  test('law 2 cuts: how a history is cut into steps and epochs changes no event and no final value', () =>
    anyRun(async (history, cuts) => {
      expect(compareRuns(await play(history, cuts), await play(history, []), compared)).toEqual([]);
    }));

  test('law 6 atomic epochs: a task dropped after every epoch and restored says the same as one that never was', () =>
    anyRun(async (history, cuts) => {
      expect(compareRuns(await play(history, cuts, true), await play(history, cuts), compared)).toEqual([]);
    }));

  test('law 7 determinism: recorded epochs run again give the same bytes', () =>
    anyRun(async (history, cuts) => {
      const { backend, options } = await play(history, cuts, true);
      expect(await recompute(backend.recorded({ job: job.name, partition: 0 }, 1), options)).toEqual([]);
    }));

  test('law 7 a difference is found: epochs that were computed from another input', async () => {
    const ran = await play([{ key: 1, amount: 1 }], []);
    const { options } = await prepared([{ key: 1, amount: 2 }]);
    const reader: Backend['log']['reader'] = (at, name) =>
      (at.topic === amounts.name ? options : ran).backend.log.reader(at, name);
    const backend = { ...options.backend, log: { ...ran.backend.log, reader } };

    expect(
      await recompute(ran.backend.recorded({ job: job.name, partition: 0 }, 1), { ...options, backend }),
    ).toMatchObject([
      { topic: 'toy.sums', epoch: 1 },
      { topic: 'toy.echoes', epoch: 1 },
    ]);
  });

  test('law 3 isolation: tasks that run side by side share no state', async () => {
    const alone = await play([{ key: 1, amount: 1 }], []);
    const { options: first } = await prepared([{ key: 1, amount: 1 }]);
    const { options: second } = await prepared([{ key: 1, amount: 100 }]);
    const one = new TaskRunner({ ...first, restored: await newTask() });
    const two = new TaskRunner({ ...second, restored: await newTask() });
    one.step({ now: START });
    two.step({ now: START });

    expect(one.takeEpoch().outputs[0]!.messages.bytes).toEqual(
      Buffer.from(alone.backend.disk.chunks.get('toy.sums/0')![0]!.bytes),
    );
    expect(two.takeEpoch().tables[0]!.slots.length).toBe(1);
  });

  test('law 13 bounded: a table at its limit refuses by name', async () => {
    const { options } = await prepared([]);
    const table = options.job.tables.find(({ name }) => name === 'sums')!.open() as unknown as {
      set(row: Amount): void;
    };
    for (let key = 0; key < 1000; key += 1) table.set({ key, amount: 1 });

    expect(() => table.set({ key: 1000, amount: 1 })).toThrow(TableFullError);
  });

  test('the first epoch names every input, read or not: what a task has yet to read is kept for it', async () => {
    const { options } = await prepared([]);
    const runner = new TaskRunner({ ...options, restored: await newTask() });
    runner.step({ now: START });
    runner.step({ now: START });

    expect(runner.takeEpoch().steps.map(({ read }) => read)).toEqual([
      [{ topic: 'toy.amounts', partition: 0, next: 0 }],
      [],
    ]);
  });

  test('law 7 gaps: causes are the same when a log with gaps is read again, in other chunks', async () => {
    const { backend, options } = await prepared([]);
    const schemaId = options.schemaIds.get(amounts.name)!;
    const told = topic({ ...sums, kind: 'event', name: sums.name, cloudEventType: 'toy.sum' });
    const [toy] = job.pipelines;
    const { build } = toy!;
    const telling = fuse({
      name: job.name,
      pipelines: [
        {
          ...toy!,
          writes: { ...toy!.writes, sums: told },
          build: (from: never, state: never) => ({
            ...build(from, state),
            sums: (from as { amounts: unknown }).amounts,
          }),
        } as never,
      ],
    });
    const envelope: Envelope = ({ cause, ordinal }) => [['id', `${cause}/${ordinal}`]];
    const all = { ...options, job: telling, envelope };
    const id = { job: telling.name, partition: 0 };
    const store = await backend.openTask(id);
    const runner = new TaskRunner({ ...all, restored: store.restored });
    for (const amount of [1, 2, 3]) {
      backend.appendWithGap(amounts.name, amountsAsMessages([{ key: 1, amount }], schemaId), amount);
      runner.step({ now: START + amount });
    }
    await store.commit(runner.takeEpoch());

    expect(await recompute(backend.recorded(id, 1), all)).toEqual([]);
    expect(runner.intakes[0]!.next).toBe(backend.log.ends({ topic: amounts.name, partition: 0 }).next - 3);
  });

  test('now never goes back, whatever the clock says', async () => {
    const { options } = await prepared([]);
    const runner = new TaskRunner({ ...options, restored: await newTask() });
    runner.step({ now: START });
    runner.step({ now: START - 60e6 });

    expect(runner.takeEpoch().steps.map(({ now }) => now)).toEqual([START, START]);
  });
});
