/** The finite-difference engine against closed forms, published American values, and the surface it was made from. */
import { normalCdf, normalPdf } from '../../../pricing/math/normal';
import { type FiniteDifferenceProblem, finiteDifference } from '../../../pricing/models/finite-difference';
import { localVolatility, surfaceForward } from '../../../pricing/volatility/local-volatility';
import { sviVariance } from '../../../pricing/volatility/svi';
import { buildSviSurface, surfaceVolatility } from '../../../pricing/volatility/svi-surface';

const market = { spot: 100, expiry: 0.75, rate: 0.05, yield: 0.02 };
const flat = (volatility: number): Pick<FiniteDifferenceProblem, 'volatility' | 'volatilityScale'> => ({
  volatility: () => volatility,
  volatilityScale: volatility,
});
const callPayoff = (strike: number) => (s: number) => Math.max(s - strike, 0);
const putPayoff = (strike: number) => (s: number) => Math.max(strike - s, 0);

interface Vanilla {
  readonly spot: number;
  readonly strike: number;
  readonly expiry: number;
  readonly rate: number;
  readonly yield: number;
  readonly volatility: number;
}

const blackScholes = (v: Vanilla): { call: number; delta: number; gamma: number; theta: number } => {
  const root = v.volatility * Math.sqrt(v.expiry);
  const d1 = (Math.log(v.spot / v.strike) + (v.rate - v.yield) * v.expiry) / root + root / 2;
  const [df, dq] = [Math.exp(-v.rate * v.expiry), Math.exp(-v.yield * v.expiry)];
  const call = v.spot * dq * normalCdf(d1) - v.strike * df * normalCdf(d1 - root);
  const delta = dq * normalCdf(d1);
  const gamma = (dq * normalPdf(d1)) / (v.spot * root);
  const theta =
    v.rate * call - (v.rate - v.yield) * v.spot * delta - 0.5 * (v.volatility * v.spot) ** 2 * gamma;
  return { call, delta, gamma, theta };
};

test.each([
  80, 97, 100, 125,
])('a European call of strike %d is Black–Scholes within the stated error', (strike) => {
  const exact = blackScholes({ ...market, strike, volatility: 0.3 });
  const fd = finiteDifference({ ...market, ...flat(0.3), strike, payoff: callPayoff(strike) });
  expect(Math.abs(fd.value - exact.call)).toBeLessThan(1e-4);
  expect(Math.abs(fd.value - exact.call)).toBeLessThan(fd.error + 2e-5);
  expect(fd.delta).toBeCloseTo(exact.delta, 4);
  expect(fd.gamma).toBeCloseTo(exact.gamma, 5);
  expect(fd.theta).toBeCloseTo(exact.theta, 1);
});

test('halving the grid divides the stated error by about four', () => {
  const off = (nodes: number): number =>
    Math.abs(
      finiteDifference(
        { ...market, ...flat(0.3), strike: 103, payoff: callPayoff(103) },
        { nodes, steps: nodes >> 1 },
      ).error,
    );
  expect(off(101) / off(201)).toBeGreaterThan(2.5);
});

/** Broadie, Detemple: American option valuation, RFS 1996, table 1: K = 100, σ = 0.2, T = 0.5, r = 3 %, q = 7 %. */
test.each([
  [80, 0.2194],
  [90, 1.3864],
  [100, 4.7825],
  [110, 11.0978],
  [120, 20.0004],
])('the American call at spot %d has its published value %d', (spot, published) => {
  const fd = finiteDifference({
    spot,
    expiry: 0.5,
    rate: 0.03,
    yield: 0.07,
    ...flat(0.2),
    strike: 100,
    payoff: callPayoff(100),
    american: true,
  });
  expect(Math.abs(fd.value - published)).toBeLessThan(fd.error + 5e-5);
  // Next to the exercise boundary, as at 120, the error counts one step of the grid beyond it.
  expect(fd.error).toBeLessThan(4e-3);
});

test('an American call without dividends is European, an American put is worth more', () => {
  const problem = { ...market, yield: 0, ...flat(0.25), strike: 105 };
  const european = blackScholes({ ...market, yield: 0, strike: 105, volatility: 0.25 });
  const call = finiteDifference({ ...problem, payoff: callPayoff(105), american: true });
  expect(call.value).toBeCloseTo(european.call, 3);
  const put = finiteDifference({ ...problem, payoff: putPayoff(105), american: true });
  const europeanPut = european.call - 100 + 105 * Math.exp(-0.05 * 0.75);
  expect(put.value).toBeGreaterThan(europeanPut + 0.1);
});

test('a down-and-out call is the reflection formula', () => {
  const [barrier, strike, volatility] = [90, 100, 0.25];
  const nu = (2 * (market.rate - market.yield)) / volatility ** 2 - 1;
  const mirrored = blackScholes({ ...market, spot: barrier ** 2 / 100, strike, volatility }).call;
  const exact = blackScholes({ ...market, strike, volatility }).call - (barrier / 100) ** nu * mirrored;
  const fd = finiteDifference({
    ...market,
    ...flat(volatility),
    strike,
    payoff: callPayoff(strike),
    barrier: { lower: barrier },
  });
  expect(fd.value).toBeCloseTo(exact, 3);
});

const surface = (() => {
  const forward = (t: number): number => 100 * Math.exp(0.03 * t);
  const built = buildSviSurface(
    [0.25, 0.5, 1, 1.5].map((expiry) => ({
      label: `${expiry}y`,
      expiry,
      forward: forward(expiry),
      quotes: Array.from({ length: 21 }, (_, i) => {
        const k = -0.5 + 0.05 * i;
        const w = sviVariance({ a: 0.01 * expiry, b: 0.1 * expiry, rho: -0.5, m: 0.02, sigma: 0.25 }, k);
        return { strike: forward(expiry) * Math.exp(k), volatility: Math.sqrt(w / expiry) };
      }),
    })),
  );
  if (!built.ok) throw new Error(built.message);
  return built.value;
})();

test.each([
  80, 100, 120,
])('local volatility gives the vanilla of strike %d back to its own surface', (strike) => {
  const local = localVolatility(surface, 100);
  const fd = finiteDifference({
    spot: 100,
    expiry: 1,
    rate: 0.03,
    yield: 0,
    volatility: local.at,
    volatilityScale: 0.3,
    strike,
    payoff: callPayoff(strike),
  });
  const implied = surfaceVolatility(surface, 1, Math.log(strike / surfaceForward(surface, 100, 1)));
  const exact = blackScholes({
    spot: 100,
    strike,
    expiry: 1,
    rate: 0.03,
    yield: 0,
    volatility: implied,
  }).call;
  expect(Math.abs(fd.value - exact)).toBeLessThan(0.01);
  expect(local.faults()).toBe(0);
});
