/** What a delivery is, what it needs, and what it tells. */

import type { Cut } from '../../runtime/graph/sink';
import type { Database } from '../../runtime/ports/database';
import type { Failpoint } from '../../runtime/ports/failpoint';
import type { ClickhouseSink } from './clickhouse';
import type { CutBlock } from './cut-blocks';
import type { Latest } from './latest';
import type { Rollup } from './rollup';

/** Repeats work that rejects, with growing pauses, within a declared budget; then rejects with the last error. */
export type Retry = <T>(work: () => Promise<T>, stop: AbortSignal) => Promise<T>;

export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

export interface DeliveryOptions {
  readonly sink: ClickhouseSink;
  /** Those fed by the sink's table. */
  readonly rollups: readonly Rollup[];
  readonly latests: readonly Latest[];
  readonly database: Database;
  readonly retry: Retry;
  /**
   * One attempt at a time on all that is fed by one table, whichever partition of the topic it comes from: a rollup is
   * made anew in several statements, and rows that came in between would be lost to it.
   */
  readonly turn: Turn;
  readonly failpoint: Failpoint;
  /** Ends the repeating: the sink is being closed. */
  readonly stop: AbortSignal;
  /** Told of everything out of the ordinary. */
  readonly onTrouble: (trouble: DeliveryTrouble) => void;
}

export type DeliveryTrouble =
  | { readonly kind: 'insert-failed'; readonly cut: Cut; readonly error: Error }
  | { readonly kind: 'found-whole'; readonly cut: Cut }
  | { readonly kind: 'found-wrong'; readonly cut: Cut; readonly rows: number; readonly expected: number }
  /** Found by a start: a table or rollup that was not what the log says. */
  | {
      /** Or that an earlier version left otherwise, and is what this one declares now. */
      readonly kind: 'mended' | 'changed';
      readonly object: string;
      readonly problem: string;
      readonly remedy: string;
    }
  /** What was known before a time is over its retention, and went or could not. */
  | { readonly kind: 'let-go'; readonly object: string; readonly rows: number; readonly before: string }
  | { readonly kind: 'not-let-go'; readonly object: string; readonly problem: string }
  | { readonly kind: 'rollup-repaired'; readonly rollup: string; readonly lines: number };

export interface Delivery {
  readonly cut: Cut;
  readonly number: number;
  readonly since: number;
  readonly blocks: readonly CutBlock[];
  /** Whether an earlier attempt may have reached the table: always so after a start. */
  readonly uncertain: boolean;
  /**
   * Where names of inserts go on when the cut is begun anew in this process: behind all that were given. The engine drops
   * what comes under a name that it knows, and what was given up under one may still land.
   */
  readonly begun: number;
  /** Told of each name's number, when an insert is sent under it. */
  readonly onNamed: (generation: number) => void;
}
