/**
 * Everything that ClickHouse follows: migrates the tables, holds them against the log by content and mends what differs
 * before anybody may ask, and follows every partition of every topic. One that stops does not stop the others.
 */
import type { Bookmarks, Log } from '../../runtime/ports/backend';
import type { Clock } from '../../runtime/ports/clock';
import type { Database } from '../../runtime/ports/database';
import type { Failpoint } from '../../runtime/ports/failpoint';
import { checkTables } from './check-tables';
import type { ClickhouseSink } from './clickhouse';
import type { CutLimits } from './collector';
import type { Decoding } from './cut-records';
import { newTurn } from './deliver';
import type { DeliveryTrouble, Retry } from './delivery';
import { Follower, type FollowerOptions } from './follower';
import type { FollowerStatus } from './follower-status';
import { finishLettingGo, firstKept, type LetGoOptions, letGo, type RetentionDays } from './retention';
import type { TableCatalogue } from './tables';

export interface FollowTablesOptions {
  readonly database: Database;
  readonly catalogue: TableCatalogue;
  readonly log: Pick<Log, 'reader' | 'ends' | 'topics'>;
  readonly bookmarks: Bookmarks;
  readonly decoding: Decoding;
  readonly clock: Clock;
  readonly retry: Retry;
  /** How long tables keep what happened; what is not named is kept for ever. */
  readonly retentionDays?: RetentionDays;
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
const HOUR_MICROS = 3_600_000_000;

export interface TableFollowers {
  status(): readonly FollowerStatus[];
  /** Resolves when all that is committed by now is in the tables, or has stopped. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

export async function followTables(options: FollowTablesOptions): Promise<TableFollowers> {
  const { catalogue, log, onTrouble } = options;
  const partitionsOf = new Map(log.topics().map(({ name, partitions }) => [name, partitions]));
  const letGoOf = (sink: ClickhouseSink): LetGoOptions => ({
    ...options,
    sink,
    rollups: catalogue.rollups.filter(({ from }) => from.table === sink.table),
    partitions: partitionsOf.get(sink.from.name) ?? 0,
  });
  for (const sink of catalogue.sinks) await finishLettingGo(letGoOf(sink));
  const mended = await checkTables({ ...options, repair: true, countRollups: true });
  for (const { object, problem, remedy, isChange } of mended)
    onTrouble({ kind: isChange ? 'changed' : 'mended', object, problem, remedy });
  const tables = catalogue.sinks.map((sink) => new FollowedTable(options, letGoOf(sink)));
  for (const table of tables) await table.begin();
  const all = async (of: (table: FollowedTable) => Promise<void>): Promise<void> => {
    await Promise.all(tables.map(of));
  };
  return {
    status: () => tables.flatMap((table) => table.status()),
    drain: () => all((table) => table.drain()),
    close: () => all((table) => table.close()),
  };
}

/** A table, and a follower for each partition of its topic. */
class FollowedTable {
  private followers: readonly Follower[] = [];
  /** What was known before has been let go. */
  private keptFrom = Number.NEGATIVE_INFINITY;
  private letting: Promise<void> = Promise.resolve();
  private stopLooking = (): void => undefined;
  private closed = false;

  constructor(
    private readonly options: FollowTablesOptions,
    private readonly table: LetGoOptions,
  ) {}

  async begin(): Promise<void> {
    await this.letGo();
    this.follow();
    this.lookAgain();
  }

  status(): readonly FollowerStatus[] {
    return this.followers.map((follower) => follower.status());
  }

  async drain(): Promise<void> {
    await this.letting;
    await Promise.all(this.followers.map((follower) => follower.drain()));
  }

  async close(): Promise<void> {
    this.closed = true;
    this.stopLooking();
    await this.letting;
    await Promise.all(this.followers.map((follower) => follower.close()));
  }

  private follow(): void {
    const { sink, rollups, partitions } = this.table;
    const turn = newTurn();
    this.followers = Array.from(
      { length: partitions },
      (_, partition) =>
        new Follower({
          limits: CUT_LIMITS,
          lingerMicros: LINGER_MICROS,
          restMicros: REST_MICROS,
          ...this.options,
          sink,
          turn,
          partition,
          rollups,
          latests: this.options.catalogue.latests.filter(({ from }) => from.table === sink.table),
        }),
    );
    for (const follower of this.followers) follower.start();
  }

  /** Once an hour it looks whether another day is over. */
  private lookAgain(): void {
    if (this.days === undefined || this.closed) return;
    this.stopLooking = this.options.clock.after(HOUR_MICROS, () => {
      this.letting = this.letGoBetween().finally(() => this.lookAgain());
    });
  }

  private async letGoBetween(): Promise<void> {
    if (firstKept(this.options.clock.now(), this.days!) <= this.keptFrom) return;
    await Promise.all(this.followers.map((follower) => follower.close()));
    await this.letGo();
    if (!this.closed) this.follow();
  }

  private get days(): number | undefined {
    return this.options.retentionDays?.[this.table.sink.table];
  }

  /** While nobody follows the table. What cannot be let go now is looked at in an hour. */
  private async letGo(): Promise<void> {
    if (this.days === undefined) return;
    const before = firstKept(this.options.clock.now(), this.days);
    const object = this.table.sink.table;
    try {
      const rows = await letGo(this.table, before);
      this.keptFrom = before;
      if (rows > 0)
        this.options.onTrouble({
          kind: 'let-go',
          object,
          rows,
          before: new Date(before / 1000).toISOString(),
        });
    } catch (error) {
      this.options.onTrouble({ kind: 'not-let-go', object, problem: (error as Error).message });
    }
  }
}
