/**
 * Typed arrays by number: for what changes a million times a second. The number is the slot: numbers are dense, as
 * reference data allots them, or allotted by the operator on first use (`add`).
 *
 * Operators read and write the arrays in `columns` directly and `touch` what they changed. `columns` is replaced when
 * the table grows: take it anew in every step, after `add` or `ensure`.
 */

import type { ByteWriter } from './bytes';
import { changedRecords } from './changed-records';
import type { RowsCodec, SchemaVersions } from './codec';
import { grown, Marker, type TypedColumn } from './marker';
import { forEachSaved } from './saved-rows';
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
  /** One more than the highest number in use. */
  length = 0;
  private present = new Uint8Array(1024);
  private readonly changed = new Marker();
  private readonly names: readonly (keyof C & string)[];
  size = 0;

  constructor(
    private readonly definition: NumberedTable<C>,
    saved?: SavedTable,
  ) {
    this.names = Object.keys(definition.fillers);
    this.columns = definition.allocate(1024);
    for (const name of this.names) this.columns[name]!.fill(definition.fillers[name]);
    forEachSaved(definition, saved, (slot, row) => {
      this.ensure(slot);
      for (const name of this.names) this.columns[name]![slot] = row[name]!;
      this.present[slot] = 1;
      this.size += 1;
      this.length = slot + 1;
    });
    this.length = Math.max(this.length, saved?.nextSlot ?? 0);
  }

  /** Makes room for `number`, without using it. */
  ensure(number: number): void {
    if (number < this.present.length) return;
    if (number >= this.definition.limit)
      throw new TableFullError(this.definition.name, this.definition.limit);
    const { fillers } = this.definition;
    const wider: Record<string, TypedColumn> = {};
    for (const name of this.names) wider[name] = grown(this.columns[name]!, number, fillers[name]);
    this.columns = wider as unknown as C;
    this.present = grown(this.present, number, 0);
  }

  /** The next number, not used before. */
  add(): number {
    this.ensure(this.length);
    this.touch(this.length);
    return this.length - 1;
  }

  has(number: number): boolean {
    return this.present[number] === 1;
  }

  /** Says that the entries of `number` were changed. */
  touch(number: number): void {
    this.changed.add(number);
    this.work.writes += 1;
    if (this.present[number] === 1) return;
    const { name, limit } = this.definition;
    if (number >= limit) throw new TableFullError(name, limit);
    this.ensure(number);
    this.present[number] = 1;
    this.size += 1;
    if (number >= this.length) this.length = number + 1;
  }

  takeChanges(scratch: ByteWriter): TableChanges | undefined {
    const { definition, changed, columns, length } = this;
    const encode = (slot: number, to: ByteWriter): void => definition.encodeAt(columns, slot, to);
    return changedRecords({ definition, changed, nextSlot: length, encode }, scratch);
  }
}

export type ReadonlyNumbered<C extends NumberedColumns> = Readonly<
  Pick<Numbered<C>, 'columns' | 'length' | 'has' | 'size'>
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
