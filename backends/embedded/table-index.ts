/**
 * Where the live record of each slot of one table lies: in memory of the commit thread, which needs it to keep the
 * table's count and hash from epoch to epoch and to know what compaction may drop. 20 bytes a slot.
 *
 * State: four arrays by slot, as long as the highest slot ever used; rebuilt from the store when the table is opened.
 */
import { grown } from '../../runtime/stream/marker';
import type { TableEntry } from './table-entry';
import { HASH_MODULUS, rowHash } from './table-entry';

/** Bytes of an entry that a row costs besides its record: slot and end. */
const ROW_OVERHEAD = 8;

export class TableIndex {
  live = 0;
  hash = 0;
  liveBytes = 0;
  /** All that is stored, garbage included. */
  storedBytes = 0;
  private sequenceOf = new Float64Array(1024);
  private hashOf = new Uint32Array(1024);
  private bytesOf = new Uint32Array(1024);

  /** Sequence of the entry that holds a slot's live record, 0 where there is none. */
  holder(slot: number): number {
    return this.sequenceOf[slot] ?? 0;
  }

  /** Takes in what an entry says; the undo gives everything back as it was. */
  apply(entry: TableEntry, sequence: number, entryBytes: number): () => void {
    const before = this.totals();
    const { slots, ends, records } = entry;
    const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
    const old = new Float64Array(3 * slots.length);
    for (let row = 0, start = 0; row < slots.length; row += 1) {
      const slot = slots[row]!;
      const end = ends[row]!;
      this.reserve(slot);
      old[3 * row] = this.sequenceOf[slot]!;
      old[3 * row + 1] = this.hashOf[slot]!;
      old[3 * row + 2] = this.bytesOf[slot]!;
      this.drop(slot);
      if (end > start) this.put(slot, sequence, rowHash(slot, view, start, end), end - start + ROW_OVERHEAD);
      start = end;
    }
    this.storedBytes += entryBytes;
    return () => {
      for (let row = slots.length - 1; row >= 0; row -= 1) {
        const slot = slots[row]!;
        this.sequenceOf[slot] = old[3 * row]!;
        this.hashOf[slot] = old[3 * row + 1]!;
        this.bytesOf[slot] = old[3 * row + 2]!;
      }
      Object.assign(this, before);
    };
  }

  private totals(): Pick<TableIndex, 'live' | 'hash' | 'liveBytes' | 'storedBytes'> {
    const { live, hash, liveBytes, storedBytes } = this;
    return { live, hash, liveBytes, storedBytes };
  }

  private drop(slot: number): void {
    if (this.sequenceOf[slot] === 0) return;
    this.sequenceOf[slot] = 0;
    this.live -= 1;
    this.liveBytes -= this.bytesOf[slot]!;
    this.hash -= this.hashOf[slot]!;
    if (this.hash < 0) this.hash += HASH_MODULUS;
  }

  private put(slot: number, sequence: number, hash: number, bytes: number): void {
    this.sequenceOf[slot] = sequence;
    this.hashOf[slot] = hash;
    this.bytesOf[slot] = bytes;
    this.live += 1;
    this.liveBytes += bytes;
    this.hash += hash;
    if (this.hash >= HASH_MODULUS) this.hash -= HASH_MODULUS;
  }

  private reserve(slot: number): void {
    if (slot < this.sequenceOf.length) return;
    const wider = new Float64Array(Math.max(2 * this.sequenceOf.length, slot + 1));
    wider.set(this.sequenceOf);
    this.sequenceOf = wider;
    this.hashOf = grown(this.hashOf, slot, 0);
    this.bytesOf = grown(this.bytesOf, slot, 0);
  }
}
