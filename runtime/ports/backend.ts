/**
 * The ports of the outside world: one log, one store of tasks, one registry. Two backends implement them (embedded in
 * one process; a cluster of servers), and `test/conformance/` holds what any implementation must do.
 *
 * What every backend promises
 *  1. A commit is atomic: outputs, tables and progress of an epoch, all or nothing, whatever dies when.
 *  2. `commit` resolves once the epoch is durable; only then are its outputs visible to any reader, in the order of
 *     offsets, and commits of one task take effect in the order in which they were called.
 *  3. A task has one owner, told by `own`. A second `openTask` of the same id fences the first: its commits are refused with `FencedError`.
 *  4. Offsets grow and have gaps. Nothing may be concluded from their differences.
 *  5. Readers see committed messages only. `poll` never blocks; `whenArrived` resolves when polling may be worth while.
 *  6. An append with a sequence already seen from its producer does nothing and says so: producers repeat safely. What
 *     was refused never passes for one: it is taken when it is offered again, or `OutOfOrderError` says that it was overtaken.
 *  7. What is read back differs from what was written never: damage is a `CorruptionError`, or death.
 *  8. Retention and compaction never pass the slowest registered reader of a topic partition.
 *  9. At the quota appends are refused with `QuotaError` until retention has made room; commits in flight succeed.
 */

import type { Phase } from '../graph/shape';
import type { TopicKind } from '../stream/topic';
import type { SavedTable } from '../tables/table';
import type { Chunk } from '../wire/messages';
import type { Epoch, Progress, RecordedEpoch, TaskId, TopicPartition } from './epoch';

export interface Backend {
  readonly log: Log;
  readonly registry: SchemaRegistry;
  readonly names: NameBook;
  /**
   * Joins the owners of a job's tasks: which of them this process runs it is told, and told when that changes. In one
   * process that holds the store alone it is told of all of them, once.
   */
  own(job: { readonly name: string; readonly partitions: number }, owner: TaskOwner): Membership;
  /** Restores a task as of its last committed epoch, or as new. Reads and verifies everything it will use. */
  openTask(id: TaskId): Promise<TaskStore>;
  readonly bookmarks: Bookmarks;
  /** The recorded epochs of a task from `fromEpoch` on, as far back as they are kept. Verified against their chain. */
  recorded(id: TaskId, fromEpoch: number): Iterable<RecordedEpoch> | AsyncIterable<RecordedEpoch>;
  /** Every task that has left something here, of jobs that are gone as well. */
  tasks(): readonly TaskLeft[];
  /** Changes what a task has left, on a person's word. Whoever has it open is fenced. Durable on return. */
  reshape(id: TaskId, change: Reshape): Promise<void>;
  /** Lets go of a task whole: its tables, its recorded epochs, and what it holds back. Topics stay. Durable on return. */
  retire(id: TaskId): Promise<void>;
  /** Sets a message aside for a task, on a person's word. Durable on return. */
  skip(id: TaskId, skip: Skip): Promise<void>;
  health(): BackendHealth;
  /**
   * Drops what has been kept long enough and compacts state topics, in small pieces beside the commits; resolves when
   * nothing is left to do. Called by the edge once a minute and at the quota; a backend whose servers do it resolves.
   */
  tidy(): Promise<void>;
  /** Lets go of everything in order: open commits are finished first. */
  close(): Promise<void>;
}

export interface TaskOwner {
  /** These tasks are this process's from now on: they may be opened. */
  assigned(tasks: readonly TaskId[]): void;
  /** Others will run these: what is open is committed or dropped. Nothing is written for them once it has resolved, or the budget is over. */
  revoked(tasks: readonly TaskId[], budgetMicros: number): Promise<void>;
  /** Others run these already: they are dropped, and nothing is committed. */
  lost(tasks: readonly TaskId[]): void;
}

export interface Membership {
  /** Gives all tasks back, as if they were revoked, and leaves. */
  leave(): Promise<void>;
}

export interface TopicSpec {
  readonly name: string;
  readonly kind: TopicKind;
  readonly layout: 'rows' | 'columns';
  /** Fixed at creation. */
  readonly partitions: number;
  readonly retentionHours: number;
}

export interface Log {
  /** Creates what is missing. A topic that exists with another partition count, kind or layout is refused. */
  createTopics(topics: readonly TopicSpec[]): Promise<void>;
  /** Appends to several topic partitions at once, atomically and durably, unless the sequence was seen before. */
  append(append: ProducerAppend): Promise<{ readonly duplicate: boolean }>;
  /** Where a producer has come; undefined if it never appended. */
  producer(name: string): Promise<ProducerState | undefined>;
  /** A plain name is a visitor's. */
  reader(at: Progress, who: string | Reading): LogReader;
  ends(partition: TopicPartition): { readonly first: number; readonly next: number };
  topics(): readonly TopicSpec[];
}

export interface ProducerAppend {
  /** A stable name: its sequences are remembered for ever. */
  readonly producer: string;
  /** Grows with each append of this producer. */
  readonly sequence: number;
  /** Sequence of the producer's append before, 0 for none: unless that is the last taken, `OutOfOrderError`. */
  readonly previous?: number;
  /** Whatever the producer wants back from `producer()` after a restart, at most 64 KiB. */
  readonly state?: Uint8Array;
  readonly outputs: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly messages: Chunk;
  }[];
}

export interface ProducerState {
  readonly sequence: number;
  readonly state: Uint8Array | undefined;
}

