/**
 * Coinbase Exchange, WebSocket feed (level2, matches, ticker). docs.cdp.coinbase.com, "Exchange WebSocket channels";
 * written for the feed of 2021.
 *
 * Level 2 has no sequence and no checksum: that an update is missing shows only when the book crosses, so a book is kept
 * here and held against itself; that updates came in another order shows when their time goes back. Matches carry the maker's side; a record's side is the taker's.
 *
 * State: one book by level a symbol.
 */
import { LevelBook } from '../../../books/level-book';
import { levelsOf } from '../levels-of';
import type { MarketRecords, Side } from '../market-records';
import {
  field,
  iso,
  list,
  type Native,
  NativeError,
  name,
  object,
  optionalNumber,
  priceOf,
  shownOf,
  sizeOf,
  tradedOf,
  venueSays,
  wordOf,
} from '../native';
import { SyncedAdapter } from '../synced-adapter';

const SIDES = { buy: 1, sell: -1 } as const;
const LEVELS_MAX = 100_000;

/** Some updates tell the year 1 for a time they do not know. */
const timeOf = (data: Native): number => {
  const time = field(data, 'time');
  return time === undefined || (typeof time === 'string' && time.startsWith('0001-'))
    ? Number.NaN
    : iso(time, 'time');
};

export class Coinbase extends SyncedAdapter {
  override readonly venue = 'coinbase';
  override readonly api = 'exchange-2021';
  override readonly booksAreFollowed = false;
  private readonly books = new Map<number, LevelBook>();

  override receive(message: unknown, received: number, to: MarketRecords): void {
    const data = object(message, 'message');
    switch (field(data, 'type')) {
      case 'match':
        return this.trade(data, to);
      case 'snapshot':
        return this.snapshot(data, received, to);
      case 'l2update':
        return this.update(data, received, to);
      case 'ticker':
        return this.quote(data, to);
      case 'error':
        throw venueSays(field(data, 'message'));
      // A match that was before the subscription; answers and heartbeats.
      case 'last_match':
      case 'subscriptions':
      case 'heartbeat':
      case 'status':
        return undefined;
      default:
        throw new NativeError(`"type" is ${shownOf(field(data, 'type'))}, none subscribed to`);
    }
  }

  private trade(data: Native, to: MarketRecords): void {
    const price = priceOf(field(data, 'price'), 'price');
    const size = tradedOf(field(data, 'size'), 'size');
    const maker = wordOf(data, 'side', SIDES);
    const time = iso(field(data, 'time'), 'time');
    const [symbol, id] = [name(data, 'product_id'), name(data, 'trade_id')];
    to.trade({ symbol: to.symbol(symbol), id, price, size, side: -maker, time });
  }

  private quote(data: Native, to: MarketRecords): void {
    const symbol = name(data, 'product_id');
    const said = {
      bid: optionalNumber(data, 'best_bid'),
      bidSize: optionalNumber(data, 'best_bid_size'),
      ask: optionalNumber(data, 'best_ask'),
      askSize: optionalNumber(data, 'best_ask_size'),
      time: timeOf(data),
    };
    to.quote({ symbol: to.symbol(symbol), ...said });
  }

  private snapshot(data: Native, received: number, to: MarketRecords): void {
    const bids = levelsOf(field(data, 'bids'), 'bids');
    const asks = levelsOf(field(data, 'asks'), 'asks');
    const symbol = to.symbol(name(data, 'product_id'));
    const book = new LevelBook({ levelsMax: LEVELS_MAX });
    for (const { price, size } of bids) book.bids.set(price, size);
    for (const { price, size } of asks) book.asks.set(price, size);
    if (book.isCrossed) throw new NativeError('a snapshot is crossed');
    this.books.set(symbol, book);
    to.book({ symbol, isSnapshot: true, time: timeOf(data), sequence: Number.NaN, bids, asks });
    this.sync.snapshot(symbol, Number.NaN, received, to);
  }

  private update(data: Native, received: number, to: MarketRecords): void {
    const changes = list(field(data, 'changes'), 'changes').map((change) => {
      const [side, price, size] = list(change, 'changes');
      return {
        side: wordOf({ side } as Native, 'side', SIDES) as Side,
        price: priceOf(price, 'changes'),
        size: sizeOf(size, 'changes'),
      };
    });
    const symbol = to.symbol(name(data, 'product_id'));
    const book = this.books.get(symbol);
    if (!book || !this.sync.isLive(symbol)) return;
    const time = timeOf(data);
    if (time < this.sync.sequence(symbol))
      return this.sync.gap(symbol, 'an update is older than the one before', received, to);
    if (!Number.isNaN(time)) this.sync.advance(symbol, time);
    to.beginBook(symbol, false, time, Number.NaN);
    for (const { side, price, size } of changes) {
      (side === 1 ? book.bids : book.asks).set(price, size);
      to.level(side, price, size);
    }
    to.endBook();
    if (!book.isCrossed) return;
    to.dropBook();
    this.sync.gap(symbol, 'the book is crossed: an update is missing', received, to);
  }
}
