/** A feed on a real connection, to a venue that misbehaves: it goes on, and what it could not take is counted. */
import { LiveFeed } from '../../app/feeds/live-feed';
import { prepareTopics } from '../../runtime/drive/open-job';
import type { Topic } from '../../runtime/stream/topic';
import { FeedPhase, quotes, trades, venueStates } from '../../schemas/market';
import { binanceSpot } from '../../sources/venues/binance/binance-live';
import { recordsOfTopic } from '../support/compare-runs';
import { MemoryBackend } from '../support/memory-backend';
import { testClock } from '../support/test-clock';
import { VenueServer } from '../support/venue-server';

let venue: VenueServer;
let backend: MemoryBackend;
let feed: LiveFeed;

beforeEach(async () => {
  venue = await VenueServer.open();
  venue.answers.set('/api/v3/depth', () => '{"lastUpdateId":10,"bids":[["100","1"]],"asks":[["101","1"]]}');
  backend = new MemoryBackend();
  await prepareTopics([quotes, trades, venueStates] as Topic[], 1, backend);
  await backend.names.numbersOf('instrument', ['BTC/USDT']);
  feed = await LiveFeed.open({
    api: binanceSpot,
    followed: { symbols: ['BTCUSDT'], instruments: new Map([['BTCUSDT', 'BTC/USDT']]), unknown: [] },
    backend,
    clock: testClock,
    stream: venue.stream,
    requests: venue.requests,
    pauseMillis: { first: 5, max: 20 },
  });
});
afterEach(async () => {
  await feed.stop();
  await venue.close();
});

const rows = (topic: unknown) => [...recordsOfTopic(backend, topic as Topic)] as Record<string, unknown>[];
const trade = (id: number): string =>
  JSON.stringify({
    stream: 'btcusdt@trade',
    data: { e: 'trade', s: 'BTCUSDT', t: id, p: '100', q: '2', T: Date.now(), m: false },
  });
async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 5));
}
const isLive = () => feed.session.machine.state === 'live';
const tradeIds = () => rows(trades).map(({ tradeId }) => tradeId);

/** Live again on another connection, with what is sent then in the log. */
async function recovers(connections: number, id: number): Promise<void> {
  await until(() => venue.connected > connections && isLive());
  venue.send(trade(id));
  await until(() => tradeIds().includes(id));
}

test('a message that ends in the middle of a frame costs the connection, and no trade before or after it', async () => {
  await until(isLive);
  venue.send(trade(1));
  await until(() => tradeIds().length === 1);
  // A frame of 1,000 bytes, of which three come.
  venue.raw(Buffer.from([0x81, 126, 0x03, 0xe8, 0x7b, 0x22, 0x61]));
  venue.drop();
  await recovers(1, 2);
  expect(tradeIds()).toEqual([1, 2]);
});

test.each([
  ['frames that are none', Buffer.from([0xff, 0xff, 0xff, 0xff])],
  ['text that is no UTF-8', Buffer.from([0x81, 0x02, 0xc3, 0x28])],
  ['a frame longer than any message', Buffer.from([0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0])],
])('%s cost the connection, which is begun anew', async (_, bytes) => {
  await until(isLive);
  venue.raw(bytes);
  await recovers(1, 7);
  expect(rows(venueStates).some(({ feed: phase }) => phase === FeedPhase.Live)).toBe(true);
});

test('bytes that are no text, and texts that are no messages, are counted and passed over', async () => {
  await until(isLive);
  venue.send(trade(1), '{"stream":', 'null', '[[[[', '');
  venue.send(trade(2));
  await until(() => tradeIds().includes(2));
  expect(tradeIds()).toEqual([1, 2]);
  expect(feed.session.lost).toBeGreaterThanOrEqual(4);
  await until(() => rows(venueStates).some(({ lost }) => (lost as number) >= 4));
}, 30_000);

test('a venue that hangs up at once, again and again, is connected to until it does not', async () => {
  await until(isLive);
  let refusals = 5;
  venue.onConnection = (socket) => {
    if (refusals > 0) socket.terminate();
    refusals -= 1;
  };
  venue.drop();
  await until(() => refusals < 0 && isLive());
  venue.send(trade(3));
  await until(() => tradeIds().includes(3));
});

test('snapshots that are refused are asked for until one is given', async () => {
  await until(isLive);
  let refusals = 2;
  venue.answers.set('/api/v3/depth', () => {
    refusals -= 1;
    return refusals < 0 ? '{"lastUpdateId":30,"bids":[["200","1"]],"asks":[["201","1"]]}' : undefined;
  });
  venue.drop();
  await until(() => rows(quotes).some(({ bid }) => bid === 200));
  expect(refusals).toBe(-1);
});

test('of a flood every trade is in the log once, in order', async () => {
  await until(isLive);
  const ids = Array.from({ length: 20_000 }, (_, at) => at + 1);
  venue.send(...ids.map(trade));
  await until(() => tradeIds().length >= ids.length);
  expect(tradeIds()).toEqual(ids);
  expect(feed.session.lost).toBe(0);
});
