/** A data folder of an earlier version, on the command line: refused with what to do, upgraded, and as it was. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { judgedAnew } from '../../app/judged-anew';
import { runCommand } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';
import saved from './formats/format-1.json';

const dir = temporaryFolder();
const config = join(dir, 'breakwater.json');

const run = (...words: readonly string[]) => runCommand([...words, '--dir', dir, '--config', config]);

test('a folder of format 1 is upgraded by its command, and holds what it held', async () => {
  for (const [name, text] of Object.entries(saved.files))
    writeFileSync(join(dir, name), brotliDecompressSync(Buffer.from(text, 'base64')));
  writeFileSync(config, '{"clickhouse":{"enabled":false},"http":{"enabled":false}}');
  const refused = await run('check');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('say "breakwater upgrade"');

  const upgraded = await run('upgrade', '--json');
  expect(upgraded.stderr).toBe('');
  expect(JSON.parse(upgraded.stdout)).toMatchObject({
    ...{ from: 1, to: 2, tasks: 1, unknown: [], refused: [] },
    rebuilt: [expect.stringContaining('"marks", "volumes", "positions", "pnl"')],
    notes: [],
  });
  const again = await run('upgrade', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ from: 2, to: 2, rebuilt: [], refused: [] });

  expect((await run('check')).stdout).toContain('is as it was written');
  const { stdout } = await run('tail', 'ledger.positions', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    offset: 0,
    record: { account: 'alpha', instrument: 'IBM', quantity: '60', cost: '10875', realisedPnl: '28.6' },
  });
  const present = await run('retire', 'positions');
  expect(present.stderr).toContain('say "breakwater rebuild positions"');

  const started = await run('start', '--no-simulator', '--for', '2s', '--json');
  expect(started.code).toBe(0);
  const summary = JSON.parse(started.stdout.trim().split('\n').at(-1)!);
  expect(summary).toMatchObject({ type: 'summary', deadLetters: 0, troubles: [], positions: 1 });
  const history = await run('tail', 'ledger.positions', '--json');
  const held = history.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).record)
    .filter((record) => record !== null);
  expect(held.at(-1)).toMatchObject({
    account: 'alpha',
    instrument: 'IBM',
    ...held[0],
    knownAt: expect.anything(),
    // A folder of format 1 knew neither lots nor when a position began: they come of the fills, here of one purchase.
    since: '2026-11-30T20:00:00.000000Z',
    lots: 1,
    fifoCost: held[0].cost,
    fifoRealisedPnl: held[0].realisedPnl,
  });
  const unknown = await run('retire', 'positoins');
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toContain(
    'There are risk, marks, volumes, positions, cash, pnl, valuations, exposures, limits, bars, greeks, scope_greeks, firm_totals.',
  );
  expect((await run('check')).stdout).toContain('is as it was written');
}, 60_000);

test('fills that an earlier version refused are counted over all partitions, for this one may take some', () => {
  const log = {
    topics: () =>
      [
        { name: 'ledger.refused_fills', partitions: 2, kind: 'event', layout: 'rows', retentionHours: 1 },
      ] as const,
    ends: ({ partition }: { readonly partition: number }) => ({ first: 0, next: 3 + partition }),
  };
  expect(judgedAnew(log)).toEqual([expect.stringContaining('7 fills were refused by earlier versions')]);
  expect(judgedAnew({ ...log, topics: () => [] })).toEqual([]);
});
