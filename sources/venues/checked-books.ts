/**
 * Books that are kept beside the feed to hold it against itself: a book that crosses has missed an update.
 *
 * State: one book by level a symbol, at most `levelsMax` levels a side.
 */
import { LevelBook } from '../../books/level-book';
import type { NativeLevel } from './levels-of';

export class CheckedBooks {
  private readonly books = new Map<number, LevelBook>();

  constructor(private readonly levelsMax = 100_000) {}

  get(symbol: number): LevelBook | undefined {
    return this.books.get(symbol);
  }

  /** Begins a book anew. Answers it. */
  begin(symbol: number, bids: readonly NativeLevel[], asks: readonly NativeLevel[]): LevelBook {
    const book = new LevelBook({ levelsMax: this.levelsMax });
    this.books.set(symbol, book);
    this.change(symbol, bids, asks);
    return book;
  }

  /** Changes levels. Answers whether the book still is one: not crossed. */
  change(symbol: number, bids: readonly NativeLevel[], asks: readonly NativeLevel[]): boolean {
    const book = this.books.get(symbol);
    if (!book) return false;
    for (const { price, size } of bids) book.bids.set(price, size);
    for (const { price, size } of asks) book.asks.set(price, size);
    return !book.isCrossed;
  }
}
