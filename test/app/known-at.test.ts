/** What tables say of the past after it was changed: as it was known then, and as it is known now. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReadOnlyQueries } from '../../backends/embedded/clickhouse/read-only-queries';
import { exampleQueries } from '../../sinks/clickhouse/example-queries';
import { runCommand } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';
import { testClock } from '../support/test-clock';

const folder = temporaryFolder();
const dir = join(folder, 'data');
const questions = new ReadOnlyQueries({
  dir: join(dir, 'clickhouse'),
  database: 'breakwater',
  clock: testClock,
});

const FILLS = 'executionId,kind,refersTo,account,instrument,quantity,price,fee,feeCurrency,venue,time';
const QUOTES = 'instrument,venue,bid,bidSize,ask,askSize,time';
/** Busted within minutes: bought at 10:00 before there was a mark, and at 10:05. */
const QUICK = [
  's1,New,,quick,A,10,100,1,USD,N,2026-03-02T10:00:00Z',
  's4,New,,quick,A,20,105,1,USD,N,2026-03-02T10:05:00Z',
  's6,Bust,s1,quick,A,10,100,0,USD,N,2026-03-02T10:08:00Z',
  's5,Bust,s4,quick,A,20,105,0,USD,N,2026-03-02T10:09:00Z',
];
/** Busted half an hour later; one execution came twice. */
const LATE = [
  '1,New,,slow,X,100,10,1,USD,N,2026-01-05T10:00:10Z',
  '2,New,,slow,X,-100,12,1,USD,N,2026-01-05T10:00:50Z',
  '2,New,,slow,X,-100,12,1,USD,N,2026-01-05T10:02:50Z',
  '2-B,Bust,2,slow,X,-100,12,1,USD,N,2026-01-05T10:30:00Z',
  '3,New,,slow,JP,100,1000,0,USD,N,2026-01-05T10:31:10Z',
];
const MARKET = [
  'X,N,11,1,11.1,1,2026-01-05T10:00:30Z',
  'JP,N,1000,1,1001,1,2026-01-05T10:31:00Z',
  'USDJPY,N,100,1,100,1,2026-01-05T10:31:05Z',
  'X,N,11,1,11.1,1,2026-01-05T10:40:00Z',
  'A,N,101,1,103,1,2026-03-02T10:01:00Z',
  'A,N,104,1,104,1,2026-03-02T10:06:00Z',
];

beforeAll(async () => {
  const files = { 'fills.csv': [FILLS, ...LATE, ...QUICK], 'quotes.csv': [QUOTES, ...MARKET] };
  for (const [name, lines] of Object.entries(files))
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  const equity = (name: string, currency: string) => ({ name, currency, kind: 'Equity' });
  const manifest = {
    instruments: [
      equity('A', 'USD'),
      equity('X', 'USD'),
      equity('JP', 'JPY'),
      { name: 'USDJPY', currency: 'JPY', kind: 'Fx' },
    ],
    inputs: [
      { format: 'records', file: 'quotes.csv', topic: 'market.quotes' },
      { format: 'records', file: 'fills.csv', topic: 'ledger.fills' },
    ],
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  expect(await runCommand(['replay', join(folder, 'manifest.json'), '--dir', dir])).toMatchObject({
    code: 0,
  });
});

afterAll(() => questions.close());

type Row = Readonly<Record<string, unknown>>;
const ask = async (sql: string): Promise<readonly Row[]> => {
  const text = (await questions.run(sql, 'JSONEachRow')).toString().trim();
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as Row);
};
const asked = (begins: string): Promise<readonly Row[]> =>
  ask(exampleQueries.find(({ question }) => question.startsWith(begins))!.sql);
const minutes = async (account: string): Promise<readonly string[]> => {
  const rows = await ask(
    `SELECT currency, formatDateTime(minute, '%H:%i') AS at, toString(realisedPnl) AS realised, unrealisedPnl, isNaN(totalPnl) AS isUnknown, unpriced
     FROM account_pnl_by_minute_named WHERE accountName = '${account}' ORDER BY currency, minute`,
  );
  return rows.map((row) => Object.values(row).join(' '));
};

test('what was known at a minute stays when its fills are busted minutes later', async () => {
  expect(await minutes('quick')).toEqual([
    'USD 10:00 -1  1 1',
    'USD 10:01 -1 20 0 0',
    'USD 10:05 -2 -40 0 0',
    'USD 10:06 -2 20 0 0',
    'USD 10:08 -1 -20 0 0',
    'USD 10:09 0 0 0 0',
  ]);
});

