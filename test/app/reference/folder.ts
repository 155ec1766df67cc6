/** A folder of reference data in which all is right, and what a change of one file makes of it. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkReference } from '../../../app/reference/check';
import { faultText } from '../../../app/reference/faults';
import { readFolder } from '../../../app/reference/read-folder';
import type { ReferenceRow } from '../../../app/reference/reference-row';
import { memoryFolder } from '../../support/memory-folder';

export const NOW = Date.parse('2026-11-30T12:00:00Z') * 1000;

const RIGHT: Readonly<Record<string, readonly string[]>> = {
  'currencies.csv': ['code,minorUnits', 'USD,2', 'EUR,2', 'JPY,0', 'BTC,8'],
  'countries.csv': ['code', 'DE'],
  'sectors.csv': ['code,parent', 'Technology,', 'Software,Technology'],
  'calendars.csv': ['code', 'XNYS'],
  'venues.csv': ['name,calendar', 'XNYS,XNYS'],
  'parties.csv': ['name,roles', 'House,LegalEntity', 'Clearer,Counterparty', 'ACME,Issuer;Counterparty'],
  'firms.csv': ['name', 'Firm'],
  'desks.csv': ['name,parent', 'Equities,Firm'],
  'books.csv': ['name,parent', 'Cash,Equities'],
  'accounts.csv': ['name,book,legalEntity,counterparty', 'ALPHA,Cash,House,Clearer'],
  'instruments.csv': ['name,kind,currency,multiplier,issuer', 'ACME,Equity,USD,1,ACME'],
};

const dir = memoryFolder();

/** `changed` takes the place of files; an empty one leaves its file out. */
export function folderOf(changed: Readonly<Record<string, readonly string[]>> = {}): string {
  const folder = mkdtempSync(join(dir, 'reference-'));
  for (const [name, lines] of Object.entries({ ...RIGHT, ...changed }))
    if (lines.length > 0) writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  return folder;
}

export async function rowsOf(
  changed: Readonly<Record<string, readonly string[]>> = {},
): Promise<readonly ReferenceRow[]> {
  return (await readFolder(folderOf(changed), NOW)).rows;
}

/** Every fault as people are told it. */
export async function faultsOf(
  changed: Readonly<Record<string, readonly string[]>>,
  stored: readonly ReferenceRow[] = [],
): Promise<string[]> {
  const folder = await readFolder(folderOf(changed), NOW);
  return [...folder.faults, ...checkReference(folder, stored)].map(faultText);
}
