/** The whole system in memory, a thousand times faster than life, killed at any instant: `npm run test:long` kills more often. */
import { inLongRuns } from '../support/long-runs';
import { simulate } from './simulate';

const LIVES = 25;
const SEEDS = inLongRuns(450, 8);

test('laws 6, 7, 8 and 13: whatever dies, fails or jumps, every amount counts once, in tables too, and every run can be run again', async () => {
  const deaths: Record<string, number> = {};
  const inserts: Record<string, number> = {};
  let sent = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const simulated = await simulate({ seed, lives: LIVES });
    if (simulated.findings.length > 0)
      throw new Error(`seed ${seed}, ${LIVES} lives:\n${simulated.findings.slice(0, 10).join('\n')}`);
    for (const [where, count] of Object.entries(simulated.deaths))
      deaths[where] = (deaths[where] ?? 0) + count;
    for (const [fault, count] of Object.entries(simulated.inserts))
      inserts[fault] = (inserts[fault] ?? 0) + count;
    sent += simulated.sent;
  }
  const { stopped = 0, ...killed } = deaths;
  const all = Object.values(killed).reduce((sum, count) => sum + count, 0);
  expect(all).toBeGreaterThan(SEEDS * LIVES * 0.8);
  expect(stopped).toBeGreaterThan(0);
  expect(sent).toBeGreaterThan(SEEDS * LIVES);
  for (const where of ['commit, before', 'commit, after', 'append, before', 'append, after', 'between'])
    expect(killed[where]).toBeGreaterThan(0);
  for (const where of ['bookmark, before', 'bookmark, after', 'database'])
    expect(killed[where]).toBeGreaterThan(0);
  for (const fault of ['refused', 'unanswered', 'some days', 'twice', 'hangs'])
    expect(inserts[fault]).toBeGreaterThan(0);
}, 600_000);

test.each([
  'outputs-without-tables',
  'progress-lost',
  'append-twice',
  'torn-epoch',
  'cut-forgotten',
] as const)('the simulation would notice a store that breaks its promise: %s', async (sabotage) => {
  const found: string[] = [];
  for (let seed = 1; seed <= 5 && found.length === 0; seed += 1)
    found.push(...(await simulate({ seed, lives: LIVES, sabotage })).findings);
  expect(found).not.toEqual([]);
}, 120_000);
