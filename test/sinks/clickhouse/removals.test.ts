/** Keys that are removed, in a table of states: its history tells of it, and what holds now leaves them out. */
import { noFailpoints } from '../../../runtime/ports/failpoint';
import type { Topic } from '../../../runtime/stream/topic';
import { Outlet } from '../../../runtime/task/outlet';
import { MessageCursor, MessageWriter } from '../../../runtime/wire/messages';
import type { ForeignFee } from '../../../schemas/ledger';
import { CutRecords } from '../../../sinks/clickhouse/cut-records';
import { followTables } from '../../../sinks/clickhouse/follow-tables';
import { latestOf } from '../../../sinks/clickhouse/latest';
import { foreignFeesTable, positionsTable, type TableCatalogue } from '../../../sinks/clickhouse/tables';
import { openChdb } from '../../support/chdb';
import { MemoryBackend } from '../../support/memory-backend';
import { memoryFolder } from '../../support/memory-folder';
import { testClock } from '../../support/test-clock';

const DAY = Date.UTC(2026, 2, 2) * 1000;
const folder = memoryFolder();
const topic = foreignFeesTable.from as Topic;
const catalogue: TableCatalogue = {
  sinks: [foreignFeesTable],
  rollups: [],
  latests: [latestOf(foreignFeesTable)],
  views: [],
};

test('a removed key is a row of the history, and is gone from what holds now, until it comes again', async () => {
  const backend = new MemoryBackend();
  const { name, kind, codec } = topic;
  await backend.log.createTopics([{ name, kind, layout: codec.layout, partitions: 1, retentionHours: 24 }]);
  const schemaId = await backend.registry.register(`${name}-value`, codec.schema);
  const database = openChdb(folder);
  const followers = await followTables({
    database,
    catalogue,
    log: backend.log,
    bookmarks: backend.bookmarks,
    decoding: { registry: backend.registry, versions: undefined },
    clock: testClock,
    retry: (work) => work(),
    limits: { records: 100, bytes: 1 << 20 },
    lingerMicros: 0,
    failpoint: noFailpoints,
    onTrouble: () => undefined,
    onUnreadable: ({ reason }) => {
      throw new Error(reason);
    },
  });
  let sequence = 0;
  const say = async (changes: {
    set?: readonly ForeignFee[];
    removed?: readonly object[];
  }): Promise<void> => {
    sequence += 1;
    const outlet = new Outlet({ topic, partitions: 1, schemaId, envelope: undefined });
    outlet.write({ set: [], removed: [], ...changes }, { number: sequence, now: DAY + sequence }, 'test');
    await backend.log.append({ producer: 'test', sequence, outputs: outlet.take() });
    await followers.drain();
  };
  const fee = (currency: string, fees: bigint): ForeignFee => ({
    account: 1,
    instrument: 2,
    currency,
    fees: fees * 10n ** 18n,
    time: DAY,
    knownAt: DAY,
  });
  const rows = (table: string, columns: string): Promise<readonly object[]> =>
    database.rows(`SELECT ${columns} FROM breakwater.${table} ORDER BY ALL`);
  const holding = (): Promise<readonly object[]> =>
    rows('foreign_fees_latest', 'currency, toString(fees) AS fees');

  await say({ set: [fee('EUR', 5n), fee('B/C~', 7n)] });
  await say({ removed: [{ account: 1, instrument: 2, currency: 'B/C~' }] });
  expect(await holding()).toEqual([{ currency: 'EUR', fees: '5' }]);
  expect(
    await rows(
      'foreign_fees',
      `currency, toString(fees) AS fees, toUnixTimestamp64Micro(time) - ${DAY} AS at, _removed`,
    ),
  ).toEqual([
    { currency: 'B/C~', fees: '0', at: 2, _removed: true },
    { currency: 'B/C~', fees: '7', at: 0, _removed: false },
    { currency: 'EUR', fees: '5', at: 0, _removed: false },
  ]);
  await say({ set: [fee('B/C~', 9n)] });
  expect(await holding()).toEqual([
    { currency: 'B/C~', fees: '9' },
    { currency: 'EUR', fees: '5' },
  ]);
  await followers.close();
  await database.close();
}, 60_000);

test('a removal is known since it was made, so that what was known at any time is told rightly', () => {
  const held = positionsTable.from as Topic;
  const records = new CutRecords(held, { registry: new MemoryBackend().registry, versions: undefined });
  const outlet = new Outlet({ topic: held, partitions: 1, schemaId: 1, envelope: undefined });
  const removed = [{ account: 1, instrument: 2, contract: 0 }];
  outlet.write({ set: [], removed }, { number: 1, now: DAY }, 'test');
  const cursor = new MessageCursor().over(outlet.take()[0]!.messages);
  cursor.next();
  records.add(cursor);

  expect(records.rows).toMatchObject([
    { account: 1, instrument: 2, time: DAY, knownAt: DAY, _removed: true },
  ]);
});

test('a removal whose key is none of the topic becomes no row, and says so', () => {
  const records = new CutRecords(topic, { registry: new MemoryBackend().registry, versions: undefined });
  const writer = new MessageWriter();
  writer.begin('1/2', [], 1);
  writer.endTombstone();
  const cursor = new MessageCursor().over(writer.take());
  cursor.next();
  records.add(cursor);

  expect(records.length).toBe(0);
  expect(records.unreadable).toEqual([
    { offset: 0, reason: expect.stringContaining('none that could be removed') },
  ]);
});
