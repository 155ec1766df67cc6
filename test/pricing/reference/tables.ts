/** Every reference table that the library recomputes; a family adds its list here. */
import { calendarTables } from './calendars.js';
import { curveTables } from './curves.js';
import { mathTables } from './math.js';
import { rateTables } from './rates.js';
import type { AnyReferenceTable } from './reference-table.js';

export const referenceTables: readonly AnyReferenceTable[] = [
  ...calendarTables,
  ...curveTables,
  ...rateTables,
  ...mathTables,
];
