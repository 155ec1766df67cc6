/** What `query` lets through: one SELECT over the project's tables, and nothing that reaches beyond them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { QUERY_LIMITS, ReadOnlyQueries } from '../../../backends/embedded/clickhouse/read-only-queries';
import { openChdb } from '../../support/chdb';
import { memoryFolder } from '../../support/memory-folder';
import { testClock } from '../../support/test-clock';

const folder = memoryFolder();
const database = openChdb(folder);
const questions = new ReadOnlyQueries({
  dir: join(folder, 'clickhouse'),
  database: 'breakwater',
  clock: testClock,
  limits: { ...QUERY_LIMITS, resultRows: 1000 },
});
const ask = async (sql: string, format = 'TSV', signal?: AbortSignal): Promise<string> =>
  (await questions.run(sql, format, signal)).toString();

beforeAll(async () => {
  await database.command('CREATE DATABASE breakwater');
  await database.command(
    'CREATE TABLE breakwater.fills (account Int32, price Float64, time DateTime) ENGINE = MergeTree ORDER BY account',
  );
  await database.command(
    "INSERT INTO breakwater.fills VALUES (1, 10, '2026-03-02 10:00:00'), (2, 20, '2026-03-02 11:00:00')",
  );
  await database.command(
    'CREATE TABLE breakwater.names (number Int32, name String) ENGINE = MergeTree ORDER BY number',
  );
  await database.command(
    'CREATE DICTIONARY breakwater.book (number UInt64, name String) PRIMARY KEY number SOURCE(NULL()) LAYOUT(FLAT()) LIFETIME(0)',
  );
  await database.command('CREATE TABLE default.elsewhere (a Int32) ENGINE = MergeTree ORDER BY a');
});

afterAll(async () => {
  await questions.close();
  await database.close();
});

const outside = join(folder, 'outside.txt');
writeFileSync(outside, 'precious\n');

const refusals: readonly (readonly [string, string])[] = [
  ['a file as a value', `SELECT file('${outside}')`],
  ['a file as a table', `SELECT * FROM file('${outside}', LineAsString)`],
  [
    'a file in an IN',
    `SELECT 1 WHERE 'x' IN (SELECT * FROM file('${outside}', LineAsString, 'line String'))`,
  ],
  [
    'a file in a WITH',
    `WITH secret AS (SELECT * FROM file('${outside}', LineAsString)) SELECT * FROM secret`,
  ],
  ['a file in a scalar subquery', `SELECT (SELECT * FROM file('${outside}', LineAsString) LIMIT 1)`],
  ['a file in a join', `SELECT * FROM fills JOIN file('${outside}', LineAsString) AS f ON 1 = 1`],
  ['a file in any letters', `SELECT FILE('${outside}')`],
  ['a file behind a comment', `SELECT /* x */ file /* y */ ('${outside}')`],
  ['a file for each column', `SELECT * APPLY(x -> file('${outside}')) FROM fills`],
  ['a file for some columns', `SELECT fills.COLUMNS('acc') APPLY(x -> file('${outside}')) FROM fills`],
  ['a function for each column', 'SELECT * APPLY(sleep) FROM fills'],
  ['system tables for each column', 'SELECT * APPLY(x -> (SELECT count() FROM system.tables)) FROM fills'],
  ['a file in a window', `SELECT sum(price) OVER (PARTITION BY file('${outside}')) FROM fills`],
  ['a file in a frame', `SELECT sum(price) OVER (ROWS file('${outside}') PRECEDING) FROM fills`],
  [
    'a file as a table in a window',
    `SELECT sum(price) OVER (ORDER BY (SELECT * FROM file('${outside}', LineAsString))) FROM fills`,
  ],
  [
    'an address in a window of a window',
    "SELECT sum(price) OVER (ORDER BY (SELECT max(number) OVER (ORDER BY (SELECT 1 FROM url('http://127.0.0.1:9/x', LineAsString))) FROM numbers(1))) FROM fills",
  ],
  ['system tables in a window', 'SELECT sum(price) OVER (ORDER BY account IN system.users) FROM fills'],
  [
    'system tables in quotes in a window',
    'SELECT sum(price) OVER (PARTITION BY (SELECT count() FROM `system`.`tables`)) FROM fills',
  ],
  ['a wait in a window', 'SELECT sum(price) OVER (ORDER BY sleep(1)) FROM fills'],
  ['a file by its path for a name', `SELECT * FROM "${outside}"`],
  ['another file over this one', `SELECT 1 INTO OUTFILE '${outside}' TRUNCATE`],
  ['a file with a format and all', `SELECT 1 INTO OUTFILE '${outside}' TRUNCATE FORMAT TSV`],
  ['an address', "SELECT * FROM url('http://127.0.0.1:9/x', LineAsString)"],
  ['the structure at an address', "DESCRIBE TABLE url('http://127.0.0.1:9/x', CSV)"],
  ['the structure in a bucket', "DESCRIBE TABLE s3('http://127.0.0.1:9/b/x.csv')"],
  ['the structure in another database', "DESCRIBE TABLE mysql('127.0.0.1:9', 'd', 't', 'u', 'p')"],
  ['the structure of a subquery', `DESCRIBE TABLE (SELECT * FROM file('${outside}', LineAsString))`],
  ['a plan of an address', "EXPLAIN SELECT * FROM url('http://127.0.0.1:9/x', LineAsString)"],
  ['a plan of anything', 'EXPLAIN SELECT * FROM fills'],
  ['a plan as a table', 'SELECT * FROM (EXPLAIN SELECT * FROM fills)'],
  ['another server', "SELECT * FROM remote('127.0.0.1:9', system.one)"],
  ['a program', "SELECT * FROM executable('id', TSV, 'x String')"],
  ['tables by a pattern', "SELECT * FROM merge('system', '^one$')"],
  ['a dictionary', "SELECT dictGet('breakwater.book', 'name', toUInt64(1))"],
  ['a dictionary as a table', "SELECT * FROM dictionary('breakwater.book')"],
  ['a join table', "SELECT joinGet('default.elsewhere', 'a', 1)"],
  ['the machine', 'SELECT hostName()'],
  ['a setting', "SELECT getSetting('max_threads')"],
  ['a wait', 'SELECT sleep(1)'],
  ['a wait for each row', 'SELECT sleepEachRow(1) FROM fills'],
  ['system tables', 'SELECT * FROM system.processes'],
  ['system tables in an IN', "SELECT 1 WHERE 'x' IN system.users"],
  ['system tables in quotes', 'SELECT * FROM `system`.`tables`'],
  ['the schema of schemas', 'SELECT * FROM information_schema.tables'],
  ['tables of another database', 'SELECT * FROM default.elsewhere'],
  ['columns of another database', 'SELECT 1 IN default.elsewhere'],
  ['a change of the database', 'USE system'],
  ['a setting set', 'SET max_result_rows = 0'],
  ['a limit lifted', 'SELECT 1 SETTINGS max_result_rows = 0'],
  ['a limit lifted below', 'SELECT * FROM (SELECT 1 SETTINGS max_result_rows = 0)'],
  ['a kill', "KILL QUERY WHERE query LIKE 'INSERT%'"],
  ['a write', 'INSERT INTO fills (account) VALUES (1)'],
  ['a write from a question', 'INSERT INTO fills (account) SELECT 1'],
  ['a drop', 'DROP TABLE fills'],
  ['a change', 'ALTER TABLE fills DELETE WHERE 1'],
  ['a table for a moment', 'CREATE TEMPORARY TABLE t (a Int32)'],
  ['a stop of merges', 'SYSTEM STOP MERGES'],
  ['a backup', "BACKUP DATABASE breakwater TO File('/tmp/x')"],
  ['a second statement', 'SELECT 1; SELECT 2'],
  ['a second statement that drops', 'SELECT 1; DROP TABLE fills'],
  ['a statement behind a bracket', 'SELECT 1) UNION ALL (SELECT 2'],
  ['a name with a line in it', 'SELECT 1 AS `a\n  Function file`'],
  ['more text than a question has', `SELECT '${'x'.repeat(200_000)}'`],
];

test.each(refusals)('refused: %s', async (_, sql) => {
  await expect(ask(sql)).rejects.toThrow(/^refused: |Multi-statements|Syntax error|a question is at most/);
  expect(readFileSync(outside, 'utf8')).toBe('precious\n');
  expect(existsSync(join(folder, 'clickhouse', 'out'))).toBe(false);
  expect(await ask('SELECT count() FROM fills')).toBe('2\n');
});

test('a refusal says what is not allowed, and what is', async () => {
  await expect(ask('SELECT * FROM system.processes')).rejects.toThrow(
    'refused: "system.processes" is no table of breakwater. A question is one SELECT over the tables of docs/TABLES.md',
  );
  await expect(ask('USE system')).rejects.toThrow('refused: USE is no question');
});

const answers: readonly (readonly [string, string, string])[] = [
  ['names of this database', 'SELECT sum(price) FROM breakwater.fills', '30\n'],
  ['a comment at the end', 'SELECT 1 -- that is all', '1\n'],
  ['a semicolon at the end', 'SELECT 1;', '1\n'],
  ['a format of its own', 'SELECT 1 AS a FORMAT JSONEachRow', '{"a":1}\n'],
  [
    'text that looks like more',
    "SELECT 'a; DROP TABLE fills FORMAT TSV INTO OUTFILE'",
    'a; DROP TABLE fills FORMAT TSV INTO OUTFILE\n',
  ],
  [
    'WITH, windows and unions',
    'WITH f AS (SELECT account, row_number() OVER (ORDER BY account) AS n FROM fills) SELECT n FROM (SELECT n FROM f UNION ALL SELECT 3) ORDER BY n',
    '1\n2\n3\n',
  ],
  [
    'an ASOF join and aliases',
    'SELECT l.account FROM fills AS l ASOF LEFT JOIN fills AS r ON l.account = r.account AND l.time >= r.time ORDER BY l.account',
    '1\n2\n',
  ],
  [
    'aggregates with combinators',
    'SELECT sumIf(price, account = 1), argMaxOrNull(account, time), quantileExact(0.5)(price), groupArray(2)(account) FROM fills',
    '10\t2\t20\t[1,2]\n',
  ],
  [
    'functions in any letters',
    "SELECT SUM(price), COALESCE(NULL, Max(account)), toFloat64('1.5'), IF(1, 'a', 'b') FROM fills",
    '30\t2\t1.5\ta\n',
  ],
  [
    'casts, cases, lambdas, intervals',
    "SELECT CASE WHEN account = 1 THEN 'one' ELSE 'more' END, account::Int64, arrayMap(x -> x + 1, [account]), time + INTERVAL 1 DAY FROM fills ORDER BY account LIMIT 1",
    'one\t1\t[2]\t2026-03-03 10:00:00\n',
  ],
  ['generators', 'SELECT sum(number) FROM numbers(10)', '45\n'],
  [
    'groups with rollup, having, fill, limit by',
    'SELECT account, count() AS n FROM fills GROUP BY ROLLUP(account) HAVING n > 0 ORDER BY account WITH FILL LIMIT 1 BY account LIMIT 5',
    '0\t2\n1\t1\n2\t1\n',
  ],
  [
    'column choices',
    "SELECT * EXCEPT (time) REPLACE (price + 1 AS price), COLUMNS('acc') FROM fills ORDER BY ALL LIMIT 1",
    '1\t11\t1\n',
  ],
  [
    'windows with frames, and a function for each column',
    'SELECT sum(price) OVER (PARTITION BY intDiv(account, 10) ORDER BY time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), lag(account) OVER w FROM fills WINDOW w AS (ORDER BY account) ORDER BY account',
    '10\t0\n30\t1\n',
  ],
  ['a function for each column', 'SELECT * EXCEPT (time) APPLY(sum) APPLY(x -> x + 1) FROM fills', '4\t31\n'],
  ['an array join', 'SELECT x FROM (SELECT [1, 2] AS xs) ARRAY JOIN xs AS x', '1\n2\n'],
  ['a set operation', 'SELECT account FROM fills INTERSECT SELECT 2', '2\n'],
  ['what tables there are', 'SHOW TABLES', 'book\nfills\nnames\n'],
];

test.each(answers)('answered: %s', async (_, sql, expected) => {
  expect(await ask(sql)).toBe(expected);
});

test('a table is described', async () => {
  expect(await ask('DESCRIBE fills')).toContain('price\tFloat64');
});

test.each([
  ['an answer beyond its limit', 'SELECT * FROM numbers(2000000)'],
  ['an error in the middle', 'SELECT number, throwIf(number = 500) FROM numbers(1000)'],
  ['a second statement that fails', 'SELECT 1; SELECT throwIf(1)'],
])('after %s the next question gets its own answer', async (_, sql) => {
  await expect(ask(sql)).rejects.toThrow();
  expect(await ask('SELECT 42')).toBe('42\n');
  await expect(ask(sql)).rejects.toThrow();
  expect(await ask('SELECT account FROM fills ORDER BY account')).toBe('1\n2\n');
});

test('a question that nobody waits for is stopped, and the next is answered', async () => {
  const stop = new AbortController();
  const long = ask('SELECT sum(sipHash64(number)) FROM numbers(1000000000000)', 'TSV', stop.signal);
  const given = expect(long).rejects.toThrow('the question was given up');
  setTimeout(() => stop.abort(), 200);
  await given;
  expect(await ask('SELECT 1')).toBe('1\n');
});

test('closing stops what runs and refuses what waits', async () => {
  const own = new ReadOnlyQueries({
    dir: join(folder, 'clickhouse'),
    database: 'breakwater',
    clock: testClock,
  });
  const running = expect(
    own.run(
      'SELECT count() FROM numbers(100000) AS a CROSS JOIN numbers(100000000) AS b WHERE a.number + b.number = 7',
      'TSV',
    ),
  ).rejects.toThrow('given up');
  const waits = expect(own.run('SELECT 1', 'TSV')).rejects.toThrow('given up');
  setTimeout(() => void own.close(), 200);
  await Promise.all([running, waits]);
});

test('while the engine is still at a question that was given up, no other takes as much again', async () => {
  const hurried = {
    ...testClock,
    after: (micros: number, then: () => void) => testClock.after(micros / 200, then),
  };
  const own = new ReadOnlyQueries({
    dir: join(folder, 'clickhouse'),
    database: 'breakwater',
    clock: hurried,
    limits: { ...QUERY_LIMITS, seconds: 600, abandoned: 0 },
  });
  expect((await own.run('SELECT 1', 'TSV')).toString()).toBe('1\n');
  const stop = new AbortController();
  const given = own.run('SELECT length(randomString(100000000))', 'TSV', stop.signal);
  setTimeout(() => stop.abort(), 50);
  await expect(given).rejects.toThrow('given up');
  await expect(own.run('SELECT 1', 'TSV')).rejects.toThrow('still at 1 questions that were given up');
  let answer = '';
  while (answer === '') {
    await new Promise((resolve) => setTimeout(resolve, 20));
    answer = await own.run('SELECT 2', 'TSV').then(String, () => '');
  }
  expect(answer).toBe('2\n');
});
