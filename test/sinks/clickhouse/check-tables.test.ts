/** `breakwater check`: tables against their log of cuts, rollups against their base; and what it says is wrong is mended. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
const troubles: unknown[] = [];
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
  onTrouble: (trouble) => void troubles.push(trouble),
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

const { table } = quotesTable;

/** What it takes to make a table something else than its topic, and what is said of it. */
const damages: readonly (readonly [string, () => Promise<void>, RegExp])[] = [
  [
    'rows were deleted',
    () =>
      database.command(`ALTER TABLE breakwater.${table} DELETE WHERE _index = 3 SETTINGS mutations_sync = 2`),
    /holds \d+ rows of partition 0, and \d+ records were delivered/,
  ],
  [
    'a value was changed by hand',
    () =>
      database.command(
        `ALTER TABLE breakwater.${table} UPDATE bid = bid + 1 WHERE _index = 2 SETTINGS mutations_sync = 2`,
      ),
    /holds other values than were delivered/,
  ],
  [
    'rows were doubled',
    () =>
      database.command(`INSERT INTO breakwater.${table} SELECT * FROM breakwater.${table} WHERE _index = 1`),
    /holds \d+ rows of partition 0, and \d+ records were delivered/,
  ],
  [
    'the table is gone',
    () => database.command(`DROP TABLE breakwater.${table} SYNC`),
    /is gone, and \d+ records/,
  ],
  ['it was emptied', () => database.command(`TRUNCATE TABLE breakwater.${table}`), /holds 0 rows/],
  [
    'a bit flipped in the index of times',
    () => flip('minmax_time.idx'),
    /damaged parts, \d+.*minmax_time.idx/,
  ],
  ['a bit flipped in the count of rows', () => flip('count.txt'), /damaged parts, \d+.*count.txt/],
  ['a bit flipped in the data', () => flip('data.bin'), /damaged parts/],
  ['a bit flipped in the primary index', () => flip('primary.cidx'), /damaged parts/],
  ['a file of a part is gone', () => flip('data.bin', true), /damaged parts/],
];

async function flip(name: string, isGone = false): Promise<void> {
  const [part] = await database.rows<{ readonly path: string }>(
    `SELECT path FROM system.parts WHERE database = 'breakwater' AND table = '${table}' AND active ORDER BY rows DESC LIMIT 1`,
  );
  const file = join(part!.path, name);
  if (isGone) return rmSync(file);
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(file, bytes);
}

describe.each(damages)('%s', (_, damage, problem) => {
  test('is found by a check, and mended by one', async () => {
    await append();
    await drained();
    await damage();
    expect(await check(false)).toContainEqual(
      expect.objectContaining({ object: table, problem: expect.stringMatching(problem) }),
    );
    expect(await check(true)).toContainEqual(expect.objectContaining({ object: table }));
    await drained();
    await expectExact();
    expect(await check(false)).toEqual([]);
  });

  test('is found and mended by a start', async () => {
    await damage();
    await append();
    troubles.length = 0;
    await drained();
    expect(troubles).toContainEqual(expect.objectContaining({ kind: 'mended', object: table }));
    await expectExact();
  });
});

test('a base and its rollup that were both emptied are made anew, and so is a rollup whose files are damaged', async () => {
  await database.command(`TRUNCATE TABLE breakwater.${accountPnlTable.table}`);
  await check(true);
  await drained();
  expect(await check(false)).toEqual([]);
  await expectExact();
  const [part] = await database.rows<{ readonly path: string }>(
    "SELECT path FROM system.parts WHERE table = 'account_pnl_by_minute_states' AND active ORDER BY rows DESC LIMIT 1",
  );
  rmSync(join(part!.path, 'data.bin'));
  expect(await check(false)).toMatchObject([
    { object: 'account_pnl_by_minute', problem: expect.stringContaining('damaged') },
  ]);
  await check(true);
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
