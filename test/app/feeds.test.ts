/** `start --feed`: a venue's books become marks, an outage shows in them, and the price is back after it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TailRecord } from '../../app/access';
import { runCommand, startCommand } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';
import { VenueServer } from '../support/venue-server';

const folder = temporaryFolder();
const config = join(folder, 'breakwater.json');
let venue: VenueServer;

const exchangeInfo = JSON.stringify({
  symbols: [
    { symbol: 'BTCUSDT', baseAsset: 'BTC', quoteAsset: 'USDT' },
    { symbol: 'CATUSDT', baseAsset: 'CAT' },
  ],
});
const book = (id: number, bid: number): string =>
  JSON.stringify({ lastUpdateId: id, bids: [[String(bid), '1']], asks: [[String(bid + 1), '1']] });
const depth = (first: number, last: number, bid: string): string =>
  JSON.stringify({
    stream: 'btcusdt@depth@100ms',
    data: { e: 'depthUpdate', E: Date.now(), s: 'BTCUSDT', U: first, u: last, b: [[bid, '1']], a: [] },
  });
const trade = (id: number): string =>
  JSON.stringify({
    stream: 'btcusdt@trade',
    data: { e: 'trade', s: 'BTCUSDT', t: id, p: '100', q: '2', T: Date.now(), m: false },
  });

beforeAll(async () => {
  venue = await VenueServer.open();
  const feeds = [{ venue: 'binance', symbols: ['btcusdt'], stream: venue.stream, requests: venue.requests }];
  const clickhouse = { enabled: false };
  writeFileSync(config, JSON.stringify({ dataFolder: 'data', clickhouse, feeds, logs: { file: 'log' } }));
});
afterAll(() => venue.close());

async function tailed(topic: string): Promise<Record<string, unknown>[]> {
  const { stdout } = await runCommand(['tail', topic, '--from', 'start', '--json', '--config', config]);
  return stdout
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as TailRecord).record as Record<string, unknown>);
}

/** Asks until it is so: the job works in its own time. */
async function seen(topic: string, is: (record: Record<string, unknown>) => boolean): Promise<void> {
  while (!(await tailed(topic)).some(is)) await new Promise((resolve) => setTimeout(resolve, 200));
}

test('live, in a gap, live, dropped, live: marks say it, and the trades are there once', async () => {
  let [id, bid] = [10, 100];
  venue.answers.set('/api/v3/exchangeInfo', () => exchangeInfo);
  venue.answers.set('/api/v3/depth', () => book(id, bid));
  const run = startCommand(['start', '--config', config, '--port', '0', '--json']);
  await venue.until(() => venue.asked.some((path) => path.startsWith('/api/v3/depth')));
  await seen('market.marks', ({ price, quality }) => price === 100.5 && quality === 'Good');
  venue.send(trade(1), depth(11, 12, '100.2'));
  await seen('market.marks', ({ price }) => price === 100.6);
  [id, bid] = [20, 102];
  const asked = venue.asked.length;
  venue.send(depth(15, 16, '101'), trade(2));
  await venue.until(() => venue.asked.length > asked);
  await seen('market.marks', ({ reason }) => reason === 'VenueGap');
  await seen('market.marks', ({ price, quality }) => price === 102.5 && quality === 'Good');
  bid = 103;
  const connected = venue.connected;
  venue.drop();
  await venue.until(() => venue.connected > connected);
  await seen('market.marks', ({ reason }) => reason === 'VenueDown');
  await seen('market.marks', ({ price, quality }) => price === 103.5 && quality === 'Good');
  run.child.kill('SIGINT');
  const { stdout, code } = await run.finished;
  expect(code).toBe(0);
  const summary = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Record<string, unknown>;
  expect(summary).toMatchObject({ simulated: 0, deadLetters: 0 });
  expect((await tailed('market.trades')).map(({ tradeId }) => tradeId)).toEqual([1, 2]);
  // No price of the update that did not fit ever was a mark.
  const prices = (await tailed('market.marks')).map(({ price }) => price);
  expect(new Set(prices)).toEqual(new Set([100.5, 100.6, 102.5, 103.5]));
  const states = (await tailed('market.venue_states')).map(({ feed, state }) => `${feed} ${state}`);
  expect(states).toContain('Live Up');
  expect(states.at(-1)).toBe('Down Down');
  const [instrument] = await tailed('reference.instruments');
  expect(instrument).toMatchObject({
    name: 'BINANCE:BTCUSDT',
    currency: 'USDT',
    base: 'BTC',
    kind: 'Crypto',
  });
}, 60_000);

test.each([
  ['nowhere:x', /There is no feed "nowhere"; there are binance/],
  ['binance', /Write a venue and symbols/],
])('--feed %s is refused by what is wrong with it', async (feed, message) => {
  const { code, stderr } = await startCommand(['start', '--config', config, '--feed', feed]).finished;
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});
