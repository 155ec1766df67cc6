/** Tables follow their topics' schemas without losing a row; what would lose what is stored is refused, by name. */
import { type Topic, topic } from '../../../runtime/stream/topic';
import { marks } from '../../../schemas/market';
import { accountPnl } from '../../../schemas/risk';
import { clickhouse } from '../../../sinks/clickhouse/clickhouse';
import { differentKeys, latestOf, rebuildLatest } from '../../../sinks/clickhouse/latest';
import { MigrationRefusedError, migrate, planMigration } from '../../../sinks/clickhouse/migrate';
import { compareRollup, miscountedPartitions, repairRollup } from '../../../sinks/clickhouse/rollup';
import { accountPnlByMinute, accountPnlTable, type TableCatalogue } from '../../../sinks/clickhouse/tables';
import { openChdb } from '../../support/chdb';
import { memoryFolder } from '../../support/memory-folder';
import { testClock } from '../../support/test-clock';

const database = openChdb(memoryFolder());
afterAll(() => database.close());

interface Field {
  readonly name: string;
  readonly [attribute: string]: unknown;
}

/** The topic as a later build declares it. */
function evolved(from: Topic, change: (fields: readonly Field[]) => readonly Field[]): Topic {
  const schema = JSON.parse(from.codec.schema) as { readonly fields: readonly Field[] };
  const codec = { ...from.codec, schema: JSON.stringify({ ...schema, fields: change(schema.fields) }) };
  return topic({ ...from, codec });
}

const only = (...sinks: TableCatalogue['sinks']): TableCatalogue => ({
  sinks,
  rollups: [],
  latests: [],
  views: [],
});
const accounts = (from: Topic) => clickhouse({ from, table: 'account_pnl' });
const desk = { name: 'desk', type: 'string', default: 'none', doc: 'Desk that the account belongs to.' };

beforeAll(async () => {
  await migrate(
    database,
    { ...only(accountPnlTable, clickhouse({ from: marks, table: 'marks' })), rollups: [accountPnlByMinute] },
    testClock,
  );
  await database.command(
    `INSERT INTO breakwater.account_pnl (account, currency, positions, time, knownAt, _offset) VALUES (7, 'USD', 3, '2026-03-02 10:00:30', '2026-03-02 10:00:31', 1), (7, 'USD', 4, '2026-03-02 10:00:40', '2026-03-02 10:00:41', 2)`,
  );
});

test('what is as declared is left alone', async () => {
  expect(await planMigration(database, only(accountPnlTable))).toEqual({ migrations: [], remade: [] });
});

test('a new field becomes a column, with its default in the rows there are', async () => {
  const added = accounts(evolved(accountPnl, (fields) => [...fields, desk]));
  expect((await migrate(database, only(added), testClock)).migrations).toHaveLength(1);
  expect((await migrate(database, only(added), testClock)).migrations).toEqual([]);
  expect(await database.rows('SELECT DISTINCT desk FROM breakwater.account_pnl')).toEqual([{ desk: 'none' }]);
});

test('every change is recorded with its number, statement and time', async () => {
  const recorded = await database.rows<{ readonly statement: string; readonly age: number }>(
    `SELECT version, statement, dateDiff('minute', applied, now()) AS age FROM breakwater.breakwater_migrations WHERE object = 'account_pnl' ORDER BY version`,
  );
  expect(recorded.map(({ statement }) => statement.split('\n')[0])).toEqual([
    'CREATE TABLE IF NOT EXISTS breakwater.account_pnl',
    "ALTER TABLE breakwater.account_pnl ADD COLUMN IF NOT EXISTS desk LowCardinality(String) DEFAULT 'none' COMMENT 'Desk that the account belongs to.'",
  ]);
  expect(recorded.every(({ age }) => Math.abs(Number(age)) <= 1)).toBe(true);
});

test('an enum takes new names at its end, and a comment is brought up to date', async () => {
  const wider = evolved(marks, (fields) =>
    fields.map((field) => ({
      ...JSON.parse(JSON.stringify(field).replace('"Stale"]', '"Stale","Halted"]')),
      ...(field.name === 'bid' && { doc: 'Best bid.' }),
    })),
  );
  await migrate(database, only(clickhouse({ from: wider, table: 'marks' })), testClock);
  const columns = await database.rows(
    `SELECT name, type, comment FROM system.columns WHERE database = 'breakwater' AND table = 'marks' AND name IN ('bid', 'state') ORDER BY name`,
  );
  expect(columns).toMatchObject([
    { comment: expect.stringContaining('Best bid. Unit:') },
    { type: "Enum8('Missing' = 0, 'Priced' = 1, 'Stale' = 2, 'Halted' = 3)" },
  ]);
});

test('what would lose what is stored is refused, all of it at once, with what to do, and nothing is changed', async () => {
  const changed = evolved(accountPnl, (fields) => [
    ...fields
      .filter(({ name }) => name !== 'stale')
      .map((field) => (field.name === 'positions' ? { ...field, type: 'double' } : field)),
    desk,
    { name: 'book', type: 'string', doc: 'Book.' },
    { name: 'strategy', type: 'string', default: '', doc: 'Strategy.' },
  ]);
  const sink = clickhouse({ from: changed, table: 'account_pnl', orderBy: ['time', 'account'] });
  const refusal = await migrate(database, only(sink), testClock).catch((error: Error) => error);
  expect(refusal).toBeInstanceOf(MigrationRefusedError);
  for (const reason of [
    'column "stale" is not declared any more',
    'column "positions" is Int32, declared as Float64',
    'column "book" is new and has no default',
    'say "breakwater check --repair"',
  ])
    expect((refusal as Error).message).toContain(reason);
  const columns = await database.rows(
    `SELECT name FROM system.columns WHERE database = 'breakwater' AND table = 'account_pnl' AND name = 'strategy'`,
  );
  expect(columns).toEqual([]);
});

