/**
 * A table's changes as blocks that any log can carry, one message each: what an epoch changed in a table, cut where it
 * gets too long, never a message a slot. Blocks are taken in order and may come twice; a table is restored by taking all
 * of them, and a run of them is merged into few that hold what is live.
 *
 *   format u8 │ sequence │ part │ begins anew │ table │ schema │ next slot │ count │ slots │ lengths │ records
 *
 * Numbers are Avro longs, slots are written as differences. The sequence is that of the epoch; parts count from 0.
 */

import { ByteReader, ByteWriter } from '../wire/bytes';
import type { SavedTable, TableChanges } from './table';

const FORMAT = 1;

export interface TableBlock {
  /** `table/sequence/part`: the key of its message, by which a log compacts what was merged. */
  readonly key: string;
  readonly bytes: Buffer;
}

interface Head {
  readonly sequence: number;
  readonly part: number;
  /** Whatever came before is void. */
  readonly beginsAnew: boolean;
}

/** What an epoch changed in a table, as blocks of about `maxBytes` of records, at least one record each. */
export function blocksOf(changes: TableChanges, sequence: number, maxBytes: number): TableBlock[] {
  const { slots, ends } = changes;
  const blocks: TableBlock[] = [];
  for (let from = 0; from < slots.length; ) {
    const start = startOf(changes, from);
    let to = from + 1;
    while (to < slots.length && ends[to]! - start <= maxBytes) to += 1;
    blocks.push(block(changes, { from, to }, { sequence, part: blocks.length, beginsAnew: false }));
    from = to;
  }
  return blocks;
}

const startOf = ({ ends }: TableChanges, index: number): number => (index === 0 ? 0 : ends[index - 1]!);

function block(
  changes: TableChanges,
  { from, to }: { readonly from: number; readonly to: number },
  { sequence, part, beginsAnew }: Head,
): TableBlock {
  const { table, schema, nextSlot, slots, ends, bytes } = changes;
  const writer = new ByteWriter(256);
  writer.byte(FORMAT);
  writer.long(sequence);
  writer.long(part);
  writer.boolean(beginsAnew);
  writer.string(table);
  writer.string(schema);
  writer.long(nextSlot);
  writer.long(to - from);
  for (let index = from, before = 0; index < to; index += 1) {
    writer.long(slots[index]! - before);
    before = slots[index]!;
  }
  for (let index = from; index < to; index += 1) writer.long(ends[index]! - startOf(changes, index));
  writer.raw(bytes.subarray(startOf(changes, from), ends[to - 1]));
  return { key: `${table}/${sequence}/${part}`, bytes: writer.take() };
}

interface Live {
  readonly schema: string;
  readonly bytes: Buffer;
}

/** One table, taken from its blocks. */
export class BlockTable {
  nextSlot = 0;
  private readonly live = new Map<number, Live>();
  /** Of the last epoch that was taken, -1 before the first. */
  sequence = -1;
  private part = -1;

  constructor(readonly name: string) {}

  get size(): number {
    return this.live.size;
  }

  /** Takes the next block; one that was taken before changes nothing. Throws a RangeError for one of another table. */
  take(bytes: Buffer): void {
    const from = new ByteReader().over(bytes);
    const format = from.byte();
    if (format !== FORMAT)
      throw new RangeError(
        `a block of table "${this.name}" has format ${format}, and this program reads ${FORMAT}.`,
      );
    const [sequence, part, beginsAnew, table] = [from.long(), from.long(), from.boolean(), from.string()];
    if (table !== this.name)
      throw new RangeError(`a block of table "${table}" lies among those of "${this.name}".`);
    if (sequence < this.sequence || (sequence === this.sequence && part <= this.part)) return;
    this.sequence = sequence;
    this.part = part;
    if (beginsAnew) this.live.clear();
    this.apply(from);
  }

  /** The table as it is restored; undefined where no block has come. */
  saved(): SavedTable | undefined {
    if (this.sequence < 0) return undefined;
    const { live, nextSlot } = this;
    return {
      nextSlot,
      forEach(visit) {
        for (const slot of inOrder(live)) {
          const { bytes, schema } = live.get(slot)!;
          visit(slot, new ByteReader().over(bytes), schema);
        }
      },
    };
  }

  /**
   * What is live, as blocks that stand for all that were taken: they bear the sequence of the last, and begin anew. Records
   * of one schema lie together.
   */
  merged(maxBytes: number): TableBlock[] {
    const bySchema = new Map<string, number[]>();
    for (const slot of inOrder(this.live)) {
      const { schema } = this.live.get(slot)!;
      const slots = bySchema.get(schema) ?? [];
      bySchema.set(schema, slots);
      slots.push(slot);
    }
    if (bySchema.size === 0) bySchema.set('', []);
    const blocks: TableBlock[] = [];
    for (const [schema, slots] of bySchema)
      for (const group of this.groups(slots, maxBytes)) {
        const changes = this.changesOf(schema, group);
        const head = { sequence: this.sequence, part: blocks.length, beginsAnew: blocks.length === 0 };
        blocks.push(block(changes, { from: 0, to: group.length }, head));
      }
    return blocks;
  }

  private apply(from: ByteReader): void {
    const schema = from.string();
    const nextSlot = from.long();
    const count = from.long();
    const slots = new Uint32Array(count);
    for (let index = 0, before = 0; index < count; index += 1) {
      before += from.long();
      slots[index] = before;
    }
    const lengths = Array.from({ length: count }, () => from.long());
    let at = from.at;
    for (let index = 0; index < count; index += 1) {
      const end = at + lengths[index]!;
      if (end === at) this.live.delete(slots[index]!);
      else this.live.set(slots[index]!, { schema, bytes: Buffer.from(from.bytes.subarray(at, end)) });
      at = end;
    }
    this.nextSlot = nextSlot;
  }

  private *groups(slots: readonly number[], maxBytes: number): Generator<number[]> {
    let group: number[] = [];
    let bytes = 0;
    for (const slot of slots) {
      const { length } = this.live.get(slot)!.bytes;
      if (group.length > 0 && bytes + length > maxBytes) {
        yield group;
        [group, bytes] = [[], 0];
      }
      group.push(slot);
      bytes += length;
    }
    yield group;
  }

  private changesOf(schema: string, slots: readonly number[]): TableChanges {
    const records = slots.map((slot) => this.live.get(slot)!.bytes);
    const ends = new Uint32Array(slots.length);
    records.reduce((end, { length }, index) => {
      ends[index] = end + length;
      return end + length;
    }, 0);
    const { name: table, nextSlot } = this;
    return { table, schema, nextSlot, slots: Uint32Array.from(slots), ends, bytes: Buffer.concat(records) };
  }
}

const inOrder = (live: ReadonlyMap<number, unknown>): number[] => [...live.keys()].sort((a, b) => a - b);
