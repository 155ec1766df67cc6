/** Tails of large topics: in slices, within bounds, and without holding anything back. */
import type { TailRecord, TailRequest } from '../../app/access';
import { ReaderTurns } from '../../app/reader-turns';
import { tailTopic } from '../../app/tail-topic';
import { quotes } from '../../schemas/market';
import { MemoryBackend } from '../support/memory-backend';
import { sampleRecord } from '../support/sample-record';
import { TopicWriter } from '../support/topic-writer';

const backend = new MemoryBackend();
const FRAMES = 40;
const PER_FRAME = 500;

beforeAll(async () => {
  await backend.log.createTopics([
    { name: quotes.name, kind: 'event', layout: 'columns', partitions: 1, retentionHours: 24 },
  ]);
  const writer = new TopicWriter(backend, quotes);
  for (let frame = 0; frame < FRAMES; frame += 1)
    await writer.write([
      Array.from({ length: PER_FRAME }, (_, index) => sampleRecord(quotes, frame * PER_FRAME + index)),
    ]);
});

async function tail(
  request: Partial<TailRequest>,
  signal = new AbortController().signal,
): Promise<readonly TailRecord[][]> {
  const batches: TailRecord[][] = [];
  const whole = { topic: quotes.name, partition: 0, from: 'start', follow: false, ...request } as const;
  for await (const records of tailTopic(whole, signal, { backend })) batches.push([...records]);
  return batches;
}

const placesOf = (batches: readonly (readonly TailRecord[])[]): string[] =>
  batches.flat().map(({ offset, index }) => `${offset}.${index}`);

test('the last records are the last, over frames', async () => {
  const all = placesOf(await tail({}));
  expect(all).toHaveLength(FRAMES * PER_FRAME);
  for (const last of [1, 499, 500, 501, 1700])
    expect(placesOf(await tail({ from: { last } }))).toEqual(all.slice(-last));
  expect(placesOf(await tail({ from: { last: 0 } }))).toEqual([]);
});

test.each([
  { from: { last: 999_999_999 } },
  { from: { last: -1 } },
  { from: { last: 1.5 } },
  { from: { offset: -1 } },
  { from: { offset: 2 ** 60 } },
])('%j is no place', async (request) => {
  await expect(tail(request)).rejects.toThrow(
    /a place is "start", an offset from 0, or the last 10000 records/,
  );
});

test('a long tail comes in slices, and others have their turns between them', async () => {
  let turns = 0;
  let going = true;
  const count = (): void => {
    turns += 1;
    if (going) setImmediate(count);
  };
  setImmediate(count);
  const batches = await tail({});
  going = false;
  expect(batches.length).toBeGreaterThan(5);
  expect(turns).toBeGreaterThanOrEqual(batches.length);
});

test('a reader that does not read on holds nothing back', async () => {
  const open: string[] = [];
  const { log } = backend;
  const counting = {
    ...backend,
    registry: backend.registry,
    names: backend.names,
    log: {
      topics: () => log.topics(),
      ends: (place: Parameters<typeof log.ends>[0]) => log.ends(place),
      reader: (...of: Parameters<typeof log.reader>) => {
        const reader = log.reader(...of);
        open.push(String(of[1]));
        return {
          partition: reader.partition,
          poll: (bytes: number) => reader.poll(bytes),
          atEnd: () => reader.atEnd(),
          whenArrived: () => reader.whenArrived(),
          close: () => {
            open.pop();
            reader.close();
          },
        };
      },
    },
  } as unknown as typeof backend;
  const request = { topic: quotes.name, partition: 0, from: 'start', follow: true } as const;
  const stop = new AbortController();
  const records = tailTopic(request, stop.signal, { backend: counting });
  await records.next();
  expect(open).toEqual([]);
  stop.abort();
  await records.return(undefined);
  expect(open).toEqual([]);
});

test('a tail that is followed gives what comes, and ends with its signal', async () => {
  const stop = new AbortController();
  const { next } = backend.log.ends({ topic: quotes.name, partition: 0 });
  const request = { topic: quotes.name, partition: 0, from: { offset: next }, follow: true } as const;
  const records = tailTopic(request, stop.signal, { backend });
  const first = records.next();
  const writer = new TopicWriter(backend, quotes, 0, FRAMES);
  await writer.write([[sampleRecord(quotes, 1)]]);
  expect((await first).value).toMatchObject([{ offset: next, index: 0 }]);
  const rest = records.next();
  stop.abort();
  expect(await rest).toMatchObject({ done: true });
});

test("beside a job readers take turns, and behind each piece the thread is the job's for longer", async () => {
  let now = 0;
  let rested = 0;
  const clock = {
    elapsed: () => now,
    after: (micros: number, then: () => void) => {
      rested += micros;
      setImmediate(then);
      return () => undefined;
    },
    turn: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
  const turns = new ReaderTurns(clock);
  const order: string[] = [];
  const reader = async (name: string): Promise<void> => {
    for (let piece = 0; piece < 3; piece += 1)
      await turns.take(() => {
        order.push(name);
        now += 10_000;
      });
  };
  await Promise.all(['a', 'b', 'c'].map(reader));
  expect(order).toEqual([...'abcabcabc']);
  expect(rested).toBeGreaterThanOrEqual(8 * 40_000);
  await expect(
    turns.take(() => {
      throw new Error('what one reader asks');
    }),
  ).rejects.toThrow('one reader');
  expect(await turns.take(() => 'goes on')).toBe('goes on');
});
