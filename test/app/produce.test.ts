/** Records of files into a folder: each row once, however often, by whom and under what name a file is sent. */
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Access, ProduceRequest } from '../../app/access';
import { ExitCode } from '../../app/exit-codes';
import { type Folder, openFolder } from '../../app/folder';
import { FolderAccess } from '../../app/folder-access';
import { type Produced, type ProduceOptions, produce } from '../../app/produce';
import { fromWire } from '../../app/socket/wire';
import { fills } from '../../schemas/ledger';
import { trades } from '../../schemas/market';
import { instruments } from '../../schemas/reference';
import type { FeedRow } from '../../sources/feed';
import { recordFile } from '../../sources/record-file';
import { memoryFolder } from '../support/memory-folder';
import { testClock } from '../support/test-clock';

const now = Date.parse('2026-11-30T12:00:00Z') * 1000;
const dir = memoryFolder();
let folder: Folder;
let access: Access;
const none = async function* (): AsyncGenerator<string> {};

beforeAll(async () => {
  folder = await openFolder({ dir: join(dir, 'data'), quotaBytes: 2 ** 28, clock: testClock });
  access = new FolderAccess({
    folder,
    now: () => now,
    query: none,
    check: () => Promise.reject(new Error('not asked')),
    skip: () => Promise.resolve(),
    knows: () => false,
    close: () => Promise.resolve(),
    newNames: 'allot',
  });
});

afterAll(() => folder.close());

const HEADER = 'executionId,kind,account,instrument,quantity,fee,feeCurrency,venue,time,price';
const line = (id: string, price = '100'): string =>
  `${id},New,alpha,IBM,10,0,USD,N,2026-03-02T15:00:00Z,${price}`;
const text = (...lines: readonly string[]): string => [HEADER, ...lines, ''].join('\n');

function write(name: string, content: string): string {
  const file = join(dir, name);
  writeFileSync(file, content);
  return file;
}

function send(file: string, options: Partial<ProduceOptions> = {}): Promise<Produced> {
  const topic = options.topic ?? fills;
  return produce({
    access,
    topic,
    file,
    again: false,
    read: () => recordFile({ file, topic, complete: false, now }),
    isPipe: false,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...options,
  });
}

/** Ids in the topic that begin with the prefix, in order. */
async function ids(prefix: string): Promise<string[]> {
  const found: string[] = [];
  const request = { topic: 'ledger.fills', partition: 0, from: 'start', follow: false } as const;
  for await (const records of access.tail(request, new AbortController().signal))
    found.push(...records.map(({ record }) => String(record!['executionId'])));
  return found.filter((id) => id.startsWith(prefix));
}

test("the next day's file has the same name, and is another file", async () => {
  await send(write('fills.csv', text(line('a-1'), line('a-2'))));
  expect(await send(write('fills.csv', text(line('a-3'))))).toMatchObject({ appended: 1, before: 0 });
  expect(await ids('a-')).toEqual(['a-1', 'a-2', 'a-3']);
});

test('the same file under another name, or in another format, is the same file', async () => {
  const file = write('b.csv', text(line('b-1'), line('b-2')));
  await send(file);
  renameSync(file, join(dir, 'moved.csv'));
  expect(await send(join(dir, 'moved.csv'))).toMatchObject({ appended: 0, before: 2, row: 3 });
  const object = (id: string) => ({
    executionId: id,
    kind: 'New',
    account: 'alpha',
    instrument: 'IBM',
    quantity: '10',
    fee: 0,
    feeCurrency: 'USD',
    venue: 'N',
    time: '2026-03-02T15:00:00Z',
    price: 100,
  });
  const ndjson = write(
    'b.ndjson',
    `${['b-1', 'b-2', 'b-3'].map((id) => JSON.stringify(object(id))).join('\n')}\n`,
  );
  expect(await send(ndjson)).toMatchObject({ appended: 1, before: 2 });
  expect(await ids('b-')).toEqual(['b-1', 'b-2', 'b-3']);
});

