/** A fill allots no name: what reference data do not have waits, is told with the nearest, and is refused by name. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Access } from '../../app/access';
import { type Folder, openFolder } from '../../app/folder';
import { FolderAccess } from '../../app/folder-access';
import { KnownNames, type NewNames } from '../../app/known-names';
import type { Patience } from '../../app/produce-door';
import { systemClock } from '../../app/system-clock';
import { fills } from '../../schemas/ledger';
import { accounts, instruments } from '../../schemas/reference';
import { instrumentUntold } from '../../schemas/untold';
import type { FeedRecord, FeedRow } from '../../sources/feed';
import { defaultOf } from '../../sources/field-text';
import { recordFields } from '../../sources/record-fields';
import { runCommand } from '../support/command-line';
import { memoryFolder } from '../support/memory-folder';
import { temporaryFolder } from '../support/temporary-folder';
import { testClock } from '../support/test-clock';

const NOW = Date.parse('2026-11-30T12:00:00Z') * 1000;
const dir = memoryFolder();
const open: Folder[] = [];
let made = 0;

afterAll(async () => {
  for (const folder of open) await folder.close();
});

interface Desk {
  readonly folder: Folder;
  /** Resolves when the row has been taken. */
  send(topic: string, row: FeedRow, ...more: readonly FeedRecord[]): Promise<unknown>;
}

async function desk(newNames?: NewNames, patience?: Patience): Promise<Desk> {
  made += 1;
  const folder = await openFolder({ dir: join(dir, `data-${made}`), quotaBytes: 2 ** 28, clock: testClock });
  open.push(folder);
  const access: Access = new FolderAccess({
    folder,
    now: () => NOW,
    query: async function* () {},
    check: () => Promise.reject(new Error('not asked')),
    skip: () => Promise.resolve(),
    knows: () => false,
    close: () => Promise.resolve(),
    newNames,
    ...(patience && { patience }),
  });
  let sequence = 0;
  return {
    folder,
    send: (topic, row, ...more) => {
      sequence += 1;
      const records = [{ topic, time: 0, sequence: 1, row }, ...more];
      return access.produce({ producer: `p${sequence}`, sequence: 1, records });
    },
  };
}

const instrument = (name: string): FeedRow => ({
  ...instrumentUntold,
  instrument: name,
  name,
  currency: 'USD',
  multiplier: 1_000_000_000n,
  inverse: false,
  kind: 0,
});
const untold = (topic: Parameters<typeof recordFields>[0]): FeedRow =>
  Object.fromEntries(
    recordFields(topic).map((field) => [field.name, field.nullable ? undefined : defaultOf(field)]),
  );
const account = (name: string): FeedRow => ({ ...untold(accounts), account: name, name });
const fill = (account: string, name: string, venue = 'XNYS'): FeedRow => ({
  ...untold(fills),
  executionId: `${account} ${name} ${venue}`,
  kind: 0,
  account,
  instrument: name,
  quantity: 1_000_000_000n,
  price: 1_000_000_000n,
  fee: 0n,
  feeCurrency: 'USD',
  venue,
  time: NOW,
});
const allotted = ({ folder }: Desk, domain: string, name: string) =>
  folder.backend.names.numberOf(domain, name);

test('an instrument is always listed first: a misspelt one is refused by name, with the nearest', async () => {
  const at = await desk();
  await at.send(instruments.name, instrument('ACME'));
  await expect(at.send(fills.name, fill('alpha', 'AMCE'))).rejects.toThrow(
    'record 1 of the batch, for ledger.fills, field "instrument": instrument "AMCE" is not in reference data; the nearest is "ACME". Mend the name, or list it',
  );
  expect(allotted(at, 'instrument', 'AMCE')).toBeUndefined();
  await at.send(fills.name, fill('alpha', 'ACME'));
});

test('accounts are open while none is listed, and closed from the first that is', async () => {
  const at = await desk();
  await at.send(instruments.name, instrument('ACME'));
  await at.send(fills.name, fill('anybody', 'ACME'));
  expect(allotted(at, 'account', 'anybody')).toBe(0);
  await at.send(accounts.name, account('ALPHA'));
  await expect(at.send(fills.name, fill('ALHPA', 'ACME'))).rejects.toThrow(
    'field "account": account "ALHPA" is not in reference data; the nearest is "ALPHA"',
  );
  await at.send(fills.name, fill('ALPHA', 'ACME'));
  expect(allotted(at, 'account', 'ALHPA')).toBeUndefined();
});

