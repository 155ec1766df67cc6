/** Every declared table takes what its topic may hold, and gives it back bit for bit. */
import { retryWithin } from '../../../backends/embedded/clickhouse/retry';
import { topics } from '../../../schemas/topics';
import { followTables, type TableFollowers } from '../../../sinks/clickhouse/follow-tables';
import { tableCatalogue } from '../../../sinks/clickhouse/tables';
import { openChdb } from '../../support/chdb';
import { MemoryBackend } from '../../support/memory-backend';
import { sampleRecord } from '../../support/sample-record';
import { expectedRows, tableRows } from '../../support/table-rows';
import { temporaryFolder } from '../../support/temporary-folder';
import { testClock } from '../../support/test-clock';
import { TopicWriter } from '../../support/topic-writer';

const backend = new MemoryBackend();
const database = openChdb(temporaryFolder());
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
  followers = await followTables({
    database,
    catalogue: tableCatalogue,
    log: backend.log,
    bookmarks: backend.bookmarks,
    decoding: { registry: backend.registry, versions: undefined },
    clock: testClock,
    retry: retryWithin({ attemptsMax: 3, firstPauseMillis: 10, pauseMillisMax: 50 }),
    lingerMicros: 1000,
    failpoint: () => undefined,
    onTrouble: () => undefined,
    onUnreadable: () => undefined,
  });
  await followers.drain();
});

afterAll(async () => {
  await followers.close();
  await database.close();
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
