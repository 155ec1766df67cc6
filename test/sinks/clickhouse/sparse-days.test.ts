/** Law 8 where records are spread over years of days: a few inserts, each over many days, each record once. */
import { retryWithin } from '../../../backends/embedded/clickhouse/retry';
import { type BlockInsert, type Database, DatabaseError } from '../../../runtime/ports/database';
import type { ClickhouseSink } from '../../../sinks/clickhouse/clickhouse';
import type { DeliveryTrouble } from '../../../sinks/clickhouse/delivery';
import { followTables } from '../../../sinks/clickhouse/follow-tables';
import { latestOf } from '../../../sinks/clickhouse/latest';
import { marksTable, quotesTable, type TableCatalogue } from '../../../sinks/clickhouse/tables';
import { openChdb } from '../../support/chdb';
import { MemoryBackend } from '../../support/memory-backend';
import { memoryFolder } from '../../support/memory-folder';
import { sampleRecord } from '../../support/sample-record';
import { expectedRows, tableRows } from '../../support/table-rows';
import { testClock } from '../../support/test-clock';
import { TopicWriter } from '../../support/topic-writer';

const DAY = 86_400_000_000;
const DAYS = 40;
const chdb = openChdb(memoryFolder());
afterAll(() => chdb.close());

type Fault = 'none' | 'nothing landed' | 'some days landed' | 'one day landed in part' | 'answer lost';

/** Does to the first insert what it is told to. */
class FaultyDatabase implements Database {
  inserts = 0;
  constructor(
    private readonly fault: Fault,
    private readonly table: string,
  ) {}

  command = (sql: string): Promise<void> => chdb.command(sql);
  rows = <Row>(sql: string): Promise<readonly Row[]> => chdb.rows<Row>(sql);
  ended = async (): Promise<boolean> => true;
  close = async (): Promise<void> => undefined;

  async insert(insert: BlockInsert): Promise<void> {
    this.inserts += 1;
    const isFirst = this.inserts === 1;
    if (isFirst && this.fault === 'nothing landed') throw new DatabaseError('connection reset');
    await chdb.insert(insert);
    if (!isFirst || this.fault === 'none') return;
    const alter = `ALTER TABLE breakwater.${this.table}`;
    if (this.fault === 'some days landed')
      for (const day of [2, 9, 16]) await chdb.command(`${alter} DROP PARTITION ${20_200_100 + day}`);
    if (this.fault === 'one day landed in part')
      await chdb.command(
        `${alter} DELETE IN PARTITION 20200102 WHERE _index = 1 SETTINGS mutations_sync = 2`,
      );
    throw new DatabaseError(`broken off: ${this.fault}`);
  }
}

async function follow(sink: ClickhouseSink, catalogue: TableCatalogue, fault: Fault) {
  const backend = new MemoryBackend();
  const { name, kind, codec } = sink.from;
  await backend.log.createTopics([{ name, kind, layout: codec.layout, partitions: 1, retentionHours: 1 }]);
  const writer = new TopicWriter(backend, sink.from);
  const records = Array.from({ length: 2 * DAYS }, (_, index) => ({
    ...sampleRecord(sink.from, index),
    time: Date.UTC(2020, 0, 1) * 1000 + (index % DAYS) * DAY + index,
  }));
  // Two records of a day lie in one frame.
  await writer.write(Array.from({ length: DAYS }, (_, day) => [records[day]!, records[day + DAYS]!]));
  const database = new FaultyDatabase(fault, sink.table);
  const troubles: DeliveryTrouble[] = [];
  await chdb.command(`DROP DATABASE IF EXISTS breakwater`);
  const followers = await followTables({
    database,
    catalogue,
    log: backend.log,
    bookmarks: backend.bookmarks,
    decoding: { registry: backend.registry, versions: undefined },
    clock: testClock,
    retry: retryWithin({ attemptsMax: 8, firstPauseMillis: 1, pauseMillisMax: 5 }),
    lingerMicros: 0,
    failpoint: () => undefined,
    onTrouble: (trouble) => void troubles.push(trouble),
    onUnreadable: () => undefined,
  });
  await followers.drain();
  await followers.close();
  const expected = expectedRows(sink, writer.placed);
  return { rows: await tableRows(chdb, sink), expected, inserts: database.inserts, troubles };
}

const quotesOnly: TableCatalogue = { sinks: [quotesTable], rollups: [], latests: [], views: [] };

/** An insert, and one of what did not come. */
test.each<[Fault, number]>([
  ['none', 1],
  ['nothing landed', 2],
  ['answer lost', 1],
  ['some days landed', 2],
  ['one day landed in part', 2],
])('law 8: 40 days with the fault: %s', async (fault, inserts) => {
  const outcome = await follow(quotesTable, quotesOnly, fault);
  expect(outcome.rows).toHaveLength(2 * DAYS);
  expect(outcome.rows).toEqual(outcome.expected);
  expect(outcome.inserts).toBe(inserts);
  expect(outcome.troubles.filter(({ kind }) => kind === 'insert-failed')).toHaveLength(
    fault === 'none' ? 0 : 1,
  );
});

test('law 8: what holds now of a state topic follows inserts over many days', async () => {
  const latest = latestOf(marksTable);
  const catalogue = { sinks: [marksTable], rollups: [], latests: [latest], views: [] };
  const outcome = await follow(marksTable, catalogue, 'some days landed');
  expect(outcome.rows).toEqual(outcome.expected);
  const [{ keys }] = (await chdb.rows<{ readonly keys: string }>(
    `SELECT count() AS keys FROM breakwater.${latest.name}`,
  )) as [{ readonly keys: string }];
  const instruments = new Set(outcome.rows.map((row) => row.split('|')[0]));
  expect(Number(keys)).toBe(instruments.size);
});
