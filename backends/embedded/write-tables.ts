/** Writes what an epoch changed in its tables, and keeps their counts and hashes, within a transaction. */
import { BackendError } from '../../runtime/ports/backend';
import type { EpochTable } from '../../runtime/ports/epoch';
import type { Failpoint } from '../../runtime/ports/failpoint';
import { compactTable } from './compact-table';
import { tableKey } from './keys';
import type { TablePlace } from './protocol';
import type { TableRecord, TaskRecord } from './records';
import type { View } from './store';
import { checkTable, missingEntry } from './table-checks';
import { layoutOf, openTableEntry, sealTableEntry } from './table-entry';
import { TableIndex } from './table-index';
import type { Texts } from './texts';
import type { Transaction } from './transaction';

/** Read in one go while an index is rebuilt: a millisecond or two. */
const SLICE_BYTES = 512 * 1024;

export class TableWriter {
  private readonly indexes = new Map<string, TableIndex>();
  private readonly loading = new Map<string, Generator<TableIndex | undefined>>();

  constructor(
    private readonly view: View,
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
      const index = this.index(task.number, at, before);
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

  /** Forgets the indexes of a task whose tables were changed otherwise. */
  forget(task: number): void {
    for (const cache of [this.indexes, this.loading])
      for (const name of [...cache.keys()]) if (name.startsWith(`${task}/`)) cache.delete(name);
  }

  /** Begins to rebuild the indexes of a task that was just opened, so that its first commit need not wait for it. */
  expect(task: TaskRecord): void {
    for (const [table, record] of task.tables.entries()) {
      const name = nameOf(task.number, table);
      if (!this.indexes.has(name) && !this.loading.has(name))
        this.loading.set(name, this.load(task.number, table, record));
    }
  }

  /** Rebuilds for about as long as a commit takes; answers whether there is more to do. */
  loadSlice(): boolean {
    for (const [name, load] of this.loading) {
      const { value } = load.next();
      if (value) this.keep(name, value);
      return true;
    }
    return false;
  }

  /** The index of a table, rebuilt from the store where this thread has not needed it yet. */
  private index(task: number, table: number, record: TableRecord): TableIndex {
    const name = nameOf(task, table);
    const known = this.indexes.get(name);
    if (known) return known;
    const load = this.loading.get(name) ?? this.load(task, table, record);
    for (const index of load) if (index) return this.keep(name, index);
    throw new BackendError(`the index of table "${record.name}" could not be rebuilt.`);
  }

  private keep(name: string, index: TableIndex): TableIndex {
    this.indexes.set(name, index);
    this.loading.delete(name);
    return index;
  }

  /** Yields nothing where it may be interrupted, the index at the end. Only the task's own commits change a table. */
  private *load(task: number, table: number, record: TableRecord): Generator<TableIndex | undefined> {
    const index = new TableIndex();
    let bytes = 0;
    for (let sequence = record.first; sequence < record.next; sequence += 1) {
      const key = tableKey(task, table, sequence);
      const value = this.view.get(key);
      if (!value) throw missingEntry(record.name, sequence);
      index.apply(openTableEntry(key, value), sequence, value.length);
      bytes += value.length;
      if (bytes < SLICE_BYTES) continue;
      bytes = 0;
      yield undefined;
    }
    checkTable(record, index);
    yield index;
  }
}

const nameOf = (task: number, table: number): string => `${task}/${table}`;
