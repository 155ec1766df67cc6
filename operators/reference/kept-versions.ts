/** Versions of things that a table keeps, to be asked by time. */
import type { Rows } from '../../runtime/tables/rows';
import { Effective } from './effective';

export interface KeptIn<Subject, Key, Row> {
  readonly table: Rows<Row>;
  readonly keyOf: (key: Key) => string;
  readonly subjectOf: (key: Key) => Subject;
  /** When a version ends by itself; 0: it does not. */
  readonly endOf: (row: Row) => number;
}

export class KeptVersions<
  Subject,
  Key extends { readonly validFrom: number },
  Row extends Key,
> extends Effective<Subject, Row> {
  constructor(private readonly kept: KeptIn<Subject, Key, Row>) {
    super(kept.subjectOf, kept.endOf);
    for (const row of kept.table.values()) super.set(row);
  }

  override set(row: Row): void {
    this.kept.table.set(row);
    super.set(row);
  }

  remove(key: Key): void {
    this.kept.table.delete(this.kept.keyOf(key));
    this.delete(this.kept.subjectOf(key), key.validFrom);
  }
}
