/** SABR from a smile: its own parameters come back, lognormal and normal, with negative rates under a shift. */
import { calibrateSabr, type SabrCalibrationRequest } from '../../../pricing/calibration/sabr';
import { sabrLognormalVolatility, sabrNormalVolatility } from '../../../pricing/volatility/sabr';

const cases: readonly (Omit<SabrCalibrationRequest, 'quotes'> & {
  readonly alpha: number;
  readonly rho: number;
  readonly nu: number;
})[] = [
  { forward: 0.03, expiry: 5, volatilities: 'lognormal', beta: 0.5, alpha: 0.04, rho: -0.3, nu: 0.4 },
  { forward: -0.002, expiry: 2, volatilities: 'normal', beta: 0, alpha: 0.006, rho: 0.2, nu: 0.5 },
  {
    forward: 0.001,
    expiry: 1,
    volatilities: 'lognormal',
    beta: 0.7,
    shift: 0.02,
    alpha: 0.08,
    rho: 0.1,
    nu: 0.6,
  },
  { forward: 100, expiry: 0.5, volatilities: 'lognormal', beta: 1, alpha: 0.25, rho: -0.6, nu: 1.1 },
];

test.each(cases)('$volatilities, β = $beta, forward $forward', ({ alpha, rho, nu, ...request }) => {
  const { forward, beta, shift = 0, expiry: time } = request;
  const width = 0.5 * (forward + shift) || 0.01;
  const truth = { alpha, beta, rho, nu, shift };
  const volatilityOf = request.volatilities === 'normal' ? sabrNormalVolatility : sabrLognormalVolatility;
  const quotes = [-1, -0.6, -0.3, 0, 0.3, 0.6, 1].map((step) => {
    const strike = forward + step * Math.abs(width);
    return { strike, volatility: volatilityOf({ forward, strike, time }, truth) };
  });
  const result = calibrateSabr({ ...request, quotes });
  if (!result.ok) throw new Error(result.message);
  expect(result.value.error.rmse).toBeLessThan(1e-7 * quotes[3]!.volatility * 10);
  expect(result.value.parameters.alpha).toBeCloseTo(alpha, 5);
  expect(result.value.parameters.rho).toBeCloseTo(rho, 3);
  expect(result.value.parameters.nu).toBeCloseTo(nu, 3);
});

test('the worst quote is named', () => {
  const base = cases[0]!;
  const quotes = [0.02, 0.025, 0.03, 0.035, 0.04].map((strike) => ({
    strike,
    volatility: strike === 0.03 ? 0.3 : 0.25,
  }));
  const result = calibrateSabr({ ...base, quotes });
  expect(result).toMatchObject({ ok: true, value: { error: { worst: 'strike 0.03', quotes: 5 } } });
});

test.each([
  [{ quotes: [] }, 'calibration-needs-quotes'],
  [{ beta: 2 }, 'sabr-parameters-must-be-in-domain'],
  [{ forward: -0.01 }, 'calibration-quotes-must-be-positive'],
])('%j is refused by %s', (change, reason) => {
  const quotes = [0.02, 0.03, 0.04].map((strike) => ({ strike, volatility: 0.2 }));
  expect(calibrateSabr({ ...cases[0]!, quotes, ...change })).toMatchObject({ ok: false, reason });
});
