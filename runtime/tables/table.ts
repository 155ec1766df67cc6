/**
 * Keyed state that outlives the process. Declared as a value, opened, saved and restored by the runtime.
 *
 * Changes are visible at once inside the task, and become durable with the epoch, together with its outputs and its
 * progress. An epoch is never rolled back: a commit that fails is repeated with the same bytes, and a task that lost
 * its partition is dropped as a whole.
 *
 * To the backend every table is the same: records in numbered slots, read and restored in order of slots. A new record
 * takes the lowest slot that is free (`slots.ts`).
 */
import type { ByteReader, ByteWriter } from '../wire/bytes';
import type { EncodedWith } from './encoded-rows';

/** What an epoch changed in one table: for each changed slot its record's new bytes, none where it was deleted. */
export interface TableChanges {
  readonly table: string;
  /** The schema the records are written with. */
  readonly schema: string;
  readonly slots: Uint32Array;
  /** Where in `bytes` the record of each slot ends; it starts where the one before ends. */
  readonly ends: Uint32Array;
  readonly bytes: Uint8Array;
  /** One more than the highest slot that holds a record: whatever lies beyond was deleted. */
  readonly nextSlot: number;
}

/** The saved state of a table: blocks of records, each slot once, in order of slots. */
export interface SavedTable {
  readonly nextSlot: number;
  /**
   * Calls `visit` for each live record in order of slots. `schema` is the one it was written with. The reader is used
   * again; the bytes under it stay as they are, for whoever decodes them later.
   */
  forEach(visit: (slot: number, record: ByteReader, schema: string) => void): void;
}

/** The counts by which law 12 is tested; kept by the runtime, never by an operator. */
export interface TableWork {
  reads: number;
  writes: number;
}

export interface Table {
  readonly work: TableWork;
  /**
   * What the epoch has to save, in order of first change; `undefined` if nothing changed. Encodes into `scratch`, but for
   * rows whose bytes are known already.
   */
  takeChanges(scratch: ByteWriter, encodedWith?: EncodedWith): TableChanges | undefined;
  /** Live records. */
  readonly size: number;
}

export interface TableDefinition<T extends Table = Table> {
  readonly name: string;
  /** Full name of the Avro record, for documentation. */
  readonly record: string;
  readonly schema: string;
  /** At most so many records; one more is a named refusal of the operator's, or a bug. */
  readonly limit: number;
  open(saved?: SavedTable): T;
}

/** More records than the table declared. */
export class TableFullError extends Error {
  override readonly name = 'TableFullError';
  constructor(table: string, limit: number) {
    super(
      `table "${table}" holds its limit of ${limit} records. Raise the limit where the table is declared, or shorten its retention.`,
    );
  }
}

/** A table saved by a version of the program whose schema this one cannot read. */
export class TableSchemaError extends Error {
  override readonly name = 'TableSchemaError';
  constructor(table: string) {
    super(
      `table "${table}" was written with a schema that this version cannot read. Rebuild it from its topics, or run the version that wrote it.`,
    );
  }
}
