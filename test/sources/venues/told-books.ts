import { LevelBook } from '../../../books/level-book';
import type { MarketRecords } from '../../../sources/venues/market-records';

/** Books as the records tell them. */
export class ToldBooks {
  readonly books = new Map<number, LevelBook>();
  snapshots = 0;

  apply({ books, levels }: MarketRecords): void {
    for (let at = 0; at < books.length; at += 1) {
      const symbol = books.symbol[at]!;
      let book = this.books.get(symbol);
      if (books.isSnapshot[at] === 1 || !book) {
        if (books.isSnapshot[at] !== 1) throw new Error('a book begins with a change');
        book = new LevelBook({ levelsMax: 100_000 });
        this.books.set(symbol, book);
        this.snapshots += 1;
      }
      for (let level = books.first[at]!; level < books.end[at]!; level += 1)
        (levels.side[level] === 1 ? book.bids : book.asks).set(levels.price[level]!, levels.size[level]!);
    }
  }
}
