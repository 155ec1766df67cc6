/**
 * Rows in slots, for an owner that has an index of its own and knows what its rows say: a row that was set is kept until
 * an epoch has taken it, and what was saved before stays bytes until it is set anew. So no object of a table lives longer
 * than an epoch, however many rows it has: objects that live are what keeps the collector busy. Rows are never changed in
 * place.
 */

import type { RowsCodec, SchemaVersions } from '../stream/codec';
import type { ByteReader, ByteWriter } from '../wire/bytes';
import { type EncodedWith, SetOrder } from './encoded-rows';
import { PackedRows } from './packed-rows';
import { Slots } from './slots';
import {
  type SavedTable,
  type Table,
  type TableChanges,
  type TableDefinition,
  TableFullError,
} from './table';

export class Slotted<Row> implements Table {
  readonly work = { reads: 0, writes: 0 };
  /** Set since the last epoch was taken. */
  private readonly rows: (Row | undefined)[] = [];
  private readonly slots: Slots;
  private readonly order = new SetOrder();
  private readonly packed: PackedRows<Row>;

  constructor(
    private readonly definition: SlottedTable<Row>,
    saved?: SavedTable,
  ) {
    this.slots = new Slots(definition);
    this.packed = new PackedRows(definition, saved, (slot) => this.slots.restore(slot));
  }

  get size(): number {
    return this.slots.size;
  }

  has(slot: number): boolean {
    return this.slots.has(slot);
  }

  /** The row of a slot as it was restored; undefined once it was set anew or deleted. */
  saved(slot: number): Row | undefined {
    this.work.reads += 1;
    return this.packed.has(slot) ? this.packed.read(slot) : undefined;
  }

  set(slot: number, row: Row): void {
    if (slot >= this.definition.limit) throw new TableFullError(this.definition.name, this.definition.limit);
    this.work.writes += 1;
    this.slots.touch(slot);
    this.order.note(slot);
    this.packed.forget(slot);
    while (this.rows.length <= slot) this.rows.push(undefined);
    this.rows[slot] = row;
  }

  delete(slot: number): void {
    this.work.writes += 1;
    if (!this.slots.has(slot)) return;
    this.packed.forget(slot);
    if (slot < this.rows.length) this.rows[slot] = undefined;
    this.slots.release(slot);
  }

  /**
   * What each restored record begins with, such as the numbers that are its key, in order of slots. The rows themselves
   * stay undecoded.
   */
  forEachSavedLead<Lead>(
    readLead: Row extends Lead ? (from: ByteReader) => Lead : never,
    visit: (slot: number, lead: Lead) => void,
  ): void {
    const { slots, packed } = this;
    for (let slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1))
      if (packed.has(slot)) visit(slot, packed.peek(slot, readLead));
  }

  takeChanges(scratch: ByteWriter, encodedWith?: EncodedWith): TableChanges | undefined {
    const { codec } = this.definition;
    const { rows, order } = this;
    const encoded = encodedWith?.(codec);
    order.restart();
    return this.slots.takeChanges((slot, to) => {
      const row = rows[slot]!;
      if (!encoded?.copy(order.of(slot), row, to)) codec.encode(row, to);
      rows[slot] = undefined;
    }, scratch);
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
