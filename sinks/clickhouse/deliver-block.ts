/** Delivers one block, which lies in one partition of the table and is there whole or not at all. */

import type { CutBlock } from './cut-blocks';
import type { Delivery, DeliveryOptions } from './delivery';
import { countBlock, deleteBlock, insertInto, insertToken } from './insert-statement';
import { missedKeys, rebuildLatest } from './latest';
import { repairRollup } from './rollup';

export class BlockDelivery {
  private uncertain: boolean;
  private generation: number;

  constructor(
    private readonly options: DeliveryOptions,
    private readonly delivery: Delivery,
    private readonly block: CutBlock,
  ) {
    this.uncertain = delivery.uncertain;
    this.generation = delivery.begun;
  }

  /** One attempt. It may be repeated whenever it rejects. */
  async next(): Promise<void> {
    if (!this.uncertain) return this.send();
    await this.awaitEnds();
    const { cut } = this.delivery;
    if (await this.isThere()) this.options.onTrouble({ kind: 'found-whole', cut });
    else await this.sendAgain();
    await repairRollups(this.options, [this.block]);
  }

  /** What was sent under any name so far, by this and by beginnings before, runs no more. */
  async awaitEnds(): Promise<void> {
    for (let earlier = 0; earlier <= this.generation; earlier += 1)
      await awaitEnd(this.options, this.token(earlier));
  }

  /** The engine may drop rows for their token. What it says is not enough: the table is asked again. */
  private async sendAgain(): Promise<void> {
    await this.send();
    if (await this.isThere()) return;
    const token = this.token(this.generation);
    this.generation += 1;
    throw new Error(`the table does not hold ${token} although its insert was accepted`);
  }

  private token(generation: number): string {
    const { cut, number, since } = this.delivery;
    const { tablePartition } = this.block;
    return insertToken(this.options.sink, {
      since,
      cut,
      number,
      tablePartition,
      generation,
    });
  }

  private send(): Promise<void> {
    this.uncertain = true;
    this.delivery.onNamed(this.generation);
    return sendBlocks(this.options, this.delivery, [this.block], this.token(this.generation));
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
}

/** One insert of blocks of one cut. */
export async function sendBlocks(
  { sink, database, failpoint, onTrouble }: DeliveryOptions,
  { cut }: Delivery,
  blocks: readonly CutBlock[],
  token: string,
): Promise<void> {
  const [first, ...others] = blocks as [CutBlock, ...CutBlock[]];
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
  failpoint('sink.before-insert');
  try {
    await database.insert({ into: insertInto(sink, token, rows), block: first.bytes(others), tag: token });
  } catch (error) {
    onTrouble({ kind: 'insert-failed', cut, error: error as Error });
    throw error;
  }
  failpoint('sink.after-insert');
}

/** An insert that hung may still land: while it runs, nothing the table says holds. */
export async function awaitEnd({ database }: DeliveryOptions, token: string): Promise<void> {
  if (!(await database.ended(token)))
    throw new Error(`insert ${token} still runs although it was given up and told to stop`);
}

export async function repairRollups(
  { database, rollups, latests, onTrouble }: DeliveryOptions,
  blocks: readonly CutBlock[],
): Promise<void> {
  for (const latest of latests) {
    const lines = await missedKeys(database, latest);
    if (lines === 0) continue;
    await rebuildLatest(database, latest);
    onTrouble({ kind: 'rollup-repaired', rollup: latest.name, lines });
  }
  for (const rollup of rollups) {
    // A rollup by another clock than its base is cut by may have lines of the block anywhere.
    const isCutAlike = rollup.clock === rollup.from.from.eventTime;
    const where = isCutAlike ? blocks.map(({ tablePartition }) => tablePartition) : undefined;
    for (const { lines } of await repairRollup(database, rollup, where))
      onTrouble({ kind: 'rollup-repaired', rollup: rollup.name, lines });
  }
}
