/** What a channel is told: all that is news, the first at once, a storm in a handful, over crashes and outages, once. */
import { setImmediate } from 'node:timers/promises';
import { DeliveryError } from '../../../runtime/ports/delivery';
import type { RowsCodec } from '../../../runtime/stream/codec';
import { ByteReader } from '../../../runtime/wire/bytes';
import { type Chunk, MessageCursor, MessageWriter, WIRE_PREFIX_BYTES } from '../../../runtime/wire/messages';
import type { Alert } from '../../../sinks/alerts/alert';
import { AlertFollower, type AlertTrouble } from '../../../sinks/alerts/follow-alerts';
import { NOTICE_ALERTS_MAX, type Notice } from '../../../sinks/alerts/notice';
import type { AlertSource } from '../../../sinks/alerts/sources';
import { MemoryBackend, MemoryDisk } from '../../support/memory-backend';
import { type Amount, amounts, HandClock } from '../../support/toy';

const SECOND = 1_000_000;
const codec = amounts.codec as RowsCodec<Amount>;

/** An amount below zero clears what its key raised, one of 100 or more is critical, zero is nobody's business. */
const source: AlertSource = {
  topic: amounts as AlertSource['topic'],
  alertOf: ({ key, amount }) =>
    amount === 0
      ? undefined
      : {
          key: `key ${key}`,
          state: Number(amount) < 0 ? 'cleared' : 'raised',
          severity: Number(amount) >= 100 ? 'critical' : 'warning',
          title: `${key} is at ${amount}`,
          why: '',
          next: '',
          time: '2026-03-02T10:00:00Z',
        },
};

function decoded(chunk: Chunk): { offset: number; record: { key: number; amount: number } }[] {
  const cursor = new MessageCursor();
  const reader = new ByteReader();
  const records = [];
  cursor.over(chunk);
  while (cursor.next()) {
    reader.over(cursor.bytes, cursor.valueStart + WIRE_PREFIX_BYTES, cursor.valueEnd);
    records.push({ offset: cursor.offset, record: { ...codec.decode(reader) } });
  }
  return records;
}

class Desk {
  readonly clock = new HandClock();
  readonly disk = new MemoryDisk();
  readonly sent: Notice[] = [];
  readonly troubles: AlertTrouble[] = [];
  holding: readonly Alert[] = [];
  /** Thrown by the next deliveries, one each; `undefined` takes one. */
  failures: (Error | undefined)[] = [];
  follower!: AlertFollower;
  private sequence = 0;

  async open(seed?: number): Promise<this> {
    const backend = new MemoryBackend(this.disk, seed === undefined ? {} : { seed });
    const { name, kind, codec } = amounts;
    await backend.log.createTopics([{ name, kind, layout: codec.layout, partitions: 1, retentionHours: 1 }]);
    this.follower = new AlertFollower({
      channel: 'desk',
      leastSeverity: 'warning',
      sources: [source],
      log: backend.log,
      bookmarks: backend.bookmarks,
      clock: this.clock,
      show: (_topic, chunk) => decoded(chunk),
      conditions: () => this.holding,
      onTrouble: (trouble) => this.troubles.push(trouble),
      courier: {
        deliver: async (notice) => {
          const failure = this.failures.shift();
          if (failure) throw failure;
          this.sent.push(notice);
          return undefined;
        },
      },
    });
    this.follower.start();
    await this.pass(0.2);
    return this;
  }

  async say(...records: readonly (readonly [key: number, amount: number])[]): Promise<void> {
    const writer = new MessageWriter();
    for (const [key, amount] of records) {
      writer.begin(String(key), [], 1);
      codec.encode({ key, amount }, writer.to);
      writer.end();
    }
    this.sequence += 1;
    const outputs = [{ topic: amounts.name, partition: 0, messages: writer.take() }];
    await new MemoryBackend(this.disk).log.append({ producer: 'test', sequence: this.sequence, outputs });
  }

  async pass(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds; passed += 0.2) {
      this.clock.set(this.clock.now() + 0.2 * SECOND);
      for (let turn = 0; turn < 8; turn += 1) await setImmediate();
    }
  }

  get titles(): string[][] {
    return this.sent.map(({ alerts }) => alerts.map(({ state, title }) => `${state}: ${title}`));
  }
}

const open = (): Promise<Desk> => new Desk().open();

test('the first is told at once, a channel that is new begins at the end', async () => {
  const desk = new Desk();
  await new MemoryBackend(desk.disk).log.createTopics([
    { name: amounts.name, kind: 'event', layout: 'rows', partitions: 1, retentionHours: 1 },
  ]);
  await desk.say([1, 5]);
  await desk.open();
  await desk.say([2, 5], [3, 0]);
  await desk.pass(0.4);

  expect(desk.titles).toEqual([['raised: 2 is at 5']]);
  await desk.follower.close();
});

test('what is said again is not told again; what is over is, if it was raised', async () => {
  const desk = await open();
  await desk.say([1, 5], [2, -1]);
  await desk.pass(1);
  await desk.say([1, 5]);
  await desk.pass(200);
  await desk.say([1, -1]);
  await desk.pass(1);

  expect(desk.titles).toEqual([['raised: 1 is at 5'], ['cleared: 1 is at -1']]);
  await desk.follower.close();
});

