/**
 * Delivers blocks of several table partitions in one insert. It takes effect partition by partition: after anything that
 * went wrong the table is asked which of them it holds; those of which it holds nothing go together once more, and from
 * then on, or where something stands there wrongly, each goes by itself.
 */
import type { CutBlock } from './cut-blocks';
import { awaitEnd, BlockDelivery, repairRollups, sendBlocks } from './deliver-block';
import type { Delivery, DeliveryOptions } from './delivery';
import { countBlocks, insertToken } from './insert-statement';

export class GroupDelivery {
  private uncertain: boolean;
  private sent: number;
  private readonly alone: ReadonlyMap<CutBlock, BlockDelivery>;

  constructor(
    private readonly options: DeliveryOptions,
    private readonly delivery: Delivery,
    private readonly blocks: readonly CutBlock[],
  ) {
    this.uncertain = delivery.uncertain;
    this.sent = delivery.begun;
    this.alone = new Map(
      blocks.map((block) => [block, new BlockDelivery(options, { ...delivery, uncertain: true }, block)]),
    );
  }

  /** One attempt. It may be repeated whenever it rejects. */
  async next(): Promise<void> {
    if (!this.uncertain) return this.send(this.blocks);
    await this.awaitEnds();
    const { whole, others, absent } = await this.held();
    if (whole.length > 0) this.options.onTrouble({ kind: 'found-whole', cut: this.delivery.cut });
    if (others.length === 0 && absent.length > 1 && this.sent < this.delivery.begun + 2) {
      await this.send(absent);
      const left = (await this.held()).absent.length;
      if (left > 0)
        throw new Error(`the table does not hold ${left} blocks although their insert was accepted`);
    } else for (const block of [...others, ...absent]) await this.alone.get(block)!.next();
    await repairRollups(this.options, this.blocks);
  }

  private async send(blocks: readonly CutBlock[]): Promise<void> {
    this.uncertain = true;
    const generation = this.sent;
    this.sent += 1;
    this.delivery.onNamed(generation);
    await sendBlocks(this.options, this.delivery, blocks, this.token(generation));
  }

  private token(generation: number): string {
    const { cut, number, since } = this.delivery;
    const [{ tablePartition }, ...others] = this.blocks as [CutBlock, ...CutBlock[]];
    const name = { since, cut, number, tablePartition, others: others.length, generation };
    return insertToken(this.options.sink, name);
  }

  private async awaitEnds(): Promise<void> {
    for (let generation = 0; generation < this.sent; generation += 1)
      await awaitEnd(this.options, this.token(generation));
    // A beginning before this one may have sent them one by one.
    if (this.delivery.begun > 0) for (const block of this.alone.values()) await block.awaitEnds();
  }

  private async held(): Promise<Record<'whole' | 'others' | 'absent', CutBlock[]>> {
    const { sink, database } = this.options;
    const statement = countBlocks(
      sink,
      this.delivery.cut,
      this.blocks.map(({ tablePartition }) => tablePartition),
    );
    const found = new Map(
      (await database.rows<Record<'place' | 'rows' | 'places', string>>(statement)).map((line) => [
        Number(line.place),
        line,
      ]),
    );
    const held: Record<'whole' | 'others' | 'absent', CutBlock[]> = { whole: [], others: [], absent: [] };
    for (const block of this.blocks) {
      const line = found.get(block.tablePartition);
      const isWhole = Number(line?.rows) === block.rows && Number(line?.places) === block.rows;
      held[line === undefined ? 'absent' : isWhole ? 'whole' : 'others'].push(block);
    }
    return held;
  }
}
