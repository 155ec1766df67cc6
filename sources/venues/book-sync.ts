/**
 * Whether the books of a feed may be believed. Each book waits for its snapshot, is live while every update follows the
 * one before, and is in a gap from the first that does not, until the next snapshot. What comes in a gap is dropped.
 *
 * State: one entry a book, a few numbers each; at most as many books as the venue has names.
 */
import type { FeedState, MarketRecords } from './market-records';

interface Sync {
  state: FeedState;
  sequence: number;
}

export class BookSync {
  private readonly books = new Map<number, Sync>();
  private readonly resyncs = new Set<string>();

  /** A snapshot has come: the book is live from here. */
  snapshot(symbol: number, sequence: number, received: number, to: MarketRecords): void {
    const book = this.of(symbol);
    if (book.state !== 'live') to.state(symbol, 'live', 'snapshot', received);
    book.state = 'live';
    book.sequence = sequence;
    this.resyncs.delete(to.symbols[symbol]!);
  }

  isLive(symbol: number): boolean {
    return this.books.get(symbol)?.state === 'live';
  }

  /** Sequence of the last update taken, NaN before the first snapshot. */
  sequence(symbol: number): number {
    return this.books.get(symbol)?.sequence ?? Number.NaN;
  }

  advance(symbol: number, sequence: number): void {
    this.of(symbol).sequence = sequence;
  }

  /** An update is missing, or what came of the updates is not what the venue has. */
  gap(symbol: number, reason: string, received: number, to: MarketRecords): void {
    const book = this.of(symbol);
    if (book.state !== 'gap') to.state(symbol, 'gap', reason, received);
    book.state = 'gap';
    this.resyncs.add(to.symbols[symbol]!);
  }

  /** A message was lost that may have been about any book: none that is live may be believed. */
  gapAll(reason: string, received: number, to: MarketRecords): void {
    for (const [symbol, { state }] of this.books)
      if (state === 'live') this.gap(symbol, reason, received, to);
  }

  takeResyncs(): readonly string[] {
    const names = [...this.resyncs];
    this.resyncs.clear();
    return names;
  }

  private of(symbol: number): Sync {
    let book = this.books.get(symbol);
    if (!book) {
      book = { state: 'snapshot', sequence: Number.NaN };
      this.books.set(symbol, book);
    }
    return book;
  }
}
