/**
 * Brings the blocks of a logged cut into the table, each exactly once, and what depends on the table with them.
 *
 * A fresh block is sent. As soon as anything went wrong the block is uncertain: it may be in the table or not, the
 * rollups may have it or not. Then nothing is sent before it is sure that no earlier attempt still runs and the table
 * has been asked; what stands there whole is left, what stands there wrongly is taken out, what is missing is sent
 * again; and after that the rollups of its partition are compared with their base and repaired.
 */

import type { CutBlock } from './cut-blocks';
import { BlockDelivery } from './deliver-block';
import { GroupDelivery } from './deliver-group';
import type { Delivery, DeliveryOptions, Turn } from './delivery';
import { PARTITIONS_TOGETHER } from './insert-statement';

/** Lets one piece of work begin when the one before has ended. */
export function newTurn(): Turn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
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
