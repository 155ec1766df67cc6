/** Every reference table that the library recomputes; a family adds its list here. */
import { asianTables } from './asians.js';
import { calendarTables } from './calendars.js';
import { creditTables } from './credit.js';
import { curveTables } from './curves.js';
import { exoticTables } from './exotics.js';
import { fxTables } from './fx.js';
import { hestonTables } from './heston.js';
import { mathTables } from './math.js';
import { pairTables } from './pairs.js';
import { rateTables } from './rates.js';
import type { AnyReferenceTable } from './reference-table.js';
import { simulationTables } from './simulation.js';
import { swaptionCubeTables } from './swaption-cube.js';
import { vanillaTables } from './vanilla.js';

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