test('… and half an hour later; currencies have lines of their own', async () => {
  expect(await minutes('slow')).toEqual([
    'JPY 10:31 0 50 0 0',
    // The day and the month after it begin with nothing made; no other does anything new.
    'JPY 00:00 0 50 0 0',
    'JPY 00:00 0 50 0 0',
    'USD 10:00 198 0 0 0',
    'USD 10:30 -1 105 0 0',
    'USD 10:40 -1 105 0 0',
    'USD 00:00 -1 105 0 0',
    'USD 00:00 -1 105 0 0',
  ]);
});

test('a fill before the first mark has no mark, which is not 0', async () => {
  const marks = (await asked('At what mark')).map(({ mark }) => mark);
  expect([marks[0], marks[1]]).toEqual([null, 11.05]);
  expect(marks).not.toContain(0);
});

test('fees of an execution that came twice count once', async () => {
  const fees = (await asked('How much was traded, and')).map((row) => [
    row['accountName'],
    Number(row['fees']),
  ]);
  expect(fees).toEqual([
    ['slow', 2],
    ['quick', 2],
  ]);
});

test('positions in different currencies are not ranked against each other', async () => {
  const largest = (await asked('Which positions are the largest')).map((row) => [
    row['currency'],
    row['instrumentName'],
    row['marketValue'],
  ]);
  expect(largest).toEqual([
    ['JPY', 'JP', 100_050],
    ['USD', 'X', 1_105],
    ['USD', 'A', 0],
  ]);
});

test('… but in the base currency they are, at the rates of the marks', async () => {
  const largest = (await asked('Which positions are the largest in the base')).map((row) => [
    row['instrumentName'],
    row['currency'],
    row['marketValueInUsd'],
  ]);
  expect(largest).toEqual([
    ['X', 'USD', 1_105],
    ['JP', 'JPY', 1_000.5],
  ]);
});

test('what each book made on each day, and nothing on the day and in the month that began after it', async () => {
  const days = (await asked('What did each book make')).map((row) => Object.values(row).join(' '));
  // slow: -1 fee, +106 of 100 X at 11.05 for 10, and 50 JPY of 100 JP at 1,000.5 for 1,000; quick: all busted, and a fee each.
  expect(days).toEqual([
    '2026-01-05 no book JPY 50',
    '2026-01-05 no book USD 104',
    '2026-01-06 no book JPY 0',
    '2026-01-06 no book USD 0',
    '2026-02-01 no book JPY 0',
    '2026-02-01 no book USD 0',
    '2026-03-02 no book USD 0',
  ]);
});

test('a fill against the quote of its time, and how much was paid above the middle', async () => {
  const paid = (await asked('How far from the middle')).map((row) => [
    row['executionId'],
    row['middle'],
    row['paidAbove'],
  ]);
  expect(paid).toEqual([
    ['1', null, null],
    // Sold at 12 where the middle was 11.05: 0.95 better.
    ['2', 11.05, expect.closeTo(-0.95)],
    ['2', 11.05, expect.closeTo(-0.95)],
    ['3', 1000.5, -0.5],
    ['s1', null, null],
    ['s4', 102, 3],
  ]);
});

test('what was held at 10:15 as it was known then, and as it is known today', async () => {
  const number = Number(
    (await ask("SELECT number FROM names_latest WHERE domain = 'account' AND name = 'slow'"))[0]!['number'],
  );
  const at = async (begins: RegExp): Promise<readonly Row[]> => {
    const { sql } = exampleQueries.find(({ question }) => begins.test(question))!;
    return ask(
      sql
        .replaceAll('account = 7', `account = ${number}`)
        .replaceAll('2026-03-02 10:15:00', '2026-01-05 10:15:00'),
    );
  };
  // Bought 100 and sold 100 before; the sale was busted at 10:30.
  expect(await at(/as it was known then/)).toEqual([]);
  expect((await at(/as we know it today/)).map(({ quantity }) => Number(quantity))).toEqual([100]);
});

test('nothing is unpriced, and each account has a total in the base currency', async () => {
  expect((await asked('Which positions have no price')).map(({ reason }) => reason)).not.toContain('None');
  const totals = (await asked('What does each account make over all')).map((row) => [
    row['accountName'],
    row['currency'],
    row['totalPnl'],
  ]);
  expect(totals).toEqual([
    ['quick', 'USD', 0],
    ['slow', 'USD', expect.closeTo(104.5)],
  ]);
});
