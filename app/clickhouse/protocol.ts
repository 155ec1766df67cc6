/** What the main thread and the thread of ClickHouse say to each other. */

import type { EmbeddedShare } from '../../backends/embedded/open';
import type { Progress } from '../../runtime/ports/epoch';
import type { FollowerStatus } from '../../sinks/clickhouse/follower-status';
import type { RetentionDays } from '../../sinks/clickhouse/retention';

export interface ClickhouseThreadSettings {
  readonly share: EmbeddedShare;
  /** Where the engine keeps its files. */
  readonly dir: string;
  readonly lingerMicros: number;
  readonly retentionDays?: RetentionDays;
}

/** `ends` of a drain: news of them may reach the other thread later than the question. */
export type ClickhouseAsk =
  | { readonly kind: 'drain'; readonly ends: readonly Progress[] }
  | { readonly kind: 'query'; readonly sql: string; readonly format: string }
  /** Gives up the question that was asked under that id. */
  | { readonly kind: 'cancel'; readonly question: number }
  | { readonly kind: 'close' };

export interface ClickhouseRequest {
  readonly id: number;
  readonly ask: ClickhouseAsk;
}

export type ClickhouseReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'status'; readonly followers: readonly FollowerStatus[] }
  /** Something out of the ordinary, for the log. */
  | { readonly kind: 'trouble'; readonly trouble: Readonly<Record<string, unknown>> }
  | { readonly kind: 'answer'; readonly id: number; readonly value: Uint8Array | undefined }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string };
