/** `breakwater check`: tables against their log of cuts, rollups against their base; and what it says is wrong is mended. */
import { retryWithin } from '../../../backends/embedded/clickhouse/retry';
import { checkTables } from '../../../sinks/clickhouse/check-tables';
import {
  type FollowTablesOptions,
  followTables,
  type TableFollowers,
} from '../../../sinks/clickhouse/follow-tables';
import { accountPnlTable, quotesTable } from '../../../sinks/clickhouse/tables';
import { openChdb } from '../../support/chdb';
import { smallCatalogue } from '../../support/clickhouse-catalogue';
import { appendOf } from '../../support/clickhouse-life';
import { MemoryBackend } from '../../support/memory-backend';
import { memoryFolder } from '../../support/memory-folder';
import { expectedRows, tableRows } from '../../support/table-rows';
import { testClock } from '../../support/test-clock';
import { TopicWriter } from '../../support/topic-writer';

const database = openChdb(memoryFolder());
const backend = new MemoryBackend();
const writers = smallCatalogue.sinks.map(({ from }) => new TopicWriter(backend, from));
const unreadable: string[] = [];
const options: FollowTablesOptions = {
  database,
  catalogue: smallCatalogue,
  log: backend.log,
  bookmarks: backend.bookmarks,
  decoding: { registry: backend.registry, versions: undefined },
  clock: testClock,
  retry: retryWithin({ attemptsMax: 2, firstPauseMillis: 1, pauseMillisMax: 1 }),
  lingerMicros: 0,
  failpoint: () => undefined,
  onTrouble: () => undefined,
  onUnreadable: ({ topic, offset, reason }) => unreadable.push(`${topic} ${offset}: ${reason}`),
};
let sequence = 0;

async function append(): Promise<void> {
  sequence += 1;
  for (const [index, { from }] of smallCatalogue.sinks.entries())
    await writers[index]!.write(appendOf(from, sequence));
}

async function drained(): Promise<TableFollowers> {
  const followers = await followTables(options);
  await followers.drain();
  await followers.close();
  return followers;
}

async function expectExact(): Promise<void> {
  for (const [index, sink] of smallCatalogue.sinks.entries())
    expect(await tableRows(database, sink)).toEqual(expectedRows(sink, writers[index]!.placed));
}

const check = (repair: boolean) => checkTables({ ...options, repair });

beforeAll(async () => {
  await backend.log.createTopics(
    smallCatalogue.sinks.map(({ from: { name, kind, codec } }) => ({
      name,
      kind,
      layout: codec.layout,
      partitions: 1,
      retentionHours: 1,
    })),
  );
  await append();
  await drained();
});
afterAll(() => database.close());

test('nothing is found where all is as it was written', async () => {
  expect(await check(false)).toEqual([]);
});

test('a table that lost rows is not followed on, is named, and is filled anew', async () => {
  await database.command(
    `ALTER TABLE breakwater.${quotesTable.table} DELETE WHERE _index = 3 SETTINGS mutations_sync = 2`,
  );
  await append();
  const quotesStatus = (await drained()).status().find(({ table }) => table === 'quotes');
  expect(quotesStatus).toMatchObject({ state: 'stopped', reason: expect.stringContaining('holds 38 rows') });
  expect(await check(false)).toMatchObject([
    { object: 'quotes', problem: 'holds 38 rows of partition 0, and 40 records were delivered.' },
  ]);
  expect(await check(true)).toMatchObject([
    { object: 'quotes', remedy: expect.stringContaining('Filled anew') },
  ]);
  await drained();
  await expectExact();
  expect(await check(false)).toEqual([]);
});

test('a rollup that differs is named with the day, and made anew', async () => {
  await database.command('TRUNCATE TABLE breakwater.account_pnl_by_minute_states');
  const found = await check(true);
  expect(found.map(({ object }) => object)).toContain('account_pnl_by_minute');
  expect(await check(false)).toEqual([]);
});

test('a message that cannot be read becomes no row and is told of; what follows it goes on', async () => {
  const { name } = accountPnlTable.from;
  const bad = Buffer.alloc(16 + 5 + 3);
  bad.writeUInt32LE(8, 12);
  bad.writeUInt32BE(1, 17);
  const { next } = backend.log.ends({ topic: name, partition: 0 });
  await backend.log.append({
    producer: 'vandal',
    sequence: 1,
    outputs: [
      { topic: name, partition: 0, messages: { baseOffset: 0, nextOffset: 1, count: 1, bytes: bad } },
    ],
  });
  await append();
  await drained();
  expect(unreadable).toEqual([expect.stringContaining(`${name} ${next}: `)]);
  await expectExact();
});
