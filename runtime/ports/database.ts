/**
 * An analytical SQL database as sinks see it: statements, small answers, and one block of rows at a time. The engine in
 * process and a server stand behind the same port; the test suite of the sinks runs against whatever implements it.
 *
 * What every implementation promises
 *  1. What a block brings to one partition of the table goes in whole or not at all, as one part; a block over several
 *     partitions may be there in some of them only when its insert fails.
 *     What depends on the table (materialized views) may have been filled, or not, when the insert fails.
 *  2. A request that takes longer than its limit is given up with `DatabaseTimeoutError` and its connection is thrown away.
 *  3. `ended(tag)` is false as long as a request given up under that tag may still take effect. It tries to stop it.
 */
export interface Database {
  /** Runs a statement that answers nothing. */
  command(sql: string): Promise<void>;
  /** The rows of a small answer. 64-bit integers come as text. */
  rows<Row>(sql: string): Promise<readonly Row[]>;
  insert(insert: BlockInsert): Promise<void>;
  /** Whether nothing that was sent under the tag is still running. */
  ended(tag: string): Promise<boolean>;
  close(): Promise<void>;
}

export interface BlockInsert {
  /** `INSERT INTO t (a, b) SETTINGS …`, up to where the data is named: whence it comes is the implementation's business. */
  readonly into: string;
  /** A block in ClickHouse's Native format, in pieces. */
  readonly block: readonly Uint8Array[];
  /** Names the request among those running; part of the statement's text. */
  readonly tag: string;
}

/** The database did not answer in time. Whether it did what was asked is unknown. */
export class DatabaseTimeoutError extends Error {
  override readonly name = 'DatabaseTimeoutError';
}

/** The database refused, or broke off. Whether part of it was done is unknown unless the statement is atomic. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}
