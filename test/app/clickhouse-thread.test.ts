/** The thread of ClickHouse beside an open data folder: it follows, says how far it is, answers, and goes on after a stop. */
import { ClickhouseThread } from '../../app/clickhouse/thread';
import { type EmbeddedBackend, openEmbedded } from '../../backends/embedded/open';
import { topics } from '../../schemas/topics';
import { fillsTable, quotesTable } from '../../sinks/clickhouse/tables';
import { memoryFolder } from '../support/memory-folder';
import { sampleRecord } from '../support/sample-record';
import { testClock } from '../support/test-clock';
import { TopicWriter } from '../support/topic-writer';

const dir = memoryFolder();
let backend: EmbeddedBackend;
let thread: ClickhouseThread;
const writers = new Map<string, TopicWriter>();

const start = (): Promise<ClickhouseThread> =>
  ClickhouseThread.start({
    share: backend.share(),
    log: backend.log,
    dir: `${dir}/clickhouse`,
    lingerMicros: 1000,
    onTrouble: (trouble) => {
      throw new Error(JSON.stringify(trouble));
    },
  });

beforeAll(async () => {
  backend = await openEmbedded({ dir, quotaBytes: 2 ** 28, clock: testClock });
  await backend.log.createTopics(
    topics.map(({ name, kind, codec }) => ({
      name,
      kind,
      layout: codec.layout,
      partitions: 1,
      retentionHours: 24,
    })),
  );
  for (const { from } of [fillsTable, quotesTable]) writers.set(from.name, new TopicWriter(backend, from));
  thread = await start();
});

afterAll(async () => {
  await thread.close();
  await backend.close();
});

async function publish(first: number): Promise<void> {
  for (const { from } of [fillsTable, quotesTable])
    await writers
      .get(from.name)!
      .write([[sampleRecord(from, first)], [sampleRecord(from, first + 1)], [sampleRecord(from, first + 2)]]);
}

async function counted(table: string): Promise<number> {
  return Number(await answered(`SELECT count() FROM ${table}`, 'TSV'));
}

async function answered(sql: string, format: string): Promise<string> {
  let text = '';
  for await (const piece of thread.query(sql, format)) text += piece;
  return text;
}

test('what is committed is in the tables once it is drained, and nothing lags', async () => {
  await publish(0);
  await thread.drained();
  expect([await counted('fills'), await counted('quotes')]).toEqual([3, 3]);
});

test('after a stop and a start it goes on where it was', async () => {
  await thread.close();
  await publish(3);
  thread = await start();
  await thread.drained();
  expect([await counted('fills'), await counted('quotes')]).toEqual([6, 6]);
});

test('questions are answered in the format asked for', async () => {
  expect(await answered('SELECT 1 AS a, 2 AS b', 'CSVWithNames')).toBe('"a","b"\n1,2\n');
  expect(JSON.parse(await answered('SELECT 1 AS a', 'JSONEachRow'))).toEqual({ a: 1 });
});

test('a long answer comes in pieces that hold whole characters', async () => {
  const pieces: Buffer[] = [];
  for await (const piece of thread.query("SELECT 'x', repeat('😀', 100000)", 'TSVRaw'))
    pieces.push(Buffer.from(piece));
  expect(pieces.length).toBeGreaterThan(1);
  expect(Buffer.concat(pieces).toString()).toBe(`x\t${'😀'.repeat(100_000)}\n`);
});

test.each([
  ['writing', 'INSERT INTO fills (account) VALUES (1)', /INSERT is no question/],
  ['dropping', 'DROP TABLE fills', /DROP is no question/],
  ['reading files', "SELECT * FROM file('/etc/hostname', 'LineAsString')", /"file" may not be called/],
  ['lifting a limit', 'SELECT 1 SETTINGS max_result_rows = 0', /settings cannot be changed/],
  ['asking for too much', 'SELECT number FROM numbers(2000000)', /Limit for result exceeded/],
  ['a table that is not there', 'SELECT * FROM nothing', /nothing/],
])('refused: %s', async (_, sql, message) => {
  await expect(answered(sql, 'TSV')).rejects.toThrow(message);
});

test('an answer beyond the limit leaves nothing behind for the next question', async () => {
  await expect(answered('SELECT number FROM numbers(2000000)', 'TSV')).rejects.toThrow(/Limit for result/);
  expect(await answered('SELECT 7', 'TSV')).toBe('7\n');
});

test('closing beside a question that would take hours gives it up', async () => {
  const hours = 'SELECT sum(sipHash64(number)) FROM numbers(1000000000000)';
  const given = expect(answered(hours, 'TSV')).rejects.toThrow('given up');
  await thread.close();
  await given;
  thread = await start();
  expect(await counted('fills')).toBe(6);
});

test('an unknown format is refused by name', async () => {
  await expect(answered('SELECT 1', 'TSV; DROP')).rejects.toThrow('is no output format');
});

test('its statuses name each table followed, with lag and trouble', async () => {
  const statuses = thread.statuses();
  expect(statuses.map(({ name }) => name)).toContain('clickhouse.fills');
  expect(statuses.filter(({ trouble }) => trouble !== undefined)).toEqual([]);
});
