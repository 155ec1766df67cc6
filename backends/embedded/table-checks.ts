/** What must hold of a table whoever reads it: no gap in its entries, and the count and hash of its last epoch. */
import { CorruptionError } from '../../runtime/ports/backend';
import type { TableRecord } from './records';

export const missingEntry = (table: string, sequence: number): CorruptionError =>
  new CorruptionError(
    `table "${table}": entry ${sequence} is missing. Restore the folder from a copy; "breakwater check" lists what is damaged.`,
  );

/** Count and hash recorded with the last epoch must be those of what is there. */
export function checkTable(
  record: TableRecord,
  found: { readonly live: number; readonly hash: number },
): void {
  if (found.live === record.live && found.hash === record.hash) return;
  throw new CorruptionError(
    `table "${record.name}" holds ${found.live} records with hash ${found.hash}, but its last epoch recorded ${record.live} with hash ${record.hash}. Restore the folder from a copy.`,
  );
}
