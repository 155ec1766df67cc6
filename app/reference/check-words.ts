/** What a currency, a country, a party and a node of the tree must be by itself. */

import { nameOf, type ReferenceRow } from './reference-row';
import type { Report } from './report';

const ROLES = ['LegalEntity', 'Counterparty', 'Issuer'];
const [CURRENCY, COUNTRY, SECTOR] = [0, 1, 2];
const [FIRM, DESK, BOOK] = [0, 1, 2];

export function checkCodes(row: ReferenceRow, report: Report): void {
  const { kind, code, minorUnits, parent } = row.row as {
    readonly kind: number;
    readonly code: string;
    readonly minorUnits: number | undefined;
    readonly parent: string | undefined;
  };
  if (kind === CURRENCY && minorUnits === undefined)
    report(row, 'minorUnits', 'is missing', 'Say how many decimals an amount has: 2 for EUR, 0 for JPY.');
  if (minorUnits !== undefined && (minorUnits < 0 || minorUnits > 18))
    report(row, 'minorUnits', `${minorUnits} is not between 0 and 18`, 'Mend it.');
  if (kind !== CURRENCY && minorUnits !== undefined)
    report(row, 'minorUnits', 'is something that currencies have only', 'Leave it empty.');
  if (kind !== SECTOR && parent !== undefined)
    report(row, 'parent', 'is something that sectors have only', 'Leave it empty.');
  if (kind === COUNTRY && !/^[A-Z]{2}$/.test(code))
    report(row, 'code', `"${code}" is no country of ISO 3166`, 'Two capital letters: DE, US.');
}

export function checkParty(row: ReferenceRow, report: Report): void {
  const { roles, lei } = row.row as { readonly roles: string; readonly lei: string | undefined };
  const told = roles.split(';');
  for (const role of told)
    if (!ROLES.includes(role))
      report(row, 'roles', `"${role}" is none of ${ROLES.join(', ')}`, 'Several have a semicolon between.');
  if (new Set(told).size < told.length) report(row, 'roles', `"${roles}" says one thing twice`, 'Mend it.');
  if (lei !== undefined && !isLei(lei))
    report(row, 'lei', `"${lei}" is no legal entity identifier: its check digits are not right`, 'Mend it.');
}

/** ISO 17442: 18 letters and digits, and two digits by which the whole, letters as 10 to 35, leaves 1 over 97. */
function isLei(lei: string): boolean {
  if (!/^[A-Z0-9]{18}\d\d$/.test(lei)) return false;
  const digits = lei.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}

export function checkScope(row: ReferenceRow, report: Report): void {
  const { kind, parent, markSide } = row.row as {
    readonly kind: number;
    readonly parent: string | undefined;
    readonly markSide: number;
  };
  if (kind === FIRM && parent !== undefined)
    report(
      row,
      'parent',
      `firm "${nameOf(row)}" is below another scope`,
      'A firm is a root: leave it empty.',
    );
  if ((kind === DESK || kind === BOOK) && parent === undefined)
    report(row, 'parent', 'is missing', 'A desk or a book is below something: name its desk or firm.');
  if (kind > BOOK && markSide !== 0)
    report(row, 'markSide', 'is something that firms, desks and books have only', 'Leave it empty.');
}
