/** Every published set of curve quotes that the library bootstraps; the test and `docs/CURVE_SETS.md` read this list. */
import { capCases } from '../support/cap-sets.js';
import { creditCases } from '../support/credit-sets.js';
import type { CurveSetCase } from '../support/curve-set.js';
import { rates2025Case } from '../support/market-2025.js';
import { consistencyCases } from '../support/ore-consistency.js';
import { scenarioCase } from '../support/scenario-sets.js';
import { smileCases } from '../support/smile-sets.js';
import { strataCases } from '../support/strata-group.js';

export const curveSetCases: readonly CurveSetCase[] = [
  ...strataCases,
  scenarioCase,
  rates2025Case,
  ...creditCases,
  ...smileCases,
  ...capCases,
  ...consistencyCases,
];
