/** A feed's life as a desk would tell it, without a wire: connections, snapshots, gaps, silence, floods. */
import { FeedSession, SILENCE_MAX } from '../../../sources/live/feed-session';
import { binanceSpot } from '../../../sources/venues/binance/binance-live';
import { deribit } from '../../../sources/venues/deribit/deribit-live';

const SECOND = 1_000_000;
const START = 1_700_000_000 * SECOND;

const depth = (first: number, last: number, bid: string, time = START): string =>
  JSON.stringify({
    stream: 'btcusdt@depth@100ms',
    data: { e: 'depthUpdate', E: time / 1000, s: 'BTCUSDT', U: first, u: last, b: [[bid, '1']], a: [] },
  });
const snapshot = (id: number, bid: string): string =>
  JSON.stringify({ lastUpdateId: id, bids: [[bid, '1']], asks: [['200', '1']] });
const trade = (time: number): string =>
  JSON.stringify({
    stream: 'btcusdt@trade',
    data: { e: 'trade', s: 'BTCUSDT', t: 7, p: '100', q: '2', T: time / 1000, m: false },
  });

/** Quotes since the last look: bid, whether it tells of a gap, and seconds since the start. */
function quotesOf(session: FeedSession): unknown[] {
  const { quotes } = session.records;
  const list = Array.from({ length: quotes.length }, (_, at) => [
    quotes.bid[at],
    quotes.isGap[at] === 1,
    (quotes.time[at]! - START) / SECOND,
  ]);
  session.quotes.taken();
  return list;
}

function live(): FeedSession {
  const session = new FeedSession(binanceSpot, ['BTCUSDT']);
  session.connecting(START);
  session.opened(START);
  session.tick(START);
  expect(session.takeRequests()).toEqual([
    { symbol: 'BTCUSDT', path: '/api/v3/depth?symbol=BTCUSDT&limit=1000' },
  ]);
  session.answer('BTCUSDT', snapshot(10, '99'), START);
  session.text(depth(11, 12, '100'), START);
  expect([session.machine.state, quotesOf(session)]).toEqual([
    'live',
    [
      [99, false, 0],
      [100, false, 0],
    ],
  ]);
  return session;
}

describe('a book', () => {
  test('that lost an update has no price until the snapshot that was asked for at once', () => {
    const session = live();
    session.text(depth(14, 15, '101'), START + SECOND);
    expect([session.machine.state, session.lost, quotesOf(session)]).toEqual([
      'gap',
      1,
      [[Number.NaN, true, 0]],
    ]);
    session.text(depth(16, 17, '102'), START + SECOND);
    expect(quotesOf(session)).toEqual([]);
    session.tick(START + SECOND);
    expect(session.takeRequests()).toHaveLength(1);
    session.answer('BTCUSDT', snapshot(16, '102'), START + 2 * SECOND);
    expect([session.machine.state, quotesOf(session).at(-1)]).toEqual(['live', [102, false, 2]]);
  });

  test('whose snapshot does not come is asked for again, more and more seldom', () => {
    const session = live();
    session.text(depth(14, 15, '101'), START);
    const asked: number[] = [];
    for (let second = 0; second < 25; second += 0.5) {
      session.alive(0, START + second * SECOND);
      session.tick(START + second * SECOND);
      if (session.takeRequests().length > 0) asked.push(second);
    }
    expect(asked).toEqual([1, 3, 7, 15]);
  });

  test('that is quiet stands as long as the connection shows signs of life, and no longer', () => {
    const session = live();
    session.alive(0, START + 4 * SECOND);
    session.tick(START + 4 * SECOND);
    expect(quotesOf(session)).toEqual([]);
    session.tick(START + 6 * SECOND);
    expect(quotesOf(session)).toEqual([[100, false, 6]]);
    session.tick(START + 12 * SECOND);
    expect(quotesOf(session)).toEqual([[100, false, 12]]);
    session.tick(START + 26 * SECOND);
    expect(quotesOf(session)).toEqual([]);
  });

  test('told again, still takes what the venue timed before that', () => {
    const session = live();
    session.tick(START + 6 * SECOND);
    session.text(depth(13, 14, '100.5', START + 5.9 * SECOND), START + 6.1 * SECOND);
    expect(quotesOf(session)).toEqual([
      [100, false, 6],
      [100.5, false, 6],
    ]);
  });

  test('does not take an hour from a clock that is an hour ahead', () => {
    const session = live();
    session.text(depth(13, 14, '100.5', START + 3600 * SECOND), START + SECOND);
    expect([quotesOf(session), session.quotes.mistimed]).toEqual([[[100.5, false, 1]], 1]);
  });
});

