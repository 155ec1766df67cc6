/**
 * Follows one partition of a committed topic into its table, cut by cut: take what has come, log the cut, deliver it,
 * go on. After a start it first brings to an end what the log says was under way, and holds the table against the log.
 */

import type { Cut } from '../../runtime/graph/sink';
import type { Bookmarks, Log, LogReader } from '../../runtime/ports/backend';
import type { Clock } from '../../runtime/ports/clock';
import { Waits } from '../waits';
import { Collector, type CutLimits } from './collector';
import { cutBlocks } from './cut-blocks';
import { afterPending, CutLog, type CutState } from './cut-log';
import { CutRecords, type Decoding, type Unreadable } from './cut-records';
import { deliver } from './deliver';
import type { DeliveryOptions } from './delivery';
import { FollowerRecord, type FollowerStatus } from './follower-status';
import { countPartition } from './insert-statement';
import { extendSeal, validSeal } from './table-content';

export interface FollowerOptions extends DeliveryOptions {
  readonly partition: number;
  readonly log: Pick<Log, 'reader' | 'ends'>;
  readonly bookmarks: Bookmarks;
  readonly decoding: Decoding;
  readonly clock: Clock;
  readonly limits: CutLimits;
  /** How long the first record of a cut waits for others, so that a slow topic does not become a part a record. */
  readonly lingerMicros: number;
  /** How long it rests when an outage has outlasted the budget for repeating. */
  readonly restMicros: number;
  readonly onUnreadable: (
    message: Unreadable & { readonly topic: string; readonly partition: number },
  ) => void;
}

/** How often a table's content is noted. */
const SEAL_MICROS = 60_000_000;

/** The table is not what the log says, and no cut under way explains it. */
export class TableDiffersError extends Error {
  override readonly name = 'TableDiffersError';
}

export class Follower {
  private readonly place: { readonly topic: string; readonly partition: number };
  private readonly cutLog: CutLog;
  private readonly records: CutRecords;
  private readonly waits: Waits;
  private readonly noted: FollowerRecord;
  private readonly options: FollowerOptions;
  private cuts: CutState;
  private running: Promise<void> | undefined;
  private sealedAt = 0;
  /** Where the names of the inserts of the cut under way begin, and the last that was given. */
  private begun = 0;
  private named = -1;

  constructor(options: Omit<FollowerOptions, 'stop'>) {
    const { sink, partition, bookmarks, decoding, clock, onTrouble } = options;
    this.place = { topic: sink.from.name, partition };
    this.cutLog = new CutLog(bookmarks, sink.name, this.place);
    this.records = new CutRecords(sink.from, decoding);
    this.waits = new Waits(clock);
    this.noted = new FollowerRecord(clock);
    this.cuts = this.cutLog.load(clock.now());
    this.noted.doneOffset = this.cuts.doneOffset;
    this.options = {
      ...options,
      stop: this.waits.stop,
      onTrouble: (trouble) => {
        this.noted.trouble(trouble);
        onTrouble(trouble);
      },
    };
  }

  /** Never rejects: what stops it stands in the status. */
  start(): void {
    this.running = this.live();
  }

  /** Resolves when everything committed before the call is in the table, or the follower has stopped. */
  drain(): Promise<void> {
    return this.noted.state === 'stopped' || this.waits.isStopped ? Promise.resolve() : this.waits.drained();
  }

  /** Finishes the insert under way, if it ends by itself. */
  async close(): Promise<void> {
    this.waits.end();
    await this.running;
    // What is not sealed is counted at the next start, and not compared by content.
    await this.seal().catch(() => undefined);
  }

  status(): FollowerStatus {
    const { doneRecords: records, cuts } = this.cuts;
    const endOffset = this.options.log.ends(this.place).next;
    return this.noted.status({ table: this.options.sink.table, ...this.place, endOffset, records, cuts });
  }

  /** An outage that outlasts its budget is begun anew after a rest; a table that differs waits for a person. */
  private async live(): Promise<void> {
    while (!this.waits.isStopped) {
      try {
        await this.run();
      } catch (error) {
        this.noted.stopped(error as Error);
        this.begun = this.named + 1;
        this.waits.release();
        if (error instanceof TableDiffersError) return;
        await this.waits.pause(this.options.restMicros);
      }
    }
  }

  private async run(): Promise<void> {
    this.noted.state = 'recovering';
    await this.recover();
    const { log, sink } = this.options;
    const reader = log.reader(
      { ...this.place, next: this.cuts.doneOffset },
      { name: sink.name, kind: 'sink' },
    );
    try {
      this.noted.following();
      await this.follow(reader);
    } finally {
      reader.close();
      this.waits.release();
    }
  }

