/**
 * Follows one partition of a committed topic into its table, cut by cut: take what has come, log the cut, deliver it,
 * go on. After a start it first brings to an end what the log says was under way, and holds the table against the log.
 */
import type { Bookmarks, Log, LogReader } from '../../runtime/backend';
import type { Clock } from '../../runtime/clock';
import { Signal } from '../../runtime/signal';
import type { Cut } from '../../runtime/sink';
import { Collector, type CutLimits } from './collector';
import { cutBlocks } from './cut-blocks';
import { CutLog, type CutState } from './cut-log';
import { CutRecords, type Decoding, type Unreadable } from './cut-records';
import { type DeliveryOptions, deliver } from './deliver';
import { countPartition } from './insert-statement';
import { LagMeter } from './lag-meter';

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

export type FollowerState = 'recovering' | 'following' | 'stopped';

export interface FollowerStatus {
  readonly table: string;
  readonly topic: string;
  readonly partition: number;
  readonly state: FollowerState;
  /** Why it stopped, or what it is repeating. Empty when all is well. */
  readonly reason: string;
  /** Every message before this offset is in the table. */
  readonly doneOffset: number;
  /** The offset that the topic partition will give next. */
  readonly endOffset: number;
  readonly records: number;
  readonly cuts: number;
  readonly failedInserts: number;
  readonly unreadable: number;
  /** How long the oldest message that is not in the table has been there. */
  readonly lagMicros: number;
}

/** The table is not what the log says, and no cut under way explains it. */
export class TableDiffersError extends Error {
  override readonly name = 'TableDiffersError';
}

export class Follower {
  private readonly place: { readonly topic: string; readonly partition: number };
  private readonly cutLog: CutLog;
  private readonly records: CutRecords;
  private readonly wake = new Signal();
  private readonly stopped = new AbortController();
  private readonly options: FollowerOptions;
  private cuts: CutState;
  /** What is in the table already, although the log of cuts learns it with the next cut only. */
  private doneOffset: number;
  private state: FollowerState = 'recovering';
  private reason = '';
  private failedInserts = 0;
  private unreadable = 0;
  private readonly lag = new LagMeter();
  private arrival: Promise<void> | undefined;
  private drainers: (() => void)[] = [];
  private running: Promise<void> | undefined;

  constructor(options: Omit<FollowerOptions, 'stop'>) {
    const { sink, partition, bookmarks, decoding, clock, onTrouble } = options;
    this.place = { topic: sink.from.name, partition };
    this.cutLog = new CutLog(bookmarks, sink.name, this.place);
    this.records = new CutRecords(sink.from, decoding);
    this.cuts = this.cutLog.load(clock.now());
    this.doneOffset = this.cuts.doneOffset;
    this.options = {
      ...options,
      stop: this.stopped.signal,
      onTrouble: (trouble) => {
        if (trouble.kind === 'insert-failed') {
          this.failedInserts += 1;
          this.reason = `repeating an insert: ${trouble.error.message}`;
        }
        onTrouble(trouble);
      },
    };
  }

  /** Never rejects: what stops it stands in the status. */
  start(): void {
    this.running = this.live();
  }

