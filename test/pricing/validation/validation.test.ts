/** The models' own validation, and that a broken model cannot pass it. */

import { hullWhitePlugin } from '../../../pricing/validation/hull-white';
import {
  type CalibrationSlice,
  type ModelPlugin,
  passed,
  validateModels,
} from '../../../pricing/validation/model-plugin';
import { smilePlugins, standardModelPlugins } from '../../../pricing/validation/standard-models';
import { sabrLognormalVolatility } from '../../../pricing/volatility/sabr';
import { context, curveSet, european, marketOf } from '../support/rates-books';

test.each(
  standardModelPlugins.map((plugin) => [plugin.name, plugin] as const),
)('%s passes its own checks', (_, plugin) => {
  const [report] = validateModels([plugin]);
  expect(report!.checks.length).toBeGreaterThan(0);
  expect(report!.checks.filter((check) => !passed(check))).toEqual([]);
  expect(report!.passed).toBe(true);
  for (const check of report!.checks) expect(check.cases).toBeGreaterThan(0);
});

test('a model that is off by more than it may be does not pass, nor one that checks nothing', () => {
  const check = { kind: 'reference', name: 'x', found: 2e-3, allowed: 1e-3, cases: 1, source: 'y' } as const;
  const plugin: ModelPlugin = { name: 'broken', about: '', parameters: [], validate: () => [check] };
  expect(validateModels([plugin])[0]!.passed).toBe(false);
  expect(validateModels([{ ...plugin, validate: () => [] }])[0]!.passed).toBe(false);
  expect(validateModels([{ ...plugin, validate: () => [{ ...check, found: Number.NaN }] }])[0]!.passed).toBe(
    false,
  );
  expect(() => validateModels([plugin, plugin])).toThrow('one name');
});

const slice: CalibrationSlice = {
  label: 'one year',
  expiry: 1,
  forward: 100,
  discount: 1,
  quotes: [70, 80, 90, 100, 110, 120, 130].map((strike) => ({
    strike,
    volatility: sabrLognormalVolatility(
      { forward: 100, strike, time: 1 },
      { alpha: 2, beta: 0.5, rho: -0.4, nu: 0.5 },
    ),
  })),
};

test('every model that can be calibrated fits one smile and names its worst quote', () => {
  const able = standardModelPlugins.filter(({ calibrate }) => calibrate).map(({ name }) => name);
  expect(able).toEqual([...smilePlugins.map(({ name }) => name), 'hull-white']);
  for (const { name, calibrate, parameters } of smilePlugins) {
    const result = calibrate!([slice]);
    if (!result.ok) throw new Error(`${name}: ${result.message}`);
    expect(Object.keys(result.value.parameters).sort()).toEqual(parameters.map((p) => p.name).sort());
    expect(result.value.error.rmse).toBeLessThan(0.005);
    expect(result.value.error.worst).toContain('strike');
  }
});

test('a smile model refuses several expiries', () => {
  for (const name of ['svi', 'sabr']) {
    const plugin = smilePlugins.find((one) => one.name === name)!;
    expect(plugin.calibrate!([slice, slice])).toMatchObject({
      ok: false,
      reason: 'calibration-needs-one-expiry',
    });
  }
});

test('Hull–White is calibrated to swaptions of its own, with its worst one named', () => {
  const market = marketOf(curveSet);
  const swaption = european('2027-02-10', '2027-02-12', '5Y');
  const quotes = [
    { name: '2Y into 5Y', swaption, kind: 'bachelier' as const, volatility: 0.0082 },
    {
      name: '2Y into 10Y',
      swaption: european('2027-02-10', '2027-02-12', '10Y'),
      kind: 'bachelier' as const,
      volatility: 0.0079,
    },
  ];
  const fit = hullWhitePlugin.calibrate!({ market, context, quotes, reversion: 0.03 });
  if (!fit.ok) throw new Error(fit.message);
  expect(Object.keys(fit.value.parameters)).toEqual(hullWhitePlugin.parameters.map(({ name }) => name));
  expect(fit.value.error.max).toBeLessThan(2e-4);
  expect(quotes.map(({ name }) => name)).toContain(fit.value.error.worst);
  expect(hullWhitePlugin.calibrate!({ market, context, quotes: [] })).toMatchObject({
    reason: 'calibration-needs-quotes',
  });
});
