/** Simulation: closed forms within error bars, the same bits on any number of threads, honest refusals. */
import { normalCdf } from '../../../pricing/math/normal';
import { hestonStrip } from '../../../pricing/models/heston-strip';
import { tabulateVolatility } from '../../../pricing/simulation/local-volatility-paths';
import { longstaffSchwartz } from '../../../pricing/simulation/longstaff-schwartz';
import {
  type MonteCarloJob,
  type MonteCarloResult,
  monteCarlo,
} from '../../../pricing/simulation/monte-carlo';
import type { LognormalPaths, PathModel } from '../../../pricing/simulation/path-model';
import type { ScriptedClaim } from '../../../pricing/simulation/scripted-claim';
import { monteCarloOnThreads } from '../../../pricing/simulation/threads';
import { evenNodes } from '../../../pricing/volatility/arbitrage';
import { localVolatility } from '../../../pricing/volatility/local-volatility';
import { sviVariance } from '../../../pricing/volatility/svi';
import { buildSviSurface, surfaceVolatility } from '../../../pricing/volatility/svi-surface';

const oneAsset = (volatility = 0.3): LognormalPaths => ({
  kind: 'lognormal',
  rate: 0.05,
  assets: [{ name: 'S', spot: 100, dividend: 0.02, volatility }],
});
const at = (...times: readonly number[]): ScriptedClaim['schedules'] => ({
  dates: times.map((time) => ({ label: `t${time}`, time })),
  end: [{ label: 'end', time: times[times.length - 1]! }],
});
const vanilla: ScriptedClaim = { source: 'pay max(S@end - 105, 0) at end;', schedules: at(1) };
const value = [{ name: 'value', weights: [1] }];
const jobOf = (claim: ScriptedClaim, model: PathModel, more: Partial<MonteCarloJob> = {}): MonteCarloJob => ({
  claim,
  controls: [],
  scenarios: [model],
  measures: value,
  seed: 2024,
  paths: 65_536,
  ...more,
});
const run = (job: MonteCarloJob): MonteCarloResult => {
  const result = monteCarlo(job);
  if (!result.ok) throw new Error(result.message);
  return result.value;
};
/** Four standard errors: a right engine fails it once in sixteen thousand seeds, and the seed is fixed. */
const within = (result: MonteCarloResult, exact: number, slack = 0): void => {
  const { value: got, error } = result.measures['value']!;
  expect(Math.abs(got - exact)).toBeLessThan(4 * error + slack);
};

const blackScholesCall = (s: number, k: number, volatility: number, t = 1, r = 0.05, q = 0.02): number => {
  const root = volatility * Math.sqrt(t);
  const d1 = (Math.log(s / k) + (r - q) * t) / root + root / 2;
  return s * Math.exp(-q * t) * normalCdf(d1) - k * Math.exp(-r * t) * normalCdf(d1 - root);
};

test('a vanilla call is Black–Scholes, and its forward as control makes the error smaller', () => {
  const plain = run(jobOf(vanilla, oneAsset()));
  const exact = blackScholesCall(100, 105, 0.3);
  within(plain, exact);
  const control = {
    claim: { source: 'pay S@end at end;', schedules: at(1) },
    expectations: [100 * Math.exp(-0.02)],
  };
  const controlled = run(jobOf(vanilla, oneAsset(), { controls: [control] }));
  within(controlled, exact);
  expect(controlled.measures['value']!.error).toBeLessThan(plain.measures['value']!.error);
});

test('a perfect control leaves no error', () => {
  const control = { claim: vanilla, expectations: [blackScholesCall(100, 105, 0.3)] };
  const { value: got, error } = run(jobOf(vanilla, oneAsset(), { controls: [control] })).measures['value']!;
  expect(got).toBeCloseTo(blackScholesCall(100, 105, 0.3), 9);
  expect(error).toBeLessThan(1e-6);
});

test('the geometric average is exact in closed form, and the arithmetic one is worth more', () => {
  const times = Array.from({ length: 12 }, (_, i) => (i + 1) / 12);
  const claim = (f: string): ScriptedClaim => ({
    source: `pay max(${f}(S@dates) - 100, 0) at end;`,
    schedules: at(...times),
  });
  const n = times.length;
  const mean = times.reduce((a, b) => a + b) / n;
  const variance = times.reduce((sum, t, i) => sum + t * (2 * (n - i) - 1), 0) / (n * n);
  const log = Math.log(100) + (0.05 - 0.02 - 0.045) * mean;
  const root = 0.3 * Math.sqrt(variance);
  const d2 = (log - Math.log(100)) / root;
  const exact =
    Math.exp(-0.05) * (Math.exp(log + (root * root) / 2) * normalCdf(d2 + root) - 100 * normalCdf(d2));
  const geometric = run(jobOf(claim('geometricMean'), oneAsset()));
  within(geometric, exact);
  const control = { claim: claim('geometricMean'), expectations: [exact] };
  const arithmetic = run(jobOf(claim('mean'), oneAsset(), { controls: [control] })).measures['value']!;
  expect(arithmetic.value).toBeGreaterThan(exact);
  expect(arithmetic.reduction).toBeGreaterThan(50);
});

