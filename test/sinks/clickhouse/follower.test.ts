/** A follower by itself, over a database that takes whatever it is sent: who waits for it is always answered. */
import { noFailpoints } from '../../../runtime/ports/failpoint';
import { newTurn } from '../../../sinks/clickhouse/deliver';
import { Follower } from '../../../sinks/clickhouse/follower';
import { fillsTable } from '../../../sinks/clickhouse/tables';
import { MemoryBackend } from '../../support/memory-backend';
import { sampleRecord } from '../../support/sample-record';
import { testClock } from '../../support/test-clock';
import { TopicWriter } from '../../support/topic-writer';

const ATTEMPTS = 4;

describe('a cut that is given up and begun anew', () => {
  test.each([
    ['of one table partition', [1]],
    ['of several', [1, 3, 5]],
  ])('%s sends nothing before all it ever sent is over', async (_, months) => {
    const sent: string[] = [];
    const over = new Set<string>();
    const early: string[] = [];
    const { follower, backend } = newWorld({
      // Every insert is taken and never seen: under each name it may still land.
      insert: async ({ tag }) => {
        early.push(...sent.filter((name) => !over.has(name)));
        over.clear();
        sent.push(tag!);
      },
      ended: async (tag) => {
        over.add(tag);
        return true;
      },
      retry: async (work) => {
        for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) await work().catch(() => undefined);
        return work();
      },
      restMicros: 0,
    });
    const { name, kind, codec } = fillsTable.from;
    await backend.log.createTopics([
      { name, kind, layout: codec.layout, partitions: 1, retentionHours: 1e5 },
    ]);
    const records = months.map((month) => ({
      ...sampleRecord(fillsTable.from, month),
      time: Date.UTC(2026, month) * 1000,
    }));
    await new TopicWriter(backend, fillsTable.from).write([records]);
    follower.start();
    for (let turn = 0; turn < 2000 && sent.length < 3 * ATTEMPTS; turn += 1) await testClock.turn();
    await follower.close();

    expect(sent.length).toBeGreaterThanOrEqual(3 * ATTEMPTS);
    expect(early).toEqual([]);
  });
});

interface World {
  readonly follower: Follower;
  readonly backend: MemoryBackend;
  /** Called with every insert. */
  onInsert: () => void;
}

interface Otherwise {
  readonly insert?: (insert: { readonly tag?: string }) => Promise<void>;
  readonly ended?: (tag: string) => Promise<boolean>;
  readonly retry?: <T>(work: () => Promise<T>) => Promise<T>;
  readonly restMicros?: number;
}

function newWorld({
  insert,
  ended = async () => true,
  retry = (work) => work(),
  restMicros = 1e9,
}: Otherwise = {}): World {
  const backend = new MemoryBackend();
  const database = {
    command: async () => undefined,
    rows: async <Row>() => [{ rows: '0', places: '0' } as Row],
    insert: insert ?? (async () => world.onInsert()),
    ended,
    close: async () => undefined,
  };
  const follower = new Follower({
    sink: fillsTable,
    rollups: [],
    latests: [],
    database,
    retry,
    turn: newTurn(),
    failpoint: noFailpoints,
    onTrouble: () => undefined,
    partition: 0,
    log: backend.log,
    bookmarks: backend.bookmarks,
    decoding: { registry: backend.registry, versions: undefined },
    clock: testClock,
    limits: { records: 10, bytes: 1 << 20 },
    lingerMicros: 0,
    restMicros,
    onUnreadable: () => undefined,
  });
  const world: World = { follower, backend, onInsert: () => undefined };
  return world;
}

async function isAnswered(asked: Promise<void>): Promise<boolean> {
  let answered = false;
  void asked.then(() => {
    answered = true;
  });
  for (let turn = 0; turn < 50 && !answered; turn += 1) await testClock.turn();
  return answered;
}

test('whoever waits for the table is answered when the log of cuts cannot be written', async () => {
  const world = newWorld();
  const { backend, follower } = world;
  const { name, kind, codec } = fillsTable.from;
  await backend.log.createTopics([{ name, kind, layout: codec.layout, partitions: 1, retentionHours: 1 }]);
  await new TopicWriter(backend, fillsTable.from).write([[sampleRecord(fillsTable.from, 1)]]);
  const asked = new Promise<Promise<void>[]>((resolve) => {
    world.onInsert = () => {
      world.onInsert = () => undefined;
      backend.bookmarks.set = () => Promise.reject(new Error('the disk is gone'));
      resolve([follower.drain()]);
    };
  });
  follower.start();
  const [drained] = await asked;

  expect(await isAnswered(drained!)).toBe(true);
  expect(follower.status().state).toBe('stopped');
  await follower.close();
});

test('whoever asks after it was closed is answered', async () => {
  const { follower } = newWorld();
  follower.start();
  await follower.drain();
  await follower.close();

  expect(await isAnswered(follower.drain())).toBe(true);
});
