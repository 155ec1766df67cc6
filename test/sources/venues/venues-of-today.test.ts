/** What venues have changed since they were recorded, by their own examples. */
import { AdaptedFeed } from '../../../sources/venues/adapter';
import { Deribit } from '../../../sources/venues/deribit/deribit';
import { feedStates, MarketRecords } from '../../../sources/venues/market-records';
import { OkxV5 } from '../../../sources/venues/okx/okx-v5';

const NOW = 1_780_000_000_000_000;

/** The states that messages lead to, one after another, and how many of them were refused. */
function statesOf(feed: AdaptedFeed, messages: readonly unknown[]): unknown[] {
  const told = messages.map((message) => {
    feed.records.clear();
    const taken = feed.receive(JSON.stringify(message), NOW);
    const { states, books } = feed.records;
    const state = states.length > 0 ? feedStates[states.state[states.length - 1]!] : '';
    return `${taken ? 'taken' : 'refused'} ${books.length} ${state}`.trim();
  });
  return told;
}

describe('OKX, whose checksums are all 0 since June 2026', () => {
  const book = (action: string, more: object) => ({
    arg: { channel: 'books', instId: 'BTC-USDT' },
    action,
    data: [
      {
        asks: [['102', '1', '0', '1']],
        bids: [['100', '1', '0', '1']],
        ts: '1780000000000',
        checksum: 0,
        ...more,
      },
    ],
  });
  const feed = (): AdaptedFeed => new AdaptedFeed(new OkxV5(), new MarketRecords());

  test('holds the chain of sequences', () => {
    const messages = [
      book('snapshot', { seqId: 10, prevSeqId: -1 }),
      book('update', { seqId: 12, prevSeqId: 10 }),
      book('update', { seqId: 12, prevSeqId: 12 }),
      // After maintenance a sequence may begin anew; the chain still names the one before.
      book('update', { seqId: 3, prevSeqId: 12 }),
      book('update', { seqId: 6, prevSeqId: 5 }),
    ];
    expect(statesOf(feed(), messages)).toEqual([
      'taken 1 live',
      'taken 1',
      'taken 1',
      'taken 1',
      'taken 0 gap',
    ]);
  });

  test('believes no change that carries neither', () => {
    const messages = [
      book('snapshot', { seqId: 10, prevSeqId: -1 }),
      book('update', { checksum: undefined }),
    ];
    expect(statesOf(feed(), messages)).toEqual(['taken 1 live', 'refused 0']);
  });

  test('takes a checksum of 0 without a chain for one that is wrong', () => {
    expect(statesOf(feed(), [book('snapshot', {})])).toEqual(['taken 0 gap']);
  });
});

test('Deribit: a change that does not name the one before is no snapshot', () => {
  const book = (more: object) => ({
    method: 'subscription',
    params: {
      channel: 'book.BTC-PERPETUAL.100ms',
      data: {
        instrument_name: 'BTC-PERPETUAL',
        timestamp: NOW / 1000,
        bids: [['new', 100, 1]],
        asks: [['new', 102, 1]],
        ...more,
      },
    },
  });
  const feed = new AdaptedFeed(new Deribit(), new MarketRecords());
  const messages = [
    book({ type: 'snapshot', change_id: 1 }),
    book({ type: 'change', change_id: 2 }),
    book({ type: 'change', change_id: 3, prev_change_id: 2 }),
  ];
  expect(statesOf(feed, messages)).toEqual(['taken 1 live', 'refused 0', 'taken 0 gap']);
});

test('a venue’s words about what is wrong are told, whatever they are made of', () => {
  const feed = new AdaptedFeed(new OkxV5(), new MarketRecords());
  for (const msg of ['no such channel', { toString: 1 }, ['x'], { message: 'deep' }])
    feed.receive(JSON.stringify({ event: 'error', msg }), NOW);
  feed.receive(`{"event":"error","msg":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, NOW);
  expect([...feed.counts.refused]).toEqual([
    ['the venue says: no such channel', 1],
    ['the venue says: an object', 1],
    ['the venue says: a list of 1', 2],
    ['the venue says: deep', 1],
  ]);
});
