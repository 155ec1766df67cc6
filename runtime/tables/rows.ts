/**
 * Rows by key: for what is few and precious. Rows are never changed in place; `set` replaces.
 * Read and restored in order of slots, so that whatever is rebuilt from them is identical to what was lost.
 */

import type { RowsCodec, SchemaVersions } from '../stream/codec';
import type { ByteWriter } from '../wire/bytes';
import { type EncodedWith, SetOrder } from './encoded-rows';
import { forEachSaved } from './saved-rows';
import { Slots } from './slots';
import type { SavedTable, Table, TableChanges, TableDefinition } from './table';

export class Rows<Row> implements Table {
  readonly work = { reads: 0, writes: 0 };
  private readonly slotOf = new Map<string, number>();
  private readonly rows: (Row | undefined)[] = [];
  private readonly slots: Slots;
  private readonly order = new SetOrder();

  constructor(
    private readonly definition: RowsTable<Row>,
    saved?: SavedTable,
  ) {
    this.slots = new Slots(definition);
    forEachSaved(definition, saved, (slot, row) => {
      const key = definition.key(row);
      if (this.slotOf.has(key)) throw new DoubledKeyError(definition.name, key);
      this.slots.restore(slot);
      this.put(slot, key, row);
    });
  }

  get size(): number {
    return this.slots.size;
  }

  /** Whether a row of another key would be one too many. */
  get isFull(): boolean {
    return this.slots.size >= this.definition.limit;
  }

  get(key: string): Row | undefined {
    this.work.reads += 1;
    const slot = this.slotOf.get(key);
    return slot === undefined ? undefined : this.rows[slot];
  }

  set(row: Row): void {
    this.work.writes += 1;
    const key = this.definition.key(row);
    const known = this.slotOf.get(key);
    const slot = known ?? this.slots.take();
    this.order.note(slot);
    if (known === undefined) return this.put(slot, key, row);
    this.rows[slot] = row;
    this.slots.touch(slot);
  }

  delete(key: string): void {
    this.work.writes += 1;
    const slot = this.slotOf.get(key);
    if (slot === undefined) return;
    this.slotOf.delete(key);
    this.rows[slot] = undefined;
    this.slots.release(slot);
  }

  /** In order of slots. What it has not come to yet may be set or deleted meanwhile. */
  *values(): Generator<Row> {
    const { slots } = this;
    for (let slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) yield this.rows[slot]!;
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

  private put(slot: number, key: string, row: Row): void {
    // Without holes, which would make every look-up a slow one.
    while (this.rows.length <= slot) this.rows.push(undefined);
    this.rows[slot] = row;
    this.slotOf.set(key, slot);
  }
}

/** Two saved rows have one key: the key's fields changed, or its text does not tell two keys apart. */
export class DoubledKeyError extends Error {
  override readonly name = 'DoubledKeyError';
  constructor(table: string, key: string) {
    super(
      `table "${table}" has two rows with the key "${key}". Make its key of fields that tell rows apart, or rebuild it from its topics.`,
    );
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
