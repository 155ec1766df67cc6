/**
 * Typed arrays by number: for what changes a million times a second. The number is the slot: numbers are dense, as
 * reference data allots them, or allotted by the operator on first use (`add`).
 *
 * Operators read and write the arrays in `columns` directly and `touch` what they changed. `columns` is replaced when
 * the table grows: take it anew in every step, after `add` or `ensure`.
 */

import type { RowsCodec, SchemaVersions } from '../stream/codec';
import { grown, type TypedColumn } from '../stream/marker';
import type { ByteWriter } from '../wire/bytes';
import { forEachSaved } from './saved-rows';
import { Slots } from './slots';
import {
  type SavedTable,
  type Table,
  type TableChanges,
  type TableDefinition,
  TableFullError,
} from './table';

export type NumberedColumns = Readonly<Record<string, TypedColumn>>;

/** The value of a column where nothing was set: NaN for doubles unless said. */
export type Fillers<C> = { readonly [Name in keyof C]: number };

export class Numbered<C extends NumberedColumns> implements Table {
  readonly work = { reads: 0, writes: 0 };
  columns: C;
  private room = 1024;
  private readonly slots: Slots;
  private readonly names: readonly (keyof C & string)[];

  constructor(
    private readonly definition: NumberedTable<C>,
    saved?: SavedTable,
  ) {
    this.slots = new Slots(definition);
    this.names = Object.keys(definition.fillers);
    this.columns = definition.allocate(this.room);
    for (const name of this.names) this.columns[name]!.fill(definition.fillers[name]);
    forEachSaved(definition, saved, (slot, row) => {
      this.ensure(slot);
      for (const name of this.names) this.columns[name]![slot] = row[name]!;
      this.slots.restore(slot);
    });
  }

  get size(): number {
    return this.slots.size;
  }

  /** One more than the highest number in use. */
  get length(): number {
    return this.slots.end;
  }

  /** Makes room for `number`, without using it. */
  ensure(number: number): void {
    if (number < this.room) return;
    if (number >= this.definition.limit)
      throw new TableFullError(this.definition.name, this.definition.limit);
    const { fillers } = this.definition;
    const wider: Record<string, TypedColumn> = {};
    for (const name of this.names) wider[name] = grown(this.columns[name]!, number, fillers[name]);
    this.columns = wider as unknown as C;
    this.room = Math.max(2 * this.room, number + 1);
  }

  /** The lowest number that is not in use, which then is. */
  add(): number {
    const number = this.slots.take();
    this.ensure(number);
    this.work.writes += 1;
    return number;
  }

  has(number: number): boolean {
    return this.slots.has(number);
  }

  /** Says that the entries of `number` were changed. */
  touch(number: number): void {
    this.slots.touch(number);
    this.work.writes += 1;
    if (number >= this.room) this.ensure(number);
  }

  /** Lets go of a number: its entries are again as where nothing was set. */
  remove(number: number): void {
    this.work.writes += 1;
    if (!this.slots.has(number)) return;
    for (const name of this.names) this.columns[name]![number] = this.definition.fillers[name];
    this.slots.release(number);
  }

  /** The lowest number in use at or above `from`, or -1. */
  next(from: number): number {
    return this.slots.next(from);
  }

  takeChanges(scratch: ByteWriter): TableChanges | undefined {
    const { definition, columns } = this;
    return this.slots.takeChanges((slot, to) => definition.encodeAt(columns, slot, to), scratch);
  }
}

export type ReadonlyNumbered<C extends NumberedColumns> = Readonly<
  Pick<Numbered<C>, 'columns' | 'length' | 'has' | 'next' | 'size'>
>;

export interface NumberedTable<C extends NumberedColumns> extends TableDefinition<Numbered<C>> {
  /** One record of the table as a row of numbers: every field an int, a long below 2⁵², a double or an enum's index. */
  readonly codec: RowsCodec<Record<string, number>>;
  /** Writes the record of one slot as the codec would, without making a row of it. */
  readonly encodeAt: (columns: C, slot: number, to: ByteWriter) => void;
  readonly allocate: (capacity: number) => C;
  readonly fillers: Fillers<C>;
  readonly versions: SchemaVersions | undefined;
}

export function numberedTable<C extends NumberedColumns>(options: {
  readonly name: string;
  readonly codec: RowsCodec<Record<string, number>>;
  readonly encodeAt: (columns: C, slot: number, to: ByteWriter) => void;
  readonly allocate: (capacity: number) => C;
  readonly fillers: Fillers<C>;
  readonly limit: number;
  readonly versions?: SchemaVersions;
}): NumberedTable<C> {
  const definition: NumberedTable<C> = Object.freeze({
    versions: undefined,
    ...options,
    record: options.codec.record,
    schema: options.codec.schema,
    open: (saved?: SavedTable) => new Numbered(definition, saved),
  });
  return definition;
}
