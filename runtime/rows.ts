/**
 * Rows by key: for what is few and precious. Rows are never changed in place; `set` replaces.
 * Restored in order of first insertion, so that whatever is rebuilt from them is identical to what was lost.
 */

import type { ByteWriter } from './bytes';
import { changedRecords } from './changed-records';
import type { RowsCodec, SchemaVersions } from './codec';
import { Marker } from './marker';
import { forEachSaved } from './saved-rows';
import {
  type SavedTable,
  type Table,
  type TableChanges,
  type TableDefinition,
  TableFullError,
} from './table';

interface Entry<Row> {
  readonly slot: number;
  row: Row;
}

export class Rows<Row> implements Table {
  readonly work = { reads: 0, writes: 0 };
  private readonly entries = new Map<string, Entry<Row>>();
  private bySlot: (Entry<Row> | undefined)[] = [];
  private readonly changed = new Marker();
  private nextSlot = 0;

  constructor(
    private readonly definition: RowsTable<Row>,
    saved?: SavedTable,
  ) {
    forEachSaved(definition, saved, (slot, row) => this.put(row, slot));
    this.nextSlot = saved?.nextSlot ?? 0;
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: string): Row | undefined {
    this.work.reads += 1;
    return this.entries.get(key)?.row;
  }

  set(row: Row): void {
    this.work.writes += 1;
    const known = this.entries.get(this.definition.key(row));
    if (known) {
      known.row = row;
      this.changed.add(known.slot);
      return;
    }
    if (this.entries.size >= this.definition.limit)
      throw new TableFullError(this.definition.name, this.definition.limit);
    this.changed.add(this.nextSlot);
    this.put(row, this.nextSlot);
    this.nextSlot += 1;
  }

  delete(key: string): void {
    this.work.writes += 1;
    const entry = this.entries.get(key);
    if (!entry) return;
    this.entries.delete(key);
    this.bySlot[entry.slot] = undefined;
    this.changed.add(entry.slot);
  }

  *values(): Generator<Row> {
    for (const entry of this.entries.values()) yield entry.row;
  }

  takeChanges(scratch: ByteWriter): TableChanges | undefined {
    const { definition, changed, nextSlot, bySlot } = this;
    const encode = (slot: number, to: ByteWriter): void => {
      const entry = bySlot[slot];
      if (entry) definition.codec.encode(entry.row, to);
    };
    return changedRecords({ definition, changed, nextSlot, encode }, scratch);
  }

  private put(row: Row, slot: number): void {
    const entry = { slot, row };
    this.entries.set(this.definition.key(row), entry);
    this.bySlot[slot] = entry;
  }
}

/** What an operator that does not own a table sees of it. */
export type ReadonlyRows<Row> = Pick<Rows<Row>, 'get' | 'values' | 'size'>;

export interface RowsTable<Row> extends TableDefinition<Rows<Row>> {
  readonly codec: RowsCodec<Row>;
  readonly key: (row: Row) => string;
  readonly versions: SchemaVersions | undefined;
}

export function rowsTable<Row>(options: {
  readonly name: string;
  readonly codec: RowsCodec<Row>;
  readonly key: (row: Row) => string;
  readonly limit: number;
  readonly versions?: SchemaVersions;
}): RowsTable<Row> {
  const definition: RowsTable<Row> = Object.freeze({
    versions: undefined,
    ...options,
    record: options.codec.record,
    schema: options.codec.schema,
    open: (saved?: SavedTable) => new Rows(definition, saved),
  });
  return definition;
}