test('a line that is half written waits, and counts once when it is whole', async () => {
  const file = write('c.csv', `${text(line('c-1'))}${line('c-2', '10')}`);
  expect(await send(file)).toMatchObject({ appended: 1, row: 2 });
  appendFileSync(file, `4.25\n${line('c-3')}\n`);
  expect(await send(file)).toMatchObject({ appended: 2, before: 1, row: 4 });
  expect(await ids('c-')).toEqual(['c-1', 'c-2', 'c-3']);
});

test('what comes before a bad row is taken, and the mended file goes on behind it', async () => {
  const file = write('d.csv', text(line('d-1'), line('d-2'), line('d-3', 'dear'), line('d-4')));
  await expect(send(file)).rejects.toThrow(`${file}, row 4, field "price": "dear" is no decimal number`);
  expect(await ids('d-')).toEqual(['d-1', 'd-2']);
  write('d.csv', text(line('d-1'), line('d-2'), line('d-3', '101'), line('d-4')));
  expect(await send(file)).toMatchObject({ appended: 2, before: 2 });
  expect(await ids('d-')).toEqual(['d-1', 'd-2', 'd-3', 'd-4']);
});

test('a file that was taken by a version with fewer fields is the same file', async () => {
  const row = { instrument: 'IBM', venue: 'N', price: 10, size: 1, condition: 0, time: now };
  const record = (sequence: number, more: object) => ({
    topic: trades.name,
    time: now,
    sequence,
    row: { ...row, price: sequence, ...more } as FeedRow,
  });
  const read = (count: number, more: object) =>
    async function* () {
      yield Array.from({ length: count }, (_, index) => record(index + 1, more));
    };
  const before = { file: 'before.csv', topic: trades, read: read(2, {}) };
  expect(await send('before.csv', before)).toMatchObject({ appended: 2 });
  const since = { file: 'since.csv', topic: trades, read: read(3, { tradeId: 0 }) };
  expect(await send('since.csv', since)).toMatchObject({ appended: 1, before: 2 });
});

test('a file that begins like one that was taken and goes on otherwise is refused, or taken again on demand', async () => {
  await send(write('e.csv', text(line('e-1'), line('e-2'), line('e-3'))));
  const changed = write('e.csv', text(line('e-1'), line('e-2', '99'), line('e-3'), line('e-4')));
  await expect(send(changed)).rejects.toThrow(/begins like what was taken before, 3 records, and differs/);
  const shorter = write('e.csv', text(line('e-1'), line('e-2')));
  await expect(send(shorter)).rejects.toThrow(/has 2 records. Nothing was taken/);
  expect(await ids('e-')).toEqual(['e-1', 'e-2', 'e-3']);
  expect(await send(shorter, { again: true })).toMatchObject({ appended: 2, before: 0 });
  expect(await send(shorter)).toMatchObject({ appended: 0, before: 2 });
});

test('of a state the last word holds: a changed file is taken whole', async () => {
  const reference = (multiplier: string): string =>
    `instrument,name,currency,multiplier\nES,ES,USD,${multiplier}\nNQ,NQ,USD,20\n`;
  await send(write('i.csv', reference('50')), { topic: instruments });
  const grown = `${reference('50')}YM,YM,USD,5\n`;
  expect(await send(write('i.csv', grown), { topic: instruments })).toMatchObject({ appended: 1, before: 2 });
  const other = grown.replace('NQ,NQ', 'NQ,Nasdaq');
  expect(await send(write('i.csv', other), { topic: instruments })).toMatchObject({ appended: 3, before: 0 });
});

