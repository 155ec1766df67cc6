/** The sink of the simulation: echoes into a table that is cut by day, followed partition by partition; and law 8 over it. */
import type { Backend } from '../../runtime/ports/backend';
import type { Clock } from '../../runtime/ports/clock';
import type { Database } from '../../runtime/ports/database';
import { MessageCursor } from '../../runtime/wire/messages';
import { clickhouse } from '../../sinks/clickhouse/clickhouse';
import { newTurn } from '../../sinks/clickhouse/deliver';
import { Follower } from '../../sinks/clickhouse/follower';
import { type Amount, echoes } from '../support/toy';
import { readAll } from '../support/toy-world';
import type { FakeTable } from './fake-database';
import type { Sabotage } from './faulty-backend';

const PARTITIONS = 2;
const ATTEMPTS = 3;

/** The echoed sum stands for a time: it grows, and so do the days. */
const sink = clickhouse({ from: { ...echoes, eventTime: 'amount' }, table: 'echoes', partitionBy: 'day' });

export interface SinkWorld extends Pick<Backend, 'log' | 'registry' | 'bookmarks'> {
  readonly database: Database;
  readonly clock: Clock;
  readonly sabotage: Sabotage | undefined;
}

export function openSinks({ log, registry, bookmarks, database, clock, sabotage }: SinkWorld): Follower[] {
  const turn = newTurn();
  const forgetful = { ...bookmarks, set: async () => undefined };
  const followers = Array.from(
    { length: PARTITIONS },
    (_, partition) =>
      new Follower({
        sink,
        partition,
        log,
        bookmarks: sabotage === 'cut-forgotten' ? forgetful : bookmarks,
        decoding: { registry, versions: undefined },
        clock,
        database,
        limits: { records: 40, bytes: 1 << 20 },
        lingerMicros: 1_000,
        restMicros: 50_000,
        rollups: [],
        latests: [],
        turn,
        retry: async (work, stop) => {
          for (let attempt = 1; ; attempt += 1) {
            try {
              return await work();
            } catch (error) {
              if (attempt === ATTEMPTS || stop.aborted) throw error;
              await new Promise(setImmediate);
            }
          }
        },
        failpoint: () => undefined,
        onTrouble: () => undefined,
        onUnreadable: () => undefined,
      }),
  );
  for (const follower of followers) follower.start();
  return followers;
}

/** Law 8: each record that the topic holds is in the table once, and nothing else is. */
export function judgeTable(table: FakeTable, backend: Pick<Backend, 'log'>, partition: number): string[] {
  const records = readAll(backend, echoes, partition) as readonly Amount[];
  const offsets = offsetsOf(backend, partition);
  const meant = records.map(({ key, amount }, at) => `${offsets[at]}: ${key} ${amount}`);
  const held = table.rows
    .filter((row) => row.partition === partition)
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, key, amount }) => `${offset}: ${key} ${amount}`);
  const at = Array.from({ length: Math.max(meant.length, held.length) }, (_, one) => one).find(
    (one) => meant[one] !== held[one],
  );
  return at === undefined
    ? []
    : [
        `law 8, partition ${partition}: the table holds ${held.length} rows of ${meant.length}; row ${at} is ${held[at]} instead of ${meant[at]}`,
      ];
}

function offsetsOf({ log }: Pick<Backend, 'log'>, partition: number): number[] {
  const reader = log.reader({ topic: echoes.name, partition, next: 0 }, 'test');
  const cursor = new MessageCursor();
  const offsets: number[] = [];
  for (let chunk = reader.poll(1 << 20); chunk; chunk = reader.poll(1 << 20)) {
    cursor.over(chunk);
    while (cursor.next()) offsets.push(cursor.offset);
  }
  reader.close();
  return offsets;
}
