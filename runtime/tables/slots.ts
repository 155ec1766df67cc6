/**
 * The slots of a table: which hold a record, and which an epoch has changed. Every kind of table keeps its records by
 * slot and leaves the rest to this.
 *
 * A new record takes the lowest slot that holds none. So what a table costs is bounded by the most records that it ever
 * held at once, and which slot a record gets follows from what the table holds and from nothing else: neither from how a
 * history was cut into epochs nor from whether the process was restored meanwhile. Tables are read and restored in order
 * of slots, which is the order of first insertion, but for records that took the place of one that went.
 */

import { Marker } from '../stream/marker';
import type { ByteWriter } from '../wire/bytes';
import { SlotSet } from './slot-set';
import { type TableChanges, type TableDefinition, TableFullError } from './table';

type SlottedDefinition = Pick<TableDefinition, 'name' | 'schema' | 'limit'>;

export class Slots {
  private readonly live = new SlotSet();
  private readonly changed = new Marker();

  constructor(private readonly definition: SlottedDefinition) {}

  /** Records. */
  get size(): number {
    return this.live.size;
  }

  /** One more than the highest slot that holds a record. */
  get end(): number {
    return this.live.end();
  }

  has(slot: number): boolean {
    return this.live.has(slot);
  }

  /** Takes the lowest free slot for a new record. Throws a TableFullError at the table's limit. */
  take(): number {
    if (this.live.size >= this.definition.limit) throw this.full();
    const slot = this.live.lowestFree();
    this.live.add(slot);
    this.changed.add(slot);
    return slot;
  }

  /** Says that a slot's record was set. Throws a TableFullError where slots are numbers that have to be below the limit. */
  touch(slot: number): void {
    if (!this.live.has(slot)) {
      if (slot >= this.definition.limit) throw this.full();
      this.live.add(slot);
    }
    this.changed.add(slot);
  }

  /** Says that a slot's record is gone. */
  release(slot: number): void {
    if (!this.live.has(slot)) return;
    this.live.delete(slot);
    this.changed.add(slot);
  }

  /** Takes in a slot that was saved with a record. */
  restore(slot: number): void {
    this.live.add(slot);
  }

  /** The lowest slot with a record at or above `from`, or -1: `for (let s = next(0); s >= 0; s = next(s + 1))`. */
  next(from: number): number {
    return this.live.next(from);
  }

  /**
   * What an epoch changed: each changed slot's record, in order of first change; undefined if nothing changed.
   * `encode` writes the record of a slot. A record of no bytes would be read as a deletion, and is refused.
   */
  takeChanges(encode: (slot: number, to: ByteWriter) => void, scratch: ByteWriter): TableChanges | undefined {
    const { changed, live } = this;
    if (changed.size === 0) return undefined;
    const { name, schema } = this.definition;
    const slots = Uint32Array.from(changed.keys());
    const ends = new Uint32Array(slots.length);
    scratch.at = 0;
    for (let index = 0; index < slots.length; index += 1) {
      const slot = slots[index]!;
      if (live.has(slot)) {
        const start = scratch.at;
        encode(slot, scratch);
        if (scratch.at === start)
          throw new RangeError(`table "${name}": a record of no bytes cannot be kept.`);
      }
      ends[index] = scratch.at;
    }
    changed.clear();
    return { table: name, schema, slots, ends, bytes: scratch.take(), nextSlot: this.end };
  }

  private full(): TableFullError {
    return new TableFullError(this.definition.name, this.definition.limit);
  }
}
