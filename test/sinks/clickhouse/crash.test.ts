/**
 * Law 8, tables equal topics: a process that appends and follows is killed, again and again, at named points and at any
 * instant, and between a table and its views; what the tables hold in the end is what the topics committed, once.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ChdbDatabase } from '../../../backends/embedded/clickhouse/chdb-database';
import type { Topic } from '../../../runtime/stream/topic';
import { compareRollup } from '../../../sinks/clickhouse/rollup';
import { accountPnlByMinute } from '../../../sinks/clickhouse/tables';
import { openChdb } from '../../support/chdb';
import { smallCatalogue } from '../../support/clickhouse-catalogue';
import { appendOf, type LifeEvent, type LifeSpec } from '../../support/clickhouse-life';
import { inLongRuns } from '../../support/long-runs';
import { memoryFolder } from '../../support/memory-folder';
import { expectedRows, type PlacedRecord, tableRows } from '../../support/table-rows';

interface Life {
  readonly killed: boolean;
  readonly events: readonly LifeEvent[];
}

function live(spec: LifeSpec): Promise<Life> {
  const child = spawn(
    process.execPath,
    [join(__dirname, '../../support/clickhouse-life.js'), JSON.stringify(spec)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let text = '';
  child.stdout.on('data', (piece: Buffer) => {
    text += piece.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_, signal) =>
      resolve({
        killed: signal === 'SIGKILL',
        events: text
          .split('\n')
          .filter((line) => line.endsWith('}'))
          .map((line) => JSON.parse(line) as LifeEvent),
      }),
    );
  });
}

const troublesOf = (lives: readonly Life[]): readonly string[] =>
  lives.flatMap(({ events }) => events.flatMap((event) => (event.event === 'trouble' ? [event.kind] : [])));

function placedRecords(topic: Topic, appends: number): readonly PlacedRecord[] {
  const messages = Array.from({ length: appends }, (_, index) => appendOf(topic, index + 1)).flat();
  return messages.flatMap((records, offset) =>
    records.map((record, index) => ({ partition: 0, offset, index, record })),
  );
}

async function expectTablesEqualTopics(database: ChdbDatabase, appends: number): Promise<void> {
  for (const sink of smallCatalogue.sinks)
    expect(await tableRows(database, sink)).toEqual(expectedRows(sink, placedRecords(sink.from, appends)));
  expect(await compareRollup(database, accountPnlByMinute)).toEqual([]);
}

/** Lives through the deaths given, one after the other, each with some more to append, and then one to the end. */
async function liveThrough(specs: readonly Omit<LifeSpec, 'appends'>[]): Promise<readonly Life[]> {
  const lives: Life[] = [];
  for (const [index, spec] of specs.entries())
    lives.push(await live({ ...spec, appends: APPENDS_PER_LIFE * (index + 1) }));
  const last = await live({ dir: specs[0]!.dir, appends: APPENDS_PER_LIFE * specs.length });
  expect(last.events.filter(({ event }) => event !== 'trouble')).toEqual([{ event: 'done' }]);
  return [...lives, last];
}

/** Processes that open the engine, and die of it, take their time on a machine that does other things as well. */
const DEATHS_MILLIS = 240_000;
const APPENDS_PER_LIFE = 12;
const folder = memoryFolder();

test(
  'law 8: killed at every named point of a cut',
  async () => {
    const dir = join(folder, 'named');
    const all = ['sink.after-insert', 'sink.after-cut', 'sink.before-cut', 'sink.before-insert'];
    const points = all.slice(0, inLongRuns(4, 2));
    const lives = await liveThrough(points.map((at, index) => ({ dir, death: { at, times: index + 2 } })));
    expect(lives.map(({ killed }) => killed)).toEqual([...points.map(() => true), false]);
    // Logged and not sent: sent again. Sent and not told: found.
    expect(troublesOf(lives)).toContain('found-whole');
    const database = openChdb(dir);
    await expectTablesEqualTopics(database, APPENDS_PER_LIFE * points.length);
    await database.close();
  },
  DEATHS_MILLIS,
);

test(
  'law 8: killed at any instant',
  async () => {
    const dir = join(folder, 'random');
    const instants = [50, 15, 90, 160].slice(0, inLongRuns(4, 1));
    const lives = await liveThrough(instants.map((afterMillis) => ({ dir, death: { afterMillis } })));
    expect(lives.filter(({ killed }) => killed).length).toBeGreaterThanOrEqual(inLongRuns(3, 1));
    const database = openChdb(dir);
    await expectTablesEqualTopics(database, APPENDS_PER_LIFE * instants.length);
    await database.close();
  },
  DEATHS_MILLIS,
);

test(
  'law 8: killed while an insert stands between a table and its views',
  async () => {
    const dir = join(folder, 'between');
    const instants = [450, 600, 800];
    const lives = await liveThrough(
      instants.map((afterMillis) => ({ dir, death: { afterMillis }, sleepSecondsPerRow: 0.008 })),
    );
    expect(lives.map(({ killed }) => killed)).toEqual([true, true, true, false]);
    expect(troublesOf(lives)).toEqual(expect.arrayContaining(['found-whole', 'mended']));
    const database = openChdb(dir);
    await expectTablesEqualTopics(database, APPENDS_PER_LIFE * instants.length);
    await database.close();
  },
  DEATHS_MILLIS,
);