describe('terms that take the place of others', () => {
  const LISTED = 'instrument,name,currency,multiplier,kind,validFrom';
  const list = (name: string, ...rows: readonly string[]): Promise<Produced> =>
    send(write(name, [LISTED, ...rows, ''].join('\n')), { topic: instruments });
  const told = async (instrument: string): Promise<unknown[]> => {
    const found: unknown[] = [];
    const request = { topic: 'reference.instruments', partition: 0, from: 'start', follow: false } as const;
    for await (const records of access.tail(request, new AbortController().signal))
      for (const { record } of records)
        if (record!['instrument'] === instrument) found.push(record!['currency']);
    return found;
  };

  test('say from when on they hold, or are refused with their row; what came before it is taken', async () => {
    await list('t1.csv', 'META,META,USD,1,Equity,');
    await expect(list('t2.csv', 'AAA,AAA,USD,1,Equity,', 'META,META,EUR,100,Option,')).rejects.toThrow(
      /t2.csv, row 3, field "validFrom": is empty, and META is known with other terms: USD, multiplier 1 before, EUR, multiplier 100 now\. Say from when/,
    );
    expect([await told('AAA'), await told('META')]).toEqual([['USD'], ['USD']]);

    const dated = ['AAA,AAA,USD,1,Equity,', 'META,META,EUR,100,Option,2026-11-30T09:45:00Z'];
    expect(await list('t2.csv', ...dated)).toMatchObject({ appended: 1, before: 1 });
    await list('t0.csv', 'META,Meta,USD,1,Equity,', dated[1]!);
    expect(await told('META')).toEqual(['USD', 'EUR', 'USD', 'EUR']);
  });

  test('are those of one file, too', async () => {
    const rows = ['BBB,BBB,USD,1,Equity,', 'BBB,BBB,USD,2,Equity,'];
    await expect(list('t3.csv', ...rows)).rejects.toThrow(/t3.csv, row 3, field "validFrom"/);
    expect(await told('BBB')).toEqual(['USD']);
  });

  test('are none where only the description differs, or the same is said again', async () => {
    await list('t4.csv', 'CCC,CCC,USD,1,Equity,', 'CCC,Cecil,USD,1,Other,', 'CCC,Cecil,USD,1.000,Other,');
    expect(await told('CCC')).toHaveLength(3);
  });

  test('of two that are sent at once one is refused', async () => {
    const ends = await Promise.allSettled([
      list('t5.csv', 'DDD,DDD,USD,1,Equity,'),
      list('t6.csv', 'DDD,DDD,EUR,1,Equity,'),
    ]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

test('of a state what was said before is said again: a file that is sent once more undoes what another changed', async () => {
  const reference = (name: string, kind: string): string =>
    write(name, `instrument,name,currency,multiplier,kind\nZB,ZB,USD,1000,${kind}\n`);
  const [right, wrong] = [reference('right.csv', 'Future'), reference('wrong.csv', 'Equity')];
  for (const file of [right, wrong, right]) await send(file, { topic: instruments });
  const request = { topic: 'reference.instruments', partition: 0, from: 'start', follow: false } as const;
  const said: unknown[] = [];
  for await (const records of access.tail(request, new AbortController().signal))
    for (const { record } of records) if (record!['instrument'] === 'ZB') said.push(record!['kind']);
  expect(said).toEqual(['Future', 'Equity', 'Future']);
});

test('two at once double no row of a file that grows between them', async () => {
  const file = write('f.csv', text(line('f-1'), line('f-2')));
  const grown = write('f-grown.csv', text(line('f-1'), line('f-2'), line('f-3')));
  const ends = await Promise.allSettled([send(file), send(grown), send(file)]);
  for (const end of ends)
    if (end.status === 'rejected')
      expect(end.reason).toMatchObject({ message: expect.stringMatching(/another produce/) });
  await send(grown);
  expect(await ids('f-')).toEqual(['f-1', 'f-2', 'f-3']);
});

describe('the door that every batch passes', () => {
  const time = Date.parse('2026-03-02T15:00:00Z') * 1000;
  const { row } = fromWire({
    topic: 'ledger.fills',
    time,
    sequence: 1,
    row: {
      executionId: 'g-1',
      kind: 'New',
      account: 'alpha',
      instrument: 'IBM',
      quantity: '1',
      price: '1',
      fee: '0',
      feeCurrency: 'USD',
      venue: 'N',
      time,
    },
  });
  const batch = (changes: Partial<ProduceRequest> = {}): ProduceRequest => ({
    producer: 'gateway',
    sequence: 1,
    records: [{ topic: 'ledger.fills', time, sequence: 1, row }],
    ...changes,
  });
  const holding = (changes: object): ProduceRequest =>
    batch({ records: [{ topic: 'ledger.fills', time, sequence: 1, row: { ...row, ...changes } }] });

  test.each([
    [
      'a topic that the job writes',
      batch({ records: [{ topic: 'ledger.positions', time: 0, sequence: 1, row: {} }] }),
      'closed to everybody else',
    ],
    [
      'another topic that the job writes',
      batch({ records: [{ topic: 'risk.account_pnl', time: 0, sequence: 1, row: {} }] }),
      'closed',
    ],
    [
      'the names',
      batch({ records: [{ topic: 'reference.names', time: 0, sequence: 1, row: {} }] }),
      'closed',
    ],
    [
      'dead letters',
      batch({ records: [{ topic: 'ops.dead_letters', time: 0, sequence: 1, row: {} }] }),
      'closed',
    ],
    [
      'a topic that is none',
      batch({ records: [{ topic: 'ledger.fees', time: 0, sequence: 1, row: {} }] }),
      'there is no topic',
    ],
    ['a leap', batch({ sequence: 1e12 }), 'more than 1000000 ahead'],
    ['a sequence that is none', batch({ sequence: 1.5 }), 'is no sequence'],
    ['a sequence below one', batch({ sequence: 0 }), 'is no sequence'],
    ['a wrong place', batch({ after: 5 }), 'stands at 0 and not at 5'],
    ['no records', batch({ records: [] }), '1 to 10000 records'],
    ["a producer of the program's own", batch({ producer: 'simulator' }), 'not one of this program'],
    ['a producer of half a character', batch({ producer: 'a\ud800' }), 'that can be shown'],
    ['a producer that steers a terminal', batch({ producer: '\u001b[31m' }), 'that can be shown'],
    ['a producer without a name', batch({ producer: '' }), 'a producer has a name'],
    ['an id too long', holding({ executionId: 'x'.repeat(65_536) }), 'field "executionId": '],
    ['a trade of 2099', holding({ time: Date.parse('2099-01-01T00:00:00Z') * 1000 }), 'field "time": 2099'],
    ['a quantity that no long holds', holding({ quantity: 2n ** 63n }), 'field "quantity": '],
  ])('refuses %s', async (_, request, message) => {
    await expect(access.produce(request)).rejects.toMatchObject({
      message: expect.stringContaining(message),
    });
  });

  test('and what was refused has changed nothing', async () => {
    expect(await access.produce(batch())).toEqual({ duplicate: false });
    expect(await access.produce(batch())).toEqual({ duplicate: true });
    expect(await access.producer('gateway')).toEqual({ sequence: 1 });
    expect(await ids('g-')).toEqual(['g-1']);
  });
});

test.each([
  ['an offset behind the end', { topic: 'ledger.fills', offset: 999_999 }, 'and no 999999'],
  ['a topic that the job does not read', { topic: 'ops.dead_letters', offset: 0 }, 'does not read topic'],
  ['a partition that is none', { topic: 'ledger.fills', partition: 7, offset: 0 }, 'and no 7'],
  ['nothing for a reason', { topic: 'ledger.fills', offset: 0, why: ' ' }, '"why" is a text'],
])('skip refuses %s', async (_, place, message) => {
  await expect(access.skip({ partition: 0, by: 'me', why: 'a test', ...place })).rejects.toMatchObject({
    exitCode: ExitCode.Usage,
    message: expect.stringContaining(message),
  });
});
