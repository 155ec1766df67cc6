/**
 * What commands need of a data folder. Two ways lead to it: opening the folder, when nobody holds it
 * (`folder-access.ts`), and the socket of the process that does (`socket/remote-access.ts`).
 */

import type { FeedRecord } from '../sources/feed';
import type { CheckReport } from './check-report';
import type { ShownRow } from './topic-decoder';

export interface TailRequest {
  readonly topic: string;
  readonly partition: number;
  /** An offset, the first record kept, or so many records before the end. */
  readonly from: { readonly offset: number } | 'start' | { readonly last: number };
  /** Goes on with what comes, until the signal. */
  readonly follow: boolean;
}

export interface TailRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly index: number;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null for a tombstone and for what cannot be read. */
  readonly record: ShownRow | null;
  readonly problem?: string;
}

export interface ProduceRequest {
  readonly producer: string;
  /** Counts what a producer has sent: grows by its records, or by their rows. */
  readonly sequence: number;
  /** The producer's last sequence as the sender knows it: refused if another has sent meanwhile. */
  readonly after?: number | undefined;
  /** What the producer wants back from `producer()`. */
  readonly state?: string | undefined;
  readonly records: readonly FeedRecord[];
}

export interface Appended {
  /** It had been sent before: nothing was appended. */
  readonly duplicate: boolean;
  /** What is kept otherwise than it was said, in words for people. */
  readonly notes?: readonly string[];
}

export interface ProducerPlace {
  /** The last that was taken, 0 for a new producer. */
  readonly sequence: number;
  readonly state?: string | undefined;
}

export interface SkipRequest {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly by: string;
  readonly why: string;
}

/** Where a reader stands in one partition of a topic: nothing from there on is dropped. */
export interface Hold {
  readonly reader: string;
  readonly topic: string;
  readonly partition: number;
  readonly next: number;
  /** Where the partition ends. */
  readonly end: number;
  /** Whether this configuration still has that reader. */
  readonly known: boolean;
}

export interface Access {
  /** How this access came about, for messages. */
  readonly through: 'folder' | 'socket';
  produce(request: ProduceRequest): Promise<Appended>;
  /** How far a producer has come. */
  producer(name: string): Promise<ProducerPlace>;
  /** How many partitions a topic has; 0 for one that nothing was ever written to. */
  partitions(topic: string): Promise<number>;
  tail(request: TailRequest, signal: AbortSignal): AsyncIterable<readonly TailRecord[]>;
  /** The answer of ClickHouse in the given format, piece by piece. */
  query(sql: string, format: string, signal?: AbortSignal): AsyncIterable<string>;
  check(): Promise<CheckReport>;
  skip(request: SkipRequest): Promise<void>;
  /** What readers that are not tasks hold back, in order of reader and place. */
  holds(): Promise<readonly Hold[]>;
  /** Lets go of what a reader that is gone for good holds back. Throws a CommandError for one that is not. */
  forget(reader: string): Promise<void>;
  close(): Promise<void>;
}
