/** One change of the database, as it is recorded. */
export interface Migration {
  readonly object: string;
  readonly statement: string;
}
