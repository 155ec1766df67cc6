/** A row of reference data, from a file or as it is stored, in one form: values with names for numbers, and as shown. */
import { keyReader } from '../../runtime/stream/key-text';
import type { FeedRow } from '../../sources/feed';
import { formatField } from '../../sources/field-text';
import { recordFields } from '../../sources/record-fields';
import type { ShownRow } from '../topic-decoder';
import type { RowPlace } from './faults';
import { type ReferenceTopic, TOLD_BY_LOAD } from './kinds';

export interface ReferenceRow {
  readonly of: ReferenceTopic;
  /** Undefined for a row that is stored. */
  readonly place: RowPlace | undefined;
  readonly row: FeedRow;
  readonly shown: ShownRow;
  /** Of the record: one row of each key counts. */
  readonly key: string;
  /** What it is about: rows with one name are versions of one thing. */
  readonly subject: string;
}

export function referenceRow(of: ReferenceTopic, row: FeedRow, place?: RowPlace): ReferenceRow {
  const shown = Object.fromEntries(
    recordFields(of.topic).map(({ name, type }) => [
      name,
      formatField(type, row[name], (_, name) => String(name)),
    ]),
  );
  return { of, place, row, shown, key: keyReader(of.topic.key)(row), subject: subjectOf(of, row) };
}

export const subjectOf = ({ topic }: ReferenceTopic, row: FeedRow): string =>
  topic.key
    .filter((field) => field !== 'validFrom')
    .map((field) => String(row[field]))
    .join('/');

export const nameOf = ({ of, row }: ReferenceRow): string => String(row[of.identity]);

export const validFrom = ({ row }: ReferenceRow): number => (row['validFrom'] as number | undefined) ?? 0;

/** The first instant at which it does not hold any more by itself. */
export const validTo = ({ row }: ReferenceRow): number =>
  (row['validTo'] as number) || Number.POSITIVE_INFINITY;

/** Fields in which two rows of a key differ, leaving out who changed them. */
export const differingFields = (a: ReferenceRow, b: ReferenceRow): string[] =>
  Object.keys(b.shown).filter((field) => !TOLD_BY_LOAD.has(field) && a.shown[field] !== b.shown[field]);
