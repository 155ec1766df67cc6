/** `start` on worker threads: the configuration decides how a new folder is divided, and is held to it later. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, startCommand } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';

const dir = temporaryFolder();

function configOf(name: string, options: object): string {
  const file = join(dir, `${name}.json`);
  const common = { http: { enabled: false }, clickhouse: { enabled: false }, simulator: { enabled: false } };
  writeFileSync(file, JSON.stringify({ ...common, ...options }));
  return file;
}

const instruments = ['IBM', 'AIG', 'BAC', 'SPY'];
const accounts = ['alpha', 'beta', 'gamma'];
const file = (name: string, lines: readonly string[]): string => {
  writeFileSync(join(dir, name), `${lines.join('\n')}\n`);
  return join(dir, name);
};

interface Summary {
  readonly troubles: readonly string[];
  readonly accounts: readonly {
    readonly account: string;
    readonly realised: number;
    readonly positions: number;
  }[];
}

/** Produces while the job runs, and answers its summary. */
async function ran(config: string, folder: string): Promise<Summary> {
  const place = ['--config', config, '--dir', join(dir, folder)];
  const running = startCommand(['start', '--json', ...place]);
  await running.said('"type"');
  await runCommand([
    'produce',
    'reference.instruments',
    file(
      'i.ndjson',
      instruments.map((name) =>
        JSON.stringify({
          instrument: name,
          name,
          currency: 'USD',
          multiplier: '1',
          kind: 'Equity',
          inverse: false,
        }),
      ),
    ),
    ...place,
  ]);
  const fills = accounts.flatMap((account, at) =>
    instruments.map(
      (instrument, index) =>
        `E${at}${index},New,${account},${instrument},${index % 2 === 0 ? 10 : -10},${100 + index},1,USD,XNYS,2026-11-30T20:0${index}:00Z`,
    ),
  );
  const head = 'executionId,kind,account,instrument,quantity,price,fee,feeCurrency,venue,time';
  const made = await runCommand(['produce', 'ledger.fills', file('f.csv', [head, ...fills]), ...place]);
  expect(made.stderr).not.toContain('breakwater:');
  await running.said(/"account":"gamma"[^}]*"positions":4/);
  running.child.kill('SIGINT');
  const { stdout, code } = await running.finished;
  expect(code).toBe(0);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Summary;
}

test('two by two tasks on two threads say what one task says; counts are held to, threads are not', async () => {
  const one = await ran(configOf('one', {}), 'fused');
  const many = configOf('many', { workers: 2, partitions: { instruments: 2, accounts: 3 } });
  const other = await ran(many, 'divided');
  expect(other.troubles).toEqual([]);
  expect(other.accounts).toEqual(one.accounts);
  expect(other.accounts).toHaveLength(3);

  const place = ['--dir', join(dir, 'divided')];
  const checked = await runCommand(['check', '--json', '--config', many, ...place]);
  expect(JSON.parse(checked.stdout)).toMatchObject({
    checked: { tasks: 6 },
    damage: [],
    notes: ['accounts and venues: not listed, names are allotted'],
  });
  const wrong = configOf('wrong', { partitions: { instruments: 4, accounts: 3 } });
  const refused = await runCommand(['start', '--for', '1s', '--json', '--config', wrong, ...place]);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(
    'were created with 2 partitions by instrument and 3 by account, and the configuration wants 4 partitions by instrument',
  );
  const single = configOf('single', { workers: 1 });
  const again = await runCommand(['start', '--for', '1s', '--json', '--config', single, ...place]);
  const last = JSON.parse(again.stdout.trim().split('\n').at(-1)!) as Summary;
  expect(last.accounts).toEqual(one.accounts);
}, 120_000);
