/** What a row names must be there at the time from which the row holds; and what has parents is not its own ancestor. */
import { nearest } from '../nearest';
import { type Catalogue, namesOf, REFERENCES, type Reference } from './catalogue';
import { told } from './check-versions';
import { nameOf, type ReferenceRow, validFrom } from './reference-row';
import type { Report } from './report';

const PARENTS = ['parent', 'underlying'];
/** Deeper trees are no trees that people made. */
const DEPTH_MAX = 64;

/** `unread`: by topic, names of rows that are wrong by themselves. */
export function checkReferences(
  row: ReferenceRow,
  catalogue: Catalogue,
  unread: ReadonlyMap<string, ReadonlySet<string>>,
  report: Report,
): void {
  for (const reference of referencesOf(row)) {
    const name = row.row[reference.field] as string | undefined;
    if (name === undefined || unread.get(reference.topic.name)?.has(name)) continue;
    const wrong = wrongReference(name, row, reference, catalogue);
    if (wrong) report(row, reference.field, ...wrong);
  }
}

const referencesOf = ({ of }: ReferenceRow): readonly Reference[] => REFERENCES[of.topic.name] ?? [];

function wrongReference(
  name: string,
  row: ReferenceRow,
  reference: Reference,
  catalogue: Catalogue,
): [what: string, todo: string] | undefined {
  const { topic, subject, noun, fits } = reference;
  const versions = catalogue.versions(topic, subject(name));
  if (versions.length === 0) {
    const meant = nearest(name, namesOf(catalogue, reference));
    return [
      `there is no ${noun} "${name}"${meant === undefined ? '' : `; the nearest is "${meant}"`}`,
      `Mend the name, or add the ${noun}.`,
    ];
  }
  const from = validFrom(row);
  const found = catalogue.at(topic, subject(name), from);
  if (!found)
    return [
      `${noun} "${name}" does not hold ${from === 0 ? 'since ever, as this row does' : `at ${told(from)}, from when on this row holds`}; its first version holds from ${told(validFrom(versions[0]!))}`,
      'Say with validFrom from when on this row holds, or give the other an earlier version.',
    ];
  if (!fits || fits(found)) return undefined;
  return [`"${name}" is there, and is no ${noun}`, `Name a ${noun}, or say that it is one.`];
}

export function checkCycles(folder: readonly ReferenceRow[], catalogue: Catalogue, report: Report): void {
  const reported = new Set<string>();
  for (const row of catalogue.rows)
    for (const reference of referencesOf(row)) {
      if (!PARENTS.includes(reference.field) || reference.topic !== row.of.topic) continue;
      const path = cycleFrom(row, reference, catalogue);
      if (!path) continue;
      const key = path
        .map(({ key }) => key)
        .sort()
        .join(' ');
      // At the row of the folder that closes it; where none does, it was there before.
      const at = path.find(({ place }) => place !== undefined);
      if (reported.has(key) || !at || !folder.includes(at)) continue;
      reported.add(key);
      report(
        at,
        reference.field,
        path.length > DEPTH_MAX
          ? `${nameOf(row)} has more than ${DEPTH_MAX} above it`
          : `${[...path, path[0]!].map(nameOf).join(' → ')} is a circle: each is below the next`,
        'Give one of them another, or none.',
      );
    }
}

/** The rows of a circle that a row is part of when it begins to hold; or of a chain that is too long. */
function cycleFrom(
  start: ReferenceRow,
  { field, topic, subject }: Reference,
  catalogue: Catalogue,
): readonly ReferenceRow[] | undefined {
  const path = [start];
  for (let row = start; path.length <= DEPTH_MAX; ) {
    const parent = row.row[field] as string | undefined;
    const above = parent === undefined ? undefined : catalogue.at(topic, subject(parent), validFrom(start));
    if (!above) return undefined;
    if (above.subject === start.subject) return path;
    // A circle further up is told of by those in it.
    if (path.includes(above)) return undefined;
    path.push(above);
    row = above;
  }
  return path;
}
