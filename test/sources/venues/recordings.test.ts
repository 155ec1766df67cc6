/** Recorded traffic through the adapters: every message is understood, every book follows, every checksum is right. */
import { AdaptedFeed } from '../../../sources/venues/adapter';
import { feedStates, MarketRecords } from '../../../sources/venues/market-records';
import { whyNoData } from '../../support/real-data';
import { venues } from './recorded-venues';
import { ToldBooks } from './told-books';

describe.each(venues)('$name', ({ adapter, traffic, files, books: booksMin, trades: tradesMin }) => {
  const why = whyNoData(files);
  (why === undefined ? test : test.skip)(
    `a recording is understood whole and its books have no gap${why === undefined ? '' : ` (${why})`}`,
    () => {
      const records = new MarketRecords();
      const feed = new AdaptedFeed(adapter(), records);
      const books = new ToldBooks();
      let [bookMessages, trades] = [0, 0];
      const gaps: string[] = [];
      for (const { text, received } of traffic()) {
        records.clear();
        feed.receive(text, received);
        bookMessages += records.books.length;
        trades += records.trades.length;
        for (let at = 0; at < records.states.length; at += 1)
          if (feedStates[records.states.state[at]!] !== 'live')
            gaps.push(`${records.symbols[records.states.symbol[at]!]}: ${records.states.reason[at]}`);
        books.apply(records);
      }
      expect({ ...feed.counts, refused: [...feed.counts.refused] }).toMatchObject({
        unreadable: 0,
        refused: [],
      });
      expect(gaps).toEqual([]);
      expect(feed.adapter.takeResyncs()).toEqual([]);
      expect(bookMessages).toBeGreaterThanOrEqual(booksMin);
      expect(trades).toBeGreaterThanOrEqual(tradesMin);
      for (const book of books.books.values()) expect(book.isCrossed).toBe(false);
    },
  );
});
