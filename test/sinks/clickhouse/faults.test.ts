/**
 * Law 8, tables equal topics, under everything an insert can do to us: refused, done without an answer, hanging, landing
 * late, half done, done twice, swallowed for its token. One process, a real engine, faults by script.
 */
import fc from 'fast-check';
import { retryWithin } from '../../../backends/embedded/clickhouse/retry';
import { type BlockInsert, type Database, DatabaseTimeoutError } from '../../../runtime/ports/database';
import type { DeliveryTrouble } from '../../../sinks/clickhouse/delivery';
import { followTables } from '../../../sinks/clickhouse/follow-tables';
import { migrate } from '../../../sinks/clickhouse/migrate';
import { compareRollup } from '../../../sinks/clickhouse/rollup';
import { accountPnlByMinute, accountPnlTable } from '../../../sinks/clickhouse/tables';
import { openChdb } from '../../support/chdb';
import { smallCatalogue } from '../../support/clickhouse-catalogue';
import { appendOf } from '../../support/clickhouse-life';
import { cases } from '../../support/long-runs';
import { MemoryBackend, MemoryDisk } from '../../support/memory-backend';
import { memoryFolder } from '../../support/memory-folder';
import { expectedRows, tableRows } from '../../support/table-rows';
import { testClock } from '../../support/test-clock';
import { TopicWriter } from '../../support/topic-writer';

/** What may become of one insert. */
const faults = [
  'none',
  'refused',
  'answer lost',
  'hangs and is stopped',
  'hangs and lands late',
  'base without rollup',
  'part of the rows',
  'done and lost again',
  'twice',
] as const;
type Fault = (typeof faults)[number];

const folder = memoryFolder();
const chdb = openChdb(folder);
/** Two followers write to the one table and its rollup. */
const PARTITIONS = [0, 1];
const base = `breakwater.${accountPnlTable.table}`;
const feed = 'breakwater.account_pnl_by_minute_feed';
const states = 'breakwater.account_pnl_by_minute_states';
const latest = 'breakwater.account_pnl_latest_rows';

/** Does to each insert what the script says, and to those after its end nothing. */
class FaultyDatabase implements Database {
  private late: BlockInsert | undefined;
  private asked = 0;

  constructor(private readonly script: Fault[]) {}

  command = (sql: string): Promise<void> => chdb.command(sql);
  rows = <Row>(sql: string): Promise<readonly Row[]> => chdb.rows<Row>(sql);
  close = async (): Promise<void> => undefined;

  async insert(insert: BlockInsert): Promise<void> {
    const fault = this.script.shift() ?? 'none';
    if (fault === 'refused') throw new Error('connection reset by peer');
    if (fault === 'hangs and lands late') this.late = insert;
    if (fault.startsWith('hangs')) throw new DatabaseTimeoutError('no answer');
    if (fault === 'base without rollup') await chdb.command(`DETACH TABLE ${feed}`);
    await chdb.insert(insert);
    if (fault === 'base without rollup') await chdb.command(`ATTACH TABLE ${feed}`);
    if (fault === 'twice') await chdb.insert({ ...insert, into: withoutToken(insert.into) });
    if (fault === 'part of the rows') await lose(insert, '_offset % 3 = 0');
    if (fault === 'done and lost again') await lose(insert, 'true');
    if (fault !== 'none') throw new Error(`broken off: ${fault}`);
  }

  /** A late insert is seen to run when first asked for, and has landed when asked again. */
  async ended(): Promise<boolean> {
    if (!this.late) return true;
    this.asked += 1;
    if (this.asked % 2 === 1) return false;
    await chdb.insert(this.late);
    this.late = undefined;
    return true;
  }
}

/** Takes rows out that the insert brought; its tag says which they are. The engine goes on remembering its token. */
async function lose({ tag }: BlockInsert, which: string): Promise<void> {
  const [partition, , firstOffset, tablePartition] = tag.split('/').slice(-5);
  await chdb.command(
    `ALTER TABLE ${base} DELETE WHERE ${which} AND _partition = ${partition} AND _offset >= ${firstOffset} AND toYYYYMMDD(time) = ${tablePartition} SETTINGS mutations_sync = 2`,
  );
}

const withoutToken = (into: string): string =>
  into.replace(/insert_deduplication_token = '[^']*'/, 'insert_deduplicate = 0');

interface Outcome {
  readonly troubles: readonly DeliveryTrouble[];
  /** Reasons of followers that were seen to have stopped. */
  readonly stops: readonly string[];
  readonly rows: readonly string[];
  readonly expected: readonly string[];
}

