/** Every reference table that the library recomputes; a family adds its list here. */
import { mathTables } from './math.js';
import type { AnyReferenceTable } from './reference-table.js';

export const referenceTables: readonly AnyReferenceTable[] = [...mathTables];
