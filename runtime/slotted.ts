/**
 * Rows in slots that their one owner allots, for owners that have an index of their own: no text keys are made or looked
 * up. Slots are dense and never removed; rows are never changed in place.
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

export class Slotted<Row> implements Table {
  readonly work = { reads: 0, writes: 0 };
  size = 0;
  private readonly rows: (Row | undefined)[] = [];
  private readonly changed = new Marker();

  constructor(
    private readonly definition: SlottedTable<Row>,
    saved?: SavedTable,
  ) {
    forEachSaved(definition, saved, (slot, row) => {
      while (this.rows.length < slot) this.rows.push(undefined);
      this.rows.push(row);
      this.size += 1;
    });
  }

  get(slot: number): Row | undefined {
    this.work.reads += 1;
    return this.rows[slot];
  }

  set(slot: number, row: Row): void {
    if (slot >= this.definition.limit) throw new TableFullError(this.definition.name, this.definition.limit);
    this.work.writes += 1;
    while (this.rows.length <= slot) this.rows.push(undefined);
    if (this.rows[slot] === undefined) this.size += 1;
    this.rows[slot] = row;
    this.changed.add(slot);
  }

  /** In order of slots. */
  *entries(): Generator<readonly [slot: number, row: Row]> {
    for (let slot = 0; slot < this.rows.length; slot += 1) {
      const row = this.rows[slot];
      if (row !== undefined) yield [slot, row];
    }
  }

  takeChanges(scratch: ByteWriter): TableChanges | undefined {
    const { definition, changed, rows } = this;
    const encode = (slot: number, to: ByteWriter): void => definition.codec.encode(rows[slot]!, to);
    return changedRecords({ definition, changed, nextSlot: rows.length, encode }, scratch);
  }
}

export interface SlottedTable<Row> extends TableDefinition<Slotted<Row>> {
  readonly codec: RowsCodec<Row>;
  readonly versions: SchemaVersions | undefined;
}

export function slottedTable<Row>(options: {
  readonly name: string;
  readonly codec: RowsCodec<Row>;
  readonly limit: number;
  readonly versions?: SchemaVersions;
}): SlottedTable<Row> {
  const definition: SlottedTable<Row> = Object.freeze({
    versions: undefined,
    ...options,
    record: options.codec.record,
    schema: options.codec.schema,
    open: (saved?: SavedTable) => new Slotted(definition, saved),
  });
  return definition;
}