/** Lives of the followers, each with its own script of faults; each appends and drains, and is then closed. */
async function run(
  lives: readonly (readonly Fault[])[],
  open: (script: Fault[]) => Database = (script) => new FaultyDatabase(script),
  restMicros = 60e6,
): Promise<Outcome> {
  const disk = new MemoryDisk();
  const backend = new MemoryBackend(disk);
  const topic = accountPnlTable.from;
  for (const table of [base, states, latest]) await chdb.command(`TRUNCATE TABLE ${table}`);
  await backend.log.createTopics([
    { name: topic.name, kind: topic.kind, layout: 'rows', partitions: PARTITIONS.length, retentionHours: 1 },
  ]);
  const writers = PARTITIONS.map((partition) => new TopicWriter(backend, topic, partition));
  const troubles: DeliveryTrouble[] = [];
  const stops: string[] = [];
  for (const [life, script] of lives.entries()) {
    const followers = await followTables({
      database: open([...script]),
      catalogue: smallCatalogue,
      log: backend.log,
      bookmarks: backend.bookmarks,
      decoding: { registry: backend.registry, versions: undefined },
      clock: testClock,
      retry: retryWithin({ attemptsMax: 8, firstPauseMillis: 1, pauseMillisMax: 5 }),
      limits: { records: 25, bytes: 2 ** 20 },
      lingerMicros: 0,
      restMicros,
      failpoint: () => undefined,
      onTrouble: (trouble) => troubles.push(trouble),
      onUnreadable: () => undefined,
    });
    for (const [index, writer] of writers.entries()) await writer.write(appendOf(topic, 2 * life + index));
    for (;;) {
      await followers.drain();
      const statuses = followers.status();
      const stopped = statuses.filter(({ state }) => state !== 'following');
      if (statuses.every(({ doneOffset, endOffset }) => doneOffset === endOffset)) break;
      stops.push(...stopped.map(({ reason }) => reason));
      if (stops.length > 1000) throw new Error(`it does not go on: ${stops.at(-1)}`);
      await new Promise<void>((resolve) => testClock.after(5000, resolve));
    }
    await followers.close();
  }
  return {
    troubles,
    stops,
    rows: await tableRows(chdb, accountPnlTable),
    expected: expectedRows(
      accountPnlTable,
      writers.flatMap(({ placed }) => placed),
    ),
  };
}

beforeAll(async () => {
  await migrate(chdb, smallCatalogue, testClock);
});
afterAll(() => chdb.close());

async function expectExact({ rows, expected }: Outcome): Promise<void> {
  expect(rows).toEqual(expected);
  expect(await compareRollup(chdb, accountPnlByMinute)).toEqual([]);
}

test.each(faults.map((fault) => [fault]))('law 8: an insert with the fault: %s', async (fault) => {
  const outcome = await run([[fault, 'none', fault]]);
  await expectExact(outcome);
  const failed = outcome.troubles.filter(({ kind }) => kind === 'insert-failed');
  expect(failed.length).toBe(fault === 'none' ? 0 : 2);
});

test('law 8: a rollup that an insert did not reach is repaired, and the insert is not repeated', async () => {
  const { troubles } = await run([['base without rollup']]);
  expect(troubles.map(({ kind }) => kind)).toEqual(['insert-failed', 'found-whole', 'rollup-repaired']);
});

test('law 8: rows that are there wrongly are taken out before they are sent again', async () => {
  for (const fault of ['part of the rows', 'twice'] as const) {
    const { troubles } = await run([[fault]]);
    expect(troubles.map(({ kind }) => kind)).toContain('found-wrong');
  }
});

test('law 8: whatever happens to inserts, over any restarts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.constantFrom(...faults), { maxLength: 5 }), { minLength: 1, maxLength: 3 }),
      async (lives) => expectExact(await run(lives)),
    ),
    { numRuns: cases(8) },
  );
}, 60_000);

test('law 8: an outage that outlasts its budget is visible, and once it is over all goes on', async () => {
  const outage = Array.from({ length: 40 }, (): Fault => 'refused');
  const outcome = await run([outage], undefined, 20_000);
  await expectExact(outcome);
  expect(outcome.stops).toEqual(expect.arrayContaining(['connection reset by peer']));
});

test('law 8: the insert that hangs in the engine is stopped, found out and finished', async () => {
  const slow = 'breakwater.slow_view';
  await chdb.command(
    `CREATE MATERIALIZED VIEW ${slow} ENGINE = Null AS SELECT sleepEachRow(0.06) AS slept FROM ${base}`,
  );
  const impatient = openChdb(folder, { insertMicrosMax: 300_000 });
  const outcome = await run([[]], () => ({
    command: (sql) => impatient.command(sql),
    rows: (sql) => impatient.rows(sql),
    insert: (insert) => impatient.insert(insert),
    close: () => impatient.close(),
    ended: async (tag) => {
      const over = await impatient.ended(tag);
      await chdb.command(`DROP TABLE IF EXISTS ${slow}`);
      return over;
    },
  }));
  await expectExact(outcome);
  await impatient.close();
  const [first] = outcome.troubles;
  expect(first).toMatchObject({ kind: 'insert-failed', error: { name: 'DatabaseTimeoutError' } });
});
