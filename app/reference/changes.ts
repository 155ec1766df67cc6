/** What a load of a folder would change of what is stored. */
import { REFERENCE_TOPICS } from './kinds';
import { differingFields, type ReferenceRow, validFrom } from './reference-row';

export interface Change {
  readonly row: ReferenceRow;
  /** What is stored under its key; undefined for what is new. */
  readonly before: ReferenceRow | undefined;
  /** Fields that differ; of what is new, none. */
  readonly fields: readonly string[];
}

/** In the order in which they are written: what others refer to first, and earlier versions before later ones. */
export function changesTo(
  folder: readonly ReferenceRow[],
  stored: readonly ReferenceRow[],
): readonly Change[] {
  const before = new Map(stored.map((row) => [keyOf(row), row]));
  const changes: Change[] = [];
  for (const row of folder) {
    const known = before.get(keyOf(row));
    const fields = known ? differingFields(known, row) : [];
    if (!known || fields.length > 0) changes.push({ row, before: known, fields });
  }
  const place = ({ row }: Change): number => REFERENCE_TOPICS.indexOf(row.of);
  return changes.sort((a, b) => place(a) - place(b) || validFrom(a.row) - validFrom(b.row));
}

/** What is stored and in no file of the folder, of the topics that the folder has files of. */
export function leftAlone(
  folder: readonly ReferenceRow[],
  stored: readonly ReferenceRow[],
): readonly ReferenceRow[] {
  const keys = new Set(folder.map(keyOf));
  const topics = new Set(folder.map(({ of }) => of));
  return stored.filter((row) => topics.has(row.of) && !keys.has(keyOf(row)));
}

const keyOf = ({ of, key }: ReferenceRow): string => `${of.topic.name} ${key}`;
