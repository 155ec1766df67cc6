/** Heston from quotes: its own parameters come back, and the DAX surface gives the published sum of squares. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { calibrateHeston, type HestonCalibrationSlice } from '../../../pricing/calibration/heston';
import { hestonStrip } from '../../../pricing/models/heston-strip';
import { impliedBlackVolatility } from '../../../pricing/models/implied-volatility';

const file = join(
  resolve(process.env['BREAKWATER_DATA'] ?? '../shared/data'),
  'reference-values/hestonmodel.dax_vol_surface.json',
);
const withData = existsSync(file) ? test : test.skip;

interface DaxSurface {
  readonly spot: number;
  readonly days: readonly number[];
  readonly zero_rates: readonly number[];
  readonly strikes: readonly number[];
  readonly implied_vols: readonly (readonly number[])[];
}

/** Sepp's DAX surface of 2002-07-05; the published calibration rounds maturities to whole weeks of 1/52 year. */
function daxSlices(): readonly HestonCalibrationSlice[] {
  const dax = JSON.parse(readFileSync(file, 'utf8')) as DaxSurface;
  return dax.days.map((days, d) => {
    const expiry = (Math.floor((days + 3) / 7) * 7) / 365;
    const rate = dax.zero_rates[d]!;
    return {
      label: `${days} days`,
      expiry,
      forward: dax.spot * Math.exp(rate * expiry),
      discount: Math.exp(-rate * expiry),
      quotes: dax.strikes.map((strike, s) => ({ strike, volatility: dax.implied_vols[s]![d]! })),
    };
  });
}

withData('the DAX surface of 104 volatilities fits with the published sum of squares, 177.2 points²', () => {
  const result = calibrateHeston(daxSlices(), {
    start: { v0: 0.1, kappa: 1, theta: 0.1, sigma: 0.5, rho: -0.5 },
  });
  if (!result.ok) throw new Error(result.message);
  const { error, parameters, converged } = result.value;
  expect(converged).toBe(true);
  expect(error.quotes).toBe(104);
  expect(Math.abs(104 * (100 * error.rmse) ** 2 - 177.2)).toBeLessThan(1);
  expect(error.worst).toBe('13 days strike 3400');
  expect(parameters.rho).toBeLessThan(0);
});

test('quotes made by a model give its parameters back', () => {
  const truth = { v0: 0.05, kappa: 1.8, theta: 0.07, sigma: 0.7, rho: -0.65 };
  const slices = [0.25, 0.5, 1, 2].map((expiry): HestonCalibrationSlice => {
    const strikes = [70, 80, 90, 100, 110, 120, 130];
    const { call } = hestonStrip({ parameters: truth, forward: 100, discount: 0.98, expiry, strikes });
    const quotes = strikes.map((strike, i) => {
      const implied = impliedBlackVolatility({
        right: 'call',
        price: call[i]!,
        forward: 100,
        strike,
        discount: 0.98,
        time: expiry,
      });
      if (!implied.ok) throw new Error(implied.message);
      return { strike, volatility: implied.value };
    });
    return { label: `${expiry}y`, expiry, forward: 100, discount: 0.98, quotes };
  });
  const result = calibrateHeston(slices, { tolerance: 1e-10 });
  if (!result.ok) throw new Error(result.message);
  expect(result.value.error.rmse).toBeLessThan(1e-6);
  for (const name of ['v0', 'kappa', 'theta', 'sigma', 'rho'] as const) {
    expect(result.value.parameters[name]).toBeCloseTo(truth[name], 3);
  }
});

test.each([
  [[], 'calibration-needs-quotes'],
  [
    [
      {
        label: 'x',
        expiry: 1,
        forward: 100,
        discount: 1,
        quotes: Array.from({ length: 5 }, (_, i) => ({ strike: -1 - i, volatility: 0.2 })),
      },
    ],
    'calibration-quotes-must-be-positive',
  ],
])('input %# is refused', (slices, reason) => {
  expect(calibrateHeston(slices)).toMatchObject({ ok: false, reason });
});
