import { AdaptedFeed } from '../../../sources/venues/adapter';
import { KrakenV2 } from '../../../sources/venues/kraken/kraken-v2';
import { feedStates, MarketRecords } from '../../../sources/venues/market-records';

/** The book whose checksum Kraken's guide to the API computes step by step ("Spot WebSocket (v2): book checksum"). */
const pairs = (text: string): { price: number; qty: number }[] =>
  text.split(' ').map((pair) => {
    const [price, qty] = pair.split('x').map(Number);
    return { price: price!, qty: qty! };
  });
const asks = pairs(
  '45285.2x0.001 45286.4x1.54571953 45286.6x1.54571109 45289.6x1.54560911 45290.2x0.1589066 45291.8x1.54553491 45294.7x0.04454749 45296.1x0.3538 45297.5x0.09945542 45299.5x0.18772827',
);
const bids = pairs(
  '45283.5x0.1 45283.4x1.54582015 45282.1x0.1 45281x0.1 45280.3x1.54592586 45279x0.0799 45277.6x0.03310103 45277.5x0.3 45277.3x1.54602737 45276.6x0.15445238',
);
const instrument = {
  channel: 'instrument',
  type: 'snapshot',
  data: { pairs: [{ symbol: 'BTC/USD', price_precision: 1, qty_precision: 8 }] },
};
const book = (type: string, data: object) => ({
  channel: 'book',
  type,
  data: [{ symbol: 'BTC/USD', ...data }],
});

function told(messages: readonly object[]) {
  const records = new MarketRecords();
  const feed = new AdaptedFeed(new KrakenV2(), records);
  for (const message of messages) feed.receive(JSON.stringify(message), 0);
  expect([...feed.counts.refused]).toEqual([]);
  const states = Array.from(
    { length: records.states.length },
    (_, at) => feedStates[records.states.state[at]!],
  );
  return { states, books: records.books.length, resyncs: feed.adapter.takeResyncs() };
}

test('the checksum of the guide is that of its book', () => {
  const snapshot = book('snapshot', { bids, asks, checksum: 3_310_070_434 });
  expect(told([instrument, snapshot])).toEqual({ states: ['live'], books: 1, resyncs: [] });
});

test('an update that leaves another book than the venue has puts it in a gap', () => {
  const snapshot = book('snapshot', { bids, asks, checksum: 3_310_070_434 });
  const update = book('update', { bids: [{ price: 45283.5, qty: 0.2 }], asks: [], checksum: 3_310_070_434 });
  expect(told([instrument, snapshot, update, update])).toEqual({
    states: ['live', 'gap'],
    books: 1,
    resyncs: ['BTC/USD'],
  });
});