test('two correlated assets: an exchange option is Margrabe, a swapped list of assets is the same contract', () => {
  const assets = [
    { name: 'A', spot: 100, dividend: 0.01, volatility: 0.3 },
    { name: 'B', spot: 95, dividend: 0.03, volatility: 0.2 },
  ];
  const correlation = [
    [1, 0.6],
    [0.6, 1],
  ];
  const claim = { source: 'pay max(A@end - B@end, 0) at end;', schedules: at(1) };
  const s = Math.sqrt(0.09 + 0.04 - 2 * 0.6 * 0.06);
  const d1 = (Math.log(100 / 95) + 0.02 + (s * s) / 2) / s;
  const exact = 100 * Math.exp(-0.01) * normalCdf(d1) - 95 * Math.exp(-0.03) * normalCdf(d1 - s);
  within(run(jobOf(claim, { kind: 'lognormal', rate: 0.05, assets, correlation })), exact);
  within(
    run(jobOf(claim, { kind: 'lognormal', rate: 0.05, assets: [...assets].reverse(), correlation })),
    exact,
  );
});

test('Heston paths by the quadratic-exponential scheme give the semi-analytic price, far from the Feller condition', () => {
  const parameters = { v0: 0.04, kappa: 1.5, theta: 0.06, sigma: 0.8, rho: -0.7 };
  const model: PathModel = {
    kind: 'heston',
    rate: 0.05,
    assets: [{ name: 'S', spot: 100, dividend: 0.02 }],
    parameters,
    stepsPerYear: 24,
  };
  const forward = 100 * Math.exp(0.03);
  const exact = hestonStrip({ parameters, forward, discount: Math.exp(-0.05), expiry: 1, strikes: [105] })
    .call[0]!;
  within(run(jobOf(vanilla, model, { paths: 16_384 })), exact, 0.02);
  const martingale = { source: 'pay S@end at end;', schedules: at(1) };
  within(run(jobOf(martingale, model, { paths: 8192 })), 100 * Math.exp(-0.02), 1e-3);
});

test('a flat table of local volatility is Black–Scholes', () => {
  const table = { times: [0], reference: 100, first: -1, step: 1, rows: [Float64Array.of(0.3, 0.3, 0.3)] };
  const model: PathModel = {
    kind: 'local-volatility',
    rate: 0.05,
    assets: [{ name: 'S', spot: 100, dividend: 0.02, table }],
    stepsPerYear: 4,
  };
  within(run(jobOf(vanilla, model)), blackScholesCall(100, 105, 0.3));
});

test("paths under a surface's local volatility give its vanillas back (Dupire)", () => {
  const smile = { a: 0.02, b: 0.12, rho: -0.5, m: 0, sigma: 0.3 };
  const built = buildSviSurface(
    [0.25, 0.5, 1, 1.5].map((expiry) => ({
      label: `${expiry}y`,
      expiry,
      forward: 100 * Math.exp(0.03 * expiry),
      quotes: evenNodes(0.6, 21).map((k) => ({
        strike: 100 * Math.exp(0.03 * expiry + k),
        volatility: Math.sqrt(sviVariance(smile, k)),
      })),
    })),
  );
  if (!built.ok) throw new Error(built.message);
  const surface = built.value;
  const times = Array.from({ length: 52 }, (_, i) => Math.max(i / 52, 1e-3));
  const { at: volatility } = localVolatility(surface, 100);
  const table = tabulateVolatility(volatility, { spot: 100, times, reach: 1.5, columns: 151 });
  const model: PathModel = {
    kind: 'local-volatility',
    rate: 0.05,
    assets: [{ name: 'S', spot: 100, dividend: 0.02, table }],
    stepsPerYear: 52,
  };
  for (const strike of [85, 105, 125]) {
    const implied = surfaceVolatility(surface, 1, Math.log(strike / 100) - 0.03);
    const claim = { source: `pay max(S@end - ${strike}, 0) at end;`, schedules: at(1) };
    // The slack is the bias of weekly Euler steps.
    within(run(jobOf(claim, model, { paths: 16_384 })), blackScholesCall(100, strike, implied), 0.03);
  }
});

test('a difference of scenarios has its own, much smaller, error bar', () => {
  const [up, down] = [101, 99].map((spot): LognormalPaths => {
    const base = oneAsset();
    return { ...base, assets: [{ ...base.assets[0]!, spot }] };
  });
  const result = run(
    jobOf(vanilla, oneAsset(), {
      scenarios: [oneAsset(), up!, down!],
      measures: [
        { name: 'value', weights: [1, 0, 0] },
        { name: 'delta', weights: [0, 0.5, -0.5] },
      ],
    }),
  );
  const exact = (blackScholesCall(101, 105, 0.3) - blackScholesCall(99, 105, 0.3)) / 2;
  expect(Math.abs(result.measures['delta']!.value - exact)).toBeLessThan(4 * result.measures['delta']!.error);
  expect(result.measures['delta']!.error).toBeLessThan(0.1 * result.measures['value']!.error);
});

