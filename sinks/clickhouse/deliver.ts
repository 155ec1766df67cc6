/**
 * Brings the blocks of a logged cut into the table, each exactly once, and what depends on the table with them.
 *
 * A fresh block is sent. As soon as anything went wrong the block is uncertain: it may be in the table or not, the
 * rollups may have it or not. Then nothing is sent before it is sure that no earlier attempt still runs and the table
 * has been asked; what stands there whole is left, what stands there wrongly is taken out, what is missing is sent
 * again; and after that the rollups of its partition are compared with their base and repaired.
 */

import type { Cut } from '../../runtime/graph/sink';
import type { Database } from '../../runtime/ports/database';
import type { Failpoint } from '../../runtime/ports/failpoint';
import type { ClickhouseSink } from './clickhouse';
import type { CutBlock } from './cut-blocks';
import { BlockDelivery } from './deliver-block';
import { GroupDelivery } from './deliver-group';
import { PARTITIONS_TOGETHER } from './insert-statement';
import type { Latest } from './latest';
import type { Rollup } from './rollup';

/** Repeats work that rejects, with growing pauses, within a declared budget; then rejects with the last error. */
export type Retry = <T>(work: () => Promise<T>, stop: AbortSignal) => Promise<T>;

export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets one piece of work begin when the one before has ended. */
export function newTurn(): Turn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

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
  | { readonly kind: 'rollup-repaired'; readonly rollup: string; readonly lines: number };

export interface Delivery {
  readonly cut: Cut;
  readonly number: number;
  readonly since: number;
  readonly blocks: readonly CutBlock[];
  /** Whether an earlier attempt may have reached the table: always so after a start. */
  readonly uncertain: boolean;
}

/** Resolves when every block is in the table once. Rejects when the budget is spent: then all is as uncertain as before. */
export async function deliver(options: DeliveryOptions, delivery: Delivery): Promise<void> {
  for (const group of groupsOf(options, delivery.blocks)) {
    const attempts = deliveryOf(options, delivery, group);
    await options.retry(() => options.turn(() => attempts.next()), options.stop);
  }
}

/** Rows that are sent together, at most: what is more fills an insert of its own. */
const ROWS_TOGETHER = 100_000;

/**
 * Blocks that are sent together. Records of years of days would be thousands of inserts of a few rows, and each costs as
 * much as one of a hundred thousand. A table that feeds rollups takes its blocks one by one: the engine does not stand
 * tokens through a view into a table that is cut by time, of more than one part.
 */
function groupsOf({ rollups }: DeliveryOptions, blocks: readonly CutBlock[]): readonly CutBlock[][] {
  const groups: CutBlock[][] = [];
  let room = 0;
  for (const block of blocks) {
    const last = groups.at(-1);
    if (last && rollups.length === 0 && last.length < PARTITIONS_TOGETHER && block.rows <= room)
      last.push(block);
    else {
      groups.push([block]);
      room = ROWS_TOGETHER;
    }
    room -= block.rows;
  }
  return groups;
}

const deliveryOf = (
  options: DeliveryOptions,
  delivery: Delivery,
  group: readonly CutBlock[],
): { next(): Promise<void> } =>
  group.length === 1
    ? new BlockDelivery(options, delivery, group[0]!)
    : new GroupDelivery(options, delivery, group);