  private async follow(reader: LogReader): Promise<void> {
    const { limits, lingerMicros } = this.options;
    const collector = new Collector(reader, this.records, limits, this.cuts.doneOffset);
    while (!this.waits.isStopped) {
      const { asked } = this.waits;
      const full = await collector.take();
      if (!full && collector.cut() === undefined) {
        await this.settle();
        await this.sealInTime();
        this.waits.release(asked);
        await this.waits.forMessages(() => collector.whenArrived());
      } else {
        if (!full && !this.waits.isDraining) await this.waits.pause(lingerMicros);
        await collector.take();
        await this.write(collector.cut()!);
        collector.clear();
        await this.sealInTime();
      }
    }
  }

  private async write(cut: Cut): Promise<void> {
    const { failpoint } = this.options;
    const before = afterPending(this.cuts);
    this.cuts = { ...before, cuts: before.cuts + 1, pending: cut };
    failpoint('sink.before-cut');
    await this.cutLog.save(this.cuts);
    failpoint('sink.after-cut');
    this.reportUnreadable();
    await this.deliver(cut, false);
  }

  private async deliver(cut: Cut, uncertain: boolean): Promise<void> {
    const { sink, partition } = this.options;
    const { cuts: number, since } = this.cuts;
    const blocks = cutBlocks(sink, partition, this.records);
    const onNamed = (generation: number): void => {
      this.named = Math.max(this.named, generation);
    };
    await deliver(this.options, { cut, number, since, blocks, uncertain, begun: this.begun, onNamed });
    this.begun = 0;
    this.named = -1;
    this.noted.delivered(cut.nextOffset);
  }

  private async sealInTime(): Promise<void> {
    if (this.options.clock.now() - this.sealedAt >= SEAL_MICROS) await this.seal();
  }

  /** Notes what the table holds by content, once it is settled: so much is compared at the next start. */
  private async seal(): Promise<void> {
    const { sink, database, partition, clock } = this.options;
    this.sealedAt = clock.now();
    const { doneOffset } = this.cuts;
    const seal = validSeal(sink, this.cuts.seal);
    if (this.noted.state === 'stopped' || seal.offset >= doneOffset) return;
    const extended = await extendSeal(database, sink, { partition, before: doneOffset, seal });
    this.cuts = { ...this.cuts, seal: extended };
    await this.cutLog.save(this.cuts);
  }

  /** Lets go of the last cut's messages once nothing follows it. Otherwise the next cut's log says that it is done. */
  private async settle(): Promise<void> {
    if (!this.cuts.pending) return;
    this.cuts = afterPending(this.cuts);
    await this.cutLog.save(this.cuts);
  }

  private async recover(): Promise<void> {
    // As it is in the log of cuts: what was not saved has not been sent.
    this.cuts = this.cutLog.load(this.options.clock.now());
    if (!this.cutLog.hasBegun) await this.cutLog.save(this.cuts);
    this.records.clear();
    if (this.cuts.pending) await this.finishPending(this.cuts.pending);
    await this.settle();
    await this.compareWhole();
    await this.seal();
  }

  private async finishPending(cut: Cut): Promise<void> {
    const { sink, log, limits } = this.options;
    const reader = log.reader({ ...this.place, next: cut.firstOffset }, { name: sink.name, kind: 'sink' });
    const unlimited = { ...limits, records: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };
    await new Collector(reader, this.records, unlimited, cut.firstOffset).take(cut.nextOffset);
    reader.close();
    if (this.records.length !== cut.records)
      throw new TableDiffersError(
        `the cut of ${this.at()} at offset ${cut.firstOffset} was logged with ${cut.records} records and reads as ${this.records.length} now. Run the build that logged it, or rebuild the table.`,
      );
    await this.deliver(cut, true);
    this.records.clear();
  }

  private async compareWhole(): Promise<void> {
    const { sink, database } = this.options;
    const [held] = await database.rows<{ readonly rows: string }>(countPartition(sink, this.place));
    const rows = Number(held!.rows);
    if (rows !== this.cuts.doneRecords)
      throw new TableDiffersError(
        `table ${sink.table} holds ${rows} rows of ${this.at()}, and its log of cuts says ${this.cuts.doneRecords}. Was one of the two replaced? Run \`breakwater check --repair\` to fill the table anew.`,
      );
  }

  private reportUnreadable(): void {
    for (const message of this.records.unreadable) {
      this.noted.unreadable += 1;
      this.options.onUnreadable({ ...this.place, ...message });
    }
  }

  private at(): string {
    return `topic ${this.place.topic}, partition ${this.place.partition}`;
  }
}
