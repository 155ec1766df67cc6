/** `start` as people and scripts run it: lines, JSON, ends of every kind, and what is there afterwards. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TailRecord } from '../../app/access';
import { runCommand, startCommand } from '../support/command-line';
import { inLongRuns } from '../support/long-runs';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const config = at('breakwater.json');

/** ClickHouse takes a second to start; its own tests are elsewhere. */
beforeAll(() =>
  writeFileSync(config, JSON.stringify({ dataFolder: 'data', clickhouse: { enabled: false } })),
);

const breakwater = (...args: string[]) => runCommand([...args, '--config', config]);
const start = (...args: string[]) => startCommand(['start', '--config', config, '--port', '0', ...args]);

async function executionsIn(dir: string): Promise<string[]> {
  const { stdout } = await breakwater('tail', 'ledger.fills', '--from', 'start', '--json', '--dir', at(dir));
  const records = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TailRecord);
  return records.map(({ record }) => String(record!['executionId']));
}

describe('start', () => {
  test('shows lines, ends by itself, and sums up', async () => {
    const { code, stdout } = await start('--for', '2s', '--dir', at('lines')).finished;
    expect(code).toBe(0);
    expect(stdout).toMatch(/ARB-1 USD: realised/);
    expect(stdout).toMatch(/ran 2\.\d s: [\d,]+ records in/);
    // Standard output is no terminal here.
    expect(stdout).not.toContain('\x1b');
  });

  test('gives JSON lines and a summary', async () => {
    const { stdout } = await start('--for', '2s', '--json', '--dir', at('json')).finished;
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(lines[0]).toMatchObject({ type: 'accounts' });
    expect(lines.at(-1)).toMatchObject({ type: 'summary', deadLetters: 0, troubles: [] });
  });

  test('killed, goes on where it was: no execution is lost, none told twice but by the market', async () => {
    const dir = at('killed');
    for (let round = 0; round < inLongRuns(3, 1); round += 1) {
      const run = start('--json', '--dir', dir, '--rate', '20000');
      await run.said(/"positions":[1-9][\s\S]*\n[\s\S]*\n/);
      run.child.kill('SIGKILL');
      await run.finished;
    }
    const { code, stdout } = await start('--for', '1s', '--json', '--dir', dir).finished;
    expect(code).toBe(0);
    const summary = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as { simulated: number };
    const ids = (await executionsIn('killed')).filter((id) => /^SIM-\d+$/.test(id));
    const numbers = [...new Set(ids)].map((id) => Number(id.slice(4)));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    // Events before the kills are not made again: there are more than the last run made.
    expect(numbers.length * 32).toBeGreaterThan(summary.simulated * 2);
    expect((await breakwater('check', dir)).code).toBe(0);
  });

  test('stops cleanly at SIGINT, with a summary', async () => {
    const run = start('--json', '--dir', at('interrupted'));
    await run.said('accounts');
    run.child.kill('SIGINT');
    const { code, stdout } = await run.finished;
    expect(code).toBe(0);
    expect(stdout).toContain('"type":"summary"');
  });

  test('says which port is taken, and what to do', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await startCommand([
      'start',
      '--config',
      config,
      '--dir',
      at('port'),
      '--port',
      String(port),
    ]).finished;
    server.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`port ${port} of 127.0.0.1, for metrics and health, is taken`);
    expect(stderr).toContain('--port 0');
  });

  test('refuses a folder that another process holds', async () => {
    const run = start('--json', '--dir', at('held'));
    await run.said('accounts');
    const { code, stderr } = await start('--json', '--dir', at('held')).finished;
    run.child.kill('SIGTERM');
    await run.finished;
    expect(code).toBe(1);
    expect(stderr).toContain(at('held'));
    expect(stderr).toContain(String(run.child.pid));
  });
});
