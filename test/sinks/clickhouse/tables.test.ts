/** Every declared table takes what its topic may hold, and gives it back bit for bit. */
import { join } from 'node:path';
import * as avro from 'avsc';
import { ReadOnlyQueries } from '../../../backends/embedded/clickhouse/read-only-queries';
import { retryWithin } from '../../../backends/embedded/clickhouse/retry';
import type { Topic } from '../../../runtime/stream/topic';
import { MessageWriter } from '../../../runtime/wire/messages';
import { schemaVersions } from '../../../schemas/evolution/schema-versions';
import { FillKind, fills, positions } from '../../../schemas/ledger';
import { InstrumentKind, instruments } from '../../../schemas/reference';
import { accountPnl } from '../../../schemas/risk';
import { topics } from '../../../schemas/topics';
import { instrumentUntold } from '../../../schemas/untold';
import { exampleQueries } from '../../../sinks/clickhouse/example-queries';
import { followTables, type TableFollowers } from '../../../sinks/clickhouse/follow-tables';
import { tableCatalogue } from '../../../sinks/clickhouse/tables';
import { openChdb } from '../../support/chdb';
import { MemoryBackend } from '../../support/memory-backend';
import { memoryFolder } from '../../support/memory-folder';
import { sampleRecord } from '../../support/sample-record';
import { expectedRows, tableRows } from '../../support/table-rows';
import { testClock } from '../../support/test-clock';
import { TopicWriter } from '../../support/topic-writer';

/** A state of account 7 that was replaced, and the name of number 7. */
const NAMED = 'SELECT accountName, currency, positions FROM account_pnl_named WHERE account = 7';

const folder = memoryFolder();
const backend = new MemoryBackend();
const database = openChdb(folder);
const questions = new ReadOnlyQueries({
  dir: join(folder, 'clickhouse'),
  database: 'breakwater',
  clock: testClock,
});
let followers: TableFollowers;
const writers = new Map<string, TopicWriter>();

beforeAll(async () => {
  await backend.log.createTopics(
    topics.map(({ name, kind, codec }) => ({
      name,
      kind,
      layout: codec.layout,
      partitions: 1,
      retentionHours: 24,
    })),
  );
  for (const topic of topics) {
    const writer = new TopicWriter(backend, topic);
    writers.set(topic.name, writer);
    const messages = Array.from({ length: 40 }, (_, message) =>
      Array.from({ length: topic.codec.layout === 'rows' ? 1 : 7 }, (_, index) =>
        sampleRecord(topic, message * 7 + index),
      ),
    );
    await writer.write(messages);
  }
  await writers.get('reference.names')!.write([[{ domain: 'account', name: 'alpha', number: 7 }]]);
  const state = { ...sampleRecord(accountPnl, 0), account: 7, currency: 'USD' };
  await writers.get('risk.account_pnl')!.write([[{ ...state, positions: 2 }], [{ ...state, positions: 3 }]]);
  await writeWithOlderSchema();
  followers = await followTables({
    database,
    catalogue: tableCatalogue,
    log: backend.log,
    bookmarks: backend.bookmarks,
    decoding: { registry: backend.registry, versions: schemaVersions },
    clock: testClock,
    retry: retryWithin({ attemptsMax: 3, firstPauseMillis: 10, pauseMillisMax: 50 }),
    lingerMicros: 1000,
    failpoint: () => undefined,
    onTrouble: () => undefined,
    onUnreadable: () => undefined,
  });
  await followers.drain();
});

/** An instrument as a build wrote it that did not know of inverse contracts. */
async function writeWithOlderSchema(): Promise<void> {
  const { name, codec } = instruments;
  const today = JSON.parse(codec.schema) as { readonly fields: readonly { readonly name: string }[] };
  const older = { ...today, fields: today.fields.filter((field) => field.name !== 'inverse') };
  const record = { instrument: 99, name: 'OLD', currency: 'USD', multiplier: 50_000_000_000, kind: 'Future' };
  const messages = new MessageWriter();
  messages.begin('99', [], await backend.registry.register(`${name}-value`, JSON.stringify(older)));
  messages.to.raw(avro.Type.forSchema(older as avro.Schema).toBuffer(record));
  messages.end();
  const offset = backend.log.ends({ topic: name, partition: 0 }).next;
  await backend.log.append({
    producer: 'an older build',
    sequence: 1,
    outputs: [{ topic: name, partition: 0, messages: messages.take() }],
  });
  writers.get(name)!.placed.push({
    partition: 0,
    offset,
    index: 0,
    record: {
      ...record,
      multiplier: BigInt(record.multiplier),
      inverse: false,
      ...instrumentUntold,
      kind: InstrumentKind.Future,
    },
  });
}