/** Who reads, and as what: a server's client reads each kind in another way. */
export interface Reading {
  /** For people, and for what the reader holds back. */
  readonly name: string;
  /**
   * A task's own share, read as a member of its job's group; every partition, in every task; a sink, which follows what is
   * committed and keeps bookmarks; or a visitor who looks and goes.
   */
  readonly kind: 'group' | 'broadcast' | 'sink' | 'visitor';
}

/** A position in a topic partition that moves by polling. */
export interface LogReader {
  readonly partition: TopicPartition;
  /** The next messages, at most about `maxBytes` but at least one; undefined if none has come yet. */
  poll(maxBytes: number): Chunk | undefined;
  /**
   * Whether `poll` has brought all that was committed when this is asked. False after an empty poll says "not yet":
   * more is on its way.
   */
  atEnd(): boolean;
  /** Resolves as soon as `poll` may have something, or `close` was called. */
  whenArrived(): Promise<void>;
  close(): void;
}

export interface TaskStore {
  readonly restored: RestoredTask;
  /** Resolves once durable. At most two may be open; call in order of epoch numbers. */
  commit(epoch: Epoch): Promise<void>;
  /**
   * Number of the last epoch that took effect, 0 if none has: the committed-epoch marker. Whatever was under way when it
   * is asked has taken effect by the answer, or never will.
   */
  committed(): Promise<number>;
  /** Messages and timers that a person has set aside, passed by the task or not. */
  skips(): Promise<readonly Skip[]>;
  close(): Promise<void>;
}

export interface RestoredTask {
  /** Number of the last committed epoch, 0 for a new task. */
  readonly epoch: number;
  /** Number of the next step. */
  readonly nextStep: number;
  /** `now` of the last step: time goes on from there. */
  readonly now: number;
  readonly progress: readonly Progress[];
  /** What the task was left as; undefined for a new one. */
  readonly phase: Phase | undefined;
  /** How far pipelines that are being filled have read. */
  readonly filled: readonly Progress[];
  table(name: string): SavedTable | undefined;
  /** Live records of a table, 0 where there is none. */
  held(table: string): number;
}

/** What a task has left, without its tables. */
export interface TaskLeft extends Omit<RestoredTask, 'table'> {
  readonly task: TaskId;
}

export interface Reshape {
  readonly phase: Phase;
  /** Tables that are emptied. */
  readonly emptied: readonly string[];
  /** Topics that are read no more, and held back for no longer. */
  readonly unread: readonly string[];
}

/**
 * Where readers of committed topics that are not tasks have come: sinks, above all. A bookmark is one small durable
 * record, replaced whole, and what its reader still needs is never dropped.
 */
export interface Bookmarks {
  get(name: string): Bookmark | undefined;
  /** Durable on return. At most 64 KiB of state. */
  set(bookmark: Bookmark): Promise<void>;
  remove(name: string): Promise<void>;
  all(): readonly Bookmark[];
}

export interface Bookmark {
  readonly name: string;
  /** Whatever the reader wants back: cuts logged, cuts done. */
  readonly state: Uint8Array;
  /** Retention never passes these. */
  readonly needs: readonly Progress[];
}

export interface BackendHealth {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** False at the quota: appends are refused, and tasks should start no step. */
  readonly accepting: boolean;
  /** What is wrong at this moment, in sentences; empty when all is well. */
  readonly troubles: readonly string[];
}

export interface Skip extends TopicPartition {
  readonly offset: number;
  readonly by: string;
  readonly why: string;
  /** The task's last epoch when that was said: what a fill passes over again was told before. */
  readonly epoch?: number;
}

export interface SchemaRegistry {
  /** The id of a schema, registering it under the subject if it is new. Refuses one that is not backward compatible. */
  register(subject: string, schema: string): Promise<number>;
  /** The schema of an id, undefined if unknown. Synchronous for ids seen before; call `load` first otherwise. */
  schema(id: number): string | undefined;
  load(id: number): Promise<string | undefined>;
}

/** Numbers for names: allotted once and for ever, in the compacted topic that everyone reads first. */
export interface NameBook {
  /** The numbers of names in a domain (`instrument`, `account`, …), allotting those that have none. Durable on return. */
  numbersOf(domain: string, names: readonly string[]): Promise<Int32Array>;
  nameOf(domain: string, number: number): string | undefined;
  numberOf(domain: string, name: string): number | undefined;
  /** One more than the highest number allotted in the domain. */
  size(domain: string): number;
}

/** Stored bytes are not what was written. Nothing that depends on them may go on. */
export class CorruptionError extends Error {
  override readonly name = 'CorruptionError';
}

/** Another owner has taken the task over: drop it whole. */
export class FencedError extends Error {
  override readonly name = 'FencedError';
}

/** An append does not follow the last of its producer that was taken. Ask how far it came, and go on from there. */
export class OutOfOrderError extends Error {
  override readonly name = 'OutOfOrderError';
}

/** A commit was sent, and nobody can say whether it took effect. `committed()` can. */
export class OutcomeUnknownError extends Error {
  override readonly name = 'OutcomeUnknownError';
}

/** The log is at its quota. */
export class QuotaError extends Error {
  override readonly name = 'QuotaError';
}

/** The store cannot be used as it is: folder in use, read-only, of a later format, wrong topic settings. */
export class BackendError extends Error {
  override readonly name: string = 'BackendError';
}

/** What writes the store is no more: nothing can be committed in this process again. What was durable still is. */
export class LostError extends BackendError {}

/** Another process owns the data folder, for the time being. */
export class HeldError extends BackendError {
  override readonly name = 'HeldError';
}

/** Nothing that is tried again in this process could mend it. */
export const isFatal = (error: unknown): error is Error =>
  error instanceof CorruptionError || error instanceof LostError;
