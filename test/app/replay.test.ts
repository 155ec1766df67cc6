/** The same files in, the same bytes out, killed in between or not. */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openReadOnly } from '../../backends/embedded/open';
import { topics } from '../../schemas/topics';
import { runCommand, startCommand } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';
import { testClock } from '../support/test-clock';

const ROWS = 15_000;
const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  const quotes = [
    'ms_since_midnight_new_york,bid,bid_size,ask,ask_size,exchange,quote_condition_hex,suspicious',
  ];
  const trades = ['ms_since_midnight_new_york,price,size,exchange,sale_condition_hex,suspicious'];
  for (let row = 0; row < ROWS; row += 1) {
    const millis = 34_200_000 + row * 90;
    const bid = 100 + ((row * 7919) % 200) / 100;
    quotes.push(
      `${millis},${bid.toFixed(2)},100,,0,N,1,0`,
      `${millis + 1},,0,${(bid + 0.03).toFixed(2)},100,Q,1,0`,
    );
    if (row % 3 === 0) trades.push(`${millis + 1},${bid.toFixed(2)},${100 + (row % 9) * 100},N,0,0`);
  }
  writeFileSync(at('quotes.csv'), quotes.join('\n'));
  writeFileSync(at('trades.csv'), trades.join('\n'));
  const day = { instrument: 'ABC', date: '2024-03-01', utcOffset: '-05:00' };
  const fills = { accounts: ['A', 'B', 'C'], minSize: 500, feePerUnit: '0.001', feeCurrency: 'USD' };
  const manifest = {
    instruments: [{ name: 'ABC', currency: 'USD', kind: 'Equity' }],
    inputs: [
      { format: 'us-equity-quotes', file: 'quotes.csv', ...day, consolidatedAs: 'ALL' },
      { format: 'us-equity-trades', file: 'trades.csv', ...day, fills },
    ],
  };
  writeFileSync(at('manifest.json'), JSON.stringify(manifest));
});

const replayArgs = (dir: string): string[] => [
  'replay',
  at('manifest.json'),
  '--dir',
  at(dir),
  '--no-clickhouse',
  '--json',
];

/** Every message of every topic: offset, and all its bytes. */
function contentsOf(dir: string): Record<string, readonly string[]> {
  const backend = openReadOnly({ dir: at(dir), clock: testClock });
  const contents: Record<string, readonly string[]> = {};
  for (const { name: topic } of topics) {
    const messages: string[] = [];
    const { first } = backend.log.ends({ topic, partition: 0 });
    const reader = backend.log.reader({ topic, partition: 0, next: first }, 'test');
    for (let chunk = reader.poll(1 << 20); chunk; chunk = reader.poll(1 << 20)) {
      messages.push(`${chunk.baseOffset}–${chunk.nextOffset} ${chunk.bytes.toString('base64')}`);
    }
    reader.close();
    contents[topic] = messages;
  }
  return contents;
}

/** Runs until the data have grown by a good part, and not further. */
async function killedOnceGrown(dir: string): Promise<void> {
  const size = (): number => statSync(at(`${dir}/data.mdb`), { throwIfNoEntry: false })?.size ?? 0;
  const enough = size() + 2 ** 22;
  const run = startCommand(replayArgs(dir));
  const look = setInterval(() => size() > enough && run.child.kill('SIGKILL'), 5);
  await run.finished;
  clearInterval(look);
}

test('the same input twice gives byte-identical topics; killed and run again it gives them, too', async () => {
  // The instrument; two quotes a row, every third with a trade, of which every third has the size to be ours.
  const events = 1 + 2 * ROWS + Math.ceil(ROWS / 3) + Math.ceil((ROWS - 6) / 9);
  const first = await runCommand(replayArgs('first'));
  expect(first).toMatchObject({ code: 0 });
  expect(JSON.parse(first.stdout)).toMatchObject({ type: 'replayed', resumedFrom: 0, events });
  await runCommand(replayArgs('second'));
  const contents = contentsOf('first');
  expect(contents['ledger.fills']!.length).toBeGreaterThan(0);
  expect(contents['risk.account_pnl']!.length).toBeGreaterThan(0);
  expect(contentsOf('second')).toEqual(contents);

  for (let round = 0; round < 3; round += 1) await killedOnceGrown('killed');
  const last = await runCommand(replayArgs('killed'));
  expect(last).toMatchObject({ code: 0 });
  const { resumedFrom } = JSON.parse(last.stdout) as { resumedFrom: number };
  expect(resumedFrom).toBeGreaterThan(0);
  expect(contentsOf('killed')).toEqual(contents);
});

test('the closing table has quantities as they are, and says what waits', async () => {
  const fill = { kind: 'New', account: 'A', venue: 'BINA', price: '67000', fee: '0', feeCurrency: 'USDT' };
  const fills = [
    { ...fill, executionId: '1', instrument: 'BTC/USDT', quantity: '0.004', time: '2026-03-02T10:00:00Z' },
    { ...fill, executionId: '2', instrument: 'LTC/USDT', quantity: '10.5', time: '2026-03-02T10:00:01Z' },
    {
      ...fill,
      executionId: '3',
      instrument: 'IBM',
      quantity: '-100',
      price: '12.5',
      time: '2026-03-02T10:00:02Z',
    },
    {
      ...fill,
      executionId: 'B9',
      kind: 'Bust',
      refersTo: '9',
      instrument: 'IBM',
      quantity: '5',
      time: '2026-03-02T10:00:03Z',
    },
  ];
  writeFileSync(at('coins.ndjson'), fills.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const instruments = ['BTC/USDT', 'LTC/USDT', 'IBM'].map((name) => ({
    name,
    currency: 'USDT',
    kind: 'Crypto',
  }));
  const inputs = [{ format: 'records', file: 'coins.ndjson', topic: 'ledger.fills' }];
  writeFileSync(at('coins.json'), JSON.stringify({ instruments, inputs }));
  const { code, stdout } = await runCommand([
    'replay',
    at('coins.json'),
    '--dir',
    at('coins'),
    '--no-clickhouse',
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/BTC\/USDT +USDT +0\.004 /);
  expect(stdout).toMatch(/LTC\/USDT +USDT +10\.5 /);
  expect(stdout).toMatch(/IBM +USDT +-100 /);
  expect(stdout).toContain('1 fills wait for the execution that they bust or correct: B9');
});

test('a folder that holds one replay refuses another', async () => {
  const other = await runCommand([...replayArgs('first'), '--step', '5s']);
  expect(other.code).toBe(2);
  expect(other.stderr).toContain('already holds another replay');
});

test('a manifest is validated whole', async () => {
  writeFileSync(
    at('wrong.json'),
    JSON.stringify({
      instrument: [],
      inputs: [{ format: 'lobster', file: 'x', venu: 'Q' }, { format: 'csv' }],
    }),
  );
  const { code, stderr } = await runCommand(['replay', at('wrong.json'), '--dir', at('none')]);
  expect(code).toBe(2);
  for (const mistake of ['"instrument"', 'inputs[0].venue', 'inputs[1].format'])
    expect(stderr).toContain(mistake);
});
