/**
 * Rows in slots, for owners that have an index of their own: no text keys are made or looked up. The owner names the
 * slot, or takes a free one. Rows are never changed in place. Restored rows are decoded when they are first asked for.
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

  get(slot: number): Row | undefined {
    this.work.reads += 1;
    return this.rows[slot] ?? (this.packed.has(slot) ? this.unpacked(slot) : undefined);
  }

  /** Keeps a row in the lowest free slot, which it answers. */
  add(row: Row): number {
    this.work.writes += 1;
    const slot = this.slots.take();
    this.order.note(slot);
    this.put(slot, row);
    return slot;
  }

  set(slot: number, row: Row): void {
    if (slot >= this.definition.limit) throw new TableFullError(this.definition.name, this.definition.limit);
    this.work.writes += 1;
    this.slots.touch(slot);
    this.order.note(slot);
    this.put(slot, row);
  }

  delete(slot: number): void {
    this.work.writes += 1;
    if (!this.slots.has(slot)) return;
    this.packed.forget(slot);
    if (slot < this.rows.length) this.rows[slot] = undefined;
    this.slots.release(slot);
  }

  /** In order of slots. */
  *entries(): Generator<readonly [slot: number, row: Row]> {
    const { slots } = this;
    for (let slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1))
      yield [slot, this.rows[slot] ?? this.unpacked(slot)];
  }

  /**
   * In order of slots: what each record begins with, such as the numbers that are its key. `readLead` reads that of a
   * record that nobody has asked for yet, which stays undecoded.
   */
  forEachLead<Lead>(
    readLead: Row extends Lead ? (from: ByteReader) => Lead : never,
    visit: (slot: number, lead: Lead) => void,
  ): void {
    const { slots, packed } = this;
    for (let slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1))
      visit(slot, packed.has(slot) ? packed.peek(slot, readLead) : (this.rows[slot] as unknown as Lead));
  }

  takeChanges(scratch: ByteWriter, encodedWith?: EncodedWith): TableChanges | undefined {
    const { codec } = this.definition;
    const { rows, order } = this;
    const encoded = encodedWith?.(codec);
    order.restart();
    return this.slots.takeChanges((slot, to) => {
      if (!encoded?.copy(order.of(slot), rows[slot], to)) codec.encode(rows[slot]!, to);
    }, scratch);
  }

  private unpacked(slot: number): Row {
    const row = this.packed.take(slot);
    this.put(slot, row);
    return row;
  }

  private put(slot: number, row: Row): void {
    this.packed.forget(slot);
    while (this.rows.length <= slot) this.rows.push(undefined);
    this.rows[slot] = row;
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
