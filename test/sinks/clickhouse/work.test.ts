/** Questions read what they ask about and not the whole table: tested by parts and granules, which no machine changes. */
import { createTable } from '../../../sinks/clickhouse/create-table';
import { createLatest, latestOf } from '../../../sinks/clickhouse/latest';
import { positionsTable, quotesTable } from '../../../sinks/clickhouse/tables';
import { openChdb } from '../../support/chdb';
import { memoryFolder } from '../../support/memory-folder';

const database = openChdb(memoryFolder());
/** Accounts, and positions of each, at three times; as many quotes. */
const [ACCOUNTS, HELD, TIMES] = [2000, 50, 3];
const ROWS = ACCOUNTS * HELD * TIMES;
const GRANULE = 8192;
const START = "toDateTime64('2026-03-02 10:00:00', 6, 'UTC')";

beforeAll(async () => {
  await database.command('CREATE DATABASE breakwater');
  for (const sink of [positionsTable, quotesTable]) await database.command(createTable(sink));
  for (const { statement } of createLatest(latestOf(positionsTable))) await database.command(statement);
  const rows = `FROM numbers(${ROWS})`;
  await database.command(
    `INSERT INTO breakwater.positions (account, instrument, contract, currency, quantity, time, knownAt, _offset)
     SELECT number % ${ACCOUNTS}, intDiv(number, ${ACCOUNTS}) % ${HELD}, 0, 'USD', number, ${START} + number AS at, at, number ${rows}`,
  );
  await database.command(
    `INSERT INTO breakwater.quotes (instrument, venue, bid, ask, time, _offset)
     SELECT number % 50, number % 4, 1, 2, ${START} + intDiv(number, 100), number ${rows}`,
  );
  for (const table of ['positions', 'positions_latest_rows', 'quotes'])
    await database.command(`OPTIMIZE TABLE breakwater.${table} FINAL`);
});
afterAll(() => database.close());

/** Granules that a question reads, and those that its table has. */
async function granules(
  sql: string,
  table: string,
): Promise<{ readonly read: number; readonly all: number }> {
  const estimates = await database.rows<{ readonly table: string; readonly marks: string }>(
    `EXPLAIN ESTIMATE ${sql}`,
  );
  const [held] = await database.rows<{ readonly rows: string }>(
    `SELECT toString(sum(rows)) AS rows FROM system.parts WHERE database = 'breakwater' AND table = '${table}' AND active`,
  );
  const read = estimates
    .filter((one) => one.table === table)
    .reduce((sum, one) => sum + Number(one.marks), 0);
  return { read, all: Math.ceil(Number(held!.rows) / GRANULE) };
}

test.each([
  [
    'what one account holds now',
    'positions_latest_rows',
    'SELECT instrument, quantity FROM breakwater.positions_latest WHERE account = 7',
  ],
  [
    'what it held at 10:15, as known then',
    'positions',
    `SELECT instrument, argMax(quantity, (knownAt, _offset, _index)) FROM breakwater.positions WHERE account = 7 AND knownAt <= ${START} + 900 GROUP BY instrument`,
  ],
  [
    'how a position came to be what it is',
    'positions',
    'SELECT knownAt, quantity FROM breakwater.positions WHERE account = 7 AND instrument = 3 ORDER BY knownAt',
  ],
  [
    'the quotes of one instrument on one venue in an hour',
    'quotes',
    `SELECT time, bid, ask FROM breakwater.quotes WHERE instrument = 3 AND venue = 3 AND time >= ${START} AND time < ${START} + 3600`,
  ],
])('%s reads a few granules of %s', async (_, table, sql) => {
  const { read, all } = await granules(sql, table);
  expect(all).toBeGreaterThan(10);
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThanOrEqual(3);
});

test('what holds now is the last of each, and as many as there are', async () => {
  const rows = await database.rows<{ readonly quantity: string }>(
    'SELECT toString(quantity) AS quantity FROM breakwater.positions_latest WHERE account = 7 ORDER BY instrument',
  );
  expect(rows).toHaveLength(HELD);
  expect(rows[0]!.quantity).toBe(String((TIMES - 1) * HELD * ACCOUNTS + 7));
});
