/** Tables let go of what is over its retention, and hold exactly their topics within it. */
import { retryWithin } from '../../../backends/embedded/clickhouse/retry';
import type { Topic } from '../../../runtime/stream/topic';
import { accountPnl } from '../../../schemas/risk';
import { checkTables } from '../../../sinks/clickhouse/check-tables';
import type { DeliveryTrouble } from '../../../sinks/clickhouse/delivery';
import { followTables } from '../../../sinks/clickhouse/follow-tables';
import { firstKept } from '../../../sinks/clickhouse/retention';
import { openChdb } from '../../support/chdb';
import { smallCatalogue } from '../../support/clickhouse-catalogue';
import { MemoryBackend } from '../../support/memory-backend';
import { memoryFolder } from '../../support/memory-folder';
import { sampleRecord } from '../../support/sample-record';
import { testClock } from '../../support/test-clock';
import { TopicWriter } from '../../support/topic-writer';

const DAY = 86_400_000_000;
const TODAY = 20_500 * DAY;
let now = TODAY + 1000;
const clock = { ...testClock, now: () => now };
const database = openChdb(memoryFolder());
const backend = new MemoryBackend();
const writers = new Map(smallCatalogue.sinks.map(({ from }) => [from.name, new TopicWriter(backend, from)]));
const troubles: DeliveryTrouble[] = [];
const options = {
  database,
  catalogue: smallCatalogue,
  log: backend.log,
  bookmarks: backend.bookmarks,
  decoding: { registry: backend.registry, versions: undefined },
  clock,
  retry: retryWithin({ attemptsMax: 2, firstPauseMillis: 1, pauseMillisMax: 1 }),
  lingerMicros: 0,
  failpoint: () => undefined,
  onTrouble: (trouble: DeliveryTrouble) => void troubles.push(trouble),
  onUnreadable: () => undefined,
};

const followed = async (retentionDays: Readonly<Record<string, number>>): Promise<void> => {
  troubles.length = 0;
  const followers = await followTables({ ...options, retentionDays });
  await followers.drain();
  await followers.close();
};
const ask = async (sql: string): Promise<string[]> =>
  (await database.rows<Record<string, unknown>>(sql)).map((row) => Object.values(row).join(' '));
const say = (topic: Topic, ...rows: readonly object[]): Promise<unknown> =>
  writers.get(topic.name)!.write(rows.map((row) => [{ ...sampleRecord(topic, 0), ...row }]));
/** Known a minute behind midnight, so many days ago. */
const daysAgo = (days: number): { time: number; knownAt: number } => ({
  time: TODAY - days * DAY + 60e6,
  knownAt: TODAY - days * DAY + 61e6,
});
const STATES = `SELECT account, toString(positions) AS positions FROM breakwater.account_pnl ORDER BY account, _offset`;
const LATEST = `SELECT account, toString(positions) AS positions FROM breakwater.account_pnl_latest ORDER BY account`;

beforeAll(async () => {
  await backend.log.createTopics(
    smallCatalogue.sinks.map(({ from: { name, kind, codec } }) => ({
      name,
      kind,
      layout: codec.layout,
      partitions: 1,
      retentionHours: 24,
    })),
  );
  const quiet = { account: 1, currency: 'USD' };
  const busy = { account: 2, currency: 'USD' };
  await say(
    accountPnl as Topic,
    { ...quiet, positions: 1, ...daysAgo(40) },
    { ...quiet, positions: 2, ...daysAgo(35) },
    { ...busy, positions: 3, ...daysAgo(32) },
    { ...busy, positions: 4, ...daysAgo(31) },
    { ...busy, positions: 5, ...daysAgo(30) },
    { ...busy, positions: 6, ...daysAgo(1) },
  );
  await followed({});
});
afterAll(() => database.close());

test('a table that is not named keeps everything', async () => {
  await followed({ quotes: 1 });
  expect(await ask(STATES)).toEqual(['1 1', '1 2', '2 3', '2 4', '2 5', '2 6']);
});

test('days begin at midnight UTC, and the first one kept is kept whole', () => {
  expect(firstKept(TODAY + DAY - 1, 30)).toBe(TODAY - 30 * DAY);
  expect(firstKept(TODAY + DAY, 30)).toBe(TODAY - 29 * DAY);
});

test('what is older goes; of each key the last word before stays, and what holds now is whole', async () => {
  await followed({ account_pnl: 30 });
  expect(troubles).toEqual([
    {
      kind: 'let-go',
      object: 'account_pnl',
      rows: 2,
      before: new Date((TODAY - 30 * DAY) / 1000).toISOString(),
    },
  ]);
  expect(await ask(STATES)).toEqual(['1 2', '2 4', '2 5', '2 6']);
  expect(await ask(LATEST)).toEqual(['1 2', '2 6']);
  // What was known at any time within retention is what it was.
  expect(
    await ask(
      `SELECT account, toString(argMax(positions, _offset)) FROM breakwater.account_pnl WHERE knownAt <= fromUnixTimestamp64Micro(${TODAY - 30 * DAY}, 'UTC') GROUP BY account ORDER BY account`,
    ),
  ).toEqual(['1 2', '2 4']);
});

test('afterwards nothing is found wrong, roll-ups too, and a second time nothing goes', async () => {
  expect(await checkTables({ ...options, repair: false })).toEqual([]);
  expect(await ask('SELECT toString(sum(records)) FROM breakwater.account_pnl_by_minute')).toEqual(['4']);
  await followed({ account_pnl: 30 });
  expect(troubles).toEqual([]);
});

test('cut short behind the deletion, the next start goes on, and finds nothing wrong', async () => {
  now += 29 * DAY;
  const { bookmarks } = backend;
  // Whoever dies has not written what he counted.
  const dying = {
    ...bookmarks,
    get: bookmarks.get.bind(bookmarks),
    all: bookmarks.all.bind(bookmarks),
    remove: () => Promise.reject(new Error('dead')),
    set: (bookmark: Parameters<typeof bookmarks.set>[0]) =>
      bookmark.name.endsWith('.retention') ? bookmarks.set(bookmark) : Promise.reject(new Error('dead')),
  };
  await followTables({ ...options, bookmarks: dying, retentionDays: { account_pnl: 30 } }).then((one) =>
    one.close(),
  );
  expect(await ask(STATES)).toEqual(['1 2', '2 5', '2 6']);
  await followed({ account_pnl: 30 });
  expect(troubles).toEqual([]);
  expect(await checkTables({ ...options, repair: false })).toEqual([]);
});

test('a row that is missing for another reason is found, although rows have been let go', async () => {
  await database.command(
    'ALTER TABLE breakwater.account_pnl DELETE WHERE positions = 6 SETTINGS mutations_sync = 2',
  );
  expect((await checkTables({ ...options, repair: false })).map(({ object }) => object)).toContain(
    'account_pnl',
  );
  await followed({ account_pnl: 30 });
  expect(troubles.map(({ kind }) => kind)).toContain('mended');
  expect((await ask(STATES)).at(-1)).toBe('2 6');
});
