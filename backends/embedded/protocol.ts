/**
 * What threads and the commit thread say to each other. One request, one answer; whatever became durable is told to
 * every thread that reads, before the answers.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Phase } from '../../runtime/graph/shape';
import type { Bookmark, Reshape, Skip, TopicSpec } from '../../runtime/ports/backend';
import type { Progress, SnapshotMark, TaskId } from '../../runtime/ports/epoch';

/** An entry of the log within the request's buffer: room for its header, then its messages. */
export interface EntryPlace {
  readonly topic: string;
  readonly partition: number;
  readonly at: number;
  readonly length: number;
  readonly count: number;
  readonly span: number;
  readonly crc: number;
}

/** A table entry within the request's buffer. */
export interface TablePlace {
  readonly table: string;
  readonly schema: string;
  readonly at: number;
  readonly length: number;
  readonly rows: number;
  readonly nextSlot: number;
}

export interface CommitRequest {
  readonly kind: 'commit';
  readonly task: TaskId;
  readonly generation: number;
  readonly epoch: number;
  readonly nextStep: number;
  /** `now` of the last step. */
  readonly stepNow: number;
  readonly progress: readonly Progress[];
  /** How far pipelines that are being filled have read. */
  readonly filled: readonly Progress[];
  /** Begins with this epoch. */
  readonly phase: Phase | undefined;
  /** In order; those that begin count from before the outputs. */
  readonly marks: readonly SnapshotMark[];
  readonly buffer: ArrayBuffer;
  readonly outputs: readonly EntryPlace[];
  readonly tables: readonly TablePlace[];
  /** The computed part of the epoch's record. */
  readonly computed: { readonly at: number; readonly length: number };
}

export interface AppendRequest {
  readonly kind: 'append';
  readonly producer: string;
  readonly sequence: number;
  readonly previous: number | undefined;
  /** The producer's append that was sent before this one and not answered yet. */
  readonly behind: number | undefined;
  readonly state: Uint8Array | undefined;
  readonly buffer: ArrayBuffer;
  readonly outputs: readonly EntryPlace[];
}

/** A name and its number, as the commit thread tells it to every thread. */
export interface AllottedName {
  readonly domain: string;
  readonly name: string;
  readonly number: number;
}

export interface NamesRequest {
  readonly kind: 'names';
  readonly entries: readonly AllottedName[];
  readonly buffer: ArrayBuffer;
  readonly outputs: readonly EntryPlace[];
}

export type Operation =
  | CommitRequest
  | AppendRequest
  | NamesRequest
  | { readonly kind: 'topics'; readonly topics: readonly TopicSpec[] }
  | { readonly kind: 'task'; readonly task: TaskId }
  | { readonly kind: 'reshape'; readonly task: TaskId; readonly change: Reshape }
  | { readonly kind: 'retire'; readonly task: TaskId }
  /** Answers the id. */
  | { readonly kind: 'schema'; readonly subject: string; readonly schema: string }
  | { readonly kind: 'bookmark'; readonly name: string; readonly bookmark: Bookmark | undefined }
  | { readonly kind: 'skip'; readonly task: TaskId; readonly skip: Skip }
  /** What may be dropped or compacted, a piece of it. `open`: where readers of this thread stand. */
  | { readonly kind: 'tidy'; readonly open: readonly Progress[] };

export interface Request {
  readonly id: number;
  /** The writer's clock, micros: the commit thread has none of its own. */
  readonly now: number;
  readonly operation: Operation;
}

/** What is not an operation on the store: another thread joins, or all is over. */
export type Control = { readonly connect: MessagePort } | { readonly close: true };

export interface Failure {
  readonly name: string;
  readonly message: string;
}

export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly failure?: Failure;
}

/** First and next offset of a topic partition after a commit. */
export interface NewEnds {
  readonly topic: number;
  readonly partition: number;
  readonly first: number;
  readonly next: number;
}

export interface StoreHealth {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  readonly troubles: readonly string[];
}

export type Reply =
  | { readonly kind: 'ready'; readonly health: StoreHealth }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | {
      readonly kind: 'durable';
      readonly ends: readonly NewEnds[];
      readonly names: readonly AllottedName[];
      readonly answers: readonly Answer[];
      readonly health: StoreHealth;
    }
  | { readonly kind: 'health'; readonly health: StoreHealth }
  /** From here on the thread hears everything; what became durable before, it reads. */
  | { readonly kind: 'joined' }
  /** Last words: nothing more will be answered. */
  | { readonly kind: 'lost'; readonly failure: Failure }
  | { readonly kind: 'closed' };

export interface ThreadSettings {
  readonly dir: string;
  readonly quotaBytes: number;
  readonly mapBytes: number;
  /** Passed on to a test's own commit thread. */
  readonly data: unknown;
}
