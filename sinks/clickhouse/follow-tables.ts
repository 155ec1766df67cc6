/**
 * Everything that ClickHouse follows: migrates the tables, holds them against the log by content and mends what differs
 * before anybody may ask, and follows every partition of every topic. One that stops does not stop the others.
 */
import type { Bookmarks, Log } from '../../runtime/ports/backend';
import type { Clock } from '../../runtime/ports/clock';
import type { Database } from '../../runtime/ports/database';
import type { Failpoint } from '../../runtime/ports/failpoint';
import { checkTables } from './check-tables';
import type { CutLimits } from './collector';
import type { Decoding } from './cut-records';
import { newTurn } from './deliver';
import type { DeliveryTrouble, Retry } from './delivery';
import { Follower, type FollowerOptions } from './follower';
import type { FollowerStatus } from './follower-status';
import type { TableCatalogue } from './tables';

export interface FollowTablesOptions {
  readonly database: Database;
  readonly catalogue: TableCatalogue;
  readonly log: Pick<Log, 'reader' | 'ends' | 'topics'>;
  readonly bookmarks: Bookmarks;
  readonly decoding: Decoding;
  readonly clock: Clock;
  readonly retry: Retry;
  readonly limits?: CutLimits;
  readonly lingerMicros?: number;
  readonly restMicros?: number;
  readonly failpoint: Failpoint;
  readonly onTrouble: (trouble: DeliveryTrouble) => void;
  readonly onUnreadable: FollowerOptions['onUnreadable'];
}

/**
 * A frame more than this is less than a million rows. Reached only when there is much to catch up with, and then it is
 * worth while: the engine spends half as much on a row as in cuts of a quarter of that, which it has to merge again.
 */
const CUT_LIMITS: CutLimits = { records: 990_000, bytes: 128 * 1024 * 1024 };
const LINGER_MICROS = 500_000;
const REST_MICROS = 60_000_000;

export interface TableFollowers {
  status(): readonly FollowerStatus[];
  /** Resolves when all that is committed by now is in the tables, or has stopped. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

export async function followTables(options: FollowTablesOptions): Promise<TableFollowers> {
  const { database, catalogue, clock, log, onTrouble } = options;
  const { bookmarks } = options;
  const mended = await checkTables({
    database,
    catalogue,
    clock,
    log,
    bookmarks,
    repair: true,
    countRollups: true,
  });
  for (const { object, problem, remedy, isChange } of mended)
    onTrouble({ kind: isChange ? 'changed' : 'mended', object, problem, remedy });
  const partitionsOf = new Map(log.topics().map(({ name, partitions }) => [name, partitions]));
  const followers = catalogue.sinks.flatMap((sink) => {
    const turn = newTurn();
    return Array.from(
      { length: partitionsOf.get(sink.from.name) ?? 0 },
      (_, partition) =>
        new Follower({
          limits: CUT_LIMITS,
          lingerMicros: LINGER_MICROS,
          restMicros: REST_MICROS,
          ...options,
          sink,
          turn,
          partition,
          rollups: catalogue.rollups.filter(({ from }) => from.table === sink.table),
          latests: catalogue.latests.filter(({ from }) => from.table === sink.table),
        }),
    );
  });
  for (const follower of followers) follower.start();
  const all = async (of: (follower: Follower) => Promise<void>): Promise<void> => {
    await Promise.all(followers.map(of));
  };
  return {
    status: () => followers.map((follower) => follower.status()),
    drain: () => all((follower) => follower.drain()),
    close: () => all((follower) => follower.close()),
  };
}
