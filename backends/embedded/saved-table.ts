/**
 * A table as its entries tell it: the last record of each slot, in order of slots. Live count and hash must be those of
 * the last epoch before a single record is handed out.
 */
import { BackendError } from '../../runtime/ports/backend';
import type { SavedTable } from '../../runtime/tables/table';
import { ByteReader } from '../../runtime/wire/bytes';
import type { TableRecord } from './records';
import { checkTable } from './table-checks';
import { HASH_MODULUS, rowHash, type TableEntry } from './table-entry';

interface Source {
  readonly entry: TableEntry;
  readonly reader: ByteReader;
  readonly schema: string;
}

export class RestoredTable implements SavedTable {
  readonly nextSlot: number;
  private sources: Source[] | undefined = [];
  private readonly sourceOf: Int32Array;
  private readonly rowOf: Int32Array;

  get live(): number {
    return this.record.live;
  }

  constructor(private readonly record: TableRecord) {
    this.nextSlot = record.nextSlot;
    this.sourceOf = new Int32Array(record.nextSlot).fill(-1);
    this.rowOf = new Int32Array(record.nextSlot);
  }

  /** Takes in the entries in order of their sequences. */
  add(entry: TableEntry, schema: string): void {
    const number = this.sources!.push({ entry, reader: new ByteReader(), schema }) - 1;
    const { slots } = entry;
    for (let row = 0; row < slots.length; row += 1) {
      this.sourceOf[slots[row]!] = number;
      this.rowOf[slots[row]!] = row;
    }
  }

  /** Holds count and hash against the last epoch's. Throws CorruptionError. */
  verify(): this {
    let live = 0;
    let hash = 0;
    this.walk((slot, { reader }) => {
      live += 1;
      hash = (hash + rowHash(slot, reader.view, reader.at, reader.end)) % HASH_MODULUS;
    });
    checkTable(this.record, { live, hash });
    return this;
  }

  /** Once: the bytes are let go of afterwards. */
  forEach(visit: (slot: number, record: ByteReader, schema: string) => void): void {
    this.walk((slot, { reader, schema }) => visit(slot, reader, schema));
    this.sources = undefined;
  }

  private walk(visit: (slot: number, source: Source) => void): void {
    const { sources, sourceOf, rowOf } = this;
    if (!sources)
      throw new BackendError(
        `table "${this.record.name}" has been restored already. Open the task anew to restore it again.`,
      );
    for (let slot = 0; slot < sourceOf.length; slot += 1) {
      const number = sourceOf[slot]!;
      if (number < 0) continue;
      const source = sources[number]!;
      const { ends, records } = source.entry;
      const row = rowOf[slot]!;
      const start = row === 0 ? 0 : ends[row - 1]!;
      const end = ends[row]!;
      if (end === start) continue;
      source.reader.over(records, start, end);
      visit(slot, source);
    }
  }
}
