/** A venue's recorded messages, through books to quotes, into topics: what lies there is what the venue said. */
import { prepareTopics } from '../../../runtime/drive/open-job';
import type { Topic } from '../../../runtime/stream/topic';
import { quotes, trades } from '../../../schemas/market';
import { AdaptedFeed } from '../../../sources/venues/adapter';
import { BestOfBooks } from '../../../sources/venues/best-of-books';
import { MarketRecords } from '../../../sources/venues/market-records';
import { RecordsPublisher } from '../../../sources/venues/publish-records';
import { recordsOfTopic } from '../../support/compare-runs';
import { MemoryBackend } from '../../support/memory-backend';
import { whyNoData } from '../../support/real-data';
import { venues } from './recorded-venues';

async function opened(known: readonly string[]) {
  const backend = new MemoryBackend();
  await prepareTopics([quotes as Topic, trades as Topic], 1, backend);
  await backend.names.numbersOf('instrument', known);
  const publisher = await RecordsPublisher.open({
    backend,
    venue: 'XVEN',
    producer: 'feed of XVEN',
    instrumentOf: (symbol) => (known.includes(symbol) ? symbol : undefined),
  });
  const rows = (topic: Topic) => [...recordsOfTopic(backend, topic)] as Record<string, unknown>[];
  return { backend, publisher, rows };
}

test('an empty side is withdrawn, a price without a size keeps it unknown, what has no instrument is counted', async () => {
  const { publisher, rows } = await opened(['BTC-USD']);
  const records = new MarketRecords();
  const [btc, cat] = [records.symbol('BTC-USD'), records.symbol('CAT')];
  const said = { bidSize: 2, askSize: 3, time: 1_700_000_000_000_000 };
  records.quote({ symbol: btc, bid: 100, ask: 101, ...said });
  records.quote({ symbol: btc, bid: 0, ask: 101, ...said, askSize: Number.NaN });
  records.quote({ symbol: btc, bid: Number.NaN, ask: Number.NaN, ...said, isGap: true });
  records.quote({ symbol: cat, bid: 1, ask: 2, ...said });
  records.trade({ symbol: btc, id: '7', price: 100.5, size: 0.25, side: 1, time: Number.NaN });
  await publisher.publish(records, 1_700_000_000_000_001);
  const quoted = { instrument: 0, venue: 0, condition: 'Regular', time: said.time, sequence: 0 };
  expect(rows(quotes as Topic)).toEqual([
    { ...quoted, bid: 100, bidSize: 2, ask: 101, askSize: 3 },
    { ...quoted, bid: Number.NaN, bidSize: 0, ask: 101, askSize: Number.NaN },
    { ...quoted, condition: 'Gap', bid: Number.NaN, bidSize: 0, ask: Number.NaN, askSize: 0 },
  ]);
  expect(rows(trades as Topic)).toMatchObject([
    { price: 100.5, size: 0.25, tradeId: 7, time: 1_700_000_000_000_001 },
  ]);
  expect([...publisher.unknown]).toEqual([['CAT', 1]]);
});

test('a book in a gap has no price until its next snapshot', () => {
  const records = new MarketRecords();
  const best = new BestOfBooks();
  const symbol = records.symbol('X');
  const level = (price: number, size: number) => ({ price, size });
  const told = (): unknown[] => {
    records.quotes.clear();
    best.follow(records);
    const { quotes: all } = records;
    const list = Array.from({ length: all.length }, (_, at) => [
      all.bid[at],
      all.ask[at],
      all.time[at],
      all.isGap[at],
    ]);
    records.clear();
    return list;
  };
  const book = { symbol, time: 1, sequence: 1 };
  records.book({ ...book, isSnapshot: true, bids: [level(9, 1), level(8, 1)], asks: [level(11, 1)] });
  expect(told()).toEqual([[9, 11, 1, 0]]);
  records.book({ ...book, isSnapshot: false, bids: [level(8, 5)], asks: [] });
  expect(told()).toEqual([]);
  records.state(symbol, 'gap', 'an update is missing', 0);
  expect(told()).toEqual([[Number.NaN, Number.NaN, 1, 1]]);
  records.book({ ...book, isSnapshot: true, bids: [level(9, 1)], asks: [level(11, 1)] });
  expect(told()).toEqual([[9, 11, 1, 0]]);
});

describe.each(
  venues.filter(({ name }) => ['kraken', 'okx', 'coinbase', 'bitmex'].includes(name)),
)('$name', (venue) => {
  const why = whyNoData(venue.files);
  (why === undefined ? test : test.skip)(
    `the best prices of recorded books lie in the topic, in order, never crossed${why === undefined ? '' : ` (${why})`}`,
    async () => {
      const records = new MarketRecords();
      const feed = new AdaptedFeed(venue.adapter(), records);
      const best = new BestOfBooks();
      const names = new Set<string>();
      for (const { text, received } of venue.traffic()) feed.receive(text, received);
      for (const symbol of records.symbols) names.add(symbol);
      const { publisher, rows } = await opened([...names]);
      const again = new MarketRecords();
      const replayed = new AdaptedFeed(venue.adapter(), again);
      const expected: (number | undefined)[] = [];
      for (const { text, received } of venue.traffic()) {
        again.clear();
        replayed.receive(text, received);
        again.quotes.clear();
        best.follow(again);
        for (let at = 0; at < again.quotes.length; at += 1) expected.push(again.quotes.bid[at]);
        await publisher.publish(again, received);
      }
      const published = rows(quotes as Topic);
      expect(published.map(({ bid }) => bid)).toEqual(expected);
      expect(published.length).toBeGreaterThan(20);
      for (const { bid, ask } of published) expect((bid as number) > (ask as number)).toBe(false);
      expect([...publisher.unknown]).toEqual([]);
    },
  );
});