test('what is listed in a batch may be used behind it, and not if the batch was refused', async () => {
  const at = await desk();
  const records = [{ topic: fills.name, time: 0, sequence: 2, row: fill('alpha', 'ACME') }];
  const wrong = { topic: fills.name, time: 0, sequence: 3, row: fill('alpha', 'OTHER') };
  await expect(at.send(instruments.name, instrument('ACME'), ...records, wrong)).rejects.toThrow('"OTHER"');
  await expect(at.send(fills.name, fill('alpha', 'ACME'))).rejects.toThrow('"ACME" is not in reference data');
  await at.send(instruments.name, instrument('ACME'), ...records);
});

test.each<[NewNames, string, boolean]>([
  ['allot', 'takes every name, for trials', true],
  ['refuse', 'takes none, though no account is listed', false],
])('"newNames": "%s" %s', async (newNames, _, isTaken) => {
  const at = await desk(newNames);
  await at.send(instruments.name, instrument('ACME'));
  const sent = at.send(fills.name, fill('alpha', 'ACME'));
  await (isTaken ? sent : expect(sent).rejects.toThrow('account "alpha" is not in reference data'));
});

describe('beside a running job', () => {
  const waiting: string[] = [];
  const patience = (micros: number): Patience => ({
    micros,
    clock: systemClock,
    onWaiting: (what) => waiting.push(what),
  });

  test('a fill that comes before its instrument waits for it, is told, and is taken', async () => {
    const at = await desk(undefined, patience(60_000_000));
    const taken = at.send(fills.name, fill('alpha', 'LATE'));
    while (waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(waiting).toEqual([
      'ledger.fills waits: field "instrument": instrument "LATE" is not in reference data',
    ]);
    expect(allotted(at, 'instrument', 'LATE')).toBeUndefined();
    await at.send(instruments.name, instrument('LATE'));
    expect(await taken).toEqual({ duplicate: false });
  });

  test('one whose instrument does not come is refused', async () => {
    const at = await desk(undefined, patience(1));
    await expect(at.send(fills.name, fill('alpha', 'NEVER'))).rejects.toThrow(
      '"NEVER" is not in reference data',
    );
  });
});

test('what is not listed is told to whoever starts or checks', async () => {
  const at = await desk();
  const note = (newNames?: NewNames) => new KnownNames(at.folder.backend, newNames).note();
  expect(note()).toBe('accounts and venues: not listed, names are allotted');
  expect(note('refuse')).toBeUndefined();
  expect(note('allot')).toBe('instruments and accounts and venues: not listed, names are allotted');
  await at.send(accounts.name, account('ALPHA'));
  expect(note()).toBe('venues: not listed, names are allotted');
});

const place = temporaryFolder();

test('a replay ends at the first name that is not listed, with file and row, unless it is a trial', async () => {
  const at = (name: string): string => join(place, name);
  const row = (id: string, name: string) => `${id},New,ALPHA,${name},1,1,0,USD,X,2026-03-02T15:00:00Z`;
  const header = 'executionId,kind,account,instrument,quantity,price,fee,feeCurrency,venue,time';
  writeFileSync(at('fills.csv'), [header, row('1', 'ACME'), row('2', 'AMCE'), ''].join('\n'));
  const manifest = (name: string, more: object): string => {
    const inputs = [{ format: 'records', file: 'fills.csv', topic: 'ledger.fills' }];
    writeFileSync(
      at(name),
      JSON.stringify({ instruments: [{ name: 'ACME', currency: 'USD' }], inputs, ...more }),
    );
    return at(name);
  };
  const replay = (file: string, into: string) =>
    runCommand(['replay', file, '--dir', at(into), '--no-clickhouse', '--json']);
  expect(await replay(manifest('strict.json', {}), 'strict')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(
      'fills.csv, row 3, field "instrument": instrument "AMCE" is not in reference data; the nearest is "ACME"',
    ),
  });
  expect(await replay(manifest('trial.json', { newNames: 'allot' }), 'trial')).toMatchObject({ code: 0 });
});
