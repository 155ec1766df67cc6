/** A symbol that gets other terms: what was traded before and after, whatever the job reads first. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TailRecord } from '../../app/access';
import { runCommand } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const config = at('breakwater.json');
let data = at('data');
const breakwater = (...args: string[]) => runCommand([...args, '--config', config, '--dir', data]);

beforeAll(() => writeFileSync(config, JSON.stringify({ clickhouse: { enabled: false } })));

const TERMS = 'instrument,name,currency,multiplier,kind,validFrom';
const FILLS = 'executionId,kind,account,instrument,quantity,price,fee,feeCurrency,venue,time';
const BEFORE = [
  'r1,New,ALPHA,RE,10,14,0,USD,N,2026-03-02T09:00:00Z',
  'r2,New,ALPHA,RE,-10,15,0,USD,N,2026-03-02T09:30:00Z',
];
const AFTER = [
  'r3,New,ALPHA,RE,5,300,0,EUR,N,2026-03-02T10:00:00Z',
  'r4,New,BETA,RE,5,300,0,EUR,N,2026-03-02T10:00:00Z',
];

function produce(topic: string, name: string, ...lines: readonly string[]) {
  writeFileSync(at(name), `${lines.join('\n')}\n`);
  return breakwater('produce', topic, at(name));
}

/** What is held in the end, by account and contract. */
async function held(): Promise<string[]> {
  expect(await breakwater('start', '--no-simulator', '--for', '2s', '--json')).toMatchObject({ code: 0 });
  const { stdout } = await breakwater('tail', 'ledger.positions', '--from', 'start', '--json');
  const records = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TailRecord);
  const latest = new Map(records.map(({ key, record }) => [key, record!]));
  const shown = [...latest.values()].map(({ account, currency, quantity, realisedPnl, cost }) =>
    [account, currency, quantity, realisedPnl, cost].join(' '),
  );
  return shown.sort();
}

const INSTRUMENTS = 'reference.instruments';
const HELD = ['ALPHA EUR 5 0 150000', 'ALPHA USD 0 10 0', 'BETA EUR 5 0 150000'];

test('all of it sent before the job starts: each fill is booked on the terms of its time', async () => {
  expect(await produce(INSTRUMENTS, 'i1.csv', TERMS, 'RE,RE,USD,1,Equity,')).toMatchObject({ code: 0 });
  expect(await produce('ledger.fills', 'f1.csv', FILLS, ...BEFORE)).toMatchObject({ code: 0 });
  const dated = 'RE,RE,EUR,100,Option,2026-03-02T09:45:00Z';
  expect(await produce(INSTRUMENTS, 'i2.csv', TERMS, dated)).toMatchObject({ code: 0 });
  expect(await produce('ledger.fills', 'f2.csv', FILLS, ...AFTER)).toMatchObject({ code: 0 });
  expect(await held()).toEqual(HELD);
});

test('terms without a date hold from behind the last fill that was told before them, and say so', async () => {
  data = at('undated');
  await produce(INSTRUMENTS, 'i1.csv', TERMS, 'RE,RE,USD,1,Equity,');
  expect(await produce(INSTRUMENTS, 'early.csv', TERMS, 'RE,RE,EUR,100,Option,')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /early.csv, row 2, field "validFrom": .*USD, multiplier 1 before, EUR, multiplier 100 now/,
    ),
  });
  // Newest first: what counts is when they were traded.
  await produce('ledger.fills', 'f1.csv', FILLS, ...BEFORE.toReversed());
  const undated = () => produce(INSTRUMENTS, 'i2.csv', TERMS, 'RE,RE,EUR,100,Option,');
  const note =
    /RE: EUR, multiplier 100 from 2026-03-02T09:30:00.000001Z on, right behind its last fill so far; USD, multiplier 1 before\./;
  expect(await undated()).toMatchObject({ code: 0, stderr: expect.stringMatching(note) });
  await produce('ledger.fills', 'f2.csv', FILLS, ...AFTER);
  const again =
    /RE: EUR, multiplier 100 from 2026-03-02T09:30:00.000001Z on, right behind its last fill then/;
  expect(await undated()).toMatchObject({ code: 0, stderr: expect.stringMatching(again) });
  expect(await held()).toEqual(HELD);
});
