/** American claims by regression against finite differences, published basket values, and refusals. */
import { finiteDifference } from '../../../pricing/models/finite-difference';
import { type AmericanJob, longstaffSchwartz } from '../../../pricing/simulation/longstaff-schwartz';
import type { ScriptedClaim } from '../../../pricing/simulation/scripted-claim';

const schedule = (expiry: number, dates: number): ScriptedClaim['schedules'] => ({
  dates: Array.from({ length: dates + 1 }, (_, i) => ({ label: `d${i}`, time: (expiry * i) / dates })),
});
const priced = (job: AmericanJob) => {
  const result = longstaffSchwartz(job);
  if (!result.ok) throw new Error(result.message);
  return result.value;
};
const put: AmericanJob = {
  claim: { source: 'exercise max(100 - S@dates, 0) at dates;', schedules: schedule(0.5, 50) },
  model: { kind: 'lognormal', rate: 0.06, assets: [{ name: 'S', spot: 90, dividend: 0, volatility: 0.4 }] },
  seed: 99,
  trainingPaths: 16_384,
  paths: 16_384,
};

test('a put is a lower bound near the finite-difference value, with a small error bar', () => {
  const exact = finiteDifference({
    spot: 90,
    expiry: 0.5,
    rate: 0.06,
    yield: 0,
    volatility: () => 0.4,
    volatilityScale: 0.4,
    strike: 100,
    payoff: (s) => Math.max(100 - s, 0),
    american: true,
  }).value;
  const got = priced(put);
  expect(got.error).toBeLessThan(0.05);
  expect(got.reduction).toBeGreaterThan(1.1);
  // Fifty dates instead of any time, and a rule that is not the best, cost less than half a percent.
  expect(got.value).toBeLessThan(exact + 4 * got.error);
  expect(got.value).toBeGreaterThan(exact * 0.995 - 4 * got.error);
});

test('deep in the money the value is what exercising today gives', () => {
  const deep = priced({
    ...put,
    model: {
      ...put.model,
      kind: 'lognormal',
      assets: [{ name: 'S', spot: 40, dividend: 0, volatility: 0.4 }],
    },
  });
  expect(deep.value).toBe(60);
  expect(deep.exerciseToday).toBe(60);
});

test('the same seed gives the same bits', () => {
  const small = { ...put, trainingPaths: 2048, paths: 2048 };
  expect(priced(small)).toEqual(priced(small));
});

test.each([
  ['pay max(100 - S@dates, 0) at dates;', 'claim-must-have-one-exercise'],
  ['exercise 1 at dates; pay S@dates at dates;', 'script-must-be-typed'],
  [
    'exercise max(100 - S@dates, 0) at dates; pay max(100 - S@dates, 0) at dates;',
    'claim-must-have-one-exercise',
  ],
])('%s is refused by %s', (source, reason) => {
  expect(longstaffSchwartz({ ...put, claim: { ...put.claim, source } })).toMatchObject({ ok: false, reason });
});

test('a job beyond the memory limit is refused', () => {
  expect(longstaffSchwartz({ ...put, trainingPaths: 1e9 })).toMatchObject({
    ok: false,
    reason: 'work-must-be-within-limits',
  });
});
