/** Every reference table that the library recomputes; a family adds its list here. */
import { asianTables } from './asians';
import { calendarTables } from './calendars';
import { creditTables } from './credit';
import { curveTables } from './curves';
import { exoticTables } from './exotics';
import { fxTables } from './fx';
import { hestonTables } from './heston';
import { mathTables } from './math';
import { pairTables } from './pairs';
import { rateTables } from './rates';
import type { AnyReferenceTable } from './reference-table';
import { simulationTables } from './simulation';
import { swaptionCubeTables } from './swaption-cube';
import { vanillaTables } from './vanilla';

export const referenceTables: readonly AnyReferenceTable[] = [
  ...mathTables,
  ...calendarTables,
  ...creditTables,
  ...curveTables,
  ...rateTables,
  ...swaptionCubeTables,
  ...vanillaTables,
  ...exoticTables,
  ...asianTables,
  ...pairTables,
  ...fxTables,
  ...simulationTables,
  ...hestonTables,
];
