/**
 * Best bid and ask of a venue's books, as quotes: for venues whose quotes are slower than their books, or none at all.
 *
 * A quote is written when a message changed the best levels. A book in a gap has no price: both sides are withdrawn, and
 * nothing is said until its next snapshot.
 *
 * State: one book by level a symbol, and its last quote.
 */
import { LevelBook } from '../../books/level-book';
import { feedStates, type MarketRecords } from './market-records';

const LIVE = feedStates.indexOf('live');
const GAP = feedStates.indexOf('gap');

interface Best {
  readonly book: LevelBook;
  bid: number;
  bidSize: number;
  ask: number;
  askSize: number;
  /** Of the venue's last word. */
  time: number;
  sequence: number;
}

export class BestOfBooks {
  private readonly symbols = new Map<number, Best>();

  constructor(private readonly levelsMax = 100_000) {}

  /** Reads what a message said of books in `records`, and adds the quotes that follow from it. */
  follow(records: MarketRecords): void {
    const { books, levels, states } = records;
    for (let at = 0; at < books.length; at += 1) {
      const symbol = books.symbol[at]!;
      const best = this.of(symbol);
      if (books.isSnapshot[at] === 1) best.book.clear();
      for (let level = books.first[at]!; level < books.end[at]!; level += 1)
        (levels.side[level] === 1 ? best.book.bids : best.book.asks).set(
          levels.price[level]!,
          levels.size[level]!,
        );
      best.time = books.time[at]!;
      best.sequence = books.sequence[at]!;
      this.tell(symbol, best, records);
    }
    for (let at = 0; at < states.length; at += 1) {
      const symbol = states.symbol[at]!;
      if (states.state[at] === LIVE || !this.symbols.has(symbol)) continue;
      const best = this.of(symbol);
      const isGap = states.state[at] === GAP;
      best.book.clear();
      // At the time of the venue's last word: by our own clock it would seem later than what the venue says next.
      this.tell(symbol, best, records, isGap);
    }
  }

  private tell(symbol: number, best: Best, records: MarketRecords, isGap = false): void {
    const { bids, asks } = best.book;
    const [bid, bidSize, ask, askSize] = [bids.price(0), bids.size(0), asks.price(0), asks.size(0)];
    const isSame =
      Object.is(bid, best.bid) &&
      bidSize === best.bidSize &&
      Object.is(ask, best.ask) &&
      askSize === best.askSize;
    if (isSame && !isGap) return;
    best.bid = bid;
    best.bidSize = bidSize;
    best.ask = ask;
    best.askSize = askSize;
    const { time, sequence } = best;
    records.quote({ symbol, bid, bidSize, ask, askSize, time, sequence, isGap });
  }

  private of(symbol: number): Best {
    let best = this.symbols.get(symbol);
    if (!best) {
      const book = new LevelBook({ levelsMax: this.levelsMax });
      best = {
        book,
        bid: Number.NaN,
        bidSize: 0,
        ask: Number.NaN,
        askSize: 0,
        time: Number.NaN,
        sequence: Number.NaN,
      };
      this.symbols.set(symbol, best);
    }
    return best;
  }
}
