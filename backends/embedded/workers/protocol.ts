/** What the main thread and a thread that runs tasks say to each other. */

import type { TaskEvent, TaskStatus } from '../../../runtime/drive/drive';
import type { Skip } from '../../../runtime/ports/backend';
import type { Progress, TaskId } from '../../../runtime/ports/epoch';
import type { EmbeddedShare } from '../backend';
import type { Failure } from '../protocol';

export interface WorkerSettings {
  readonly share: EmbeddedShare;
  readonly tasks: readonly TaskId[];
  /** For the file that the thread runs. */
  readonly data: unknown;
}

export type ToWorker =
  | { readonly kind: 'nudge' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'skip'; readonly id: number; readonly task: TaskId; readonly skip: Skip }
  /** For the file that the thread runs. */
  | { readonly kind: 'tell'; readonly data: unknown };

export interface TaskNews {
  readonly status: TaskStatus;
  readonly progress: readonly Progress[];
}

/** An event whose error has crossed from one thread to the other. */
export type TaskTold = Omit<TaskEvent, 'error'> & { readonly failure: Failure | undefined };

export type FromWorker =
  /** Its tasks run. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'news'; readonly tasks: readonly TaskNews[] }
  | { readonly kind: 'event'; readonly event: TaskTold }
  | { readonly kind: 'skipped'; readonly id: number; readonly refusal: string | undefined }
  | { readonly kind: 'not-skipped'; readonly id: number; readonly failure: Failure }
  /** All is committed and let go. */
  | { readonly kind: 'stopped' };

export const isTask = (one: TaskId, other: TaskId): boolean =>
  one.job === other.job && one.partition === other.partition;