describe('a connection', () => {
  test('on which nothing comes is given up, and nothing stands after it', () => {
    const session = live();
    session.tick(START + SILENCE_MAX);
    expect([session.machine.state, session.wantsClosed]).toEqual(['stale', 'nothing came for 30 seconds']);
    session.closed('given up', START + SILENCE_MAX);
    quotesOf(session);
    session.connecting(START + 31 * SECOND);
    session.opened(START + 32 * SECOND);
    session.tick(START + 45 * SECOND);
    expect([session.machine.state, session.machine.since, quotesOf(session)]).toEqual([
      'snapshot',
      START + 32 * SECOND,
      [],
    ]);
  });

  test('begun anew believes no update of the one before, and no time before it', () => {
    const session = live();
    session.closed('the network is gone', START + SECOND);
    session.text(depth(13, 14, '101'), START + SECOND);
    session.connecting(START + 2 * SECOND);
    session.opened(START + 3 * SECOND);
    session.tick(START + 3 * SECOND);
    session.text(depth(15, 16, '101'), START + 3 * SECOND);
    expect(quotesOf(session)).toEqual([]);
    session.answer('BTCUSDT', snapshot(16, '101'), START + 4 * SECOND);
    session.text(depth(17, 18, '102', START + SECOND), START + 4 * SECOND);
    expect(quotesOf(session)).toEqual([
      [101, false, 4],
      [102, false, 4],
    ]);
  });

  test('to a venue whose clock is ahead, begun anew, believes nothing of before', () => {
    const session = live();
    session.text(depth(13, 14, '101', START + 1.4 * SECOND), START + SECOND);
    session.closed('the network is gone', START + SECOND);
    session.connecting(START + 1.1 * SECOND);
    session.opened(START + 1.2 * SECOND);
    expect(session.machine.since).toBe(START + 1.4 * SECOND + 1);
    quotesOf(session);
    session.answer('BTCUSDT', snapshot(16, '102'), START + 1.3 * SECOND);
    expect(session.records.quotes.time[0]).toBe(session.machine.since);
  });

  test('says to the venue what it allows, no faster, and everything in the end', () => {
    const symbols = Array.from({ length: 800 }, (_, at) => `BTC-${at}`);
    const session = new FeedSession(deribit, symbols);
    session.connecting(START);
    session.opened(START);
    const counts = [0, 1, 2].map((second) => session.takeTexts(START + second * SECOND).length);
    expect(counts).toEqual([5, 4, 0]);
  });

  test('answers a venue that doubts that we are there, before anything else', () => {
    const session = new FeedSession(deribit, ['BTC-PERPETUAL']);
    session.connecting(START);
    session.opened(START);
    session.takeTexts(START);
    session.text('{"jsonrpc":"2.0","method":"heartbeat","params":{"type":"test_request"}}', START);
    expect(session.takeTexts(START + SECOND)).toEqual([expect.stringContaining('public/test')]);
    expect(session.lost).toBe(0);
  });

  test('whose message nobody can read goes on; what it may have been about is counted as lost', () => {
    const session = live();
    session.text('{"stream":"btcusdt@dep', START);
    expect([session.lost > 0, session.counts.unreadable, quotesOf(session)]).toEqual([
      true,
      1,
      [[Number.NaN, true, 0]],
    ]);
  });
});

describe('what the venue lists', () => {
  const subscribed = (session: FeedSession): string[] =>
    session.takeTexts(START + 60 * SECOND).filter((text) => text.includes('public/subscribe'));

  test('anew is subscribed to, and what has ended is missed no more', () => {
    const session = new FeedSession(deribit, ['BTC-1', 'BTC-2']);
    session.connecting(START);
    session.opened(START);
    session.takeTexts(START);
    expect(session.follow(['BTC-2', 'BTC-3'], START)).toEqual(['BTC-3']);
    expect(subscribed(session)).toEqual([
      expect.stringMatching(/"book\.BTC-3\.100ms","trades\.BTC-3\.100ms"\]/),
    ]);
    expect(session.booksLive(START + 120 * SECOND).late).toEqual(['BTC-2', 'BTC-3']);
    expect(session.follow(['BTC-2', 'BTC-3'], START)).toEqual([]);
    expect(session.wantsClosed).toBeUndefined();
  });

  test('anew takes another connection where its address says what is wanted', () => {
    const session = live();
    session.follow(['BTCUSDT', 'ETHUSDT'], START);
    expect(session.wantsClosed).toBe('ETHUSDT and others are listed now');
  });
});

test('a flood that the log is too slow for leaves the last quote of each symbol, and counts the others', () => {
  const session = live();
  for (let at = 0; at < 60_000; at += 1)
    session.text(depth(13 + at, 13 + at, String(101 + at / 1000)), START + SECOND);
  expect(session.records.quotes.length).toBeLessThanOrEqual(50_000);
  expect(session.quotes.conflated + session.records.quotes.length).toBe(60_000);
  expect(quotesOf(session).at(-1)).toEqual([160.999, false, 0]);
});

test('the venue’s clock is known within half of the quickest way there and back', () => {
  const session = live();
  session.alive(40_000, START);
  // Under way for 20 ms, by a clock that is 300 ms ahead.
  session.text(trade(START + SECOND + 300_000), START + SECOND + 20_000);
  expect(session.clock.offset).toBe(300_000);
  expect(session.clock.uncertainty).toBe(20_000);
});
