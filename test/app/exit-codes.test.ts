/** What a script can tell by an exit code: 2, nothing was done; 1, it did not work, and what was done before stays. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programFor } from '../../app/commands';
import { loadConfig } from '../../app/config';
import { openAccess } from '../../app/open-access';
import { systemClock } from '../../app/system-clock';
import { root, runCommand, startCommand } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const HEADER = 'executionId,kind,account,instrument,quantity,fee,feeCurrency,venue,time,price';
const line = (id: string, instrument: string): string =>
  `${id},New,alpha,${instrument},10,0,USD,N,2026-03-02T15:00:00Z,100`;

writeFileSync(at('instruments.csv'), 'instrument,name,currency,multiplier\nIBM,IBM,USD,1\n');
writeFileSync(at('unlisted.csv'), [HEADER, line('e-1', 'IBM'), line('e-2', 'IBN'), ''].join('\n'));
writeFileSync(at('no-name.txt'), 'a\n');
/** In this process: what a command throws has the code that the process ends with. */
async function ended(
  ...words: readonly string[]
): Promise<{ readonly exitCode?: number; readonly message?: string }> {
  try {
    await programFor(words, '0').parseAsync(words, { from: 'user' });
    return {};
  } catch (error) {
    return error as { readonly exitCode: number };
  }
}

const input = (file: string) => ({ format: 'records', file, topic: 'ledger.fills' });
const manifest = (name: string, file: string, rest: object = {}): string => {
  const instruments = [{ name: 'IBM', currency: 'USD' }];
  writeFileSync(at(name), JSON.stringify({ instruments, inputs: [input(file)], ...rest }));
  return at(name);
};

describe('2: nothing was done, and no folder is made', () => {
  const nowhere = at('nowhere');
  test.each([
    ['produce of a file that is not there', ['produce', 'ledger.fills', at('none.csv')]],
    ['produce of a folder', ['produce', 'ledger.fills', folder, '--format', 'csv']],
    ['produce of a file of no format', ['produce', 'ledger.fills', at('no-name.txt')]],
    ['produce to a topic of the job', ['produce', 'ledger.positions', at('unlisted.csv')]],
    ['a replay without its manifest', ['replay', at('none.json')]],
    ['a replay without one of its files', ['replay', manifest('missing.json', 'none.csv')]],
    ['a replay of a file of no format', ['replay', manifest('format.json', 'no-name.txt')]],
    ['a price of a file that is not there', ['price', at('none.json')]],
    ['reference data that are not there', ['reference', 'load', at('none'), '--why', 'a test']],
  ])('%s', async (_, words) => {
    const place = words[0] === 'price' ? [] : ['--dir', nowhere];
    expect(await ended(...words, ...place)).toMatchObject({ name: 'CommandError', exitCode: 2 });
    expect(existsSync(nowhere)).toBe(false);
  });
});

describe('1: a record is refused, what came before it stays', () => {
  test('by produce', async () => {
    const place = ['--dir', at('produced')];
    await runCommand(['produce', 'reference.instruments', at('instruments.csv'), ...place]);
    expect(await runCommand(['produce', 'ledger.fills', at('unlisted.csv'), ...place])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/row 3, .*"IBN" is not in reference data/),
    });
    const { stdout } = await runCommand(['tail', 'ledger.fills', '--from', 'start', '--json', ...place]);
    expect(stdout.match(/"executionId":"e-\d"/g)).toEqual(['"executionId":"e-1"']);
  });

  test('by a replay', async () => {
    const words = ['replay', manifest('of.json', 'unlisted.csv'), '--dir', at('replayed'), '--no-clickhouse'];
    expect(await runCommand(words)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/row 3, .*"IBN" is not in reference data/),
    });
  });
});

test('reference data in a pipe are taken, however often they are sent', () => {
  const main = join(root, 'dist', 'app', 'main.js');
  const send = (text: string): string =>
    execFileSync(
      process.execPath,
      [main, 'produce', 'reference.instruments', '-', '--format', 'csv', '--dir', at('piped')],
      { input: text, encoding: 'utf8' },
    );
  const listed = 'instrument,name,currency,multiplier\nES,ES,USD,50\nNQ,NQ,USD,20\n';
  expect(send(listed)).toContain('2 records appended, up to row 3');
  expect(send(`${listed}YM,YM,USD,5\n`)).toContain('3 records appended, up to row 4');
});

test('of two commands at once the one waits for the other', async () => {
  const config = { ...loadConfig({ cwd: folder }), dataFolder: at('two') };
  const first = await openAccess({ config, clock: systemClock, create: true });
  const second = startCommand(['readers', '--json', '--dir', at('two')]);
  // Long enough for the second to find the folder held.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await first.close();
  expect(await second.finished).toMatchObject({ code: 0, stderr: '' });
});
