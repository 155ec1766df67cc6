/** The worked examples of docs/pipelines say what the pipelines do. */

import { exposuresWith } from '../../pipelines/exposures';
import { greeks } from '../../pipelines/greeks';
import { limits } from '../../pipelines/limits';
import { marks } from '../../pipelines/marks';
import { pnlWith } from '../../pipelines/pnl';
import { positions } from '../../pipelines/positions';
import { scopeGreeks } from '../../pipelines/scope-greeks';
import { valuationsWith } from '../../pipelines/valuations';
import { runPage } from '../support/page-run';

const atOnce = { everyMicros: 0, baseCurrency: 'USD' } as const;
const PAGES = [
  {
    page: 'pipelines/exposures-and-limits.md',
    pipelines: [marks, positions, pnlWith({ ...atOnce, convention: 'mid' }), exposuresWith(atOnce), limits],
  },
  {
    page: 'pipelines/valuations.md',
    pipelines: [marks, valuationsWith({ everyMicros: 0, flatRates: { USD: 0.03 }, kernel: 'javascript' })],
  },
  {
    page: 'pipelines/greeks.md',
    pipelines: [
      marks,
      positions,
      pnlWith({ ...atOnce, convention: 'mid' }),
      exposuresWith(atOnce),
      valuationsWith({ everyMicros: 0, flatRates: { USD: 0.03 }, kernel: 'javascript' }),
      greeks,
      scopeGreeks,
    ],
  },
];

test.each(PAGES)('$page', ({ page, pipelines }) => {
  const steps = runPage(page, pipelines);
  expect(steps.length).toBeGreaterThan(1);
  for (const { says, shown } of steps) expect(shown).toMatchObject(says);
});
