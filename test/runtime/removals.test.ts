/**
 * Rows that are removed: a tombstone of a state topic is a removal for its readers, for their tables, and for whoever
 * reads what they write. Everything that holds the state says the same, however the history was cut and whatever was
 * restored in between.
 */
import fc from 'fast-check';
import { prepareTopics } from '../../runtime/drive/open-job';
import { recompute } from '../../runtime/rerun/recompute';
import type { Topic } from '../../runtime/stream/topic';
import { type DeadLetterRow, TaskRunner } from '../../runtime/task/runner';
import { MessageCursor } from '../../runtime/wire/messages';
import { recordsOfTopic } from '../support/compare-runs';
import { cases } from '../support/long-runs';
import { MemoryBackend } from '../support/memory-backend';
import { amounts, FORGET, letters, sums } from '../support/toy';
import {
  kept,
  type Limit,
  type LimitChange,
  limitKey,
  limits,
  limitsAsMessages,
  limitsJob,
} from '../support/toy-limits';
import { ToyWorld } from '../support/toy-world';

const deadLetters = letters as Topic as Topic<readonly DeadLetterRow[]>;
const START = 1_700_000_000_000_000;
const id = { job: limitsJob.name, partition: 0 };

// Names that collide where a stroke joins them.
const anyName = fc.constantFrom('a', 'a/b', 'b', '~', '~1');
const anyChange: fc.Arbitrary<LimitChange> = fc.record({
  desk: anyName,
  measure: anyName,
  most: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
});
const anyCut = fc.record({
  messages: fc.integer({ min: 1, max: 5 }),
  endsEpoch: fc.boolean(),
  crashes: fc.boolean(),
});

async function played(
  history: readonly LimitChange[],
  cuts: readonly (typeof anyCut extends fc.Arbitrary<infer C> ? C : never)[],
) {
  const backend = new MemoryBackend();
  const schemaIds = await prepareTopics([limits, kept, deadLetters] as Topic[], 1, backend);
  const messages = limitsAsMessages(history, schemaIds.get(limits.name)!);
  await backend.log.append({
    producer: 'test',
    sequence: 1,
    outputs: [{ topic: limits.name, partition: 0, messages }],
  });
  const options = {
    job: limitsJob,
    partition: 0,
    backend,
    schemaIds,
    deadLetters,
    build: 'test',
    stepBytes: 1 << 20,
    holdMicros: 1e6,
  };
  let store = await backend.openTask(id);
  let runner = new TaskRunner({ ...options, restored: store.restored });
  for (const { messages: most, endsEpoch, crashes } of [
    ...cuts,
    { messages: Number.POSITIVE_INFINITY, endsEpoch: true, crashes: false },
  ]) {
    runner.step({ now: START, maxMessages: most });
    if (!endsEpoch) continue;
    await store.commit(runner.takeEpoch());
    if (!crashes) continue;
    store = await backend.openTask(id);
    runner = new TaskRunner({ ...options, restored: store.restored });
  }
  return { backend, options };
}

function expected(history: readonly LimitChange[]): ReadonlyMap<string, LimitChange> {
  const state = new Map<string, LimitChange>();
  for (const change of history) {
    if (change.most === undefined) state.delete(limitKey(change));
    else state.set(limitKey(change), change);
  }
  return state;
}

/** What a reader of the topic holds in the end. */
function heldByReader(backend: MemoryBackend, topic: Topic): ReadonlyMap<string, unknown> {
  const state = new Map<string, unknown>();
  for (const record of recordsOfTopic(backend, topic)) {
    if (typeof record === 'string') state.delete(record);
    else state.set(limitKey(record as unknown as Limit), record);
  }
  return state;
}

test('readers, the table, the topic and a restored task hold the same after any history of sets and removals', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(anyChange, { maxLength: 20 }),
      fc.array(anyCut, { maxLength: 8 }),
      async (history, cuts) => {
        const { backend, options } = await played(history, cuts);
        const state = expected(history);
        expect(heldByReader(backend, kept as Topic)).toEqual(state);
        const restored = (await backend.openTask(id)).restored;
        const inTable = new Map<string, Limit>();
        restored.table('kept')?.forEach((_, from) => {
          const row = (kept.codec as { decode(from: unknown): Limit }).decode(from);
          inTable.set(limitKey(row), row);
        });
        expect(inTable).toEqual(state);
        expect(await recompute(backend.recorded(id, 1), options)).toEqual([]);
      },
    ),
    { numRuns: cases(100) },
  ));

