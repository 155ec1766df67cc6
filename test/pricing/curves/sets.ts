/** Every published set of curve quotes that the library bootstraps; the test and `docs/CURVE_SETS.md` read this list. */
import { capCases } from '../support/cap-sets';
import { creditCases } from '../support/credit-sets';
import type { CurveSetCase } from '../support/curve-set';
import { rates2025Case } from '../support/market-2025';
import { consistencyCases } from '../support/ore-consistency';
import { scenarioCase } from '../support/scenario-sets';
import { smileCases } from '../support/smile-sets';
import { strataCases } from '../support/strata-group';

export const curveSetCases: readonly CurveSetCase[] = [
  ...strataCases,
  scenarioCase,
  rates2025Case,
  ...creditCases,
  ...smileCases,
  ...capCases,
  ...consistencyCases,
];
