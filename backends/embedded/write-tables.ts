/** Writes what an epoch changed in its tables, and keeps their counts and hashes, within a transaction. */
import type { EpochTable } from '../../runtime/epoch';
import type { Failpoint } from '../../runtime/failpoint';
import { compactTable } from './compact-table';
import { tableKey } from './keys';
import type { TablePlace } from './protocol';
import type { TableRecord, TaskRecord } from './records';
import { checkTable, missingEntry } from './table-checks';
import { layoutOf, openTableEntry, sealTableEntry } from './table-entry';
import { TableIndex } from './table-index';
import type { Texts } from './texts';
import type { Transaction } from './transaction';

export class TableWriter {
  private readonly indexes = new Map<string, TableIndex>();

  constructor(
    private readonly texts: Texts,
    private readonly failpoint: Failpoint,
  ) {}

  /** Writes one epoch's changes; answers the task's table records as they then are. */
  write(
    tx: Transaction,
    task: TaskRecord,
    epoch: { readonly number: number; readonly buffer: ArrayBuffer; readonly tables: readonly TablePlace[] },
  ): { readonly records: readonly TableRecord[]; readonly changed: readonly EpochTable[] } {
    const records = [...task.tables];
    const changed = epoch.tables.map((place) => {
      const known = records.findIndex(({ name }) => name === place.table);
      const at = known < 0 ? records.length : known;
      const before = records[at] ?? { name: place.table, live: 0, hash: 0, nextSlot: 0, first: 1, next: 1 };
      const entry = Buffer.from(epoch.buffer, place.at, place.length);
      const key = tableKey(task.number, at, before.next);
      const header = { rows: place.rows, schema: this.texts.numberOf(tx, place.schema), epoch: epoch.number };
      const index = this.index(tx, task.number, at, before);
      sealTableEntry(key, entry, header);
      tx.put(key, entry);
      tx.onUndo(index.apply(layoutOf(entry, header), before.next, entry.length));
      const { live, hash } = index;
      this.failpoint('compact.table');
      records[at] = compactTable(
        tx,
        {
          task: task.number,
          table: at,
          record: { ...before, live, hash, nextSlot: place.nextSlot, next: before.next + 1 },
          index,
        },
        entry.length,
      );
      return {
        table: place.table,
        changed: place.rows,
        live,
        hash,
        nextSlot: place.nextSlot,
        crc: entry.readUInt32LE(0),
      };
    });
    return { records, changed };
  }

  /** The index of a table, rebuilt from the store where this thread has not needed it yet. */
  index(tx: Transaction, task: number, table: number, record: TableRecord): TableIndex {
    const name = `${task}/${table}`;
    const known = this.indexes.get(name);
    if (known) return known;
    const index = new TableIndex();
    for (let sequence = record.first; sequence < record.next; sequence += 1) {
      const key = tableKey(task, table, sequence);
      const value = tx.get(key);
      if (!value) throw missingEntry(record.name, sequence);
      index.apply(openTableEntry(key, value), sequence, value.length);
    }
    checkTable(record, index);
    this.indexes.set(name, index);
    return index;
  }
}