  /** An outage that outlasts its budget is begun anew after a rest; a table that differs waits for a person. */
  private async live(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      try {
        await this.run();
      } catch (error) {
        this.state = 'stopped';
        this.reason = (error as Error).message;
        this.releaseDrainers();
        if (error instanceof TableDiffersError) return;
        await this.pause(this.options.restMicros);
      }
    }
  }

  /** Resolves when everything committed before the call is in the table, or the follower has stopped. */
  drain(): Promise<void> {
    if (this.state === 'stopped') return Promise.resolve();
    return new Promise((resolve) => {
      this.drainers.push(resolve);
      this.wake.fire();
    });
  }

  /** Finishes the insert under way, if it ends by itself. */
  async close(): Promise<void> {
    this.stopped.abort();
    this.wake.fire();
    await this.running;
  }

  status(): FollowerStatus {
    const { sink, log, clock } = this.options;
    const { doneRecords, cuts } = this.cuts;
    const { doneOffset, state, reason, failedInserts, unreadable } = this;
    const endOffset = log.ends(this.place).next;
    const lagMicros = this.lag.measure({ now: clock.now(), done: this.doneOffset, end: endOffset });
    return {
      table: sink.table,
      ...this.place,
      state,
      reason,
      doneOffset,
      endOffset,
      records: doneRecords,
      cuts,
      failedInserts,
      unreadable,
      lagMicros,
    };
  }

  private async run(): Promise<void> {
    await this.recover();
    const reader = this.options.log.reader(
      { ...this.place, next: this.cuts.doneOffset },
      `${this.options.sink.name}`,
    );
    try {
      this.state = 'following';
      this.reason = '';
      await this.follow(reader);
    } finally {
      reader.close();
      this.releaseDrainers();
    }
  }

  private async follow(reader: LogReader): Promise<void> {
    const collector = new Collector(reader, this.records, this.options.limits, this.cuts.doneOffset);
    while (!this.stopped.signal.aborted) {
      const drainers = this.drainers.splice(0);
      const full = await collector.take();
      if (!full && collector.cut() === undefined) await this.rest(collector, drainers);
      else {
        this.drainers.unshift(...drainers);
        if (!full) await this.linger();
        await collector.take();
        await this.write(collector.cut()!);
        collector.clear();
      }
    }
  }

  /** Nothing is there: says so, and waits for more. */
  private async rest(collector: Collector, drainers: readonly (() => void)[]): Promise<void> {
    await this.settle();
    for (const resolve of drainers) resolve();
    this.arrival ??= collector.whenArrived().then(() => {
      this.arrival = undefined;
      this.wake.fire();
    });
    if (!this.stopped.signal.aborted) await this.wake.next();
  }

  private async linger(): Promise<void> {
    if (this.drainers.length === 0) await this.pause(this.options.lingerMicros);
  }

  private async pause(micros: number): Promise<void> {
    if (this.stopped.signal.aborted) return;
    const cancel = this.options.clock.after(micros, () => this.wake.fire());
    await this.wake.next();
    cancel();
  }

  private async write(cut: Cut): Promise<void> {
    const { failpoint } = this.options;
    const before = this.finished();
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
    await deliver(this.options, {
      cut,
      number,
      since,
      blocks: cutBlocks(sink, partition, this.records),
      uncertain,
    });
    this.doneOffset = cut.nextOffset;
    this.reason = '';
  }

  /** The state once the pending cut is in the table. */
  private finished(): CutState {
    const { pending, doneRecords } = this.cuts;
    if (!pending) return this.cuts;
    return {
      ...this.cuts,
      doneOffset: pending.nextOffset,
      doneRecords: doneRecords + pending.records,
      pending: undefined,
    };
  }

  /** Lets go of the last cut's messages once nothing follows it. Otherwise the next cut's log says that it is done. */
  private async settle(): Promise<void> {
    if (!this.cuts.pending) return;
    this.cuts = this.finished();
    await this.cutLog.save(this.cuts);
  }

  private async recover(): Promise<void> {
    this.state = 'recovering';
    this.records.clear();
    // As it is in the log of cuts: what was not saved has not been sent.
    this.cuts = this.cutLog.load(this.options.clock.now());
    const { pending } = this.cuts;
    if (!this.cutLog.hasBegun) await this.cutLog.save(this.cuts);
    if (pending) await this.finishPending(pending);
    await this.settle();
    await this.compareWhole();
  }

  private async finishPending(cut: Cut): Promise<void> {
    const { sink, log, limits } = this.options;
    const reader = log.reader({ ...this.place, next: cut.firstOffset }, sink.name);
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
      this.unreadable += 1;
      this.options.onUnreadable({ ...this.place, ...message });
    }
  }

  private at(): string {
    return `topic ${this.place.topic}, partition ${this.place.partition}`;
  }

  private releaseDrainers(): void {
    for (const resolve of this.drainers.splice(0)) resolve();
  }
}
