/** Everything that is wrong with the rows of a folder, held against each other and against what is stored. */

import { Catalogue } from './catalogue';
import { changesTo } from './changes';
import { checkInstrument, checkToldTerms } from './check-instruments';
import { checkCycles, checkReferences } from './check-references';
import { checkTradingDays } from './check-trading-days';
import { checkVersions } from './check-versions';
import { checkCodes, checkParty, checkScope } from './check-words';
import { type Fault, inOrderOfPlace } from './faults';
import type { ReadFolder } from './read-folder';
import type { ReferenceRow } from './reference-row';
import type { Report } from './report';

const BY_TOPIC: Readonly<Record<string, (row: ReferenceRow, report: Report) => void>> = {
  'reference.instruments': checkInstrument,
  'reference.scopes': checkScope,
  'reference.parties': checkParty,
  'reference.codes': checkCodes,
};

/** Rows that are stored are taken as they are: only those of the folder have faults. */
export function checkReference(
  { rows: folder, unread }: Pick<ReadFolder, 'rows' | 'unread'>,
  stored: readonly ReferenceRow[],
): readonly Fault[] {
  const faults: Fault[] = [];
  const report: Report = ({ place }, field, what, todo) => {
    if (place) faults.push({ ...place, field, what, todo });
  };
  const catalogue = new Catalogue(stored, folder);
  checkVersions(folder, catalogue, report);
  for (const row of folder) {
    BY_TOPIC[row.of.topic.name]?.(row, report);
    checkReferences(row, catalogue, unread, report);
  }
  checkCycles(folder, catalogue, report);
  checkTradingDays(catalogue, report);
  checkToldTerms(
    changesTo(firstOfEach(folder), stored).map(({ row }) => row),
    stored,
    report,
  );
  return inOrderOfPlace(faults);
}

/** Of rows with one key, which is told of by itself, the first. */
function firstOfEach(folder: readonly ReferenceRow[]): readonly ReferenceRow[] {
  const first = new Map<string, ReferenceRow>();
  for (const row of folder) {
    const key = `${row.of.topic.name} ${row.key}`;
    if (!first.has(key)) first.set(key, row);
  }
  return [...first.values()];
}
