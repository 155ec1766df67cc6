/** What a manifest may say, and how what it may not say is refused: before anything is read, with its place. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, readManifest } from '../../app/replay-manifest';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const now = Date.parse('2026-11-30T12:00:00Z') * 1000;
const day = { instrument: 'IBM', date: '2026-03-02', utcOffset: '-05:00' };
const trades = (changes: object = {}) => ({
  format: 'us-equity-trades',
  file: 'trades.csv',
  ...day,
  ...changes,
});

function manifest(text: string | Buffer): Manifest {
  const file = join(folder, 'manifest.json');
  writeFileSync(file, text);
  return readManifest({ file, now });
}

const of = (inputs: readonly object[], instruments: readonly object[] = []): Manifest =>
  manifest(JSON.stringify({ instruments, inputs }));
const HEADER = 'ms_since_midnight_new_york,price,size,exchange,sale_condition_hex,suspicious';
writeFileSync(join(folder, 'trades.csv'), `${HEADER}\n36000000,100,10,N,0,0\n`);

test.each([
  [
    'a key twice',
    '{"instruments":[{"name":"A","currency":"USD"}],"instruments":[],"inputs":[]}',
    '"instruments" is there twice, in line 1',
  ],
  [
    'a key within twice',
    '{"instruments":[\n{"name":"A","name":"B","currency":"USD"}],"inputs":[]}',
    '"name" is there twice, in line 2',
  ],
  ['no UTF-8', Buffer.from('{"instruments":[{"name":"acc\xff"}]}', 'latin1'), 'is no text in UTF-8'],
  ['no JSON', '{"inputs":[],}', 'is no JSON'],
])('%s is refused', (_, text, message) => {
  expect(() => manifest(text)).toThrow(message);
});

test.each([
  ['a day that there is not', [trades({ date: '2026-02-30' })], [], 'inputs[0]: "2026-02-30" is no date'],
  ['an offset that is none', [trades(), trades({ utcOffset: 'EST' })], [], 'inputs[1]: "EST" is no offset'],
  [
    'a file of no format',
    [{ format: 'records', file: 'fills.txt', topic: 'ledger.fills' }],
    [],
    'inputs[0]: fills.txt: is neither',
  ],
  [
    'a topic of the job',
    [{ format: 'records', file: 'f.csv', topic: 'ledger.positions' }],
    [],
    'closed to everybody else',
  ],
  [
    'a multiplier beyond its range',
    [trades()],
    [{ name: 'A', currency: 'USD', multiplier: '99999999999999' }],
    'instruments[0], field "multiplier": ',
  ],
  [
    'a base that is no currency',
    [trades()],
    [{ name: 'A', currency: 'USD', base: 'US\u200bD' }],
    'cannot be seen',
  ],
  ['a name that cannot be seen', [trades({ instrument: 'I\u200bBM' })], [], 'cannot be seen'],
])('%s is refused at once', (_, inputs, instruments, message) => {
  expect(() => of(inputs, instruments)).toThrow(message);
});

test('a file that is there twice, or a copy of it, is refused: its rows would count twice', async () => {
  copyFileSync(join(folder, 'trades.csv'), join(folder, 'copy.csv'));
  await expect(of([trades(), trades()]).identity()).rejects.toThrow('hold the same');
  await expect(of([trades(), trades({ file: 'copy.csv' })]).identity()).rejects.toThrow('hold the same');
  expect(await of([trades(), trades({ file: 'copy.csv', instrument: 'MSFT' })]).identity()).toHaveLength(64);
});

test('a pipe is refused, since a replay reads its files more than once', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
  await expect(of([trades({ file: 'pipe.csv' })]).identity()).rejects.toThrow('is a pipe');
});

describe('a tick file is held against the ranges of its topic, by row', () => {
  test.each([
    ['36000000,100,-5,N,0,0', 'row 2, field "size": -5 is not between 0'],
    [
      '36000000000,100,5,N,0,0',
      'row 2, field "ms_since_midnight_new_york": "36000000000" is no time of a day',
    ],
    ['-1,100,5,N,0,0', '"-1" is no time of a day'],
    ['36000000,100,5,N\u200b,0,0', 'row 2, field "venue": '],
    ['36000000,100,5,\u001b[31m,0,0', 'row 2, field "venue": '],
    ['36000000,1e13,5,N,0,0', 'field "price": "1e13" is no number between'],
  ])('%s', async (row, message) => {
    writeFileSync(join(folder, 'bad.csv'), `${HEADER}\n${row}\n`);
    const [feed] = of([trades({ file: 'bad.csv' })]).feeds;
    const read = async () => {
      for await (const _ of feed!.records);
    };
    await expect(read()).rejects.toThrow(message);
  });
});
