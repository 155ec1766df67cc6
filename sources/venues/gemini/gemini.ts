/**
 * Gemini market data API v2: l2_updates and trades. docs.gemini.com, "Market data v2".
 *
 * The first message about a book is its snapshot. Nothing numbers the updates: one that is missing shows when the book
 * crosses. State: one book by level a symbol.
 */

import { CheckedBooks } from '../checked-books';
import type { NativeLevel } from '../levels-of';
import type { MarketRecords } from '../market-records';
import {
  field,
  list,
  millis,
  type Native,
  NativeError,
  name,
  object,
  priceOf,
  shownOf,
  sizeOf,
  tradedOf,
  wordOf,
} from '../native';
import { SyncedAdapter } from '../synced-adapter';

const SIDES = { buy: 1, sell: -1 } as const;

export class Gemini extends SyncedAdapter {
  override readonly venue = 'gemini';
  override readonly api = 'v2';
  override readonly booksAreFollowed = false;
  private readonly books = new CheckedBooks();

  override receive(message: unknown, received: number, to: MarketRecords): void {
    const data = object(message, 'message');
    switch (field(data, 'type')) {
      case 'l2_updates':
        return this.book(data, received, to);
      case 'trade':
        return this.trade(data, to);
      case 'heartbeat':
      case 'subscription_ack':
      case 'auction_indicative':
      case 'auction_result':
        return undefined;
      default:
        throw new NativeError(`"type" is ${shownOf(field(data, 'type'))}, none subscribed to`);
    }
  }

  private trade(data: Native, to: MarketRecords): void {
    const said = {
      id: name(data, 'event_id'),
      price: priceOf(field(data, 'price'), 'price'),
      size: tradedOf(field(data, 'quantity'), 'quantity'),
      side: wordOf(data, 'side', SIDES),
      time: millis(field(data, 'timestamp'), 'timestamp'),
      symbol: to.symbol(name(data, 'symbol')),
    };
    to.trade(said);
  }

  private book(data: Native, received: number, to: MarketRecords): void {
    const levels: Record<'bids' | 'asks', NativeLevel[]> = { bids: [], asks: [] };
    for (const change of list(field(data, 'changes'), 'changes')) {
      const [side, price, size] = list(change, 'changes');
      const of = wordOf({ side } as Native, 'side', SIDES) === 1 ? 'bids' : 'asks';
      levels[of].push({ price: priceOf(price, 'changes'), size: sizeOf(size, 'changes') });
    }
    const symbol = to.symbol(name(data, 'symbol'));
    // The snapshot brings the latest trades as well; updates do not.
    const isSnapshot = !this.sync.isLive(symbol);
    if (isSnapshot && this.books.get(symbol) && field(data, 'trades') === undefined) return;
    if (isSnapshot) {
      if (this.books.begin(symbol, levels.bids, levels.asks).isCrossed)
        throw new NativeError('a snapshot is crossed');
      this.sync.snapshot(symbol, Number.NaN, received, to);
    } else if (!this.books.change(symbol, levels.bids, levels.asks))
      return this.sync.gap(symbol, 'the book is crossed: an update is missing', received, to);
    to.book({ symbol, isSnapshot, time: Number.NaN, sequence: Number.NaN, ...levels });
  }
}