afterAll(async () => {
  await followers.close();
  await questions.close();
  await database.close();
});

test.each(
  exampleQueries.map(({ question, sql }) => [question, sql]),
)('docs/TABLES.md: %s', async (_, sql) => {
  const [columns] = (await questions.run(sql, 'JSONCompactEachRowWithNames')).toString().split('\n');
  for (const column of JSON.parse(columns!)) expect(sql).toContain(column);
});

test('names stand beside numbers, and the last state of a key is shown once', async () => {
  const shown = (await questions.run(NAMED, 'JSONEachRow')).toString().trim().split('\n');
  expect(shown.map((line) => JSON.parse(line))).toEqual([
    { accountName: 'alpha', currency: 'USD', positions: 3 },
  ]);
});

test('every follower follows', () => {
  for (const { table, state, reason } of followers.status())
    expect({ table, state, reason }).toEqual({ table, state: 'following', reason: '' });
});

test.each(
  tableCatalogue.sinks.map((sink) => [sink.table, sink] as const),
)('table %s holds its topic, exactly', async (_, sink) => {
  const { placed } = writers.get(sink.from.name)!;
  expect(await tableRows(database, sink)).toEqual(expectedRows(sink, placed));
});

describe('what was known then, and what is known now', () => {
  const at = (time: string): number => Date.parse(`2026-03-02T${time}Z`) * 1000;
  const account = 7;
  const write = (topic: Topic, ...rows: readonly object[]): Promise<unknown> =>
    writers
      .get(topic.name)!
      .write(rows.map((row) => [{ ...sampleRecord(topic, 0), account, instrument: 3, contract: 0, ...row }]));
  const answer = async (question: RegExp): Promise<readonly Record<string, unknown>[]> => {
    const { sql } = exampleQueries.find((one) => question.test(one.question))!;
    const own = sql
      .replaceAll('account = 7', 'account = 7 AND instrument = 3')
      .replaceAll('f.account = 7 AND instrument', 'f.account = 7 AND f.instrument');
    return (await questions.run(own, 'JSONEachRow'))
      .toString()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  };
  const units = (count: number): bigint => BigInt(count) * 10n ** 9n;

  beforeAll(async () => {
    const fill = { kind: FillKind.New, refersTo: undefined, venue: 1, broker: '', version: 0 };
    await write(
      fills,
      { ...fill, executionId: 's1', quantity: units(10), time: at('10:00:00') },
      { ...fill, executionId: 's4', quantity: units(20), time: at('10:05:00') },
      { ...fill, executionId: 's4', quantity: units(20), time: at('10:05:00') },
      {
        ...fill,
        executionId: 's6',
        kind: FillKind.Bust,
        refersTo: 's1',
        quantity: units(10),
        time: at('10:30:00'),
      },
      { ...fill, executionId: 's7', quantity: units(5), time: at('11:00:00') },
    );
    await write(
      positions,
      { quantity: units(10), time: at('10:00:00'), knownAt: at('10:00:01') },
      { quantity: units(30), time: at('10:05:00'), knownAt: at('10:05:01') },
      { quantity: units(20), time: at('10:05:00'), knownAt: at('10:30:01') },
      { quantity: units(25), time: at('11:00:00'), knownAt: at('11:00:01') },
    );
    await followers.drain();
  });

  test('a bust at 10:30 does not change what was held at 10:15 as it was known then', async () => {
    expect(await answer(/as it was known then/)).toMatchObject([{ account, instrument: 3, quantity: 30 }]);
  });

  test('as we know it today the busted execution was never held', async () => {
    expect(await answer(/as we know it today/)).toMatchObject([{ account, instrument: 3, quantity: 20 }]);
  });

  test('what holds now is the last record, and its history is whole', async () => {
    const now = await questions.run(
      'SELECT quantity FROM positions_latest WHERE account = 7 AND instrument = 3',
      'TSV',
    );
    expect(now.toString()).toBe('25\n');
    expect((await answer(/come to be what it is/)).map(({ quantity }) => quantity)).toEqual([10, 30, 20, 25]);
  });

  test('an execution that was sent twice counts once, and busts are told', async () => {
    expect(await answer(/Which execution ids came more than once/)).toContainEqual(
      expect.objectContaining({ executionId: 's4', times: 2, economics: 1 }),
    );
  });

  test('large quantities times large prices are exact', async () => {
    await write(fills, {
      executionId: 'big',
      kind: FillKind.New,
      refersTo: undefined,
      quantity: units(9_000_000_000),
      price: units(9_000_000_000),
      time: at('12:00:00'),
    });
    await followers.drain();
    const product = await questions.run(
      "SELECT quantity * price FROM fills WHERE executionId = 'big'",
      'TSV',
    );
    expect(product.toString()).toBe('81000000000000000000\n');
  });
});