test('a step tells of each key once: what was set and removed in it is only removed', async () => {
  const { backend } = await played(
    [
      { desk: 'a', measure: 'b', most: 1 },
      { desk: 'c', measure: 'd', most: 2 },
      { desk: 'a', measure: 'b', most: undefined },
      { desk: 'c', measure: 'd', most: 3 },
    ],
    [],
  );
  expect([...recordsOfTopic(backend, kept as Topic)]).toEqual([{ desk: 'c', measure: 'd', most: 3 }, 'a/b']);
});

describe('on a driven task', () => {
  let world: ToyWorld;
  afterEach(() => world.stop());

  test('an operator that removes a key of its state says so, and begins anew when the key comes again', async () => {
    world = await new ToyWorld(new MemoryBackend()).open();
    await world.send([{ key: 1, amount: 5 }]);
    await world.until(() => world.committed(sums).length === 1);
    await world.send([{ key: 1, amount: FORGET }]);
    await world.readUpTo(2);
    await world.send([{ key: 1, amount: 7 }]);
    await world.until(() => world.committed(sums).length === 2);

    expect([...recordsOfTopic(world.backend, sums as Topic)]).toEqual([
      { key: 1, amount: 5 },
      '1',
      { key: 1, amount: 7 },
    ]);
  });

  test('an event cannot be removed: a message without a value goes to dead letters, with its reason', async () => {
    world = await new ToyWorld(new MemoryBackend()).open();
    await world.send([{ key: 1, amount: 5 }]);
    const { backend } = world;
    const tombstone = limitsAsMessages([{ desk: '1', measure: '1', most: undefined }], 1);
    const outputs = [{ topic: amounts.name, partition: 0, messages: tombstone }];
    await backend.log.append({ producer: 'other', sequence: 1, outputs });
    await world.until(() => world.committed(letters).length === 1);

    expect(world.committed(letters)).toMatchObject([{ offset: 1, reason: 'malformed' }]);
  });
});

test.each([
  [
    'a removal whose key is none of the topic',
    'lonely/1/2',
    undefined,
    /its key "lonely\/1\/2" is none of topic/,
  ],
  ['a record that lies under the key of another', 'x/y', 4, /its key is "x\/y", and its record's is "a\/b"/],
] as const)('%s goes to dead letters', async (_, key, most, why) => {
  expect((await stepOver(key, most)).dead).toMatchObject([
    { offset: 0, reason: 'malformed', detail: expect.stringMatching(why) },
  ]);
});

test('a record that lies under what was its key before the key grew counts under the one it has now', async () => {
  const { dead, written } = await stepOver('a', 4);
  expect(dead).toEqual([]);
  expect(written).toEqual(['a/b']);
});

/** One step over a limit of desk a and measure b under any key, and the keys that it wrote. */
async function stepOver(key: string, most: number | undefined) {
  const backend = new MemoryBackend();
  const schemaIds = await prepareTopics([limits, kept, deadLetters] as Topic[], 1, backend);
  const chunk = limitsAsMessages([{ desk: 'a', measure: 'b', most }], schemaIds.get(limits.name)!);
  const cursor = new MessageCursor().over(chunk);
  cursor.next();
  const value = cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd);
  const prefix = Buffer.from(chunk.bytes.subarray(0, 16));
  prefix.writeUInt32LE(key.length, 4);
  const bytes = Buffer.concat([prefix, Buffer.from(key), value]);
  const outputs = [{ topic: limits.name, partition: 0, messages: { ...chunk, bytes } }];
  await backend.log.append({ producer: 'other', sequence: 1, outputs });
  const store = await backend.openTask(id);
  const runner = new TaskRunner({
    job: limitsJob,
    partition: 0,
    backend,
    schemaIds,
    deadLetters,
    build: 'test',
    stepBytes: 1 << 20,
    holdMicros: 1e6,
    restored: store.restored,
  });
  runner.step({ now: START });

  const { steps, outputs: written } = runner.takeEpoch();
  const keys: string[] = [];
  for (const { topic, messages } of written) {
    const place = new MessageCursor().over(messages);
    while (topic === kept.name && place.next()) keys.push(place.key());
  }
  return { dead: steps[0]!.dead, written: keys };
}
