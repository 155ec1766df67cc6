/** The commands as people and scripts use them, beside a running job and without one. */
import { closeSync, existsSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { TailRecord } from '../../app/access';
import { runCommand, startCommand } from '../support/command-line';
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

describe('beside a running job and without one', () => {
  const dir = at('beside');
  const instruments = 'instrument,name,currency,multiplier,inverse,kind\nXYZ,XYZ,USD,10,false,Future\n';
  const fills = [
    'executionId,kind,account,instrument,quantity,price,fee,feeCurrency,venue,time',
    'E-1,New,DESK,XYZ,3,100.25,1.5,USD,XCME,2026-11-20T10:00:00Z',
    'E-2,New,DESK,XYZ,-1,101,0.5,USD,XCME,2026-11-20T10:00:01Z',
  ];

  test('produce, tail, skip and check go through the socket of the one that holds the folder', async () => {
    writeFileSync(at('instruments.csv'), instruments);
    writeFileSync(at('fills.csv'), `${fills.join('\n')}\n`);
    const run = start('--json', '--no-simulator', '--dir', dir);
    await run.said('accounts');
    expect(
      await breakwater('produce', 'reference.instruments', at('instruments.csv'), '--dir', dir),
    ).toMatchObject({ code: 0 });
    const produced = await breakwater('produce', 'ledger.fills', at('fills.csv'), '--dir', dir);
    expect(produced.stdout).toBe('ledger.fills: 2 records appended, up to row 3\n');
    await run.said(/"account":"DESK".*"positions":1/);
    const { stdout } = await breakwater('tail', 'ledger.positions', '--json', '--dir', dir);
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as TailRecord);
    expect(records.at(-1)!.record).toMatchObject({
      account: 'DESK',
      instrument: 'XYZ',
      quantity: '2',
      realisedPnl: '5.5',
    });
    const checked = await breakwater('check', dir);
    expect(checked).toMatchObject({ code: 0 });
    expect(checked.stdout).toContain('the job is running');
    const read = await breakwater('skip', 'ledger.fills/0/1', '--why', 'a test', '--dir', dir);
    expect(read.code).not.toBe(0);
    expect(read.stderr).toContain('ledger.fills');
    const nothing = await breakwater('skip', 'ledger.fills/0/99', '--why', 'a test', '--dir', dir);
    expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('no 99') });
    run.child.kill('SIGKILL');
    await run.finished;
  });

  test('without ClickHouse nobody holds anything back', async () => {
    expect(await breakwater('readers', '--dir', dir)).toMatchObject({
      code: 0,
      stdout: 'no sink has begun\n',
    });
    const unknown = await breakwater('readers', '--forget', 'clickhouse.fills/0', '--dir', dir);
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no reader') });
  });

  test('a socket left behind by a process that died is no obstacle', async () => {
    expect(existsSync(join(dir, 'breakwater.sock'))).toBe(true);
    const again = await breakwater('produce', 'ledger.fills', at('fills.csv'), '--dir', dir);
    expect(again.stdout).toBe('ledger.fills: 0 records appended, 2 were there already, up to row 3\n');
  });

  test('a file that has grown is gone on with behind what was taken', async () => {
    writeFileSync(
      at('fills.csv'),
      `${[...fills, 'E-3,New,DESK,XYZ,1,99,0,USD,XCME,2026-11-20T10:00:02Z'].join('\n')}\n`,
    );
    const grown = await breakwater('produce', 'ledger.fills', at('fills.csv'), '--dir', dir, '--json');
    expect(JSON.parse(grown.stdout)).toMatchObject({ appended: 1, before: 2, row: 4 });
    const { stdout } = await breakwater('tail', 'ledger.fills', '--from', '-1', '--headers', '--dir', dir);
    expect(stdout).toMatch(
      /executionId=E-3 kind=New refersTo=– account=DESK instrument=XYZ quantity=1 price=99/,
    );
    expect(stdout).toMatch(/ce_type:breakwater\.ledger\.fill/);
  });

  test('a damaged folder is said to be so, with exit code 3', async () => {
    const data = join(dir, 'data.mdb');
    const bytes = readFileSync(data);
    expect(bytes.includes('E-3')).toBe(true);
    const handle = openSync(data, 'r+');
    // Everywhere: some of these pages are free by now.
    for (let place = bytes.indexOf('E-3'); place >= 0; place = bytes.indexOf('E-3', place + 1))
      writeSync(handle, 'E-4', place);
    closeSync(handle);
    const { code, stderr } = await breakwater('check', dir);
    expect(code).toBe(3);
    expect(stderr).toContain('is damaged');
  });
});

describe('what is wrong is said at once, with exit code 2', () => {
  test('every mistake of a configuration, with its path', async () => {
    writeFileSync(
      at('wrong.json'),
      JSON.stringify({ dataFoldr: 'x', http: { port: 'high' }, logs: { level: 'loud' } }),
    );
    const { code, stderr } = await runCommand(['start', '--config', at('wrong.json')]);
    expect(code).toBe(2);
    for (const mistake of ['"dataFoldr"', 'http.port', 'logs.level']) expect(stderr).toContain(mistake);
  });

  test.each([
    { args: ['tail', 'ledger.positons'], said: 'there is no topic "ledger.positons"' },
    { args: ['tail', 'ledger.positions', '--from', 'yesterday'], said: '"start", an offset' },
    { args: ['tail', 'ledger.positions'], said: 'there is no data folder' },
    { args: ['skip', 'ledger.fills', '--why', 'x'], said: 'is no place like ledger.fills/0/1204' },
    { args: ['start', '--for', 'ever'], said: 'Write a duration' },
    { args: ['strat'], said: "unknown command 'strat'" },
  ])('$args', async ({ args, said }) => {
    const { code, stderr } = await breakwater(...args);
    expect(stderr).toContain(said);
    expect(code).toBe(2);
  });
});

test('every command has help with examples', async () => {
  const commands = [
    'start',
    'replay',
    'produce',
    'tail',
    'query',
    'check',
    'skip',
    'readers',
    'late',
    'reference',
  ];
  const helps = await Promise.all(commands.map((command) => runCommand([command, '--help'])));
  for (const { code, stdout } of helps) {
    expect(code).toBe(0);
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain('Exit codes: 0 done; 1 it did not work');
    // What is taken where nothing is said is told as people would say it.
    expect(stdout).not.toMatch(/default: \{|default: 1000/);
  }
});

test('a command below a command tells a wrong command line with the same exit code', async () => {
  expect((await runCommand(['reference', 'load', 'folder'])).code).toBe(2);
  expect((await runCommand(['late', 'list', '--bogus'])).code).toBe(2);
});

test('a topic that there is not is told with the one that was meant', async () => {
  const { code, stderr } = await runCommand(['tail', 'ledger.position']);
  expect(stderr).toContain('Did you mean ledger.positions?');
  expect(code).toBe(2);
});

test('where a file system makes no folder, the refusal comes at once', async () => {
  const { code, stderr } = await runCommand(['start', '--dir', '/proc/breakwater', '--for', '1s']);
  expect(stderr).toContain('cannot open the data folder /proc/breakwater');
  expect(code).toBe(1);
});
