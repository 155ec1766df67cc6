/** Rules of marks are what the configuration says, and otherwise as usual; what cannot be meant is refused with its path. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jobOptionsOf, loadConfig } from '../../app/config';
import { USUAL_RULES } from '../../operators/marks/rules';
import { runCommand } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const file = join(folder, 'breakwater.json');

function rulesFrom(rules: unknown) {
  writeFileSync(file, JSON.stringify({ marks: { rules } }));
  return jobOptionsOf(loadConfig({ file, cwd: folder })).markRules;
}

test('a kind has the rules that are told, and the others of its own', () => {
  const rules = rulesFrom({
    Option: { staleAfterSeconds: 60 },
    Crypto: { consolidate: 'latest', narrow: 2 },
  });
  expect(rules.Option).toEqual({ ...USUAL_RULES.Option, staleAfterMicros: 60_000_000 });
  expect(rules.Crypto).toEqual({ ...USUAL_RULES.Crypto, consolidate: 'latest', narrow: 2 });
  expect(rules.Equity).toEqual(USUAL_RULES.Equity);
  expect(rulesFrom({})).toEqual(USUAL_RULES);
});

test.each([
  [{ Options: {} }, /Options/],
  [{ Option: { stale: 1 } }, /stale/],
  [{ Option: { staleAfterSeconds: 0 } }, /Option\.staleAfterSeconds/],
  [{ Fx: { wideSpread: -0.1 } }, /Fx\.wideSpread/],
  [{ Fx: { wideSpread: 0.5 } }, /beyond absurdSpread, 0\.3[\s\S]*Fx\.wideSpread/],
  [{ Fx: { absurdSpread: 3 } }, /Fx\.absurdSpread/],
  [{ Fx: { consolidate: 'mean' } }, /Fx\.consolidate/],
  [{ Fx: { signed: 'yes' } }, /Fx\.signed/],
])('%j is refused, with its path', (rules, says) => {
  expect(() => rulesFrom(rules)).toThrow(says);
});

test('a replay marks by them', async () => {
  const at = (second: number) => `2026-03-02T10:00:${String(second).padStart(2, '0')}Z`;
  const quotes = [
    { instrument: 'ACME', venue: 'XNYS', bid: 100, bidSize: 1, ask: 102, askSize: 1, time: at(0) },
    { instrument: 'ACME', venue: 'XNYS', bid: 100, bidSize: 1, ask: 130, askSize: 1, time: at(1) },
  ];
  writeFileSync(
    join(folder, 'quotes.ndjson'),
    quotes
      .map((row) => JSON.stringify(row))
      .join('\n')
      .concat('\n'),
  );
  const instruments = [{ name: 'ACME', currency: 'USD', kind: 'Equity' }];
  const inputs = [{ format: 'records', file: 'quotes.ndjson', topic: 'market.quotes' }];
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ instruments, inputs }));
  const marked = async (dir: string, rules: object) => {
    writeFileSync(file, JSON.stringify({ marks: { rules } }));
    const place = ['--dir', join(folder, dir), '--config', file];
    const done = await runCommand(['replay', join(folder, 'manifest.json'), '--no-clickhouse', ...place]);
    expect(done.stderr).toBe('');
    const { stdout } = await runCommand(['tail', 'market.marks', '--from', 'start', '--json', ...place]);
    return JSON.parse(stdout.trim().split('\n').at(-1)!).record;
  };
  expect(await marked('usual', {})).toMatchObject({ quality: 'Wide', price: 115 });
  expect(await marked('strict', { Equity: { absurdSpread: 0.2 } })).toMatchObject({
    quality: 'Stale',
    price: 101,
  });
  const before = ['--dir', join(folder, 'usual'), '--config', file];
  const again = await runCommand(['replay', join(folder, 'manifest.json'), '--no-clickhouse', ...before]);
  expect(again.code).toBe(2);
}, 120_000);
