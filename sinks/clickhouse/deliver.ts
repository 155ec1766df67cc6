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
import { countBlock, deleteBlock, insertInto, insertToken } from './insert-statement';
import { type Latest, missedKeys, rebuildLatest } from './latest';
import { type Rollup, repairRollup } from './rollup';

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
  for (const block of delivery.blocks) {
    const attempts = new BlockDelivery(options, delivery, block);
    await options.retry(() => options.turn(() => attempts.next()), options.stop);
  }
}

class BlockDelivery {
  private uncertain: boolean;
  private generation = 0;

  constructor(
    private readonly options: DeliveryOptions,
    private readonly delivery: Delivery,
    private readonly block: CutBlock,
  ) {
    this.uncertain = delivery.uncertain;
  }

  /** One attempt. It may be repeated whenever it rejects. */
  async next(): Promise<void> {
    if (!this.uncertain) return this.send();
    await this.awaitEnd();
    const { cut } = this.delivery;
    if (await this.isThere()) this.options.onTrouble({ kind: 'found-whole', cut });
    else await this.sendAgain();
    await this.repairRollups();
  }

  /** The engine may drop rows for their token. What it says is not enough: the table is asked again. */
  private async sendAgain(): Promise<void> {
    await this.send();
    if (await this.isThere()) return;
    const token = this.token();
    this.generation += 1;
    throw new Error(`the table does not hold ${token} although its insert was accepted`);
  }

  private token(): string {
    const { cut, number, since } = this.delivery;
    const { tablePartition } = this.block;
    return insertToken(this.options.sink, {
      since,
      cut,
      number,
      tablePartition,
      generation: this.generation,
    });
  }

  private async send(): Promise<void> {
    const { sink, database, failpoint, onTrouble } = this.options;
    const token = this.token();
    failpoint('sink.before-insert');
    this.uncertain = true;
    try {
      await database.insert({
        into: insertInto(sink, token, this.block.rows),
        block: this.block.bytes(),
        tag: token,
      });
    } catch (error) {
      onTrouble({ kind: 'insert-failed', cut: this.delivery.cut, error: error as Error });
      throw error;
    }
    failpoint('sink.after-insert');
  }

  /** An insert that hung may still land: while it runs, nothing the table says holds. */
  private async awaitEnd(): Promise<void> {
    const token = this.token();
    if (!(await this.options.database.ended(token)))
      throw new Error(`insert ${token} still runs although it was given up and told to stop`);
  }

  /** Whether the table holds the block, once. Takes out what is there wrongly. */
  private async isThere(): Promise<boolean> {
    const { sink, database, onTrouble } = this.options;
    const { cut } = this.delivery;
    const { tablePartition, rows: expected } = this.block;
    const [found] = await database.rows<{ readonly rows: string; readonly places: string }>(
      countBlock(sink, cut, tablePartition),
    );
    const rows = Number(found!.rows);
    if (rows === expected && Number(found!.places) === expected) return true;
    if (rows > 0) {
      onTrouble({ kind: 'found-wrong', cut, rows, expected });
      await database.command(deleteBlock(sink, cut, tablePartition));
      this.generation += 1;
    }
    return false;
  }

  private async repairRollups(): Promise<void> {
    const { database, rollups, latests, onTrouble } = this.options;
    for (const latest of latests) {
      const lines = await missedKeys(database, latest);
      if (lines === 0) continue;
      await rebuildLatest(database, latest);
      onTrouble({ kind: 'rollup-repaired', rollup: latest.name, lines });
    }
    for (const rollup of rollups) {
      // A rollup by another clock than its base is cut by may have lines of the block anywhere.
      const isCutAlike = rollup.clock === rollup.from.from.eventTime;
      const where = isCutAlike ? [this.block.tablePartition] : undefined;
      for (const { lines } of await repairRollup(database, rollup, where))
        onTrouble({ kind: 'rollup-repaired', rollup: rollup.name, lines });
    }
  }
}