test('a rollup declared otherwise is made anew, and filled from its base', async () => {
  const fewer = { ...accountPnlByMinute, last: ['positions', 'time'] };
  await migrate(database, { ...only(), rollups: [fewer] }, testClock);
  expect(await miscountedPartitions(database, fewer)).toEqual([20260302]);
  expect(await repairRollup(database, fewer)).toEqual([
    { rollup: 'account_pnl_by_minute', tablePartition: 20260302, lines: 1 },
  ]);
  expect(await compareRollup(database, fewer)).toEqual([]);
  expect(
    await database.rows('SELECT account, positions, records FROM breakwater.account_pnl_by_minute'),
  ).toEqual([{ account: 7, positions: 4, records: 2 }]);
});

describe('a table whose rows are wanted in another order, with more digits and a new column', () => {
  const before = clickhouse({ from: accountPnl, table: 'moved' });
  const after = clickhouse({
    from: evolved(accountPnl, (fields) => [
      ...fields.map((field) => (field.name === 'account' ? { ...field, type: 'long' } : field)),
      desk,
    ]),
    table: 'moved',
    orderBy: ['desk', 'account', 'time'],
    partitionBy: 'month',
  });
  const latest = latestOf(before);
  const rows = () =>
    database.rows(
      'SELECT toInt64(account) AS account, positions, toString(time) AS time, toString(_offset) AS place FROM breakwater.moved ORDER BY _offset',
    );
  const shown = () => database.rows('SELECT positions, desk FROM breakwater.moved_latest ORDER BY account');

  beforeAll(async () => {
    await migrate(database, { ...only(before), latests: [latest] }, testClock);
    // More days than the engine puts into one insert by itself.
    await database.command(
      `INSERT INTO breakwater.moved (account, currency, positions, time, _offset) SETTINGS max_partitions_per_insert_block = 0 SELECT number % 7, 'USD', number, toDateTime('2025-01-01 10:00:00', 'UTC') + number * 86400, number FROM numbers(200)`,
    );
  });

  test('holds every row after the change, sorted as declared, and its views see the new column', async () => {
    const held = await rows();
    const catalogue = { ...only(after), latests: [latestOf(after)] };
    const { remade } = await migrate(database, catalogue, testClock);
    expect(remade).toMatchObject([
      {
        table: 'moved',
        why: [
          expect.stringContaining('sorted by (account, currency, time)'),
          expect.stringContaining('cut by'),
          expect.stringContaining('"account" is Int32, declared as Int64'),
        ],
      },
    ]);
    expect(held).toHaveLength(200);
    expect(await rows()).toEqual(held);
    expect((await planMigration(database, catalogue)).migrations).toEqual([]);
    await rebuildLatest(database, latestOf(after));
    expect(await shown()).toHaveLength(7);
    await database.command(
      `INSERT INTO breakwater.moved (account, currency, desk, positions, time, _offset) VALUES (9, 'USD', 'rates', 1, '2026-03-02 10:00:30', 201)`,
    );
    expect(await shown()).toContainEqual({ positions: 1, desk: 'rates' });
    expect(await differentKeys(database, latestOf(after))).toBe(0);
  });

  test('is changed anew when a change was cut short before the copy was swapped in, or before it was dropped', async () => {
    const held = await rows();
    const back = { ...after, orderBy: ['account'] };
    const { migrations } = await planMigration(database, only(back));
    for (let done = 1; done < migrations.length; done += 1) {
      const target = { ...after, orderBy: done % 2 === 1 ? ['account'] : ['time'] };
      const plan = await planMigration(database, only(target));
      for (const { statement } of plan.migrations.slice(0, done)) await database.command(statement);
      await migrate(database, only(target), testClock);
      expect(await rows()).toEqual(held);
      expect((await planMigration(database, only(target))).migrations).toEqual([]);
      const [left] = await database.rows("SELECT name FROM system.tables WHERE name = 'moved_copy'");
      expect(left).toBeUndefined();
    }
  });

  test('stays whole under another name where its rows cannot be kept, when a person says so', async () => {
    const held = await rows();
    const other = clickhouse({
      from: evolved(accountPnl, (fields) => fields.filter(({ name }) => name !== 'positions')),
      table: 'moved',
    });
    await expect(migrate(database, only(other), testClock)).rejects.toThrow(/"positions" is not declared/);
    const { remade } = await migrate(database, only(other), testClock, { setAside: true });
    expect(remade).toMatchObject([{ table: 'moved', aside: 'moved_before_1' }]);
    expect(await database.rows('SELECT 1 FROM breakwater.moved')).toEqual([]);
    await database.command('DROP TABLE breakwater.moved SYNC');
    await database.command('RENAME TABLE breakwater.moved_before_1 TO breakwater.moved');
    expect(await rows()).toEqual(held);
  });
});
