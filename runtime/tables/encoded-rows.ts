/**
 * The rows that an epoch has written to a state topic, as the bytes they have become: the table behind the topic keeps
 * the same rows, and takes their bytes instead of encoding each a second time.
 *
 * A table knows a row by how many it had set before in the epoch, since its operator sets and emits rows in one order.
 * Where that is another row (one that was not emitted, or in another order) it is encoded as if nothing was here: this
 * saves work, and decides nothing.
 */

import type { AnyCodec } from '../stream/codec';
import { grown } from '../stream/marker';
import type { ByteWriter } from '../wire/bytes';

export class EncodedRows {
  private rows: unknown[] = [];
  private writers: ByteWriter[] = [];
  private starts: number[] = [];
  private ends: number[] = [];

  /** Remembers a row whose record was written from `start` to where the writer is; valid until the writer is taken from. */
  add(row: unknown, writer: ByteWriter, start: number): void {
    this.rows.push(row);
    this.writers.push(writer);
    this.starts.push(start);
    this.ends.push(writer.at);
  }

  /** Writes the record of a row that was the `ordinal`-th to be written; false if it was not. */
  copy(ordinal: number, row: unknown, to: ByteWriter): boolean {
    if (this.rows[ordinal] !== row) return false;
    const { bytes } = this.writers[ordinal]!;
    const start = this.starts[ordinal]!;
    // A plain view: one of a Buffer costs twice as much.
    to.raw(new Uint8Array(bytes.buffer, bytes.byteOffset + start, this.ends[ordinal]! - start));
    return true;
  }

  clear(): void {
    if (this.rows.length === 0) return;
    this.rows = [];
    this.writers = [];
    this.starts = [];
    this.ends = [];
  }
}

/** What was written with a codec since the last epoch, if it is known. */
export type EncodedWith = (codec: AnyCodec) => EncodedRows | undefined;

/** By slot: how many rows a table had set in the epoch before it set that one last. */
export class SetOrder {
  private ordinals = new Int32Array(1024);
  private count = 0;

  note(slot: number): void {
    if (slot >= this.ordinals.length) this.ordinals = grown(this.ordinals, slot, 0);
    this.ordinals[slot] = this.count;
    this.count += 1;
  }

  of(slot: number): number {
    return this.ordinals[slot]!;
  }

  /** Begins another epoch. */
  restart(): void {
    this.count = 0;
  }
}