test('one, two and three threads give the same bits as none', async () => {
  const job = jobOf(
    { source: 'pay max(mean(S@dates) - 100, 0) at end;', schedules: at(0.5, 1) },
    oneAsset(),
    { paths: 8192 },
  );
  const alone = run(job);
  for (const threads of [1, 2, 3]) {
    expect(await monteCarloOnThreads(job, { threads })).toEqual({ ok: true, value: alone });
  }
  expect(run({ ...job, seed: 1 }).measures['value']!.value).not.toBe(alone.measures['value']!.value);
});

test('fixings of the past are data: they count, and a missing one is refused', () => {
  const claim: ScriptedClaim = {
    source: 'pay mean(S@dates) at end;',
    schedules: {
      dates: [
        { label: '2025-01-10', time: -0.1 },
        { label: '2026-01-10', time: 0.9 },
      ],
      end: [{ label: '2026-01-10', time: 0.9 }],
    },
  };
  expect(monteCarlo(jobOf(claim, oneAsset()))).toMatchObject({
    ok: false,
    reason: 'fixing-must-be-known',
    message: expect.stringContaining('S on 2025-01-10'),
  });
  const fixed = { ...claim, fixings: [{ asset: 'S', label: '2025-01-10', value: 80 }] };
  within(run(jobOf(fixed, oneAsset())), Math.exp(-0.045) * (40 + 50 * Math.exp(0.027)));
});

test.each([
  [{ paths: 0 }, 'paths-must-be-within-limits'],
  [{ paths: 1e9 }, 'paths-must-be-within-limits'],
  [
    { scenarios: [{ ...oneAsset(), assets: [{ name: 'S', spot: -1, dividend: 0, volatility: 0.2 }] }] },
    'path-model-must-be-valid',
  ],
  [{ claim: { ...vanilla, source: 'exercise S@end at end;' } }, 'exercise-needs-regression'],
  [{ claim: { ...vanilla, schedules: { end: [] } } }, 'schedule-must-have-dates'],
  [{ claim: { ...vanilla, schedules: at(1, 0.5) } }, 'schedule-dates-must-rise'],
])('%j is refused by %s', (change, reason) => {
  expect(monteCarlo(jobOf(vanilla, oneAsset(), change))).toMatchObject({ ok: false, reason });
});

const pairUnder = (correlation: readonly (readonly number[])[]): PathModel => ({
  kind: 'lognormal',
  rate: 0.05,
  assets: ['S', 'B'].map((name) => ({ name, spot: 100, dividend: 0, volatility: 0.2 })),
  correlation,
});
const hestonUnder = (change: object): PathModel => ({
  kind: 'heston',
  rate: 0.05,
  assets: [{ name: 'S', spot: 100, dividend: 0 }],
  parameters: { v0: 0.04, kappa: 1, theta: 0.04, sigma: 0.5, rho: -0.5, ...change },
  stepsPerYear: 12,
});

test.each([
  [
    'asymmetric',
    pairUnder([
      [1, 0.5],
      [0.4, 1],
    ]),
    'differ: 0.4 and 0.5',
  ],
  [
    'a diagonal that is not one',
    pairUnder([
      [1, 0.5],
      [0.5, 2],
    ]),
    'with itself is 2',
  ],
  [
    'no correlation at all',
    pairUnder([
      [1, -1.5],
      [-1.5, 1],
    ]),
    'not positive semi-definite',
  ],
  ['not square', pairUnder([[1, 0.5]]), 'not 2 rows of 2'],
  ['a broken Heston', hestonUnder({ rho: 3 }), 'rho is 3'],
  ['no volatility', oneAsset(Number.NaN), 'volatility NaN'],
])('a model with %s is refused before any path is made', (_, model, message) => {
  const refused = {
    ok: false,
    reason: 'path-model-must-be-valid',
    message: expect.stringContaining(message),
  };
  expect(monteCarlo(jobOf(vanilla, model))).toMatchObject(refused);
  const claim = { ...vanilla, source: 'exercise S@end at end;' };
  expect(longstaffSchwartz({ claim, model, seed: 1, trainingPaths: 1024, paths: 1024 })).toMatchObject(
    refused,
  );
});

test('bumping spot leaves the local volatility of a price where it is', () => {
  const rows = [Float64Array.of(0.5, 0.3, 0.1)];
  const table = { times: [0], reference: 100, first: -0.5, step: 0.5, rows };
  const spots = (spot: number): number => {
    const model: PathModel = {
      kind: 'local-volatility',
      rate: 0,
      assets: [{ name: 'S', spot, dividend: 0, table }],
      stepsPerYear: 1000,
    };
    const claim = { source: 'pay log(S@end / 100) ^ 2 at end;', schedules: at(0.001) };
    return run(jobOf(claim, model, { paths: 8192 })).measures['value']!.value;
  };
  // One short step from 100: the variance is that of the table there; from 100·e^0.25 that of the table a column up.
  expect(spots(100)).toBeCloseTo(0.001 * 0.09, 5);
  const up = 100 * Math.exp(0.25);
  expect(spots(up) - 0.25 ** 2).toBeCloseTo(0.001 * 0.04 * (1 - 0.25), 5);
});
