import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inLongRuns } from '../support/long-runs';
import type { Sabotage } from './commit-thread';
import { runRounds } from './rounds';

const ROUNDS = inLongRuns(20, 6);
const BATCHES = inLongRuns(1_500, 400);

describe('law 6 atomic epochs: kill -9', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'breakwater-crash-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test(`${ROUNDS} deaths, at named instants and at random ones, lose nothing and double nothing`, async () => {
    const { deaths, findings } = await runRounds({
      dir,
      batches: BATCHES,
      rounds: ROUNDS,
      seed: 20_240_601,
    });
    const all = Object.values(deaths).reduce((sum, count) => sum + count, 0);
    const inCommits = all - (deaths['outside'] ?? 0) - (deaths['starting'] ?? 0);

    expect(findings).toEqual([]);
    expect(all).toBe(ROUNDS);
    expect(inCommits / all).toBeGreaterThanOrEqual(0.2);
  }, 300_000);

  test.each<Sabotage>([
    'progress-before-outputs',
    'table-outside-transaction',
  ])('the test would notice %s', async (sabotage) => {
    const { findings } = await runRounds({
      dir,
      batches: 200,
      rounds: 3,
      seed: 7,
      sabotage,
    });

    expect(findings).not.toEqual([]);
  }, 120_000);
});