test('a storm is at most five messages in its first minute, worst first, and the rest is counted', async () => {
  const desk = await open();
  await desk.say([1, 5]);
  await desk.pass(0.4);
  await desk.say(...Array.from({ length: 10_000 }, (_, key) => [10 + key, key === 5_000 ? 100 : 5] as const));
  for (let burst = 0; burst < 20; burst += 1) {
    await desk.pass(3);
    await desk.say([20_000 + burst, 5]);
  }

  expect(desk.sent.length).toBeLessThanOrEqual(5);
  const [, storm] = desk.sent;
  expect(storm!.alerts[0]!.title).toBe('5010 is at 100');
  expect(storm!.alerts).toHaveLength(NOTICE_ALERTS_MAX);
  expect(storm!.more).toMatchObject({ critical: 0, info: 0 });
  await desk.pass(240);
  const told = desk.sent.reduce(
    (sum, { alerts, more }) => sum + alerts.length + more.warning + more.critical,
    0,
  );
  expect(told).toBe(1 + 10_000 + 20);
  await desk.follower.close();
});

test('what is critical is told within five seconds, however much came before', async () => {
  const desk = await open();
  for (let round = 0; round < 10; round += 1) {
    await desk.say([round, 5]);
    await desk.pass(20);
  }
  await desk.say([99, 100]);
  await desk.pass(4.8);

  expect(desk.titles.flat()).toContain('raised: 99 is at 100');
  await desk.follower.close();
});

test('a notice under way at a crash is sent again, the same, under the same id; and what comes after follows it', async () => {
  const desk = await open();
  desk.failures = [new Error('no answer'), new Error('no answer')];
  await desk.say([1, 5], [2, 6]);
  await desk.pass(0.4);
  await desk.follower.close();
  await desk.say([3, 7]);
  desk.failures = [];
  await desk.open();
  await desk.pass(10);
  const [first] = desk.sent;
  expect(desk.titles).toEqual([['raised: 1 is at 5', 'raised: 2 is at 6'], ['raised: 3 is at 7']]);
  await desk.follower.close();

  // Had the first attempt been taken after all, its receiver knows it by its id.
  const other = await new Desk().open();
  await other.say([1, 5], [2, 6]);
  await other.pass(0.4);
  expect(other.sent[0]).toEqual(first);
  await other.follower.close();
});

test('an outage of hours loses nothing and keeps the order of each key', async () => {
  const desk = await open();
  desk.failures = Array.from({ length: 200 }, () => new Error('no answer'));
  await desk.say([1, 5]);
  await desk.pass(60);
  await desk.say([1, 7], [2, 5]);
  await desk.say([1, -1]);
  expect(desk.follower.status()).toMatchObject({ trouble: 'no answer' });
  expect(desk.follower.status().lagMicros).toBeGreaterThan(50 * SECOND);
  desk.failures = [];
  await desk.pass(130);

  expect(desk.titles).toEqual([['raised: 1 is at 5'], ['raised: 2 is at 5', 'cleared: 1 is at -1']]);
  expect(desk.follower.status()).toMatchObject({ trouble: undefined, lagMicros: 0, delivered: 2 });
  await desk.follower.close();
});

test('it waits as long as it is asked to', async () => {
  const desk = await open();
  desk.failures = [new DeliveryError('429', { retryAfterMicros: 30 * SECOND })];
  await desk.say([1, 5]);
  await desk.pass(29);
  expect(desk.sent).toEqual([]);
  await desk.pass(3);
  expect(desk.titles).toEqual([['raised: 1 is at 5']]);
  await desk.follower.close();
});

test('what its receiver calls wrong five times is set aside, and said so; the next is told', async () => {
  const desk = await open();
  desk.failures = Array.from({ length: 5 }, () => new DeliveryError('400', { isRefused: true }));
  await desk.say([1, 5]);
  await desk.pass(30);
  await desk.say([2, 5]);
  await desk.pass(30);

  expect(desk.titles).toEqual([['raised: 2 is at 5']]);
  expect(desk.troubles.at(-1)).toMatchObject({
    kind: 'set-aside',
    notice: { alerts: [{ title: '1 is at 5' }] },
  });
  expect(desk.follower.status()).toMatchObject({ setAside: 1 });
  await desk.follower.close();
});

test('what holds for five seconds is told, once, and when it is over', async () => {
  const desk = await open();
  const full: Alert = {
    key: 'job full',
    state: 'raised',
    severity: 'critical',
    title: 'the disk is full',
    why: '',
    next: '',
    time: '2026-03-02T10:00:00Z',
  };
  desk.holding = [full];
  await desk.pass(3);
  desk.holding = [];
  await desk.pass(3);
  desk.holding = [full];
  await desk.pass(4);
  expect(desk.sent).toEqual([]);
  await desk.pass(300);
  desk.holding = [];
  await desk.pass(5);

  expect(desk.titles).toEqual([['raised: the disk is full'], ['cleared: the disk is full']]);
  await desk.follower.close();
});

test.each([
  1, 2, 3, 4, 5,
])('nothing is lost over a log with gaps and late visibility, and crashes, seed %i', async (seed) => {
  const desk = await new Desk().open(seed);
  for (let key = 0; key < 40; key += 1) {
    await desk.say([key, 5]);
    if (key % 7 === 3) desk.failures = [new Error('no answer')];
    await desk.pass(1 + (key % 5));
    if (key % 11 === 5) {
      await desk.follower.close();
      await desk.open(seed);
    }
  }
  await desk.pass(240);

  const told = desk.titles.flat();
  expect(new Set(told)).toEqual(new Set(Array.from({ length: 40 }, (_, key) => `raised: ${key} is at 5`)));
  expect(told).toHaveLength(40);
  await desk.follower.close();
});
