/**
 * One life of a process that appends and follows, for tests that kill it. What it appends depends on the sequence alone,
 * so whoever knows how much was appended knows every row. Run as a child: `node clickhouse-life.js SPEC`.
 */

import { retryWithin } from '../../backends/embedded/clickhouse/retry';
import { openEmbedded } from '../../backends/embedded/open';
import type { Topic } from '../../runtime/stream/topic';
import { followTables } from '../../sinks/clickhouse/follow-tables';
import { openChdb } from './chdb';
import { smallCatalogue } from './clickhouse-catalogue';
import { sampleRecord } from './sample-record';
import { testClock } from './test-clock';
import { producerOf, TopicWriter } from './topic-writer';

export interface LifeSpec {
  readonly dir: string;
  /** Appends to each topic in all lives together. */
  readonly appends: number;
  /** The failpoint at which it dies, when it has come there so many times; or after so many milliseconds of following. */
  readonly death?: { readonly at: string; readonly times: number } | { readonly afterMillis: number };
  /** A view that makes inserts into account_pnl stand between base and views for so long a row. */
  readonly sleepSecondsPerRow?: number;
}

/** What happened, one JSON line each on standard output. */
export type LifeEvent =
  | { readonly event: 'trouble'; readonly kind: string }
  | { readonly event: 'done' | 'stopped'; readonly detail?: string };

export const ROWS_PER_APPEND = 40;
const PAUSE_MICROS = 3000;
/** The engine chooses the order of views: among so many there are some before the rollup's. */
const SLEEPERS = ['sleeper_1', 'sleeper_2', 'sleeper_3'];

/** What append number `sequence` (from 1) of a topic holds: messages of records. */
export function appendOf(topic: Topic, sequence: number): readonly (readonly Record<string, unknown>[])[] {
  const records = Array.from({ length: ROWS_PER_APPEND }, (_, index) =>
    sampleRecord(topic, sequence * ROWS_PER_APPEND + index),
  );
  return topic.codec.layout === 'rows'
    ? records.map((record) => [record])
    : [records.slice(0, 15), records.slice(15)];
}

const tell = (event: LifeEvent): boolean => process.stdout.write(`${JSON.stringify(event)}\n`);
const die = (): void => void process.kill(process.pid, 'SIGKILL');

async function live({ dir, appends, death, sleepSecondsPerRow }: LifeSpec): Promise<void> {
  const backend = await openEmbedded({ dir, quotaBytes: 2 ** 28, clock: testClock });
  const database = openChdb(dir);
  const specs = smallCatalogue.sinks.map(({ from }) => ({
    name: from.name,
    kind: from.kind,
    layout: from.codec.layout,
    partitions: 1,
    retentionHours: 24,
  }));
  await backend.log.createTopics(specs);
  let passed = 0;
  const followers = await followTables({
    database,
    catalogue: smallCatalogue,
    log: backend.log,
    bookmarks: backend.bookmarks,
    decoding: { registry: backend.registry, versions: undefined },
    clock: testClock,
    retry: retryWithin({ attemptsMax: 5, firstPauseMillis: 10, pauseMillisMax: 100 }),
    limits: { records: 50, bytes: 2 ** 20 },
    lingerMicros: 1000,
    failpoint: (name) => {
      if (death && 'at' in death && death.at === name && ++passed === death.times) die();
    },
    onTrouble: ({ kind }) => tell({ event: 'trouble', kind }),
    onUnreadable: ({ reason }) => tell({ event: 'stopped', detail: reason }),
  });
  for (const sleeper of SLEEPERS) {
    await database.command(`DROP TABLE IF EXISTS breakwater.${sleeper}`);
    if (sleepSecondsPerRow !== undefined)
      await database.command(
        `CREATE MATERIALIZED VIEW breakwater.${sleeper} ENGINE = Null AS SELECT sleepEachRow(${sleepSecondsPerRow}) AS slept FROM breakwater.account_pnl`,
      );
  }
  if (death && 'afterMillis' in death) testClock.after(death.afterMillis * 1000, die);
  await appendAll(backend, appends);
  await followers.drain();
  for (const { state, reason } of followers.status())
    if (state !== 'following') tell({ event: 'stopped', detail: reason });
  await followers.close();
  await database.close();
  await backend.close();
  tell({ event: 'done' });
}

async function appendAll(
  backend: Pick<Awaited<ReturnType<typeof openEmbedded>>, 'log' | 'registry'>,
  appends: number,
): Promise<void> {
  const topics = smallCatalogue.sinks.map(({ from }) => from);
  for (const topic of topics) {
    const from = (await backend.log.producer(producerOf(topic)))?.sequence ?? 0;
    const writer = new TopicWriter(backend, topic, 0, from);
    for (let sequence = from + 1; sequence <= appends; sequence += 1) {
      await writer.write(appendOf(topic, sequence));
      await new Promise<void>((resolve) => testClock.after(PAUSE_MICROS, resolve));
    }
  }
}

if (require.main === module) {
  live(JSON.parse(process.argv[2]!) as LifeSpec).catch((error: Error) => {
    tell({ event: 'stopped', detail: error.message });
    process.exitCode = 1;
  });
}
