/**
 * Bitstamp WebSocket API v2: diff_order_book and live_trades. www.bitstamp.net/websocket/v2.
 *
 * A book begins with a snapshot from REST, which whoever holds the connection passes in as
 * `{"event": "snapshot", "channel": "diff_order_book_btcusd", "data": {…}}`; updates that came before it wait, and those
 * older than it are dropped. Nothing numbers the updates: one that is missing shows when the book crosses or its time
 * goes back. State: one book by level a symbol; of a book without a snapshot at most 1,000 updates.
 */

import { CheckedBooks } from '../checked-books';
import { levelsOf, type NativeLevel } from '../levels-of';
import type { MarketRecords } from '../market-records';
import { field, micros, type Native, NativeError, name, object, priceOf, seconds, tradedOf } from '../native';
import { SyncedAdapter } from '../synced-adapter';

const WAITING_MAX = 1000;

interface Update {
  readonly time: number;
  readonly bids: readonly NativeLevel[];
  readonly asks: readonly NativeLevel[];
}

const updateOf = (data: Native): Update => ({
  time:
    field(data, 'microtimestamp') === undefined
      ? seconds(field(data, 'timestamp'), 'timestamp')
      : micros(field(data, 'microtimestamp'), 'microtimestamp'),
  bids: levelsOf(field(data, 'bids'), 'bids'),
  asks: levelsOf(field(data, 'asks'), 'asks'),
});

export class Bitstamp extends SyncedAdapter {
  override readonly venue = 'bitstamp';
  override readonly api = 'v2';
  override readonly booksAreFollowed = false;
  private readonly books = new CheckedBooks();
  private readonly waiting = new Map<number, Update[]>();
  /** Times of the snapshots that the books began with. */
  private readonly begun = new Map<number, number>();

  override receive(message: unknown, received: number, to: MarketRecords): void {
    const envelope = object(message, 'message');
    const event = name(envelope, 'event');
    if (event === 'bts:error') throw new NativeError('the venue answers an error');
    if (event.startsWith('bts:')) return;
    const channel = name(envelope, 'channel');
    const data = object(field(envelope, 'data'), 'data');
    const match = /^(live_trades|diff_order_book)_(.+)$/.exec(channel);
    if (!match) throw new NativeError(`there is no channel "${channel.slice(0, 40)}" here`);
    const symbol = match[2]!.toUpperCase();
    if (match[1] === 'live_trades') {
      if (event === 'trade') this.trade(data, symbol, to);
    } else if (event === 'snapshot') this.snapshot(updateOf(data), to.symbol(symbol), received, to);
    else if (event === 'data') this.update(updateOf(data), to.symbol(symbol), received, to);
  }

  private trade(data: Native, symbol: string, to: MarketRecords): void {
    const type = field(data, 'type');
    if (type !== 0 && type !== 1) throw new NativeError('"type" is neither 0 (buy) nor 1 (sell)');
    to.trade({
      id: name(data, 'id'),
      price: priceOf(field(data, 'price_str') ?? field(data, 'price'), 'price'),
      size: tradedOf(field(data, 'amount_str') ?? field(data, 'amount'), 'amount'),
      side: type === 0 ? 1 : -1,
      time: micros(field(data, 'microtimestamp'), 'microtimestamp'),
      symbol: to.symbol(symbol),
    });
  }

  private snapshot(snapshot: Update, symbol: number, received: number, to: MarketRecords): void {
    if (this.books.begin(symbol, snapshot.bids, snapshot.asks).isCrossed)
      throw new NativeError('a snapshot is crossed');
    this.sync.snapshot(symbol, snapshot.time, received, to);
    this.begun.set(symbol, snapshot.time);
    to.book({ symbol, isSnapshot: true, sequence: Number.NaN, ...snapshot });
    const waiting = this.waiting.get(symbol) ?? [];
    this.waiting.delete(symbol);
    for (const update of waiting) this.update(update, symbol, received, to);
  }

  private update(update: Update, symbol: number, received: number, to: MarketRecords): void {
    if (!this.sync.isLive(symbol)) {
      const waiting = this.waiting.get(symbol) ?? [];
      this.waiting.set(symbol, waiting);
      waiting.push(update);
      if (waiting.length > WAITING_MAX) waiting.shift();
      return;
    }
    // What the snapshot has already may still be on its way.
    if (update.time <= this.begun.get(symbol)!) return;
    const known = this.sync.sequence(symbol);
    if (update.time < known)
      return this.sync.gap(symbol, 'an update is older than the one before', received, to);
    if (!this.books.change(symbol, update.bids, update.asks))
      return this.sync.gap(symbol, 'the book is crossed: an update is missing', received, to);
    this.sync.advance(symbol, update.time);
    to.book({ symbol, isSnapshot: false, sequence: Number.NaN, ...update });
  }
}
