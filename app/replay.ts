/**
 * Files in, topics and tables out: the job run over recorded events as if they happened now, as fast as it can.
 *
 *   feeds merged by (event time, name, sequence)
 *     → batches: events of one window of event time, at most 1,024     each a step for each topic that it brings
 *       → groups of batches                                            each one append and one epoch
 *
 * `now` is the latest time of any event so far; timers that fall due before a batch fire before it. Cuts depend on the
 * events alone, so the same input twice gives the same bytes. Group n is epoch n: killed anywhere, the same command
 * goes on at the first group that has no epoch.
 *
 * The folder's own clock is the wall: what is appended now is kept for its retention from now on, however old its events.
 */

import { checkedEvolution } from '../runtime/evolution/evolve';
import type { TaskStore } from '../runtime/ports/backend';
import type { Intake } from '../runtime/task/intake';
import { TaskRunner } from '../runtime/task/runner';
import type { FeedRecord, Records } from '../sources/feed';
import type { PublishedPart } from '../sources/publish';
import { CommandError, ExitCode } from './exit-codes';
import type { Folder } from './folder';
import { settings } from './job';
import { KnownNames, type NewNames, UNKNOWN_NAME_REMEDY, unknownText } from './known-names';
import { type Group, groupsOf } from './replay-groups';

const PRODUCER = 'replay';
/** After the last event the clock runs on so far, so that what is conflated comes out. */
const SETTLE_MICROS = 1_000_000;

export interface ReplayOptions {
  readonly folder: Folder;
  /** Comes before everything, at the time of the first event: instruments. */
  readonly reference: readonly FeedRecord[];
  readonly events: Records;
  /** What becomes of names that are not listed; left out, see `known-names.ts`. */
  readonly newNames: NewNames | undefined;
  /** The files that may have brought a record of a topic, for messages. */
  readonly filesOf: (topic: string) => readonly string[];
  /** Names the inputs: a folder takes one replay, and goes on with no other. */
  readonly identity: string;
  /** A window of event time. */
  readonly stepMicros: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReplayProgress) => void;
}

export interface ReplayProgress {
  readonly events: number;
  /** Event time, micros. */
  readonly now: number;
  readonly epochs: number;
}

export async function replay(
  options: ReplayOptions,
): Promise<ReplayProgress & { readonly resumedFrom: number }> {
  const { folder, signal } = options;
  const [job, ...others] = folder.jobs;
  if (!job || others.length > 0)
    throw new CommandError(
      `the topics of ${folder.dir} have several partitions, and a replay is one task. Replay into a new folder with --dir.`,
      ExitCode.Usage,
    );
  const store = await folder.backend.openTask({ job: job.name, partition: 0 });
  const resumedFrom = store.restored.epoch;
  await checkIdentity(options, resumedFrom);
  if (checkedEvolution(job, store.restored).added.length > 0)
    throw new CommandError(
      `the data folder ${folder.dir} holds a replay by a version with fewer pipelines. Replay into a new folder with --dir.`,
      ExitCode.Usage,
    );
  const run = new ReplayRun(options, store);
  try {
    for await (const group of groupsOf(options)) {
      if (signal.aborted) break;
      await run.take(group, resumedFrom);
    }
    await run.committed;
    return { ...run.progress, resumedFrom };
  } finally {
    run.runner.close();
    await store.close();
  }
}

async function checkIdentity({ folder, identity }: ReplayOptions, epoch: number): Promise<void> {
  const before = (await folder.backend.log.producer(PRODUCER))?.state;
  if (!before && epoch === 0) return;
  if (before && Buffer.from(before).toString() === identity) return;
  throw new CommandError(
    `the data folder ${folder.dir} already holds ${before ? 'another replay' : 'a live run'}. Replay into a new folder with --dir.`,
    ExitCode.Usage,
  );
}

class ReplayRun {
  readonly runner: TaskRunner;
  progress: ReplayProgress = { events: 0, now: 0, epochs: 0 };
  committed: Promise<void> = Promise.resolve();
  /** Latest event time so far, micros. */
  private now = 0;
  private readonly unknownIn: ReturnType<KnownNames['checker']>;

  constructor(
    private readonly options: ReplayOptions,
    private readonly store: TaskStore,
  ) {
    const { backend, schemaIds } = options.folder;
    const known = new KnownNames(backend, options.newNames);
    // What earlier groups have listed, where this run goes on behind them.
    known.readOn();
    this.unknownIn = known.checker();
    this.runner = new TaskRunner({
      ...settings,
      job: options.folder.jobs[0]!,
      // A step takes what it is told to, however long that is.
      stepBytes: Number.MAX_SAFE_INTEGER,
      partition: 0,
      backend,
      schemaIds,
      restored: store.restored,
    });
  }

  async take(group: Group, done: number): Promise<void> {
    const { records, number } = group;
    if (number > done) await this.run(group);
    else this.now = records.reduce((latest, record) => Math.max(latest, timeOf(record)), this.now);
    this.progress = {
      events: this.progress.events + records.length,
      now: timeOf(records.at(-1)!),
      epochs: number,
    };
    this.options.onProgress(this.progress);
  }

  private async run({ number, records, cuts, isLast }: Group): Promise<void> {
    const { folder, identity } = this.options;
    for (const record of records) this.checkNames(record);
    const { parts } = await folder.publisher.publish({
      producer: PRODUCER,
      sequence: number,
      now: timeOf(records[0]!),
      records,
      cuts,
      state: Buffer.from(identity),
    });
    parts.forEach((part, index) => {
      const batch = records.slice(index === 0 ? 0 : cuts[index - 1]!, cuts[index] ?? records.length);
      this.fireUntil(timeOf(batch[0]!));
      // A file may tell the newest first: what it says is not of the future.
      this.now = batch.reduce((latest, record) => Math.max(latest, timeOf(record)), this.now);
      this.step(part, this.now);
    });
    if (isLast) this.fireUntil(this.now + SETTLE_MICROS);
    const epoch = this.runner.takeEpoch();
    // One commit is under way while the next group is computed; its failure ends the replay at the next.
    await this.committed;
    this.committed = this.store.commit(epoch);
    this.committed.catch(() => undefined);
  }

  private checkNames(record: FeedRecord): void {
    const unknown = this.unknownIn(record);
    if (!unknown) return;
    const files = this.options.filesOf(record.topic).join(' or ');
    throw new CommandError(
      `${files}, row ${record.sequence}, ${unknownText(unknown)}. ${UNKNOWN_NAME_REMEDY}; here "instruments" of the manifest lists instruments.`,
    );
  }

  private step(part: readonly PublishedPart[], now: number): void {
    for (const { topic, partition, messages } of part) {
      const only = this.intakeOf(topic, partition);
      if (only) this.runner.step({ now, only, maxMessages: messages });
    }
  }

  private fireUntil(time: number): void {
    for (let due = this.runner.due(); due !== undefined && due < time; due = this.runner.due()) {
      this.runner.step({ now: due, maxMessages: 0 });
    }
  }

  private intakeOf(topic: string, partition: number): Intake | undefined {
    return this.runner.intakes.find((one) => one.input.topic.name === topic && one.partition === partition);
  }
}

const timeOf = (record: FeedRecord): number => record.time;
