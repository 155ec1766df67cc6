/** One thing has one version at a time. */
import { formatTime } from '../../sources/field-text';
import type { Catalogue } from './catalogue';
import { nameOf, type ReferenceRow, validFrom, validTo } from './reference-row';
import type { Report } from './report';

export function checkVersions(folder: readonly ReferenceRow[], catalogue: Catalogue, report: Report): void {
  const seen = new Map<string, ReferenceRow>();
  for (const row of folder) {
    const key = `${row.of.topic.name} ${row.key}`;
    const before = seen.get(key);
    if (before) report(row, row.of.identity, ...isThereTwice(row, before));
    else seen.set(key, row);
    if (row.of.isDated && validTo(row) <= validFrom(row))
      report(
        row,
        'validTo',
        `${told(validTo(row))} is not after validFrom, ${told(validFrom(row))}`,
        'A version holds until validTo, that time not included; leave it empty where it has no end.',
      );
  }
  for (const row of seen.values()) if (row.of.isDated) checkOverlap(row, catalogue, report);
}

/** Each pair of neighbours once, at the row of the folder: at the earlier where both are. */
function checkOverlap(row: ReferenceRow, catalogue: Catalogue, report: Report): void {
  const versions = catalogue.versions(row.of.topic, row.subject);
  const at = versions.indexOf(row);
  const [before, after] = [versions[at - 1], versions[at + 1]];
  if (after && overlaps(row, after)) report(row, 'validTo', ...overlap(row, after));
  if (before && !before.place && overlaps(before, row)) report(row, 'validFrom', ...overlap(before, row));
}

const overlaps = (earlier: ReferenceRow, later: ReferenceRow): boolean =>
  Number.isFinite(validTo(earlier)) && validTo(earlier) > validFrom(later);

const overlap = (earlier: ReferenceRow, later: ReferenceRow): [string, string] => [
  `${nameOf(earlier)} has two versions at once: one holds until ${told(validTo(earlier))}, and the next (${whereOf(later)}) from ${told(validFrom(later))}`,
  'End the earlier one where the later begins, or leave validTo empty: the next takes its place by itself.',
];

const isThereTwice = (row: ReferenceRow, before: ReferenceRow): [string, string] => [
  `"${nameOf(row)}" is there twice with ${row.of.isDated ? 'the same validFrom' : 'the same date'}: also in ${whereOf(before)}`,
  'Leave one out, or say with validFrom from when on the other holds.',
];

const whereOf = ({ place }: ReferenceRow): string =>
  place ? `${place.file}, row ${place.row}` : 'stored already';

export const told = (time: number): string =>
  time === 0 ? 'ever' : formatTime(time).replace(/\.000000Z$/, 'Z');
